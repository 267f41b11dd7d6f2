// Maps and lists outside of std: indexmap, hashbrown, smallvec, arrayvec, bytes, serde_bytes. All as std's in bincode.

import { countedBytes } from "../serde/serdeParts.ts";
import { listShape, resolved, type Resolved } from "../resolved.ts";
import type { TypeSchema } from "../../../model/schema/schema.ts";
import { bytes, string, type CatalogueUse, type CrateCatalogue } from "./catalogueEntry.ts";

function map({ rustType, key, arguments: [first, second] }: CatalogueUse): Resolved | undefined {
  return first === undefined || second === undefined
    ? undefined
    : resolved(rustType, key, { kind: "map", key: first.schema, value: second.schema });
}

function set({ rustType, key, arguments: [first] }: CatalogueUse): Resolved | undefined {
  return first && resolved(rustType, key, { kind: "sequence", element: first.schema, isSet: true });
}

function list({ rustType, key, arguments: [first] }: CatalogueUse): Resolved | undefined {
  return first && resolved(rustType, key, listShape(first));
}

/** `ByteArray<N>`: a length that is always N. */
function byteArray({ rustType, key, constants: [length] }: CatalogueUse): Resolved {
  return {
    schema: countedBytes(rustType, typeof length === "bigint" ? Number(length) : undefined),
    key,
  };
}

/** `SmallVec<[T; N]>` of 1.x, `SmallVec<T, N>` of 2. */
function smallVec(use: CatalogueUse): Resolved | undefined {
  const { rustType, key } = use;
  const inner = use.arguments[0]?.schema;
  if (inner?.kind === "array") {
    return resolved(rustType, key, { kind: "sequence", element: inner.element });
  }
  return inner?.kind === "bytes" && inner.length !== undefined
    ? resolved(rustType, key, { kind: "bytes" })
    : list(use);
}

/** `indexmap::map::serde_seq`: pairs one after the other, which bincode writes as a map. */
function asWritten(type: TypeSchema): TypeSchema | undefined {
  return type.kind === "map" || type.kind === "sequence" ? type : undefined;
}

export const indexmap: CrateCatalogue = {
  versions: ["1", "2"],
  types: { IndexMap: map, IndexSet: set },
  helpers: { serde_seq: asWritten, "map::serde_seq": asWritten },
};

export const hashbrown: CrateCatalogue = {
  versions: ["0.11", "0.12", "0.13", "0.14", "0.15", "0.16", "0.17"],
  types: { HashMap: map, HashSet: set },
};

export const smallvec: CrateCatalogue = { versions: ["1", "2"], types: { SmallVec: smallVec } };

export const arrayvec: CrateCatalogue = {
  versions: ["0.7"],
  types: { ArrayVec: list, ArrayString: string() },
};

export const bytesCrate: CrateCatalogue = {
  versions: ["0.5", "1"],
  types: { Bytes: bytes, BytesMut: bytes },
};

export const serdeBytes: CrateCatalogue = {
  versions: ["0.11"],
  types: { ByteBuf: bytes, ByteArray: byteArray },
};
