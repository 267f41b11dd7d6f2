// Interfaces and plugins that `cfg` keeps out of a crate's own build. They are looked for in the syntax as written, also in
// modules that are left out, so that nothing which stands in the source goes missing without a word.

import type { RustToken } from "../../abi/rustTokens.ts";
import type { LeftOut } from "../../model/plugin.ts";
import { needOf, type BuildNeed } from "../cfg/buildNeeds.ts";
import type { HostInterfaceFacts, InterfaceFacts, PluginFacts, RustProblem } from "./facts.ts";
import { implArguments } from "./fidiusArguments.ts";
import type { Attribute, TypeSource } from "../syntax/items/items.ts";
import { fidiusMacroOf } from "../names/macroNames.ts";
import {
  bodyItems,
  spanOf,
  type Crate,
  type Module,
  type Placed,
} from "../names/modules/modules.ts";
import type { Names } from "../names/names.ts";
import { parseType, pathNames } from "../syntax/typeSyntax.ts";

/** Something left out, and where its attribute stands. */
export interface LeftOutFacts {
  readonly item: LeftOut;
  readonly problem: RustProblem;
}

type Predicates = readonly (readonly RustToken[])[];

/** All that the build of `crate` leaves out, except what only tests and documentation have. */
export function findLeftOut(crate: Crate, names: Names): readonly LeftOutFacts[] {
  const search = new Search(crate, names);
  if (crate.root !== null) {
    search.file(crate.root, []);
  }
  return search.found;
}

class Search {
  readonly found: LeftOutFacts[] = [];
  readonly #crate: Crate;
  readonly #names: Names;

  constructor(crate: Crate, names: Names) {
    this.#crate = crate;
    this.#names = names;
  }

  file(module: Module, outer: Predicates): void {
    const { file } = module;
    const conditions = [...outer, ...conditionsOf(file.attributes)];
    for (const chunk of file.chunks) {
      for (const item of chunk.items) {
        this.#item(module, { item, file, chunk }, conditions);
      }
    }
  }

  #item(module: Module, placed: Placed, outer: Predicates): void {
    const { item } = placed;
    const conditions = [...outer, ...conditionsOf(item.attributes)];
    if (item.kind === "module") {
      const child = module.childOf({ ...placed, item });
      if (child === undefined) {
        return;
      }
      if (item.items === null) {
        this.file(child, conditions);
      }
      for (const inner of item.items ?? []) {
        this.#item(child, { ...placed, item: inner }, conditions);
      }
    } else if (item.kind === "trait" || item.kind === "impl") {
      this.#candidate(module, { ...placed, item }, conditions);
    }
    for (const owner of bodyItems(item)) {
      const body = module.body(placed, owner) ?? module;
      const inBody =
        owner === item ? conditions : [...conditions, ...conditionsOf(owner.attributes)];
      for (const inner of owner.block) {
        this.#item(body, { ...placed, item: inner }, inBody);
      }
    }
  }

  #candidate(module: Module, placed: Placed, conditions: Predicates): void {
    const { item } = placed;
    const wanted = item.kind === "trait" ? ["plugin_interface", "host_interface"] : ["plugin_impl"];
    for (const attribute of item.attributes) {
      const macro = fidiusMacroOf(this.#names, module, attribute.path);
      if (macro !== undefined && wanted.includes(macro)) {
        const { options } = this.#crate.configuration;
        const need = needOf([...conditions, ...attribute.conditions], options);
        if (need !== null && need.kind !== "never") {
          this.#add(module, placed, attribute, macro, need);
        }
        return;
      }
    }
  }

  #add(
    module: Module,
    placed: Placed,
    attribute: Attribute,
    macro: "plugin_interface" | "plugin_impl" | "host_interface",
    need: Exclude<BuildNeed, { kind: "never" }>,
  ): void {
    const { item } = placed;
    const { info, features } = this.#crate.node;
    const isPlugin = macro === "plugin_impl" && item.kind === "impl";
    const name = item.kind === "impl" ? lastName(item.selfType) : item.name;
    const interfaceName = isPlugin
      ? (implArguments(attribute, placed.chunk.text).traitName ?? lastName(item.trait))
      : null;
    const needs = needText(need);
    const leftOut: LeftOut = {
      id: isPlugin
        ? `${module.path}::${name} as ${interfaceName ?? ""}`
        : `${module.path}::${name}`,
      kind: isPlugin ? "plugin" : macro === "host_interface" ? "hostInterface" : "interface",
      name,
      ...(interfaceName === null ? {} : { interfaceName }),
      crate: info,
      needs,
      features: need.kind === "features" ? need.on : [],
      nameSpan: spanOf(placed, item.kind === "impl" ? item.selfType : item.nameSpan),
    };
    this.found.push({
      item: leftOut,
      problem: {
        code: "notInBuild",
        severity: "information",
        message: `\`${name}\` is not in this build: it needs ${needs}. ${nextStep(need, info.name, features)}`,
        span: spanOf(placed, attribute),
      },
    });
  }
}

function conditionsOf(attributes: readonly Attribute[]): Predicates {
  return attributes.flatMap(({ path, arguments: predicate, conditions }) =>
    path.join() === "cfg" && conditions.length === 0 ? [predicate] : [],
  );
}

function lastName(source: TypeSource | null): string {
  const type = source === null ? undefined : parseType(source);
  return (type?.kind === "path" ? pathNames(type).at(-1) : undefined) ?? source?.text ?? "";
}

function needText(need: Exclude<BuildNeed, { kind: "never" }>): string {
  switch (need.kind) {
    case "features":
      return [
        ...(need.on.length === 0 ? [] : [listed(need.on)]),
        ...(need.off.length === 0 ? [] : [`${listed(need.off)} to be off`]),
      ].join(", and ");
    case "profile":
      return need.hasDebugAssertions ? "debug assertions" : "a profile without debug assertions";
    case "condition":
      return `\`cfg(${predicateText(need.predicate)})\``;
  }
}

function listed(features: readonly string[]): string {
  const names = features.map((feature) => `\`${feature}\``).join(" and ");
  return `the ${features.length === 1 ? "feature" : "features"} ${names}`;
}

function predicateText(predicate: readonly RustToken[]): string {
  return predicate.map(({ text }) => (text === "," ? ", " : text === "=" ? " = " : text)).join("");
}

function nextStep(
  need: Exclude<BuildNeed, { kind: "never" }>,
  packageName: string,
  declared: Readonly<Record<string, readonly string[]>>,
): string {
  switch (need.kind) {
    case "features": {
      const missing = need.on.filter((feature) => !Object.hasOwn(declared, feature));
      if (missing.length > 0) {
        return `\`${packageName}\` does not declare ${listed(missing)}: add it under \`[features]\` of its Cargo.toml.`;
      }
      return need.off.length > 0
        ? `Take ${listed(need.off)} out of \`default\` and of the dependency lines that turn it on.`
        : `Build with \`--features ${need.on.join(",")}\` (in the setting fidius.cargo.extraArgs, or of fidius-call), or add it to \`default\` under \`[features]\`.`;
    }
    case "profile":
      return need.hasDebugAssertions
        ? "Build with the dev profile: the setting fidius.cargo.profile, or fidius-call without --release."
        : "Build with the release profile: the setting fidius.cargo.profile, or fidius-call --release.";
    case "condition":
      return "That does not hold for the target of this build.";
  }
}

/** Of several declarations under opposite conditions one is in the build, and nothing is missing. */
export function withoutPresent(
  leftOut: readonly LeftOutFacts[],
  present: readonly (InterfaceFacts | PluginFacts | HostInterfaceFacts)[],
): readonly LeftOutFacts[] {
  const ids = new Set(present.map(({ schema }) => schema.id));
  return leftOut.filter(({ item }) => !ids.has(item.id));
}
