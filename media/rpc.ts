// The page's end of the panel channel: vscode-jsonrpc over acquireVsCodeApi() and window messages.

import { createMessageConnection, type MessageConnection } from "vscode-jsonrpc/browser";
import { PostMessageReader, PostMessageWriter } from "../src/protocol/postMessage.ts";

/** What VS Code gives a webview; it may be acquired once. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

/** Connects to the extension. `listen()` is the caller's, once its handlers are bound. */
export function connectToExtension(api: VsCodeApi): MessageConnection {
  const port = {
    postMessage: (message: unknown) => {
      api.postMessage(message);
    },
    onMessage: (listener: (message: unknown) => void) => {
      const onMessage = (event: MessageEvent) => {
        listener(event.data);
      };
      window.addEventListener("message", onMessage);
      return {
        dispose: () => {
          window.removeEventListener("message", onMessage);
        },
      };
    },
  };
  return createMessageConnection(new PostMessageReader(port), new PostMessageWriter(port));
}
