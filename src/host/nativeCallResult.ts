// What a call of a slot gives, whatever its buffer strategy.

import type { CallRefusal } from "../protocol/host.ts";

/** What a call gave. `output` is valid until the next call. */
export type NativeCallResult =
  | {
      readonly kind: "returned";
      readonly status: number;
      readonly output: Uint8Array;
      readonly runs: number;
      readonly arenaBytes: number;
    }
  | { readonly kind: "refused"; readonly reason: CallRefusal; readonly message: string };
