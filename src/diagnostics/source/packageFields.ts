// What the crate beside a package.toml says of its fields.

import { packageKey } from "../../model/package/packageKeys.ts";
import type { InterfaceSchema } from "../../model/plugin.ts";
import type { ManifestSubject } from "../manifestRule.ts";

/** What a package.toml stands beside. */
export type PackageSurroundings = Pick<ManifestSubject, "crate" | "plugins" | "snapshot">;

/** The interfaces that the crate's plugins implement. */
export function interfacesOf({
  plugins,
  snapshot: { model },
}: PackageSurroundings): readonly InterfaceSchema[] {
  const all = [...model.interfaces, ...(model.dependencyInterfaces ?? [])];
  return plugins.flatMap(({ schema }) => all.find(({ id }) => id === schema.interfaceId) ?? []);
}

/** What the crate gives for a field, in TOML; undefined where it does not say. */
export function fieldValue(surroundings: PackageSurroundings, key: string): string | undefined {
  const { crate } = surroundings;
  const [implemented] = interfacesOf(surroundings);
  switch (key) {
    case "name":
      return crate && JSON.stringify(crate.info.name);
    case "version":
      return crate && JSON.stringify(crate.info.version);
    case "interface":
      return implemented && JSON.stringify(implemented.crate.name);
    case "interface_version":
      return implemented && String(implemented.version);
    case "component":
      return crate && JSON.stringify(`${crate.info.libraryName}.wasm`);
    default:
      return undefined;
  }
}

/** A line for a field, with something to fill in where the crate does not say. */
export function fieldText(surroundings: PackageSurroundings, table: string, key: string): string {
  const anything = packageKey(table, key)?.type === "u32" ? "1" : '""';
  return `${key} = ${fieldValue(surroundings, key) ?? anything}`;
}
