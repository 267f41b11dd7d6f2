// What was found in one crate of one build, and what that rests on: after an edit only what the edit may change is found anew.

import type { CrateGraph, CrateId, CrateNode } from "../model/crateGraph.ts";
import { CheckedCrate, type CrateCheck } from "./fidius/crateCheck.ts";
import { Descriptions } from "./fidius/descriptions.ts";
import type {
  HostInterfaceFacts,
  InterfaceFacts,
  PluginFacts,
  RustProblem,
} from "./fidius/facts.ts";
import {
  crateTooLarge,
  fileProblems,
  outputProblems,
  sizeProblems,
} from "./fidius/fileProblems.ts";
import { isGuestPath } from "./fidius/guest.ts";
import { describeHostInterface, findHostInterfaces } from "./fidius/hostInterfaces.ts";
import { describeImpl, findImpls } from "./fidius/impls.ts";
import { describeInterface, findInterfaces } from "./fidius/interfaces.ts";
import { findLeftOut, withoutPresent, type LeftOutFacts } from "./fidius/leftOut.ts";
import { type MacroCallFacts, pluginMacroCalls } from "./fidius/pluginMacros.ts";
import { runtimeUses } from "./fidius/runtimeUses.ts";
import type { CrateView } from "./names/crateInstances.ts";
import type { BuildCrates } from "./names/definitions.ts";
import type { Crate, Module } from "./names/modules/modules.ts";
import { Names } from "./names/names.ts";
import { isApart, type ReadPart } from "./names/nameTable.ts";
import { unlessTooLarge } from "./syntax/unlessTooLarge.ts";

/** What was found in one crate, the crates that were opened for it, and what was looked into in them. */
export interface Findings {
  readonly basis: ReadonlyMap<CrateId, Crate | null>;
  readonly parts: ReadonlySet<ReadPart>;
  readonly described: CrateDescriptions;
  readonly interfaces: readonly InterfaceFacts[];
  readonly plugins: readonly PluginFacts[];
  readonly macroCalls: readonly MacroCallFacts[];
  readonly hostInterfaces: readonly HostInterfaceFacts[];
  readonly namedCrates: readonly CrateId[];
  readonly leftOut: readonly LeftOutFacts[];
  /** It includes a file that its build script has not written yet. */
  readonly lacksOutput: boolean;
  readonly problems: readonly RustProblem[];
  /** What bincode makes of the types. */
  readonly typeProblems: readonly RustProblem[];
}

interface CrateDescriptions {
  readonly interfaces: Descriptions<InterfaceFacts>;
  readonly plugins: Descriptions<Omit<PluginFacts, "runtimeUses">>;
  readonly hostInterfaces: Descriptions<HostInterfaceFacts>;
  readonly checked: CheckedCrate;
}

type Found = Omit<Findings, "basis" | "parts" | "described">;

const nothing: Found = {
  interfaces: [],
  plugins: [],
  hostInterfaces: [],
  namedCrates: [],
  macroCalls: [],
  leftOut: [],
  lacksOutput: false,
  problems: [],
  typeProblems: [],
};

/** A crate in the build of `root`, and who looks at it. */
export interface CrateInBuild {
  readonly node: CrateNode;
  readonly root: CrateId;
  readonly view: CrateView;
  readonly build: BuildCrates;
  readonly check: CrateCheck;
}

/** What is in the crate; what holds of the findings of last time is taken over. */
export function findingsNow(subject: CrateInBuild, before: Findings | undefined): Findings {
  const changed = before && changesSince(before, subject);
  if (before !== undefined && changed !== undefined && isApart(before.parts, changed)) {
    const basis = [...before.basis.keys()].map((id) => [id, subject.build.open(id)] as const);
    return { ...before, basis: new Map(basis) };
  }
  return findWithin(subject, changed === undefined ? undefined : before?.described, changed);
}

/** What is another in the crates that the findings rest on; undefined where names in them may mean something else. */
function changesSince(
  { basis }: Findings,
  { root, view, build }: CrateInBuild,
): ReadonlySet<ReadPart> | undefined {
  const changed = new Set<ReadPart>();
  for (const [id, crate] of basis) {
    const inCrate = crate === null ? null : view.changesIn(root, crate);
    if (inCrate === null && (crate !== null || build.open(id) !== null)) {
      return undefined;
    }
    for (const part of inCrate ?? []) {
      changed.add(part).add(id);
    }
  }
  return changed;
}

/** A crate that no limit made small enough has nothing but the word of it. */
function findWithin(
  { node, build, check }: CrateInBuild,
  before: CrateDescriptions | undefined,
  changed: ReadonlySet<ReadPart> = new Set(),
): Findings {
  const basis = new Map<CrateId, Crate | null>();
  const open = (id: CrateId): Crate | null => {
    const opened = build.open(id);
    basis.set(id, opened);
    return opened;
  };
  const names = new Names({ ...build, open });
  const described: CrateDescriptions = {
    interfaces: new Descriptions(before?.interfaces, changed),
    plugins: new Descriptions(before?.plugins, changed),
    hostInterfaces: new Descriptions(before?.hostInterfaces, changed),
    checked: new CheckedCrate(before?.checked, changed),
  };
  const { value: found, reading } = names.tables.reading(() =>
    unlessTooLarge(
      () => findIn(node, names, described, check),
      () => ({ ...nothing, problems: node.isLocal ? [crateTooLarge(node)] : [] }),
    ),
  );
  names.openAll();
  const { interfaces, plugins, hostInterfaces, checked } = described;
  for (const kept of [interfaces, plugins, hostInterfaces, checked]) {
    for (const { opened } of kept.all()) {
      opened.forEach(open);
    }
  }
  // Which uses of async runtimes a plugin reaches, any body may decide.
  const hasUses = found.plugins.some(({ schema }) => schema.methods.some(({ isAsync }) => isAsync));
  const parts = new Set<ReadPart>([node.id, ...reading.parts, ...(hasUses ? basis.keys() : [])]);
  return { ...found, basis, parts, described };
}

function findIn(
  node: CrateNode,
  names: Names,
  descriptions: CrateDescriptions,
  check: CrateCheck,
): Found {
  const crate = names.crate(node.id);
  if (crate === null) {
    return nothing;
  }
  if (crate.root === null) {
    // A library whose only file is too large has nothing but that.
    return { ...nothing, problems: crate.node.isLocal ? sizeProblems(crate) : [] };
  }
  const modules = crate.modules();
  const interfaces = modules.flatMap((module) => findInterfaces(names, module));
  const impls = modules.flatMap((module) => findImpls(names, module));
  const macroCalls = crate.node.isLocal ? pluginMacroCalls(crate, names) : [];
  const namedCrates = namedDependencies(crate, modules);
  const hostTraits = modules.flatMap((module) => findHostInterfaces(names, module));
  const leftOut = crate.node.isLocal ? findLeftOut(crate, names) : [];
  const missing = crate.node.isLocal ? outputProblems(crate) : [];
  const sizes = crate.node.isLocal ? [...sizeProblems(crate), ...missing] : [];
  const lacksOutput = missing.length > 0;
  const found = interfaces.length + impls.length + hostTraits.length;
  if (found === 0 && !(node.isLocal && concernsRules(modules))) {
    return { ...nothing, namedCrates, macroCalls, leftOut, lacksOutput, problems: sizes };
  }
  const described = interfaces.map((found) =>
    descriptions.interfaces.of(found, names, (resolvers) => describeInterface(found, resolvers)),
  );
  const hostInterfaces = hostTraits.map((found) =>
    descriptions.hostInterfaces.of(found, names, (resolvers) =>
      describeHostInterface(found, resolvers),
    ),
  );
  const others = (): Crate[] =>
    localDependencies(node.id, names.graph).flatMap((id) => names.crate(id) ?? []);
  const uses = runtimeUses(crate, impls, names, others);
  const plain = impls.map((found) =>
    descriptions.plugins.of(found, names, (resolvers, problems) =>
      describeImpl(found, resolvers, problems),
    ),
  );
  const plugins = plain.map(({ facts }, index) => {
    const found = impls[index];
    return { ...facts, runtimeUses: (found && uses.get(found)) ?? [] };
  });
  const all = [...described, ...hostInterfaces, ...plain];
  const facts = { interfaces: factsOf(described), hostInterfaces: factsOf(hostInterfaces) };
  const present = [...facts.interfaces, ...plugins, ...facts.hostInterfaces];
  // A WASM component's types cross as WIT has them, and it has no registry.
  const isForGuest = [...facts.interfaces, ...plugins].some(({ fidius }) => isGuestPath(fidius));
  return {
    ...facts,
    plugins,
    namedCrates,
    macroCalls,
    lacksOutput,
    leftOut: withoutPresent(leftOut, present),
    problems: [
      ...sizes,
      ...fileProblems(crate),
      ...all.flatMap(({ problems }) => problems),
      ...(node.isLocal && !isForGuest
        ? descriptions.checked.problems(
            { crate, names, interfaces, impls, hostInterfaces: hostTraits },
            all.flatMap(({ typeFindings }) => typeFindings),
            check,
          )
        : []),
    ],
    typeProblems: isForGuest ? [] : all.flatMap(({ typeProblems }) => typeProblems),
  };
}

/** A macro of Fidius may stand where it has nothing to do, and a host may name a client that is not there. */
function concernsRules(modules: readonly Module[]): boolean {
  const files = new Set(modules.map(({ file }) => file));
  return [...files].some(({ text }) =>
    /plugin_interface|plugin_impl|host_interface|\wClient\b/u.test(text),
  );
}

function factsOf<T>(described: readonly { readonly facts: T }[]): readonly T[] {
  return described.map(({ facts }) => facts);
}

/** The dependencies whose names stand in the crate's files. */
function namedDependencies(crate: Crate, modules: readonly Module[]): readonly CrateId[] {
  const files = new Set(modules.map(({ file }) => file));
  const isNamed = (name: string): boolean => [...files].some(({ text }) => text.includes(name));
  return crate.node.dependencies.flatMap(({ crateId, kind, codeName }) =>
    crateId !== null && kind === "normal" && isNamed(codeName) ? [crateId] : [],
  );
}

/** The user's own crates that the crate is built with, in a steady order. */
function localDependencies(id: CrateId, graph: CrateGraph): CrateId[] {
  const closure = new Set<CrateId>([id]);
  for (const current of closure) {
    for (const { crateId, kind } of graph.crates.get(current)?.dependencies ?? []) {
      if (crateId !== null && kind === "normal" && graph.crates.get(crateId)?.isLocal === true) {
        closure.add(crateId);
      }
    }
  }
  return [...closure];
}
