// Writes one-line JSON that may hold finished JSON text: values of the wire have digits that a JS number would lose, so
// they arrive here as text.

const rawText = Symbol("raw JSON text");

interface RawJson {
  readonly [rawText]: string;
}

/** JSON text that goes in as it is. */
export function rawJson(text: string): RawJson {
  return { [rawText]: text };
}

export type JsonContent =
  | string
  | number
  | boolean
  | null
  | undefined
  | RawJson
  | readonly JsonContent[]
  | { readonly [key: string]: JsonContent };

/** One line of JSON; members that are undefined are left out. */
export function jsonText(content: JsonContent): string {
  if (typeof content !== "object" || content === null) {
    return JSON.stringify(content ?? null);
  }
  if (isRaw(content)) {
    return content[rawText];
  }
  if (isList(content)) {
    return `[${content.map(jsonText).join(",")}]`;
  }
  const members = Object.entries(content)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${jsonText(member)}`);
  return `{${members.join(",")}}`;
}

function isRaw(content: object): content is RawJson {
  return rawText in content;
}

function isList(content: object): content is readonly JsonContent[] {
  return Array.isArray(content);
}
