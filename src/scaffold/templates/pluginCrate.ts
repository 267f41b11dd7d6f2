// The source of a crate with a plugin: of an interface of its own, or of one that the workspace has.

import type { MethodKind } from "../newCrate.ts";
import { firstMethod, indented } from "./firstMethod.ts";
import { crateAttributes, importsOf, traitText } from "./interfaceCrate.ts";
import {
  handleLines,
  implArguments,
  pluginTypeText,
  testModule,
  type PluginType,
} from "./pluginType.ts";

export interface OwnPluginSource {
  readonly type: PluginType;
  readonly trait: string;
  readonly methods: MethodKind;
  readonly hasHost: boolean;
}

/** A plugin that declares its interface itself. */
export function ownPluginText({ type, trait, methods, hasHost }: OwnPluginSource): string {
  const method = firstMethod(methods);
  return `${crateAttributes(`The plugin \`${type.name}\`, with an interface of its own.`, methods)}
use fidius::{${importsOf(["plugin_impl", "plugin_interface"], methods)}};
${type.isConfigured ? serdeImport : ""}
${traitText(trait, method)}

${pluginTypeText(type, "Greets.")}

#[plugin_impl(${implArguments(trait, type)})]
impl ${trait} for ${type.name} {
    ${method.signature} {
${indented(method.body(type.isConfigured), 8)}
    }
}

// Once in a library: by it a host finds the plugins.
fidius::fidius_plugin_registry!();

${testModule(type, trait, method, { hasHost })}`;
}

const serdeImport = "use serde::{Deserialize, Serialize};\n";

export interface PluginSource {
  readonly type: PluginType;
  readonly trait: string;
  /** `use` declarations: the macro, trait, companion and the types of the methods. */
  readonly imports: readonly string[];
  readonly isArena: boolean;
  readonly hasHost: boolean;
  /** The methods as the impl block has them, not moved in; none while they are not known. */
  readonly methods: readonly string[];
}

/** A plugin of an interface that is there. */
export function pluginText(source: PluginSource): string {
  const { type, trait, imports, isArena, hasHost, methods } = source;
  const std = imports.filter((line) => line.startsWith("use std::"));
  const others = imports.filter((line) => !line.startsWith("use std::"));
  const groups = [std, others].filter((lines) => lines.length > 0);
  const body = methods.map((method) => indented(method.split("\n"), 4)).join("\n\n");
  return `//! The plugin \`${type.name}\` of the interface \`${trait}\`.

${groups.map((lines) => lines.join("\n")).join("\n\n")}

${pluginTypeText(type, "Say what it does.")}

#[plugin_impl(${implArguments(trait, type, isArena)})]
impl ${trait} for ${type.name} {${body === "" ? "" : `\n${body}\n`}}

// Once in a library: by it a host finds the plugins.
fidius::fidius_plugin_registry!();
${hasHost ? `\n${registrationTest(type, trait)}` : ""}`;
}

function registrationTest(type: PluginType, trait: string): string {
  const lines = [
    ...handleLines(type),
    `let hash = __fidius_${trait}::${trait}_INTERFACE_HASH;`,
    "assert_eq!(plugin.info().interface_hash, hash);",
    "Ok(())",
  ];
  return `#[cfg(test)]
mod tests {
    use std::error::Error;

    use fidius::PluginHandle;

    use super::*;

    /// A host finds the plugin by its name, and takes it for one of this interface.
    #[test]
    fn is_found_by_a_host() -> Result<(), Box<dyn Error>> {
${indented(lines, 8)}
    }
}
`;
}
