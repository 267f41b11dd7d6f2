// What hovers say of interfaces, plugins, methods and types. rust-analyzer shows their Rust signature and their doc comment beside
// it, so neither is here.

import type { MethodSchema, PluginMethod } from "../../model/plugin.ts";
import type { NamedType, TypeTable } from "../../model/schema/schema.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import type { InterfaceFacts, PluginFacts } from "../../rust/fidius/facts.ts";
import { fidiusRelease } from "../../rust/fidius/fidiusRelease.ts";
import { interfaceOf, pluginsOf } from "../syntax/fidiusPlaces.ts";
import { code, listed, sentence, type HoverBlock } from "./hoverText.ts";
import type { BuildPlaceOf } from "./libraryAge.ts";
import { pluginList, runtimeWords } from "./pluginLines.ts";
import { shimPrototype } from "./prototype.ts";
import { methodWire, namedWire } from "./wireRows.ts";

export interface HoverContext {
  readonly snapshot: ProjectSnapshot;
  readonly placeOf: BuildPlaceOf;
}

/** Methods that a table lists. */
const mostMethods = 30;

/** At the macro of a trait, and at the trait's name. */
export function interfaceHover(
  facts: InterfaceFacts,
  { snapshot, placeOf }: HoverContext,
): readonly HoverBlock[] {
  const { name, version, buffer, hash, methods } = facts.schema;
  return [
    sentence(
      "**Fidius interface** ",
      code(name),
      `, version ${String(version)}, `,
      code(buffer),
      ", hash ",
      code(`0x${hash}`),
    ),
    ...methodTable(methods),
    ...pluginList(facts, snapshot, placeOf),
  ];
}

/** At the macro of an impl block, and at the type's name. */
export function pluginHover(facts: PluginFacts, { snapshot }: HoverContext): readonly HoverBlock[] {
  const { name, interfaceName, interfaceHash, buffer, config, methods, types } = facts.schema;
  const asyncMethods = methods.filter(({ isAsync }) => isAsync);
  return [
    sentence(
      "**Fidius plugin** ",
      code(name),
      ", which implements ",
      code(interfaceName),
      interfaceHash === undefined ? ", whose source was not found" : ", hash ",
      ...(interfaceHash === undefined ? [] : [code(`0x${interfaceHash}`)]),
      ", ",
      code(buffer),
    ),
    ...methodTable(methods),
    ...(config === undefined
      ? []
      : [
          sentence("Hosts make instances of it from the bytes of ", code(config.rustType), "."),
          ...(config.kind === "named" && Object.hasOwn(types, config.id)
            ? namedTable(types[config.id], types)
            : []),
        ]),
    ...(asyncMethods.length === 0 ? [] : [sentence(...runtimeWords(facts, snapshot))]),
  ];
}

function namedTable(named: NamedType | undefined, types: TypeTable): readonly HoverBlock[] {
  return named === undefined ? [] : [namedWire(named, types)];
}

function methodTable(methods: readonly (MethodSchema | PluginMethod)[]): readonly HoverBlock[] {
  if (methods.length === 0) {
    return [sentence("It has no methods.")];
  }
  const rows = methods
    .slice(0, mostMethods)
    .map((method) => [
      [String("slot" in method ? method.slot : method.traitIndex)],
      [code(method.name)],
      [method.capabilityBit === undefined ? "required" : `bit ${String(method.capabilityBit)}`],
      [code(method.signature)],
    ]);
  const rest = methods.length - rows.length;
  return [
    { kind: "table", head: ["Slot", "Method", "Capability", "Signature line"], rows },
    ...(rest > 0 ? [sentence(`and ${String(rest)} more`)] : []),
  ];
}

/** At a method of a trait. */
export function interfaceMethodHover(
  facts: InterfaceFacts,
  method: MethodSchema,
  { snapshot, placeOf }: HoverContext,
): readonly HoverBlock[] {
  const { name, hash, buffer, types } = facts.schema;
  const crate = snapshot.graph.crates.get(facts.crateId);
  const release = crate && fidiusRelease(snapshot.graph, crate)?.version;
  const runtimes = pluginsOf(snapshot, facts.schema.id)
    .filter(({ schema }) => schema.methods.some((own) => own.name === method.name && own.isAsync))
    .slice(0, 3)
    .map((plugin) =>
      sentence("For ", code(plugin.schema.name), " ", ...runtimeWords(plugin, snapshot)),
    );
  return [
    sentence(`**Slot ${String(method.traitIndex)}** of `, code(name), `, ${needText(method)}`),
    ...hashBlocks(method, hash),
    { kind: "source", language: "c", text: shimPrototype(method.name, method, buffer, release) },
    ...methodWire(method, types),
    ...runtimes,
    ...pluginList(facts, snapshot, placeOf),
  ];
}

/** At a method of an impl block. */
export function pluginMethodHover(
  facts: PluginFacts,
  method: PluginMethod,
  { snapshot }: HoverContext,
): readonly HoverBlock[] {
  const { name, interfaceName, interfaceHash, buffer, fidiusVersion, types } = facts.schema;
  const own = interfaceOf(snapshot, facts);
  const meant = own?.schema.methods.find(({ traitIndex }) => traitIndex === method.slot);
  const isMoved = method.traitIndex >= 0 && method.traitIndex !== method.slot;
  const shim = `__fidius_shim_${name}_${method.name}`;
  return [
    sentence(
      `**Slot ${String(method.slot)}** of `,
      code(interfaceName),
      `, ${needText(method)}`,
      ...(isMoved
        ? [
            ". Hosts call slot ",
            String(method.traitIndex),
            " for it, and for slot ",
            String(method.slot),
            " they mean ",
            code(meant?.name ?? "another method"),
          ]
        : []),
    ),
    ...hashBlocks(method, interfaceHash),
    { kind: "source", language: "c", text: shimPrototype(shim, method, buffer, fidiusVersion) },
    ...methodWire(method, types),
    ...(method.isAsync ? [sentence(...runtimeWords(facts, snapshot))] : []),
  ];
}

function needText({ capabilityBit }: MethodSchema): string {
  return capabilityBit === undefined
    ? "required"
    : `optional, capability bit ${String(capabilityBit)}`;
}

function hashBlocks(method: MethodSchema, hash: string | undefined): readonly HoverBlock[] {
  const isHashed = method.capabilityBit === undefined;
  return [
    sentence(
      isHashed ? "Line in the interface hash" : "Signature line, not in the hash as it is optional",
    ),
    { kind: "source", language: "text", text: method.signature },
    ...(hash === undefined ? [] : [sentence("Interface hash ", code(`0x${hash}`))]),
  ];
}

/** At a struct or enum that interfaces use. */
export function typeHover(
  named: NamedType,
  types: TypeTable,
  interfaces: readonly InterfaceFacts[],
): readonly HoverBlock[] {
  const users = interfaces.slice(0, 8).map(({ schema }) => [code(schema.name)]);
  const rest = interfaces.length - users.length;
  return [
    sentence(
      `**Fidius wire type**, ${named.kind === "enum" ? "an enum" : "a struct"} of `,
      ...listed(users),
      rest > 0 ? ` and ${String(rest)} more` : "",
    ),
    namedWire(named, types),
    ...(named.warnings.length === 0
      ? []
      : [
          {
            kind: "list" as const,
            entries: named.warnings.slice(0, 5).map(({ message }) => [code(message)]),
          },
        ]),
  ];
}
