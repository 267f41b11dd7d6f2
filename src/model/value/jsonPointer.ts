// JSON pointers (RFC 6901): how problems, byte ranges and text positions name a place in a value.

/** One step into a value: a member's name or an element's index. */
export type PathStep = string | number;

/** The pointer of a path; the empty path is "", the whole value. */
export function pointerOf(path: readonly PathStep[]): string {
  let pointer = "";
  for (const step of path) {
    pointer += typeof step === "number" ? `/${step}` : `/${escapeStep(step)}`;
  }
  return pointer;
}

/** The steps of a pointer, all as text; undefined for text that is no pointer. */
export function splitPointer(pointer: string): readonly string[] | undefined {
  if (pointer === "") {
    return [];
  }
  if (!pointer.startsWith("/")) {
    return undefined;
  }
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** One step as it stands in a pointer. */
export function escapeStep(step: string): string {
  return step.includes("~") || step.includes("/")
    ? step.replaceAll("~", "~0").replaceAll("/", "~1")
    : step;
}
