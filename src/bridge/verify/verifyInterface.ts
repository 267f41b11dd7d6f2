// All types of an interface's methods, compared with serde one after the other.

import { givesItems, outputItemType } from "../../codec/method/streamItems.ts";
import type { InterfaceSchema, MethodSchema } from "../../model/plugin.ts";
import { isSplitResult } from "../generatedSource.ts";
import {
  verifyPlace,
  type PlaceReport,
  type VerifiedPlace,
  type VerifyOptions,
} from "./verifyPlace.ts";

/** The types of a method that cross as bincode; a raw method has none. */
export function placesOf(method: MethodSchema): readonly VerifiedPlace[] {
  if (method.wire === "raw") {
    return [];
  }
  const { name, returns, streamArgument } = method;
  const given = method.arguments.map((argument, index): VerifiedPlace => ({
    method: name,
    place: `argument ${index}`,
    label: argument.name,
    type: argument.type,
    direction: "reading",
  }));
  const item: readonly VerifiedPlace[] =
    streamArgument === undefined
      ? []
      : [
          {
            method: name,
            place: "streamArgument",
            label: `item of ${streamArgument.name}`,
            type: streamArgument.type,
            direction: "reading",
          },
        ];
  const written: readonly VerifiedPlace[] =
    isSplitResult(method) && returns.kind === "result"
      ? [
          {
            method: name,
            place: "success",
            label: "result",
            type: returns.success,
            direction: "writing",
          },
          {
            method: name,
            place: "failure",
            label: "error",
            type: returns.failure,
            direction: "writing",
          },
        ]
      : [
          {
            method: name,
            place: "value",
            label: givesItems(method) ? "item" : "result",
            type: outputItemType(method),
            direction: "writing",
          },
        ];
  return [...given, ...item, ...written];
}

/** Compares every type; `onPlace` hears of each before its turn. */
export async function verifyInterface(
  schema: InterfaceSchema,
  options: Omit<VerifyOptions, "types">,
  onPlace: (place: VerifiedPlace) => void = () => undefined,
): Promise<readonly PlaceReport[]> {
  const reports: PlaceReport[] = [];
  for (const place of schema.methods.flatMap(placesOf)) {
    if (options.signal.aborted || options.bridge.end !== null) {
      break;
    }
    onPlace(place);
    reports.push(await verifyPlace(place, { ...options, types: schema.types }));
  }
  return reports;
}
