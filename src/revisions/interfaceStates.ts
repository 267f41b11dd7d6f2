// The interfaces of a project as one side of a comparison.

import { isAbsolute, join, relative } from "node:path";
import type { InterfaceState, MethodState } from "../drift/interfaceState.ts";
import type { CrateGraph, CrateId } from "../model/crateGraph.ts";
import type { MethodSchema } from "../model/plugin.ts";
import type { SourceSpan } from "../model/text/span.ts";
import type { ProjectSnapshot } from "../project/project.ts";
import type { HostInterfaceFacts, InterfaceFacts } from "../rust/fidius/facts.ts";
import { fidiusRelease } from "../rust/fidius/fidiusRelease.ts";
import { abiOfRelease } from "../abi/versions.ts";

type Snapshot = Pick<ProjectSnapshot, "graph" | "rust">;

/** Where a file of one folder lies in another one. */
export interface Moved {
  readonly from: string;
  readonly to: string;
}

/** The interfaces that local packages in `folder` declare; `moved` tells where their files are for people. */
export function interfaceStates(
  { graph, rust }: Snapshot,
  folder: string,
  moved?: Moved,
): readonly InterfaceState[] {
  const isInside = ({ schema }: InterfaceFacts | HostInterfaceFacts): boolean =>
    isBelow(folder, schema.crate.manifestPath);
  const place = (span: SourceSpan): SourceSpan => movedSpan(span, moved);
  return [
    ...rust.interfaces
      .filter(isInside)
      .map((facts) => stateOf("plugin", facts, facts.schema, graph, place)),
    ...rust.hostInterfaces
      .filter((facts) => isInside(facts) && graph.crates.get(facts.crateId)?.isLocal === true)
      .map((facts) => stateOf("host", facts, facts.schema, graph, place)),
  ];
}

export function isBelow(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return !path.startsWith("..") && !isAbsolute(path);
}

function movedSpan(span: SourceSpan, moved: Moved | undefined): SourceSpan {
  return moved === undefined || !isBelow(moved.from, span.file)
    ? span
    : { ...span, file: join(moved.to, relative(moved.from, span.file)) };
}

function stateOf(
  kind: InterfaceState["kind"],
  { crateId, fidius }: InterfaceFacts | HostInterfaceFacts,
  schema: InterfaceFacts["schema"] | HostInterfaceFacts["schema"],
  graph: CrateGraph,
  place: (span: SourceSpan) => SourceSpan,
): InterfaceState {
  return {
    kind,
    id: schema.id,
    name: schema.name,
    crate: { name: schema.crate.name, version: schema.crate.version },
    version: schema.version,
    buffer: "buffer" in schema ? schema.buffer : undefined,
    hash: schema.hash,
    abi: abiOf(graph, crateId),
    cratePath: fidius.text,
    methods: schema.methods.map((method) => methodState(method, place)),
    isOrderKnown: true,
    metadata: ("metadata" in schema ? schema.metadata : undefined) ?? [],
    types: schema.types,
    span: place(schema.nameSpan),
  };
}

function methodState(method: MethodSchema, place: (span: SourceSpan) => SourceSpan): MethodState {
  const { wire, stream, arguments: list, streamArgument, returns } = method;
  return {
    name: method.name,
    signature: method.signature,
    isOptional: method.capabilityBit !== undefined,
    isAsync: method.isAsync,
    metadata: method.metadata ?? [],
    types: {
      wire,
      stream,
      arguments: list,
      ...(streamArgument === undefined ? {} : { streamArgument }),
      returns,
    },
    span: place(method.nameSpan),
  };
}

const fidiusPackages = ["fidius-macro", "fidius", "fidius-core", "fidius-guest"];

/** Of the release that is resolved; else of the line that a requirement leaves no choice about. */
function abiOf(graph: CrateGraph, crateId: CrateId): number | undefined {
  const node = graph.crates.get(crateId);
  if (node === undefined) {
    return undefined;
  }
  const release = fidiusRelease(graph, node);
  if (release !== undefined) {
    return release.abi;
  }
  for (const name of fidiusPackages) {
    const requirement = node.dependencies.find(
      ({ packageName, kind }) => packageName === name && kind === "normal",
    )?.requirement;
    const line = /^[\^~=]?\s*0\.(?<minor>[1-9]\d*)(?:\.\d+)?$/u.exec(requirement?.trim() ?? "");
    if (line?.groups !== undefined) {
      return abiOfRelease(`0.${line.groups["minor"] ?? ""}.0`);
    }
  }
  return undefined;
}
