// Uint8Arrays in a message travel in its frame's body: in the JSON head stands {"$body": [offset, length]} in their place.
// Both ends of the host's pipe use this; nothing is ever base64.

/** A message taken apart for a frame. */
export interface SplitMessage {
  readonly json: string;
  readonly parts: readonly Uint8Array[];
}

const marker = "$body";

/**
 * Writes `message` as JSON with its Uint8Arrays taken out, in order. They are taken out before JSON sees them: a replacer comes
 * too late, because a Buffer first turns itself into a list of numbers, which takes seconds for a large one.
 */
export function splitMessage(message: unknown): SplitMessage {
  const parts: Uint8Array[] = [];
  let offset = 0;
  function withoutBytes(value: unknown): unknown {
    if (typeof value !== "object" || value === null) {
      return value;
    }
    if (value instanceof Uint8Array) {
      const place = { [marker]: [offset, value.length] };
      parts.push(value);
      offset += value.length;
      return place;
    }
    return Array.isArray(value)
      ? value.map(withoutBytes)
      : Object.fromEntries(Object.entries(value).map(([key, held]) => [key, withoutBytes(held)]));
  }
  return { json: JSON.stringify(withoutBytes(message)), parts };
}

/** Reads a head's JSON and puts the parts of `body` back; undefined when the JSON or a part's place is wrong. */
export function joinMessage(json: string, body: Uint8Array): unknown {
  const wrong: unknown[] = [];
  function revive(_: string, value: unknown): unknown {
    if (typeof value !== "object" || value === null || !(marker in value)) {
      return value;
    }
    const place = value[marker];
    const part = cut(place, body);
    if (part === undefined) {
      wrong.push(place);
    }
    return part;
  }
  try {
    const message: unknown = JSON.parse(json, revive);
    return wrong.length === 0 ? message : undefined;
  } catch {
    return undefined;
  }
}

function cut(place: unknown, body: Uint8Array): Uint8Array | undefined {
  if (!Array.isArray(place) || place.length !== 2) {
    return undefined;
  }
  const [offset, length] = place as unknown[];
  if (!isCount(offset) || !isCount(length) || offset + length > body.length) {
    return undefined;
  }
  return body.subarray(offset, offset + length);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
