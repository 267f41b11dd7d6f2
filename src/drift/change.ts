// What a comparison finds.

import type { SourceSpan } from "../model/text/span.ts";

/**
 * Who breaks. `binary`: plugins and hosts that are built already. `source`: the code of plugins, which has to change before it
 * compiles again. The second holds the first: whoever keeps sources working keeps binaries working.
 */
export type DriftCategory = "binary" | "source";

/** `breaking` fails a check, `warning` is to be looked at, `safe` breaks nobody. */
export type DriftSeverity = "breaking" | "warning" | "safe";

export interface DriftChange {
  /** Id of the rule, such as `wire-form-changed`. */
  readonly rule: string;
  readonly category: DriftCategory;
  readonly severity: DriftSeverity;
  /** Id of the interface, as it is now where it still is. */
  readonly interfaceId: string;
  readonly interfaceName: string;
  /** The methods that it is about; none: the interface as a whole. */
  readonly methods: readonly string[];
  /** Whole sentences. */
  readonly message: string;
  /** In the sources of today, or in those of then for what is gone; undefined where neither shows it. */
  readonly span: SourceSpan | undefined;
}
