// The configured instances of the panel's plugin (reference 2.4): what is kept, which one is called on, and what the panel asks
// to have done with them.

import type { JsonValue } from "../model/value/value.ts";
import type { Draft } from "./draft.ts";
import type { PanelBridge } from "./panelBridge.ts";

/** A configuration that is kept with its name. */
export interface PanelInstance {
  readonly id: string;
  readonly name: string;
  readonly configuration: JsonValue;
  /** It lives in a host process; else the next call builds it. */
  readonly isLive: boolean;
}

/** Of a plugin with a configuration. */
export interface PanelInstances {
  readonly list: readonly PanelInstance[];
  /** Id of the one that is called on; null when there is none. */
  readonly selected: string | null;
  /** The unfinished configuration of a new instance. */
  readonly draft: Draft;
  /** Where no source tells the configuration's type. */
  readonly bridge?: PanelBridge;
}

export type InstanceCommand =
  /** Keeps a configuration, selects it and builds it. An empty name is made from the configuration. */
  | { readonly kind: "add"; readonly name: string; readonly configuration: JsonValue }
  /** Another configuration for an instance, which is built anew. */
  | { readonly kind: "change"; readonly id: string; readonly configuration: JsonValue }
  | { readonly kind: "select"; readonly id: string }
  | { readonly kind: "rename"; readonly id: string; readonly name: string }
  | { readonly kind: "build"; readonly id: string }
  /** Ends the instance; its configuration is kept. */
  | { readonly kind: "drop"; readonly id: string }
  /** Ends the instance and forgets its configuration. */
  | { readonly kind: "remove"; readonly id: string };
