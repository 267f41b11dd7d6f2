// The targets of a package beside its library, as crates of the graph: programs, examples, tests and benchmarks may hold plugins
// too. Found as cargo finds them: by the manifest's tables, and by the files in the folders that cargo looks into.

import { basename, dirname, join, resolve } from "node:path";
import {
  crateIdOf,
  type CrateDependency,
  type CrateGraph,
  type CrateId,
  type CrateNode,
  type DeclaredTarget,
} from "../../model/crateGraph.ts";
import type { CargoTarget } from "../../model/plugin.ts";
import type { ManifestFiles } from "./manifestFiles.ts";
import { codeName } from "./manifestGraph.ts";

/** A package with thousands of examples is none that anybody wrote. */
const mostTargets = 500;

const folders: Readonly<Record<CargoTarget["kind"], string>> = {
  bin: "src/bin",
  example: "examples",
  test: "tests",
  bench: "benches",
};

/** The graph with the targets of the local packages for which `isWanted` holds. */
export function withTargets(
  graph: CrateGraph,
  files: Pick<ManifestFiles, "list">,
  isWanted: (node: CrateNode) => boolean,
): CrateGraph {
  const crates = new Map<CrateId, CrateNode>(graph.crates);
  for (const node of graph.crates.values()) {
    if (node.isLocal && node.info.target === undefined && isWanted(node)) {
      for (const target of targetsOf(node, files)) {
        crates.set(target.id, target);
      }
    }
  }
  return { crates };
}

function targetsOf(node: CrateNode, files: Pick<ManifestFiles, "list">): readonly CrateNode[] {
  const { written = [], automatic = [] } = node.targets ?? {};
  const known = new Map<string, CrateNode>();
  const add = ({ kind, name, crateTypes }: DeclaredTarget, rootFile: string): void => {
    const target = targetNode(node, { kind, name }, crateTypes, rootFile);
    if (known.size < mostTargets) {
      known.set(target.id, target);
    }
  };
  const found = automatic.flatMap((kind) => filesOf(node, kind, files));
  for (const { name, kind, file } of found) {
    add({ name, kind, path: undefined, crateTypes: undefined }, file);
  }
  const folder = dirname(node.info.manifestPath);
  for (const target of written) {
    const file =
      target.path === undefined
        ? (found.find(({ kind, name }) => kind === target.kind && name === target.name)?.file ??
          join(folder, folders[target.kind], `${target.name}.rs`))
        : resolve(folder, target.path);
    // A table with a path of its own takes the file away from the target that it would make by its name.
    known.forEach((other, id) => {
      if (other.rootFile === file && other.info.target?.kind === target.kind) {
        known.delete(id);
      }
    });
    add(target, file);
  }
  return [...known.values()];
}

interface FoundFile extends CargoTarget {
  readonly file: string;
}

/** `examples/name.rs` and `examples/name/main.rs`; for programs `src/main.rs` beside them. */
function filesOf(
  node: CrateNode,
  kind: CargoTarget["kind"],
  files: Pick<ManifestFiles, "list">,
): readonly FoundFile[] {
  const packageFolder = dirname(node.info.manifestPath);
  const folder = join(packageFolder, folders[kind]);
  const main =
    kind === "bin" && has(files, join(packageFolder, "src"), "main.rs")
      ? [{ kind, name: node.info.name, file: join(packageFolder, "src", "main.rs") }]
      : [];
  return [
    ...main,
    ...files.list(folder).flatMap((entry): readonly FoundFile[] => {
      if (entry.kind !== "folder") {
        return entry.name.endsWith(".rs")
          ? [{ kind, name: basename(entry.name, ".rs"), file: join(folder, entry.name) }]
          : [];
      }
      return has(files, join(folder, entry.name), "main.rs")
        ? [{ kind, name: entry.name, file: join(folder, entry.name, "main.rs") }]
        : [];
    }),
  ];
}

function has(files: Pick<ManifestFiles, "list">, folder: string, name: string): boolean {
  return files.list(folder).some((entry) => entry.name === name && entry.kind !== "folder");
}

function targetNode(
  node: CrateNode,
  target: CargoTarget,
  crateTypes: readonly string[] | undefined,
  rootFile: string,
): CrateNode {
  // Only examples may be libraries.
  const types = target.kind === "example" ? (crateTypes ?? ["bin"]) : ["bin"];
  const info = { ...node.info, libraryName: codeName(target.name), crateTypes: types, target };
  const linksDev = target.kind !== "bin";
  return {
    ...node,
    id: crateIdOf(info),
    info,
    rootFile,
    dependencies: [
      ...node.dependencies.map((dependency): CrateDependency =>
        dependency.kind === "dev" && linksDev
          ? { ...dependency, kind: "normal", table: "dev" }
          : dependency,
      ),
      ...ownLibrary(node),
    ],
  };
}

/** A target links the package's own library, when that can be linked. */
function ownLibrary({ id, info, rootFile }: CrateNode): readonly CrateDependency[] {
  const isLinkable = info.crateTypes.some((type) => ["lib", "rlib", "dylib"].includes(type));
  return rootFile === null || !isLinkable
    ? []
    : [
        {
          key: info.name,
          codeName: info.libraryName,
          packageName: info.name,
          kind: "normal",
          target: null,
          isOptional: false,
          usesDefaultFeatures: false,
          features: [],
          requirement: null,
          crateId: id,
        },
      ];
}
