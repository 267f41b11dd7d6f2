// The address of a vtable's slot, checked (R12).

import type { Result } from "../model/result.ts";
import { err, ok } from "../model/result.ts";
import type { PluginInstance } from "./instance.ts";

/** The slot's function, or a sentence that says why there is none. */
export function findSlot(instance: PluginInstance, slot: number): Result<bigint, string> {
  const address = instance.slotAddress(slot);
  const { name } = instance.plugin.report;
  if (address === undefined) {
    const count = String(instance.plugin.report.methodCount ?? 0);
    return err(
      `${name} has ${count} methods; there is no slot ${String(slot)}. Build the plugin again.`,
    );
  }
  return address === 0n ? err(`${name} leaves slot ${String(slot)} empty.`) : ok(address);
}
