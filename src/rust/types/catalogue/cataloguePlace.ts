// Where a definition stands in a crate of the catalogue: package, path, version, features.

import type { CrateDependency, CrateNode } from "../../../model/crateGraph.ts";
import type { Definition } from "../../names/definitions.ts";
import type { Names } from "../../names/names.ts";

export interface CataloguePlace {
  readonly packageName: string;
  readonly path: string;
  /** The resolved version, or a requirement where no lock file was read. */
  readonly version: string | null;
  readonly features: (names: Names) => ReadonlySet<string>;
}

/** The place of a definition; undefined for what no crate of the catalogue can hold. */
export function placeOf(definition: Definition | undefined): CataloguePlace | undefined {
  switch (definition?.kind) {
    case "external":
      return placeOfDependency(definition.origin.dependency, definition.path.at(-1) ?? "");
    case "crate":
      return definition.crate === null
        ? placeOfDependency(definition.origin.dependency, "")
        : placeOfNode(definition.crate.node, "");
    case "module":
      return placeOfNode(definition.module.crate.node, lastSegment(definition.module.path));
    case "item":
      return placeOfNode(definition.module.crate.node, definition.placed.item.name);
    case "unknown":
      return (
        definition.declared &&
        placeOfNode(definition.declared.module.crate.node, definition.declared.placed.item.name)
      );
    case "companion":
    case "variant":
    case "primitive":
    case "std":
    case undefined:
      return undefined;
  }
}

function lastSegment(path: string): string {
  return path.split("::").at(-1) ?? "";
}

function placeOfDependency(dependency: CrateDependency, path: string): CataloguePlace {
  const { packageName, requirement, features } = dependency;
  return { packageName, path, version: requirement, features: () => new Set(features) };
}

function placeOfNode(node: CrateNode, path: string): CataloguePlace | undefined {
  const { name: packageName, version } = node.info;
  const features = (names: Names): ReadonlySet<string> => names.featuresOf(node.id);
  return node.isLocal ? undefined : { packageName, path, version, features };
}
