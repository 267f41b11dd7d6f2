// The catalogue: crates whose types have hand-written serde implementations, which no source reading can follow. Every type and
// helper runs against its crate in every version line that is named (test/vectors/generated.test.ts, at the version of its lock
// file; test/vectors/decimalFeatures.test.ts, test/host/catalogue); what does not run, another version line too, is unknown.

import type { TypeSchema } from "../../../model/schema/schema.ts";
import type { Definition } from "../../names/definitions.ts";
import type { WireDirection } from "../../syntax/items/direction.ts";
import type { Module } from "../../names/modules/modules.ts";
import type { Names } from "../../names/names.ts";
import { unknownType, type GenericValue, type Resolved, type TypeSink } from "../resolved.ts";
import { isOfLine, type CrateCatalogue } from "./catalogueEntry.ts";
import { placeOf, type CataloguePlace } from "./cataloguePlace.ts";
import { chrono } from "./chrono.ts";
import { arrayvec, bytesCrate, hashbrown, indexmap, serdeBytes, smallvec } from "./collections.ts";
import { humantimeSerde } from "./humantimeSerde.ts";
import { either, ipnet, orderedFloat } from "./others.ts";
import { rustDecimal } from "./rustDecimal.ts";
import { anyValue, serdeJson } from "./serdeJson.ts";
import { camino, compactStr, semver, smolStr, url } from "./texts.ts";
import { time } from "./time.ts";
import { uuid } from "./uuid.ts";

const fidiusValue: CrateCatalogue = { versions: ["0"], types: { Value: anyValue } };

/** By package name. */
export const catalogue: Readonly<Record<string, CrateCatalogue>> = {
  arrayvec,
  bytes: bytesCrate,
  camino,
  chrono,
  compact_str: compactStr,
  either,
  fidius: fidiusValue,
  "fidius-core": fidiusValue,
  hashbrown,
  "humantime-serde": humantimeSerde,
  indexmap,
  ipnet,
  "ordered-float": orderedFloat,
  rust_decimal: rustDecimal,
  semver,
  serde_bytes: serdeBytes,
  serde_json: serdeJson,
  smallvec,
  smol_str: smolStr,
  time,
  url,
  uuid,
};

interface CatalogueResolver extends TypeSink {
  readonly names: Names;
  readonly direction: WireDirection;
}

/** The type at `definition` when the catalogue has it; undefined for all that it does not know of. */
export function catalogueType(
  definition: Definition | undefined,
  rustType: string,
  generics: readonly GenericValue[],
  resolver: CatalogueResolver,
): Resolved | undefined {
  const place = placeOf(definition);
  const crate = place === undefined ? undefined : crateAt(place);
  const make =
    place !== undefined && crate !== undefined && Object.hasOwn(crate.types, place.path)
      ? crate.types[place.path]
      : undefined;
  if (place === undefined || crate === undefined || make === undefined) {
    return undefined;
  }
  if (!isOfLine(place.version, crate.versions)) {
    return unknownType(rustType, otherVersion(rustType, place, crate));
  }
  const types = generics.flatMap((each) => (each.kind === "type" ? [each.type] : []));
  const constants = generics.flatMap((each) => (each.kind === "const" ? [each.value] : []));
  const names = [...types.map(({ key }) => key), ...constants.map(String)].join(", ");
  const key = `${place.packageName}::${place.path}${names === "" ? "" : `<${names}>`}`;
  const { direction, names: known } = resolver;
  const features = place.features(known);
  return (
    make({ rustType, key, arguments: types, constants, sink: resolver, features, direction }) ??
    unknownType(rustType, `\`${rustType}\` lacks its type arguments, so its bytes are not known.`)
  );
}

/** What `#[serde(with = "path")]` writes for a type, where the path leads to a helper module of the catalogue. */
export function catalogueHelper(
  path: string,
  module: Module,
  { names, direction }: Pick<CatalogueResolver, "names" | "direction">,
  inner: TypeSchema,
): TypeSchema | undefined {
  const segments = path.replace(/^::/, "").split("::");
  const isGlobal = path.startsWith("::");
  const resolve = (parts: readonly string[]): Definition | undefined =>
    names.resolve({ segments: parts, isGlobal, module, namespace: "type" });
  const root = resolve(segments.slice(0, 1));
  const place = placeOf(root) ?? placeOf(resolve(segments));
  const crate = place === undefined ? undefined : crateAt(place);
  if (place === undefined || crate?.helpers === undefined) {
    return undefined;
  }
  const wanted = root?.kind === "crate" ? segments.slice(1).join("::") : place.path;
  const name = Object.keys(crate.helpers).find(
    (key) => key === wanted || (root?.kind !== "crate" && key.endsWith(`::${wanted}`)),
  );
  return name !== undefined && isOfLine(place.version, crate.versions)
    ? crate.helpers[name]?.(inner, direction)
    : undefined;
}

function crateAt({ packageName }: CataloguePlace): CrateCatalogue | undefined {
  return Object.hasOwn(catalogue, packageName) ? catalogue[packageName] : undefined;
}

function otherVersion(
  rustType: string,
  { packageName, version }: CataloguePlace,
  { versions }: CrateCatalogue,
): string {
  return `\`${rustType}\` is of ${packageName} ${version ?? "?"}; how it crosses is known for ${packageName} ${versions.join(", ")} only. Give its bytes, or use one of these versions.`;
}
