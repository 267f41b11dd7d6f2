// Configured instances (`#[plugin_impl(T, config = C)]`, reference 2.4 and 3.8) as clients keep them: a configuration with a
// name. What a host process constructs of it may end at any time; the configuration stays.

import type { MethodSchema, PluginSchema } from "./plugin.ts";
import type { JsonValue } from "./value/value.ts";

/** A configuration that a client keeps, and the name that people know its instance by. */
export interface ConfiguredInstance {
  /** Tells two instances of one plugin apart, also when their configurations are equal. */
  readonly id: string;
  readonly name: string;
  readonly configuration: JsonValue;
}

/** A configured instance that lives in a host process. */
export interface LiveInstance {
  /** The plugin's id. */
  readonly plugin: string;
  /** The {@link ConfiguredInstance}'s id. */
  readonly instance: string;
}

/** Name of {@link configureMethod}, and of the function that it stands for (reference 2.4). */
export const configureName = "configure";

/** Name of the argument of {@link configureMethod}. */
export const configurationArgument = "configuration";

/**
 * The plugin's `fn configure(configuration: C) -> Self` as a method, so that a configuration is written, checked and encoded
 * like arguments; undefined for a plugin without configuration. The bytes of this one argument are those of the
 * configuration (reference 3.8, 4.1).
 */
export function configureMethod(plugin: PluginSchema): MethodSchema | undefined {
  const { config } = plugin;
  return config === undefined
    ? undefined
    : {
        name: configureName,
        isAsync: false,
        wire: "bincode",
        stream: "none",
        arguments: [{ name: configurationArgument, type: config }],
        returns: { kind: "value", type: { rustType: plugin.name, kind: "unit" } },
        signature: "",
        traitIndex: -1,
        nameSpan: plugin.nameSpan,
        fullSpan: plugin.nameSpan,
      };
}

/** Instance names for a sentence: "Instance `a`", "Instances `a` and `b`". */
export function listInstances(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.at(-1) ?? "";
  return quoted.length === 1
    ? `Instance ${last}`
    : `Instances ${quoted.slice(0, -1).join(", ")} and ${last}`;
}
