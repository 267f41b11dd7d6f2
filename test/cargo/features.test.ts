// Random workspaces of path packages: what resolveFeatures says must be what `cargo tree` says, for both resolvers.

import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { plainBuild } from "../../src/cargo/graph/buildChoice.ts";
import { resolveAllFeatures, type EnabledFeatures } from "../../src/cargo/graph/features.ts";
import { type CargoWorkspace, createWorkspace } from "./support/cargoWorkspace.ts";

const names = ["p0", "p1", "p2", "p3", "p4"] as const;
const featurePool = ["fa", "fb", "fc"] as const;

interface DependencyShape {
  readonly to: number;
  readonly table: string;
  readonly isOptional: boolean;
  readonly hasDefaults: boolean;
  readonly features: readonly number[];
  readonly isRenamed: boolean;
}

interface PackageShape {
  readonly isMacro: boolean;
  readonly dependencies: readonly DependencyShape[];
  /** For each feature of the pool and `default`: seeds from which its values are chosen. */
  readonly values: readonly (readonly number[])[];
}

const tables = [
  "dependencies",
  "dependencies",
  "build-dependencies",
  "dev-dependencies",
  "target.'cfg(unix)'.dependencies",
  "target.'cfg(windows)'.dependencies",
];

const dependencyShape = (from: number): fc.Arbitrary<DependencyShape> =>
  fc.record({
    to: fc.integer({ min: from + 1, max: names.length - 1 }),
    table: fc.constantFrom(...tables),
    isOptional: fc.boolean(),
    hasDefaults: fc.boolean(),
    features: fc.uniqueArray(fc.nat(featurePool.length - 1), { maxLength: 2 }),
    isRenamed: fc.boolean(),
  });

const packageShape = (index: number): fc.Arbitrary<PackageShape> =>
  fc.record({
    isMacro: index === 0 ? fc.constant(false) : fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    dependencies:
      index === names.length - 1
        ? fc.constant([])
        : fc.uniqueArray(dependencyShape(index), {
            maxLength: 4,
            selector: ({ to, table }) => `${to} ${table}`,
          }),
    values: fc.array(fc.array(fc.nat(1_000), { maxLength: 3 }), { minLength: 4, maxLength: 4 }),
  });

const graphShape = fc.record({
  packages: fc.tuple(...names.map((_, index) => packageShape(index))),
  resolver: fc.constantFrom("1", "2"),
  extra: fc.array(fc.nat(1_000), { maxLength: 2 }),
});

function groupBy(
  items: readonly DependencyShape[],
  key: (item: DependencyShape) => string,
): ReadonlyMap<string, readonly DependencyShape[]> {
  const groups = new Map<string, DependencyShape[]>();
  for (const item of items) {
    groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  }
  return groups;
}

function keyOf(dependency: DependencyShape): string {
  const name = names[dependency.to] ?? "";
  return dependency.isRenamed ? `as-${name}` : name;
}

/** The values a feature may have, given the package's dependencies. */
function possibleValues(shape: PackageShape): readonly string[] {
  const usable = shape.dependencies.filter(({ table }) => !table.startsWith("dev"));
  // cargo wants one meaning for a key: `dep:` and `?` only where every line of that key is optional.
  const byKey = groupBy(shape.dependencies, keyOf);
  return [
    ...featurePool,
    ...usable.flatMap((dependency) => {
      const key = keyOf(dependency);
      const isOptional =
        byKey.get(key)?.some((item) => item.isOptional && !item.table.startsWith("dev")) ?? false;
      const onDependency = featurePool.map((feature) => `${key}/${feature}`);
      return isOptional
        ? [`dep:${key}`, ...onDependency, ...featurePool.map((feature) => `${key}?/${feature}`)]
        : onDependency;
    }),
  ];
}

function pick(values: readonly string[], seeds: readonly number[]): readonly string[] {
  return [...new Set(seeds.map((seed) => values[seed % values.length] ?? ""))];
}

function manifestOf(index: number, shape: PackageShape): string {
  const lines = [
    "[package]",
    `name = "${names[index] ?? ""}"`,
    'version = "0.1.0"',
    'edition = "2021"',
    ...(shape.isMacro ? ["[lib]", "proc-macro = true"] : []),
    "[features]",
  ];
  const values = possibleValues(shape);
  for (const [position, feature] of [...featurePool, "default"].entries()) {
    const chosen = pick(values, shape.values[position] ?? []).filter((value) => value !== feature);
    lines.push(`${feature} = ${JSON.stringify(chosen)}`);
  }
  for (const [table, items] of groupBy(shape.dependencies, (item) => item.table)) {
    lines.push(`[${table}]`);
    for (const item of items) {
      const fields = [
        `path = "../${names[item.to] ?? ""}"`,
        ...(item.isRenamed ? [`package = "${names[item.to] ?? ""}"`] : []),
        ...(item.isOptional && !table.startsWith("dev") ? ["optional = true"] : []),
        ...(item.hasDefaults ? [] : ["default-features = false"]),
        `features = ${JSON.stringify(item.features.map((feature) => featurePool[feature]))}`,
      ];
      lines.push(`${keyOf(item)} = { ${fields.join(", ")} }`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** What `cargo tree` says each package is built with; a package may be there for both sides of the build. */
async function askCargo(
  item: CargoWorkspace,
  edges: string,
  extra: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const output = await item.cargo(
    "tree",
    "--offline",
    "-p",
    "p0",
    "-e",
    edges,
    "--prefix",
    "none",
    "--no-dedupe",
    "-f",
    "{p}|{f}",
    ...(extra.length > 0 ? ["--features", extra.join(",")] : []),
  );
  const found = new Map<string, Set<string>>();
  for (const line of output.split("\n").filter((text) => text.includes("|"))) {
    const [head = "", features = ""] = line.split("|");
    const name = head.split(" ")[0] ?? "";
    const all = found.get(name) ?? new Set();
    for (const feature of features.replace(" (*)", "").split(",")) {
      if (feature !== "") {
        all.add(feature);
      }
    }
    found.set(name, all);
  }
  return found;
}

function plain(features: ReadonlyMap<string, ReadonlySet<string>>): Record<string, string[]> {
  return Object.fromEntries(
    [...features]
      .map(([name, set]) => [name, [...set].sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function byName(
  item: CargoWorkspace,
  features: EnabledFeatures,
): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    names.flatMap((name) => {
      const set = features.get(item.path(`${name}/Cargo.toml`));
      return set === undefined ? [] : [[name, set] as const];
    }),
  );
}

function union(
  a: ReadonlyMap<string, ReadonlySet<string>>,
  b: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    [...new Set([...a.keys(), ...b.keys()])].map((name) => [
      name,
      new Set([...(a.get(name) ?? []), ...(b.get(name) ?? [])]),
    ]),
  );
}

describe("features against cargo", function () {
  this.timeout(300_000);

  it("are what cargo tree says, on random workspaces", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(graphShape, async ({ packages, resolver, extra }) => {
        const root = packages[0];
        assert.ok(root);
        const texts = packages.flatMap((shape, index): readonly (readonly [string, string])[] => [
          [`${names[index] ?? ""}/Cargo.toml`, manifestOf(index, shape)],
          [`${names[index] ?? ""}/src/lib.rs`, ""],
        ]);
        const item = createWorkspace({
          "Cargo.toml": `[workspace]\nresolver = "${resolver}"\nmembers = ["p*"]\n`,
          ...Object.fromEntries(texts),
        });
        try {
          const extraFeatures = pick(
            possibleValues(root).filter((value) => !value.startsWith("dep:")),
            extra,
          );
          const isValid = await item.cargo("metadata", "--offline", "--format-version", "1").then(
            () => true,
            () => false,
          );
          fc.pre(isValid);
          const { graph } = item.graph();
          const resolved = resolveAllFeatures(graph, item.path("p0/Cargo.toml"), {
            ...plainBuild,
            features: extraFeatures,
          });
          const all = await askCargo(item, "normal,build", extraFeatures);
          const linked = await askCargo(item, "normal,no-proc-macro", extraFeatures);
          const context = `${JSON.stringify(extraFeatures)} resolver ${resolver}\n${texts
            .map((text) => text.join(":\n"))
            .join("\n")}`;
          if (resolver === "2") {
            const expected = union(byName(item, resolved.normal), byName(item, resolved.host));
            assert.deepEqual(plain(expected), plain(all), context);
            assert.deepEqual(plain(byName(item, resolved.normal)), plain(linked), context);
          } else {
            // Resolver 1 also counts dev dependencies and foreign platforms, which this tree does not list.
            const own = byName(item, resolved.normal);
            for (const [name, features] of all) {
              assert.deepEqual(
                [...(own.get(name) ?? [])].sort(),
                [...features].sort(),
                `${name} ${context}`,
              );
            }
          }
          compared += 1;
        } finally {
          item.dispose();
        }
      }),
      { numRuns: 40, maxSkipsPerRun: 20, endOnFailure: true },
    );
    assert.ok(compared >= 20, `only ${compared} workspaces were valid`);
  });
});
