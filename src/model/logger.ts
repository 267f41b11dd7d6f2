// Logger: the port through which every layer reports what it does. Adapters: output channel, LSP console, stderr.

export interface Logger {
  trace(message: string, data?: unknown): void;
  info(message: string, data?: unknown): void;
  warn(message: string, data?: unknown): void;
  error(message: string, data?: unknown): void;
}

/** A logger that drops everything. */
export const nullLogger: Logger = {
  trace: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
