// What Fidius reads in a package.toml (reference 7.3): every table and every key, with what it means. Rules, completions and hovers
// go by this one list.

import type { PackageRuntime } from "./packageInfo.ts";

export const packageRuntimes: readonly PackageRuntime[] = ["rust", "python", "wasm"];

/** A table of a package.toml. */
export interface PackageTable {
  readonly name: "package" | "metadata" | "python" | "wasm";
  readonly means: string;
  /** The only runtime whose packages have it; absent: all have. */
  readonly runtime?: PackageRuntime;
  /** Keys by their names; absent: any, they are the host's. */
  readonly keys?: Readonly<Record<string, PackageKey>>;
}

/** A key that Fidius reads. */
export interface PackageKey {
  readonly type: "string" | "u32" | "strings";
  readonly isRequired: boolean;
  readonly means: string;
  /** What it is when it is not written. */
  readonly byDefault?: string;
  /** The first release that reads it. */
  readonly since?: string;
}

const required = true;
const optional = false;

export const packageTables: readonly PackageTable[] = [
  {
    name: "package",
    means: "What the package is and which interface it implements.",
    keys: {
      name: {
        type: "string",
        isRequired: required,
        means: "The name of the package. The archive and the folder in it are called by it.",
      },
      version: {
        type: "string",
        isRequired: required,
        means: "The version of the package, which is a part of the archive's name.",
      },
      interface: {
        type: "string",
        isRequired: required,
        means: "The name of the interface's crate. Hosts show it, and nothing compares it.",
      },
      interface_version: {
        type: "u32",
        isRequired: required,
        means:
          "The `version` of the `#[plugin_interface]` that the plugin was written for. Hosts show it, and nothing compares it.",
      },
      extension: {
        type: "string",
        isRequired: optional,
        means: "The file extension of archives that are made of the package.",
        byDefault: '"fid"',
        since: "0.0.4",
      },
      runtime: {
        type: "string",
        isRequired: optional,
        means: "What runs the package: `rust`, `python` or `wasm`.",
        byDefault: '"rust"',
        since: "0.2.0",
      },
    },
  },
  {
    name: "metadata",
    means:
      "What the host wants to know of a package, in keys of its own. Fidius needs the table, even an empty one.",
  },
  {
    name: "python",
    means: "Where a Python package begins.",
    runtime: "python",
    keys: {
      entry_module: {
        type: "string",
        isRequired: required,
        means: "The module that the host imports first, such as `tool.entry`.",
        since: "0.2.0",
      },
      requirements: {
        type: "string",
        isRequired: optional,
        means: "The file with the packages that `fidius package pack` puts into `vendor/`.",
        byDefault: '"requirements.txt"',
        since: "0.2.0",
      },
    },
  },
  {
    name: "wasm",
    means: "Which component a WASM package has, and what it may do.",
    runtime: "wasm",
    keys: {
      component: {
        type: "string",
        isRequired: required,
        means: "The file name of the WASM component in the package's folder.",
        since: "0.3.0",
      },
      precompiled: {
        type: "string",
        isRequired: optional,
        means: "The same component compiled for one version of wasmtime, which loads faster.",
        since: "0.3.0",
      },
      capabilities: {
        type: "strings",
        isRequired: optional,
        means: "What the component may do beside computing.",
        byDefault: "[]",
        since: "0.3.0",
      },
    },
  },
];

/** The table of that name. */
export function packageTable(name: string): PackageTable | undefined {
  return packageTables.find((table) => table.name === name);
}

/** The key of that name, if Fidius reads it there. */
export function packageKey(table: string, key: string): PackageKey | undefined {
  const { keys = {} } = packageTable(table) ?? {};
  return Object.hasOwn(keys, key) ? keys[key] : undefined;
}

/** What a component can be allowed by one word. */
export const capabilityWords: readonly string[] = [
  "args",
  "stdin",
  "stdout",
  "stderr",
  "clocks",
  "random",
  "http",
  "tcp",
  "udp",
  "network",
  "sockets",
];

/** What needs more words behind it. */
export const capabilityForms: readonly string[] = ["env:NAME", "fs:ro:PATH", "fs:rw:PATH"];

/** Whether Fidius knows the capability. */
export function isCapability(text: string): boolean {
  return capabilityWords.includes(text) || /^(?:env|fs:r[ow]):./u.test(text);
}
