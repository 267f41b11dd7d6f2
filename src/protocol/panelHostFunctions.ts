// The answers of host functions in the panel: what the file beside the package's Cargo.toml says, for the interfaces that the
// plugin may ask for, and what the panel asks to have changed in it.

import { NotificationType, RequestType, RequestType0 } from "vscode-jsonrpc";
import type { HostFunctionEdit, HostInterfaceSetup } from "../model/hostFunctions.ts";

/** A host interface that the plugin may ask for. */
export interface PanelHostInterface {
  readonly name: string;
  readonly version: number;
  /** Its schema among {@link PanelState.hostInterfaces}; null when no source shows it as the library has it. */
  readonly schemaId: string | null;
  /** Whether the library asks for it; null before one was loaded. */
  readonly isImported: boolean | null;
  /** Answered in the host process that was called last. */
  readonly isBound: boolean;
  /** Why it cannot be answered as it is: a sentence. */
  readonly note: string | null;
  /** What the file says of it. */
  readonly setup: HostInterfaceSetup;
}

/** Something wrong in the file. */
export interface PanelHostProblem {
  /** JSON pointer into the file; "" for the whole. */
  readonly pointer: string;
  readonly message: string;
  /** From one; absent where there is no place. */
  readonly line?: number;
  readonly column?: number;
}

/** Everything that the section shows; sent whole whenever something in it changes. */
export interface PanelHostFunctions {
  /** Absolute path of the file, which need not be there. */
  readonly file: string;
  readonly isThere: boolean;
  /** It cannot be read, or is no set-up: what it answers is not known. */
  readonly isBroken: boolean;
  /** Why nothing can be changed here now; null when it can. */
  readonly readOnly: string | null;
  readonly interfaces: readonly PanelHostInterface[];
  readonly problems: readonly PanelHostProblem[];
}

export type HostFunctionCommand =
  /** `file` says which file was shown: the panel may have turned to another plugin meanwhile. */
  | { readonly kind: "edit"; readonly file: string; readonly edit: HostFunctionEdit }
  /** Shows the file in an editor, at a place of it. */
  | { readonly kind: "openFile"; readonly line?: number; readonly column?: number }
  /** Shows a module in an editor. */
  | { readonly kind: "openModule"; readonly module: string };

/** Panel → extension. */
export const hostFunctionRequests = {
  /** Does it; why it cannot be done, or null. An edit is answered after the file's new state was sent. */
  hostFunctions: new RequestType<HostFunctionCommand, string | null, void>("panel/hostFunctions"),
  /** Asks for a module; its path as the file is to have it, or null when the user gave none. */
  pickModule: new RequestType0<string | null, void>("panel/pickModule"),
} as const;

/** Extension → panel. */
export const hostFunctionNotifications = {
  /** The answers of host functions; null for a plugin that asks for none. */
  hostFunctions: new NotificationType<PanelHostFunctions | null>("panel/hostFunctionsChanged"),
} as const;
