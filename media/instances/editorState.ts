// The state of a configuration that is being written.

import type { Signal } from "@preact/signals";
import type { RequestStore } from "../request/requestStore.ts";

export interface InstanceEditor {
  /** The instance whose configuration changes; null for a new one. */
  readonly id: string | null;
  readonly name: Signal<string>;
  readonly request: RequestStore;
  dispose(): void;
}
