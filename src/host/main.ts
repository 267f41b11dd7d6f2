// Entry of the host process: reads a request, does it, writes the response, for ever, without an event loop. Everything that
// a plugin can do wrong ends here at worst, and the runner sees it as the end of this process.

import type { CancellationToken } from "vscode-jsonrpc";
import {
  channelLostExitCode,
  debuggableHost,
  hostNotifications,
  hostRequests,
  runnerRequests,
} from "../protocol/host.ts";
import type { NextInputReply } from "../protocol/host.ts";
import { defaultFrameLimits } from "../protocol/frames.ts";
import { createDispatcher } from "./dispatcher.ts";
import { createFrameChannel } from "./process/frameChannel.ts";
import type { IncomingRequest, NotificationWriter } from "./process/frameChannel.ts";
import {
  endProcess,
  exitNow,
  guardProcess,
  shareStandardStreams,
  moveChannel,
  openForkGuard,
} from "./process/processGuards.ts";

/** Positions in the parent's `stdio`: the channel, the pipe that ends with the parent, the pipe for host functions' records. */
const channelDescriptor = 3;
const lifelineDescriptor = 4;
const recordDescriptor = 5;

/** JSON-RPC's "internal error". */
const internalError = -32603;
const methodNotFound = -32601;

/** Not for the plugin: it would make a Node that it starts behave in another way. */
Reflect.deleteProperty(process.env, "ELECTRON_RUN_AS_NODE");

// First, because koffi's stacks can only be set before it loads anything.
const handlers = createDispatcher({
  openRecords: () => moveChannel(recordDescriptor),
  askForItem: () => ask(runnerRequests.nextInput.method, null) as NextInputReply,
  items: () => (itemWriter ??= channel.notifications(hostNotifications.streamItems.method)),
}) as Readonly<Record<string, (params: unknown, token: CancellationToken | null) => unknown>>;
const names = new Map(Object.entries(hostRequests).map(([name, type]) => [type.method, name]));
const bodyBytes = Number(process.argv[3] ?? defaultFrameLimits.bodyBytes);
const channel = createFrameChannel(moveChannel(channelDescriptor), {
  ...defaultFrameLimits,
  bodyBytes,
});
let itemWriter: NotificationWriter | undefined;

guardProcess(Number(process.argv[2]), lifelineDescriptor, {
  memoryLimit: Number(process.argv[4] ?? 0),
  isDebuggable: process.argv[5] === debuggableHost,
});
shareStandardStreams();

const isOriginal = openForkGuard();

/** Answers; a copy of this process that the plugin made by fork may not, and one whose channel is closed cannot. */
function answer(message: object): void {
  if (!isOriginal()) {
    exitNow(0);
  }
  try {
    channel.write(message);
  } catch {
    exitNow(channelLostExitCode);
  }
}

/** Asks the runner in the middle of a request. Without an answer nobody waits for this process any more. */
function ask(method: string, params: unknown): unknown {
  if (!isOriginal()) {
    exitNow(0);
  }
  try {
    return channel.request(method, params) ?? endProcess();
  } catch {
    return exitNow(channelLostExitCode);
  }
}

/** The next request; the plugin's threads may have closed the channel while nothing ran. */
function nextRequest(): IncomingRequest | null {
  try {
    return channel.read();
  } catch {
    return exitNow(channelLostExitCode);
  }
}

function handle({ id, method, params }: IncomingRequest): object {
  const handler = handlers[names.get(method) ?? ""];
  if (handler === undefined) {
    return {
      jsonrpc: "2.0",
      id,
      error: { code: methodNotFound, message: `unknown method ${method}` },
    };
  }
  try {
    return { jsonrpc: "2.0", id, result: handler(params, null) };
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { jsonrpc: "2.0", id, error: { code: internalError, message } };
  }
}

for (let request = nextRequest(); request !== null; request = nextRequest()) {
  answer(handle(request));
}
endProcess();
