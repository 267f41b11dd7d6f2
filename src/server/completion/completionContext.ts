// What completions at a place rest on.

import type { ProjectSnapshot } from "../../project/project.ts";
import type { SourcePlace } from "../syntax/fidiusPlaces.ts";
import type { OpenGroup, TokenPlace } from "../syntax/sourceTokens.ts";

/** What completions rest on. */
export interface CompletionContext {
  readonly place: SourcePlace;
  readonly snapshot: ProjectSnapshot;
  readonly text: string;
  readonly around: TokenPlace;
  readonly groups: readonly OpenGroup[];
  /** The names that macros of Fidius have in the file, with what they are. */
  readonly macros: ReadonlyMap<string, string>;
  /** ABI of the release that the crate is built with; of the newest where nobody knows. */
  readonly abi: number;
}
