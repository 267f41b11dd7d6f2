// Status codes that plugin functions return, with their names (reference 4.2).

/** Codes of unary calls and streams (reference 4.2). */
export const statusCodes = {
  ok: 0,
  bufferTooSmall: -1,
  serializationError: -2,
  pluginError: -3,
  panic: -4,
  streamEnd: -5,
  invalidIndex: -6,
} as const;

export type StatusName = keyof typeof statusCodes;

const names = new Map<number, StatusName>(
  Object.entries(statusCodes).map(([name, code]) => [code, name as StatusName]),
);

/** The name of a status code; undefined for a code that Fidius does not have. */
export function statusName(code: number): StatusName | undefined {
  return names.get(code);
}

/** Whether a `PluginAllocated` call with this status gives bytes that must be freed (reference 3.7, 4.2). */
export function hasPayload(code: number): boolean {
  return code === statusCodes.ok || code === statusCodes.pluginError || code === statusCodes.panic;
}
