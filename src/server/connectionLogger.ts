// The Logger of the server: the client's log, where people look for it.

import { manyLines } from "../model/text/foreignText.ts";
import type { Connection } from "vscode-languageserver";
import type { Logger } from "../model/logger.ts";

export function connectionLogger({ console: log }: Connection): Logger {
  return {
    trace: (message, data) => {
      log.debug(manyLines(withData(message, data)));
    },
    info: (message, data) => {
      log.info(manyLines(withData(message, data)));
    },
    warn: (message, data) => {
      log.warn(manyLines(withData(message, data)));
    },
    error: (message, data) => {
      log.error(manyLines(withData(message, data)));
    },
  };
}

function withData(message: string, data: unknown): string {
  if (data === undefined) {
    return message;
  }
  const text =
    data instanceof Error
      ? (data.stack ?? data.message)
      : (JSON.stringify(data) as string | undefined);
  return `${message}: ${text ?? ""}`;
}
