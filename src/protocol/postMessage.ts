// Carries vscode-jsonrpc messages over postMessage: structured clone keeps a Uint8Array a Uint8Array. Only what nests too deep for it
// travels in another form (flatMessage.ts). Both ends of the webview use it: the page over `acquireVsCodeApi()` and
// window, the extension over `Webview`.

import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from "vscode-jsonrpc";
import { fromTravel, toTravel } from "./flatMessage.ts";

/** One end of a postMessage channel. In the extension: `webview.postMessage` and `webview.onDidReceiveMessage`. */
export interface PostMessagePort {
  /** Sends a message; what it returns (VS Code: a promise of delivery) is ignored. */
  postMessage(message: unknown): unknown;
  /** Calls `listener` with every message from the other end until disposed. */
  onMessage(listener: (message: unknown) => void): Disposable;
}

/** A foreign message (other scripts may post to a window too) is not ours and is ignored. */
function isRpcMessage(message: unknown): message is Message {
  return (
    typeof message === "object" &&
    message !== null &&
    (message as { jsonrpc?: unknown }).jsonrpc === "2.0"
  );
}

/** Reads JSON-RPC messages from a port. */
export class PostMessageReader extends AbstractMessageReader implements MessageReader {
  readonly #port: PostMessagePort;
  #subscription: Disposable | undefined;

  constructor(port: PostMessagePort) {
    super();
    this.#port = port;
  }

  listen(callback: DataCallback): Disposable {
    this.#subscription = this.#port.onMessage((travelled) => {
      const message = fromTravel(travelled);
      if (isRpcMessage(message)) {
        callback(message);
      }
    });
    return this.#subscription;
  }

  override dispose(): void {
    this.#subscription?.dispose();
    super.dispose();
  }
}

/** Writes JSON-RPC messages to a port. */
export class PostMessageWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #port: PostMessagePort;

  constructor(port: PostMessagePort) {
    super();
    this.#port = port;
  }

  write(message: Message): Promise<void> {
    this.#port.postMessage(toTravel(message));
    return Promise.resolve();
  }

  end(): void {
    // A postMessage channel has no end of its own: the webview is disposed by its owner.
  }
}
