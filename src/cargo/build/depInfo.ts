// The dep-info file cargo writes beside a library (`libplug.d`): every source file, also of path dependencies, that went
// into it.

/** Paths on the right side of a dep-info text. cargo escapes blanks with a backslash and nothing else. */
export function parseDepInfo(text: string): readonly string[] {
  const files = new Set<string>();
  for (const line of text.split(/\r?\n/u)) {
    const start = line.indexOf(": ");
    if (start < 0 || line.startsWith("#")) {
      continue;
    }
    for (const part of line.slice(start + 2).split(/(?<!\\) +/u)) {
      if (part !== "") {
        files.add(part.replaceAll(String.raw`\ `, " "));
      }
    }
  }
  return [...files];
}
