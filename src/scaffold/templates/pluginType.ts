// The type of a plugin: without fields, or made from a configuration.

import type { FirstMethod } from "./firstMethod.ts";
import { indented } from "./firstMethod.ts";

/** What the configured variants are told by their tests. */
const testGreeting = "Good day";

export interface PluginType {
  readonly name: string;
  readonly isConfigured: boolean;
}

/** The declaration of the type, with `configure` where it is configured. */
export function pluginTypeText({ name, isConfigured }: PluginType, doc: string): string {
  return isConfigured
    ? `/// What an instance of the plugin is made from; the host gives it.
#[derive(Serialize, Deserialize)]
pub struct ${name}Config {
    pub greeting: String,
}

/// ${doc}
pub struct ${name} {
    pub greeting: String,
}

impl ${name} {
    /// Makes an instance. It cannot refuse: what may be wrong in a configuration is told by the methods.
    fn configure(config: ${name}Config) -> Self {
        Self {
            greeting: config.greeting,
        }
    }
}`
    : `/// ${doc}
pub struct ${name};`;
}

/** The arguments of `plugin_impl`. */
export function implArguments(
  trait: string,
  { name, isConfigured }: PluginType,
  isArena = false,
): string {
  return [
    trait,
    ...(isArena ? ["buffer = Arena"] : []),
    ...(isConfigured ? [`config = ${name}Config`] : []),
  ].join(", ");
}

/** The lines that make the handle `plugin` as a host does that has the plugin in its own process. */
export function handleLines({ name, isConfigured }: PluginType): readonly string[] {
  const descriptor = `let descriptor = PluginHandle::find_in_process_descriptor("${name}")?;`;
  return isConfigured
    ? [
        descriptor,
        `let config = ${name}Config {`,
        `    greeting: "${testGreeting}".into(),`,
        "};",
        "let plugin = PluginHandle::configure_in_process(descriptor, &config)?;",
      ]
    : [descriptor, "let plugin = PluginHandle::from_descriptor(descriptor)?;"];
}

/** A module with one test that calls the method. `hasHost`: through the vtable, which Fidius' own host of 0.5 can. */
export function testModule(
  type: PluginType,
  trait: string,
  method: FirstMethod,
  { hasHost, extra = "" }: { hasHost: boolean; extra?: string },
): string {
  if (!hasHost) {
    const lines = [`let plugin = ${type.name};`, ...method.callsDirectly("Hello")];
    return `#[cfg(test)]
mod tests {
    use super::*;
${extra}
    #[test]
    fn greets() {
${indented(lines, 8)}
    }
}
`;
  }
  const greeting = type.isConfigured ? testGreeting : "Hello";
  const lines = [...handleLines(type), ...method.calls(trait, greeting), "Ok(())"];
  const isStreaming = method.signature.includes("Stream<");
  const uses = isStreaming
    ? `    use fidius::{from_value, PluginHandle};
    use futures::executor::{block_on, block_on_stream};`
    : "    use fidius::PluginHandle;";
  return `#[cfg(test)]
mod tests {
    use std::error::Error;

${uses}

    use super::*;
${extra}
    #[test]
    fn ${method.testName}() -> Result<(), Box<dyn Error>> {
${indented(lines, 8)}
    }
}
`;
}
