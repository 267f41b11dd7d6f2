// Everything that the runner and the host process can say to each other, over the frames of frames.ts. The host answers one
// request at a time, in order, without an event loop. Expected failures are data; a rejected request means a bug in the host
// or the end of its process. The host never sees a schema: only plugins by index, slots and bytes.

import { NotificationType, RequestType } from "vscode-jsonrpc";
import type { LibraryReport } from "../model/libraryReport.ts";
import type { LoadFailure } from "../model/outcome.ts";
import type { Result } from "../model/result.ts";

/** Both sides come from one build; another number means a mixed installation. */
export const hostProtocolVersion = 1;

/** The last word of the command line of a host that other processes of the user may debug. */
export const debuggableHost = "debuggable";

/** With this exit code the host ends when its channel is gone under it: a plugin closed descriptors that are not its own. */
export const channelLostExitCode = 186;

export interface HelloParams {
  readonly protocolVersion: number;
}

export interface HelloResult {
  readonly protocolVersion: number;
  readonly pid: number;
  readonly platform: string;
  readonly architecture: string;
  /** "24.21.0" */
  readonly nodeVersion: string;
  readonly koffiVersion: string;
}

export interface LoadParams {
  /** Absolute path of a private copy: no path is loaded twice, in any state, by one process. */
  readonly library: string;
  /** What the library is called for people. */
  readonly displayName: string;
  readonly workingDirectory: string;
}

export interface LoadedLibrary {
  readonly report: LibraryReport;
  readonly loadMs: number;
}

export interface BindParams {
  /** Index in the loaded library's host imports. */
  readonly hostImport: number;
  readonly functionCount: number;
  /** {@link InterfaceInstructions} as JSON text, for the thread that answers; nobody else in the host reads it. */
  readonly instructions: Uint8Array;
}

export interface BindReply {
  /** What the library's bind function answered (reference 3.11); 0 also when only the answers changed; null without a try. */
  readonly status: number | null;
  /** What keeps functions from answering, one sentence each; nothing is bound then. */
  readonly problems: readonly string[];
}

export interface OpenParams {
  /** Index in the loaded library's registry. */
  readonly plugin: number;
  /** Bytes of the configuration; empty for a plugin without one (reference 3.8). */
  readonly configuration: Uint8Array;
}

export interface OpenedInstance {
  readonly instance: number;
  readonly openMs: number;
}

export interface DropParams {
  readonly instance: number;
}

export interface DroppedInstance {
  /** False when there was none of that number. */
  readonly wasOpen: boolean;
  readonly dropMs: number;
}

export interface CallParams {
  readonly instance: number;
  readonly slot: number;
  readonly arguments: Uint8Array;
  /** Longest result that is taken; a longer one is freed and refused. */
  readonly outputLimit: number;
}

/** What the function gave, or why it was not called or its output not taken. */
export type CallReply =
  | {
      readonly kind: "returned";
      readonly status: number;
      readonly output: Uint8Array;
      readonly callMs: number;
      /** How often the method ran: more than once when an arena was too small (reference 4.4). */
      readonly runs: number;
      /** Size of the arena that took the result; 0 without arena. */
      readonly arenaBytes: number;
      readonly changes: Surroundings | null;
    }
  | { readonly kind: "refused"; readonly reason: CallRefusal; readonly message: string };

export type CallRefusal = "noInstance" | "noSlot" | "badOutput" | "outputTooLong" | "arenaTooSmall";

export interface OpenStreamParams {
  readonly instance: number;
  readonly slot: number;
  readonly arguments: Uint8Array;
  /** A bidirectional stream: the init function takes an input handle too. */
  readonly hasInput: boolean;
}

/** The stream is open, or the init function's status other than 0, or why it was not called. */
export type OpenStreamReply =
  | { readonly kind: "opened"; readonly stream: number; readonly changes: Surroundings | null }
  | {
      readonly kind: "returned";
      readonly status: number;
      readonly callMs: number;
      readonly changes: Surroundings | null;
    }
  | { readonly kind: "refused"; readonly reason: CallRefusal; readonly message: string };

export interface PullStreamParams {
  readonly stream: number;
  /** No more items than these are asked of the plugin. */
  readonly maxItems: number;
  /** After an item, no further one is asked for when this time is over or that many bytes were sent. */
  readonly sliceMs: number;
  readonly maxBytes: number;
  /** Longest item that is taken. */
  readonly itemLimit: number;
}

/**
 * Why the host stopped asking. The items themselves came before, as notifications: `asked`: as many as asked for, or the slice
 * is over; `ended`: status -5; `panicked`: status -4, later items may follow; `stuck`: status -2, the item stays pending for
 * ever; `tooLong`: an item over the limit, pending too; `badStatus`: anything else (reference 3.10).
 */
export interface PullStreamReply {
  readonly why: "asked" | "ended" | "panicked" | "stuck" | "tooLong" | "badStatus" | "noStream";
  readonly items: number;
  /** The last status; for `tooLong` the size that the item takes is in `itemBytes`. */
  readonly status: number;
  readonly itemBytes: number;
  readonly changes: Surroundings | null;
}

/** What the runner answers to a plugin that asks for an item of its input. */
export type NextInputReply =
  { readonly kind: "item"; readonly bytes: Uint8Array } | { readonly kind: "finished" };

/** What a call left changed in its process; the host has put it back. */
export interface Surroundings {
  /** The directory it changed to; null when it stayed. */
  readonly workingDirectory: string | null;
  /** Names of environment variables set, changed or removed. */
  readonly variables: readonly string[];
}

/** Runner → host. */
export const hostRequests = {
  /** First of all: versions. */
  hello: new RequestType<HelloParams, HelloResult, void>("host/hello"),
  /** Opens a library and reads its registry. Plugin code runs: load-time constructors. */
  load: new RequestType<LoadParams, Result<LoadedLibrary, LoadFailure>, void>("host/load"),
  /** Gives the library the functions of a host interface, or changes what answers them. The user's modules are loaded. */
  bind: new RequestType<BindParams, BindReply, void>("host/bind"),
  /** Constructs an instance of a plugin (reference 3.8); as many as wanted live side by side. */
  open: new RequestType<OpenParams, Result<OpenedInstance, LoadFailure>, void>("host/open"),
  /** Destroys one instance. Plugin code runs: its `Drop`. */
  drop: new RequestType<DropParams, DroppedInstance, void>("host/drop"),
  /** Calls one slot of an instance's vtable with the encoded arguments. */
  call: new RequestType<CallParams, CallReply, void>("host/call"),
  /** Calls a client-streaming slot: the plugin asks for input items while it runs (reference 3.10). */
  callWithInput: new RequestType<CallParams, CallReply, void>("host/callWithInput"),
  /** Calls the init function of a server or bidirectional stream. */
  openStream: new RequestType<OpenStreamParams, OpenStreamReply, void>("host/openStream"),
  /** Asks an open stream for items; each is sent as {@link hostNotifications} before the next one is asked for. */
  pullStream: new RequestType<PullStreamParams, PullStreamReply, void>("host/pullStream"),
  /** Drops a stream, once; unknown ones are dropped already. */
  closeStream: new RequestType<{ readonly stream: number }, null, void>("host/closeStream"),
  /** Destroys all instances; what follows is the end of the process. */
  close: new RequestType<null, null, void>("host/close"),
} as const;

/** Host → runner, in the middle of a request that the host does; the host waits for the answer. */
export const runnerRequests = {
  /** The plugin asks for the next item of its input stream. */
  nextInput: new RequestType<null, NextInputReply, void>("runner/nextInput"),
} as const;

/** Host → runner, while it pulls a stream. */
export const hostNotifications = {
  /** Items, in the frame's body: see streamRecords.ts. */
  streamItems: new NotificationType<null>("host/streamItems"),
} as const;
