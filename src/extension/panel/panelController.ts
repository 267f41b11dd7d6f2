// What the handlers of a panel's requests work on.

import type { MethodTarget } from "../../protocol/lsp.ts";
import type { PanelState } from "../../protocol/panel.ts";
import type { HostFunctionsOfPanel } from "../hostFunctions/panelHostFunctions.ts";
import type { CallSession } from "../invoke/callSession.ts";
import type { FoundMethod } from "./panelState.ts";
import type { StoredOutcome } from "./outcomeStore.ts";
import type { PanelStream } from "./panelStream.ts";

/** The panel as its handlers see it; method and session change when it turns to another method. */
export interface PanelController {
  readonly target: MethodTarget;
  readonly found: FoundMethod | undefined;
  readonly session: CallSession;
  readonly stream: PanelStream;
  readonly hostFunctions: HostFunctionsOfPanel;
  ready(): Promise<PanelState>;
  /** Shows a remembered call: the one before or after what is shown. */
  stepCall(direction: "older" | "newer"): Promise<void>;
  offerArguments(text: string): void;
  showCall(stored: StoredOutcome): void;
  /** Sends the state when something in it changed. */
  refresh(): void;
}
