// The door through which rules look at the Fidius code of a crate: what was found there, while its names can be asked.

import type { Crate } from "../names/modules.ts";
import type { Names } from "../names/names.ts";
import type { RustProblem } from "./facts.ts";
import type { FoundHostInterface } from "./hostInterfaces.ts";
import type { FoundImpl } from "./impls.ts";
import type { FoundInterface } from "./interfaces.ts";

/** The Fidius code of one crate. */
export interface CrateSources {
  readonly crate: Crate;
  readonly names: Names;
  readonly interfaces: readonly FoundInterface[];
  readonly impls: readonly FoundImpl[];
  readonly hostInterfaces: readonly FoundHostInterface[];
}

/** Gives what is wrong; the answer is kept until something that `names` was asked for changes. */
export type CrateCheck = (sources: CrateSources) => readonly RustProblem[];
