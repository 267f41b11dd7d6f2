// Joins the graph read from manifests with what `cargo metadata` answered: local packages stay as their manifests (and
// unsaved texts) say, registry and git packages come in, and dependencies are linked to them.

import type { CrateDependency, CrateGraph, CrateId, CrateNode } from "../../model/crateGraph.ts";
import { codeName } from "../manifest/manifestGraph.ts";
import type { CargoMetadata, MetadataDependency, MetadataPackage } from "./metadata.ts";
import { pathKey } from "../manifest/samePath.ts";
import { satisfies } from "../manifest/versionRequirement.ts";

const libraryKinds: ReadonlySet<string> = new Set([
  "lib",
  "rlib",
  "dylib",
  "cdylib",
  "staticlib",
  "proc-macro",
]);

/** The graph with the packages of each answer (one a workspace). An older answer than the manifests only adds. */
export function enrichGraph(graph: CrateGraph, answers: readonly CargoMetadata[]): CrateGraph {
  return extendGraph(graph, graph, answers);
}

/**
 * `enriched`, which earlier answers made of the manifests' graph, with further answers. Nodes that these do not change stay
 * the same objects, so that whoever worked on them sees it.
 */
export function extendGraph(
  manifests: CrateGraph,
  enriched: CrateGraph,
  answers: readonly CargoMetadata[],
): CrateGraph {
  const crates = new Map<CrateId, CrateNode>(enriched.crates);
  const idByPath = new Map([...crates.keys()].map((id) => [pathKey(id), id]));
  for (const answer of answers) {
    const join = new MetadataJoin(answer, idByPath);
    for (const item of answer.packages) {
      const id = join.idOf(item);
      if (!crates.has(id)) {
        crates.set(id, join.toNode(item));
      }
    }
    for (const item of answer.packages) {
      const id = join.idOf(item);
      const node = crates.get(id);
      if (node !== undefined && manifests.crates.has(id)) {
        crates.set(id, join.linkDependencies(node, item, crates));
      }
    }
  }
  return { crates };
}

class MetadataJoin {
  readonly #answer: CargoMetadata;
  readonly #idByPath: Map<string, CrateId>;
  readonly #packages: ReadonlyMap<string, MetadataPackage>;
  readonly #resolved: ReadonlyMap<string, readonly ResolvedEdge[]>;

  constructor(answer: CargoMetadata, idByPath: Map<string, CrateId>) {
    this.#answer = answer;
    this.#idByPath = idByPath;
    this.#packages = new Map(answer.packages.map((item) => [item.id, item]));
    this.#resolved = new Map((answer.resolve?.nodes ?? []).map((node) => [node.id, node.deps]));
  }

  /** The manifest's path, in the spelling the graph has already. */
  idOf(item: MetadataPackage): CrateId {
    const key = pathKey(item.manifest_path);
    const known = this.#idByPath.get(key);
    if (known !== undefined) {
      return known;
    }
    this.#idByPath.set(key, item.manifest_path);
    return item.manifest_path;
  }

  toNode(item: MetadataPackage): CrateNode {
    const library = item.targets.find((target) =>
      target.kind.some((kind) => libraryKinds.has(kind)),
    );
    return {
      id: this.idOf(item),
      info: {
        name: item.name,
        version: item.version,
        manifestPath: item.manifest_path,
        workspaceRoot: this.#answer.workspace_root,
        libraryName: codeName(library?.name ?? item.name),
        crateTypes: library?.crate_types ?? [],
      },
      rootFile: library?.src_path ?? null,
      edition: item.edition,
      isLocal: this.#answer.workspace_members.includes(item.id),
      isDownloaded: typeof item.source === "string",
      features: item.features,
      dependencies: item.dependencies.map((dependency) => this.#toDependency(item, dependency)),
    };
  }

  /** A node read from its manifest, with the crate ids cargo found for its dependencies. */
  linkDependencies(
    node: CrateNode,
    item: MetadataPackage,
    crates: ReadonlyMap<CrateId, CrateNode>,
  ): CrateNode {
    if (node.dependencies.every(({ crateId }) => crateId !== null)) {
      return node;
    }
    const dependencies = node.dependencies.map((dependency) => {
      if (dependency.crateId !== null) {
        return dependency;
      }
      const target =
        this.#resolve(item, dependency) ?? findVersion(this.#answer.packages, dependency);
      const crateId = target === undefined ? null : this.idOf(target);
      const found = crateId === null ? undefined : crates.get(crateId);
      if (found === undefined) {
        return dependency;
      }
      const isRenamed = codeName(dependency.key) !== codeName(dependency.packageName);
      return {
        ...dependency,
        crateId,
        codeName: isRenamed ? dependency.codeName : found.info.libraryName,
      };
    });
    const isSame = dependencies.every(
      (dependency, index) => dependency === node.dependencies[index],
    );
    return isSame ? node : { ...node, dependencies };
  }

  #toDependency(owner: MetadataPackage, dependency: MetadataDependency): CrateDependency {
    const key = dependency.rename ?? dependency.name;
    const plain = {
      key,
      packageName: dependency.name,
      kind: dependency.kind ?? "normal",
      target: dependency.target ?? null,
      requirement: dependency.req,
    } as const;
    const target = this.#resolve(owner, plain) ?? findVersion(this.#answer.packages, plain);
    const library = target?.targets.find((item) =>
      item.kind.some((kind) => libraryKinds.has(kind)),
    );
    return {
      ...plain,
      codeName: codeName(dependency.rename ?? library?.name ?? dependency.name),
      isOptional: dependency.optional,
      usesDefaultFeatures: dependency.uses_default_features,
      features: dependency.features,
      crateId: target === undefined ? null : this.idOf(target),
    };
  }

  /** The package that cargo chose for a dependency line, by the resolve graph. */
  #resolve(owner: MetadataPackage, dependency: DependencyLine): MetadataPackage | undefined {
    const candidates = (this.#resolved.get(owner.id) ?? [])
      .filter((edge) =>
        edge.dep_kinds.some(
          (kind) =>
            (kind.kind ?? "normal") === dependency.kind &&
            (kind.target ?? null) === dependency.target,
        ),
      )
      .flatMap((edge) => this.#packages.get(edge.pkg) ?? [])
      .filter((item) => item.name === dependency.packageName);
    return candidates.length > 1 ? findVersion(candidates, dependency) : candidates[0];
  }
}

interface ResolvedEdge {
  readonly pkg: string;
  readonly dep_kinds: readonly {
    readonly kind?: "dev" | "build" | null | undefined;
    readonly target?: string | null | undefined;
  }[];
}

type DependencyLine = Pick<
  CrateDependency,
  "key" | "packageName" | "kind" | "target" | "requirement"
>;

/** A line cargo did not resolve (another platform, not enabled, just typed): a package of the build that would do. */
function findVersion(
  packages: readonly MetadataPackage[],
  dependency: DependencyLine,
): MetadataPackage | undefined {
  return packages.find(
    (item) =>
      item.name === dependency.packageName && satisfies(item.version, dependency.requirement),
  );
}
