// The source of a crate with an interface: the trait, and a test in which a plugin of it is called.

import type { MethodKind } from "../newCrate.ts";
import { firstMethod, indented, type FirstMethod } from "./firstMethod.ts";
import { testModule } from "./pluginType.ts";

export interface InterfaceSource {
  readonly trait: string;
  readonly methods: MethodKind;
  /** Fidius' own host can call a plugin of its own process: 0.5. */
  readonly hasHost: boolean;
}

export function interfaceCrateText({ trait, methods, hasHost }: InterfaceSource): string {
  const method = firstMethod(methods);
  const plugin = `
    use fidius::plugin_impl;

    struct Polite;

    #[plugin_impl(${trait})]
    impl ${trait} for Polite {
        ${method.signature} {
${indented(method.body(false), 12)}
        }
    }
`;
  const tests = testModule({ name: "Polite", isConfigured: false }, trait, method, {
    hasHost,
    extra: plugin,
  });
  return `${crateAttributes(`The interface \`${trait}\`: what its plugins can do.`, methods)}
use fidius::{${importsOf(["plugin_interface"], methods)}};

${traitText(trait, method)}

${tests}`.replace("use fidius::{plugin_interface};", "use fidius::plugin_interface;");
}

/** The crate's doc comment, and what rustc is told. */
export function crateAttributes(doc: string, methods: MethodKind): string {
  return methods === "async"
    ? `//! ${doc}

// Fidius polls the futures on the thread that calls: nobody has to name their types.
#![allow(async_fn_in_trait)]
`
    : `//! ${doc}
`;
}

/** What is imported of Fidius, in rustfmt's order. */
export function importsOf(macros: readonly string[], methods: MethodKind): string {
  return [...macros, ...(methods === "streaming" ? ["Stream"] : [])].join(", ");
}

/** The trait with its first method. */
export function traitText(trait: string, { doc, signature }: FirstMethod): string {
  return `/// What a plugin can do. A method that is added later goes to the end, with \`#[optional(since = 2)]\` and \`version = 2\`: then
/// libraries that were built before go on working.
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait ${trait}: Send + Sync {
    /// ${doc}
    ${signature};
}`;
}
