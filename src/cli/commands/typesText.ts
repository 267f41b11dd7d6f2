// What `fidius-call types` prints: the types of interfaces with their bytes, and what comparing them with serde gave.

import { placesOf } from "../../bridge/verify/verifyInterface.ts";
import type { PlaceReport } from "../../bridge/verify/verifyPlace.ts";
import { unknownPlaces } from "../../codec/bincode/unknownPlaces.ts";
import { partsText, wireText } from "../../model/schema/wireText.ts";
import type { InterfaceSchema, MethodSchema } from "../../model/plugin.ts";
import { jsonText, rawJson } from "../output/jsonText.ts";
import { interfaceJson, signatureText } from "./listCommand.ts";

/** An interface and what became of each of its types. */
export interface VerifiedInterface {
  readonly schema: InterfaceSchema;
  readonly reports: readonly PlaceReport[];
}

/** The types for people. */
export function typesText(interfaces: readonly InterfaceSchema[]): readonly string[] {
  return interfaces.flatMap((schema, index) => apart(index, interfaceLines(schema)));
}

/** With a line between one and the next. */
function apart(index: number, lines: readonly string[]): readonly string[] {
  return index === 0 ? lines : ["", ...lines];
}

function interfaceLines(schema: InterfaceSchema): readonly string[] {
  const { types } = schema;
  const named = Object.entries(types);
  return [
    heading(schema),
    ...schema.methods.flatMap((method) => [
      `  ${signatureText(method)}`,
      ...methodLines(method, schema),
    ]),
    ...(named.length === 0 ? [] : ["  types"]),
    ...named.flatMap(([id, type]) => [
      `    ${type.kind} ${id}`,
      ...partsText(type, types).map((line) => `      ${line}`),
    ]),
  ];
}

function methodLines(method: MethodSchema, { types }: InterfaceSchema): readonly string[] {
  if (method.wire === "raw") {
    return ["    bytes as they are, in and out"];
  }
  return placesOf(method).flatMap(({ label, type }) => [
    `    ${label}: ${type.rustType}  ${wireText(type, types)}`,
    ...unknownPlaces(type, types).map(
      ({ pointer, reason }) =>
        `      not known${pointer === "" ? "" : ` at ${pointer}`}: ${reason}`,
    ),
  ]);
}

function heading({ name, version, hash, crate }: InterfaceSchema): string {
  return `interface ${name}, version ${String(version)}, hash ${hash}  ${crate.name} ${crate.version}`;
}

/** The types for programs, on one line. */
export function typesJson(interfaces: readonly InterfaceSchema[]): string {
  return jsonText({
    interfaces: interfaces.map((schema) => ({
      ...interfaceJson(schema),
      methods: schema.methods.map((method) => ({
        name: method.name,
        wire: method.wire,
        stream: method.stream,
        values: placesOf(method).map(({ place, label, type, direction }) => ({
          place,
          label,
          direction,
          type: type.rustType,
          wire: wireText(type, schema.types),
          schema: rawJson(JSON.stringify(type)),
          unknown: unknownPlaces(type, schema.types).map((unknown) => ({ ...unknown })),
        })),
      })),
      types: rawJson(JSON.stringify(schema.types)),
    })),
  });
}

/** The comparison for people: a line for each interface, then what differs and what could not be compared. */
export function verifiedText(verified: readonly VerifiedInterface[]): readonly string[] {
  return verified.flatMap((each, index) => apart(index, verifiedLines(each)));
}

function verifiedLines({ schema, reports }: VerifiedInterface): readonly string[] {
  const compared = reports.reduce((sum, report) => sum + report.compared, 0);
  const differences = reports.flatMap((report) => report.differences);
  const left = reports.filter(({ obstacle }) => obstacle !== null);
  return [
    heading(schema),
    `  ${String(reports.length - left.length)} of ${count(reports.length, "type")} compared over ${count(compared, "value")}: ${differences.length === 0 ? "no difference" : count(differences.length, "difference")}`,
    ...reports.flatMap(differenceLines),
    ...reports.flatMap(({ note, ...report }) =>
      note === null ? [] : [`  ${titleOf(report)}: ${note}`],
    ),
    ...left.map((report) => `  ${titleOf(report)} not compared: ${report.obstacle ?? ""}`),
    ...schema.methods
      .filter(({ wire }) => wire === "raw")
      .map(({ name }) => `  ${name} is raw: its bytes are nobody's form`),
  ];
}

function differenceLines(report: PlaceReport): readonly string[] {
  return report.differences.flatMap(
    ({ pointer, rustType, message, value, modelBytes, serdeBytes }) => [
      `  ${titleOf(report)}${pointer === "" ? "" : ` at ${pointer}`} (${rustType}) differs. ${message}`,
      ...(value === undefined ? [] : [`    value  ${value}`]),
      `    model  ${bytesText(modelBytes)}`,
      `    serde  ${bytesText(serdeBytes)}`,
    ],
  );
}

function titleOf({
  method,
  label,
  rustType,
}: Pick<PlaceReport, "method" | "label" | "rustType">): string {
  return `${method}, ${label}: ${rustType}`;
}

function bytesText(bytes: string): string {
  return bytes === "hex:" ? "no bytes" : bytes;
}

function count(amount: number, noun: string): string {
  return `${String(amount)} ${noun}${amount === 1 ? "" : "s"}`;
}

/** The comparison for programs, on one line. */
export function verifiedJson(
  verified: readonly VerifiedInterface[],
  { values, seed }: { readonly values: number; readonly seed: bigint },
): string {
  return jsonText({
    values,
    seed: seed.toString(),
    interfaces: verified.map(({ schema, reports }) => ({
      ...interfaceJson(schema),
      types: reports.map(({ differences, rustType, end: _, ...report }) => ({
        ...report,
        type: rustType,
        differences: differences.map(({ value, rustType: type, ...difference }) => ({
          ...difference,
          type,
          value: value === undefined ? undefined : rawJson(value),
        })),
      })),
    })),
  });
}
