// All types of an interface's methods, compared with serde one after the other.

import { givesItems, outputItemType } from "../../codec/method/streamItems.ts";
import type { InterfaceSchema, MethodSchema } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import type { Bridge } from "../bridges.ts";
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

export interface VerifyInterfaceOptions extends Omit<VerifyOptions, "types" | "bridge"> {
  /** The bridge, started again after a type ended it; why not when that fails. */
  readonly openBridge: () => Promise<Result<Bridge, string>>;
}

/** Compares every type; one that ends the bridge takes no other with it. `onPlace` hears of each before its turn. */
export async function verifyInterface(
  schema: InterfaceSchema,
  { openBridge, ...options }: VerifyInterfaceOptions,
  onPlace: (place: VerifiedPlace) => void = () => undefined,
): Promise<readonly PlaceReport[]> {
  const reports: PlaceReport[] = [];
  for (const place of schema.methods.flatMap(placesOf)) {
    if (options.signal.aborted) {
      break;
    }
    onPlace(place);
    const bridge = await openBridge();
    reports.push(
      bridge.ok
        ? await verifyPlace(place, { ...options, bridge: bridge.value, types: schema.types })
        : notVerified(place, bridge.error),
    );
  }
  return reports;
}

function notVerified({ type, ...place }: VerifiedPlace, obstacle: string): PlaceReport {
  const nothing = { compared: 0, differences: [], note: null };
  return { ...place, rustType: type.rustType, obstacle, end: obstacle, ...nothing };
}
