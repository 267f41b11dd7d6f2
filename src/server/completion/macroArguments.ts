// What may stand in the parentheses of Fidius' attributes, by the release that brought it (reference 2.1).

import type { Completion } from "./completionText.ts";

/** An argument with a name. */
export interface NamedArgument extends Completion {
  /** The first ABI whose macros take it. */
  readonly abi: number;
}

function argument(label: string, value: string, detail: string, abi = 1): NamedArgument {
  return { label, snippet: `${label} = ${value}`, detail, kind: "property", abi };
}

const buffer = "${1|PluginAllocated,Arena|}";

const version = argument("version", "${1:1}", "the interface's version, a u32 that hosts may read");
const crate = argument(
  "crate",
  '"${1:fidius}"',
  "the path by which generated code finds Fidius",
  2,
);

/** By the macro's name. */
export const namedArguments: Readonly<Record<string, readonly NamedArgument[]>> = {
  plugin_interface: [version, argument("buffer", buffer, "who allocates what methods give"), crate],
  plugin_impl: [
    crate,
    argument("buffer", buffer, "as the interface has it; PluginAllocated without", 100),
    argument("config", "${1:Config}", "what `fn configure(config) -> Self` takes", 500),
  ],
  host_interface: [version, { ...crate, abi: 500 }],
};

/** The names of the macros that take such arguments. */
export const macroNames = Object.keys(namedArguments);

export const bufferValues: readonly Completion[] = [
  {
    label: "PluginAllocated",
    snippet: "PluginAllocated",
    detail: "the plugin allocates what a method gives; the host frees it",
    kind: "value",
  },
  {
    label: "Arena",
    snippet: "Arena",
    detail: "the host gives a buffer; streams do not go with it",
    kind: "value",
  },
];

export const optionalArgument = argument(
  "since",
  "${1:2}",
  "the version of the interface that brings the method",
);

export const wireArgument: Completion = {
  label: "raw",
  snippet: "raw",
  detail: "the one `Vec<u8>` crosses as it is, without a length",
  kind: "keyword",
};

/** Helper attributes, by where they may stand. */
export const helperAttributes: Readonly<
  Record<"trait" | "method" | "implMethod", readonly NamedArgument[]>
> = {
  trait: [helper("trait_meta", '"${1:key}", "${2:value}"', "metadata of the interface", 100)],
  method: [
    helper("optional", "since = ${1:2}", "plugins may lack the method", 1),
    helper("method_meta", '"${1:key}", "${2:value}"', "metadata of the method", 100),
    helper("wire", "raw", "the one `Vec<u8>` crosses as it is", 200),
  ],
  implMethod: [helper("wire", "raw", "as the trait has it", 200)],
};

function helper(name: string, value: string, detail: string, abi: number): NamedArgument {
  return { label: name, snippet: `${name}(${value})`, detail, kind: "keyword", abi };
}

/** The macros themselves, for where an item begins. */
export const macros: readonly NamedArgument[] = [
  helper(
    "plugin_interface",
    `version = \${1:1}, buffer = \${2|PluginAllocated,Arena|}`,
    "makes a trait an interface of plugins",
    1,
  ),
  helper("plugin_impl", "${1:Interface}", "makes an impl block a plugin", 1),
  helper("host_interface", "version = ${1:1}", "makes a trait one that hosts answer", 500),
];
