// The configured instances of one lane: those that live in its session, and those whose process ended. The latter are built
// again at their next call, which says so, because what they held in memory is gone.

import type { LiveInstance } from "../../model/instance.ts";

/** A configured instance that a call wants, with the bytes of its configuration. */
export interface WantedInstance extends LiveInstance {
  readonly name: string;
  readonly configuration: Uint8Array;
}

/** Why the process of an instance ended, as the end of a sentence: "…, because its process ended". */
export type LossReason =
  | "its process ended"
  | "the plugin was built anew"
  | "its process was not used for long and ended"
  | "the host was restarted"
  | "host functions that it had were taken away";

/** Identifies an instance in a lane. */
export function instanceKey({ plugin, instance }: LiveInstance): string {
  return JSON.stringify([plugin, instance]);
}

export class LaneInstances {
  readonly #lost = new Map<string, LossReason>();

  /** Notes that the process of these instances is gone. */
  lose(instances: readonly WantedInstance[], reason: LossReason): void {
    for (const instance of instances) {
      this.#lost.set(instanceKey(instance), reason);
    }
  }

  /** Why an instance that was just constructed had to be, when it had lived before; asked once. */
  takeLoss(instance: LiveInstance): LossReason | undefined {
    const key = instanceKey(instance);
    const reason = this.#lost.get(key);
    this.#lost.delete(key);
    return reason;
  }

  /** Forgets an instance that people dropped. */
  forget(instance: LiveInstance): void {
    this.#lost.delete(instanceKey(instance));
  }
}
