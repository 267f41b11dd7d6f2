// `fidius-call list`: interfaces, plugins and methods found in the sources, and plugins that only libraries show.

import { relative } from "node:path";
import { nameText } from "../../model/text/foreignText.ts";
import type { MetadataEntry } from "../../model/libraryReport.ts";
import type {
  CrateInfo,
  InterfaceSchema,
  LeftOut,
  MethodSchema,
  PluginCandidate,
  PluginMethod,
  PluginSchema,
  ProjectModel,
} from "../../model/plugin.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import { crateIdOf } from "../../model/crateGraph.ts";
import { targetText } from "../../model/callObstacle.ts";
import { candidateLines } from "./candidates.ts";
import { jsonText, type JsonContent } from "../output/jsonText.ts";
import { interfaceChoiceText } from "../options/project/preferInterface.ts";

/** The list for people: one crate after the other. Paths are relative to `currentFolder`. */
export function listText(model: ProjectModel, currentFolder: string): readonly string[] {
  const crates = new Map<string, CrateInfo>();
  for (const { crate } of [
    ...model.interfaces,
    ...model.plugins,
    ...model.hostInterfaces,
    ...(model.candidates ?? []),
    ...(model.leftOut ?? []),
  ]) {
    crates.set(crateIdOf(crate), crate);
  }
  if (crates.size === 0) {
    return [
      "No Fidius interface or plugin found. Fidius looks for traits under #[plugin_interface] and impl blocks under #[plugin_impl].",
    ];
  }
  return [...crates.values()]
    .sort((left, right) => left.name.localeCompare(right.name) || byTarget(left, right))
    .flatMap((crate, index) => [
      ...(index === 0 ? [] : [""]),
      ...crateLines(crate, model, currentFolder),
    ]);
}

/** A package's library before its other targets. */
function byTarget(left: CrateInfo, right: CrateInfo): number {
  const [a, b] = [left, right].map(({ target }) =>
    target === undefined ? "" : targetText(target),
  );
  return (a ?? "").localeCompare(b ?? "");
}

function crateLines(
  crate: CrateInfo,
  model: ProjectModel,
  currentFolder: string,
): readonly string[] {
  const id = crateIdOf(crate);
  const isHere = (item: { readonly crate: CrateInfo }): boolean => crateIdOf(item.crate) === id;
  const target = crate.target === undefined ? "" : `  [${targetText(crate.target)}]`;
  return [
    `${crate.name} ${crate.version}  ${relative(currentFolder, crate.manifestPath)}${target}`,
    ...model.interfaces
      .filter(isHere)
      .flatMap(({ name, version, hash, methods }) => [
        `  interface ${name}, version ${version}, hash ${hash}`,
        ...methods.map(methodLine),
      ]),
    ...model.hostInterfaces
      .filter(isHere)
      .flatMap(({ name, version, hash, methods }) => [
        `  host interface ${name}, version ${version}, hash ${hash}`,
        ...methods.map(methodLine),
      ]),
    ...model.plugins
      .filter(isHere)
      .flatMap((plugin) => [
        `  plugin ${nameText(plugin.name)}, implements ${plugin.interfaceName}${originText(plugin)}`,
        ...plugin.methods.map(methodLine),
        ...featuresLines(plugin),
        ...obstacleLines(plugin),
      ]),
    ...(model.leftOut ?? []).filter(isHere).map(leftOutLine),
    ...(model.candidates ?? [])
      .filter(isHere)
      .flatMap((candidate) => candidateLines(candidate, model.plugins.filter(isHere))),
  ];
}

/** What stands in the source and is in no build like this. */
function leftOutLine({ kind, name, interfaceName, needs }: LeftOut): string {
  const what = kind === "hostInterface" ? "host interface" : kind;
  const implemented = interfaceName === undefined ? "" : `, implements ${interfaceName}`;
  return `  ${what} ${name}${implemented}  [not in this build: needs ${needs}]`;
}

function featuresLines({ methods, missingAsyncFeatures }: PluginSchema): readonly string[] {
  const isBuilt = missingAsyncFeatures.length > 0 && methods.some(({ isAsync }) => isAsync);
  const features = missingAsyncFeatures.join(",");
  return isBuilt ? [`    (builds with --features ${features}: no Cargo.toml turns it on)`] : [];
}

function obstacleLines({ obstacle }: PluginSchema): readonly string[] {
  return obstacle === undefined ? [] : [`    (cannot be called: ${obstacle.message})`];
}

/** How a plugin came to be known, when it was not its impl block here. */
function originText(plugin: PluginSchema): string {
  if (plugin.library === undefined) {
    return plugin.sourceCrate === undefined ? "" : `  [linked from ${plugin.sourceCrate.name}]`;
  }
  const choice = interfaceChoiceText(plugin);
  const parts = [
    "from its library",
    ...(plugin.library.slotOrder === "assumed" ? ["slots assumed to be in the trait's order"] : []),
    ...(choice === undefined ? [] : [choice]),
  ];
  return `  [${parts.join("; ")}]`;
}

/** The slot is told where it is not what the trait would have one think. */
function methodLine(method: MethodSchema | PluginMethod): string {
  const slot =
    "slot" in method && method.slot !== method.traitIndex ? `  [slot ${method.slot}]` : "";
  return `    ${signatureText(method)}${slot}${missingText(method)}`;
}

/** Why the library's method cannot be called, when it cannot. */
function missingText(method: MethodSchema | PluginMethod): string {
  if ("isImplemented" in method && !method.isImplemented) {
    return "  [not implemented]";
  }
  return "isSlotKnown" in method && !method.isSlotKnown
    ? "  [slot not known: the library has another number of methods]"
    : "";
}

/** The method as Rust writes it, without `&self`. */
export function signatureText(method: MethodSchema): string {
  const parameters = method.arguments.map(({ name, type }) => `${name}: ${type.rustType}`);
  const result = returnText(method);
  return [
    method.isAsync ? "async " : "",
    `${method.name}(${parameters.join(", ")})`,
    result === "()" ? "" : ` -> ${result}`,
    method.wire === "raw" ? "  [raw]" : "",
    method.stream === "none" ? "" : `  [${method.stream} stream]`,
    method.capabilityBit === undefined ? "" : "  [optional]",
  ].join("");
}

function returnText({ returns }: MethodSchema): string {
  return returns.kind === "value"
    ? returns.type.rustType
    : `Result<${returns.success.rustType}, ${returns.failure.rustType}>`;
}

/** What an interface or host interface is, in the JSON of every command. */
export function interfaceJson({
  id,
  name,
  crate,
  version,
  hash,
}: Pick<InterfaceSchema, "id" | "name" | "crate" | "version" | "hash">): Readonly<
  Record<string, JsonContent>
> {
  return {
    id,
    name,
    package: crate.name,
    manifestPath: crate.manifestPath,
    target: targetJson(crate),
    version,
    hash,
  };
}

/** The list for programs, on one line. */
export function listJson(model: ProjectModel): string {
  return jsonText({
    interfaces: model.interfaces.map((schema) => ({
      ...interfaceJson(schema),
      buffer: schema.buffer,
      metadata: metadataJson(schema.metadata),
      methods: schema.methods.map(methodJson),
    })),
    plugins: model.plugins.map((plugin) => ({
      id: plugin.id,
      name: plugin.name,
      package: plugin.crate.name,
      manifestPath: plugin.crate.manifestPath,
      target: targetJson(plugin.crate),
      sourcePackage: (plugin.sourceCrate ?? plugin.crate).name,
      obstacle: plugin.obstacle === undefined ? null : { ...plugin.obstacle },
      interface: plugin.interfaceName,
      interfaceHash: plugin.interfaceHash ?? null,
      buffer: plugin.buffer,
      fidiusVersion: plugin.fidiusVersion ?? null,
      missingAsyncFeatures: plugin.missingAsyncFeatures,
      foundIn: plugin.library === undefined ? "source" : "library",
      slotOrder: plugin.library?.slotOrder ?? "impl",
      interfaceId: plugin.interfaceId ?? null,
      otherInterfaceIds: plugin.library?.otherInterfaceIds ?? [],
      methods: plugin.methods.map((method) => ({
        ...methodJson(method),
        slot: method.slot,
        implemented: method.isImplemented ?? true,
        slotKnown: method.isSlotKnown ?? true,
      })),
    })),
    candidates: (model.candidates ?? []).map(candidateJson),
    hostInterfaces: model.hostInterfaces.map((schema) => ({
      ...interfaceJson(schema),
      methods: schema.methods.map(methodJson),
    })),
    leftOut: (model.leftOut ?? []).map(
      ({ id, kind, name, interfaceName, crate, needs, features, nameSpan }) => ({
        id,
        kind,
        name,
        interface: interfaceName ?? null,
        package: crate.name,
        manifestPath: crate.manifestPath,
        needs: needs.replaceAll("`", ""),
        features,
        location: locationJson(nameSpan),
      }),
    ),
    notices: model.notices.map(({ file, message }) => ({ file, message })),
  });
}

function candidateJson({ crate, macroCalls, contents }: PluginCandidate): JsonContent {
  return {
    package: crate.name,
    manifestPath: crate.manifestPath,
    target: targetJson(crate),
    macroCalls: macroCalls.map(({ macro, span }) => ({ macro, ...locationJson(span) })),
    plugins: contents?.kind === "read" ? contents.plugins : null,
    problem: contents?.kind === "failed" ? contents.message : null,
    unmatched: contents?.kind === "read" ? contents.unmatched.map((plugin) => ({ ...plugin })) : [],
  };
}

/** Null for a package's library. */
function targetJson({ target }: CrateInfo): JsonContent {
  return target === undefined ? null : { ...target };
}

function locationJson({ file, start }: SourceSpan): Readonly<Record<string, JsonContent>> {
  return { file, line: start.line + 1, column: start.character + 1 };
}

function metadataJson(metadata: readonly MetadataEntry[] | undefined): readonly JsonContent[] {
  return (metadata ?? []).map((entry) => ({ ...entry }));
}

function methodJson(method: MethodSchema): Readonly<Record<string, JsonContent>> {
  return {
    name: method.name,
    async: method.isAsync,
    wire: method.wire,
    stream: method.stream,
    optional: method.capabilityBit !== undefined,
    metadata: metadataJson(method.metadata),
    arguments: method.arguments.map(({ name, type }) => ({ name, type: type.rustType })),
    returns: returnText(method),
    doc: method.doc,
    location: locationJson(method.nameSpan),
  };
}
