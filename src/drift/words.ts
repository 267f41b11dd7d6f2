// What several rules say.

import type { InterfaceState, MethodState } from "./interfaceState.ts";
import { restOf } from "./comparedInterface.ts";

/** What a changed hash does, as a clause. */
export function refusal({ kind }: InterfaceState): string {
  return kind === "plugin"
    ? "hosts refuse plugins that were built before"
    : "hosts bind no plugin that was built before";
}

/** `(String, u8) -> Reply` as the source has it; the signature line where that does not tell two methods apart. */
export function signatureTexts(before: MethodState, after: MethodState): readonly [string, string] {
  const [then, now] = [sourceText(before), sourceText(after)];
  return then !== undefined && now !== undefined && then !== now
    ? [then, now]
    : [restOf(before.signature) ?? "another one", restOf(after.signature) ?? "another one"];
}

function sourceText({ types }: MethodState): string | undefined {
  if (types === undefined) {
    return undefined;
  }
  const list = types.arguments.map(({ type }) => type.rustType);
  const { returns } = types;
  const returned =
    returns.kind === "value"
      ? returns.type.rustType
      : `Result<${returns.success.rustType}, ${returns.failure.rustType}>`;
  const stream =
    types.streamArgument === undefined ? [] : [`Stream<${types.streamArgument.type.rustType}>`];
  const isGiver = types.stream === "server" || types.stream === "bidirectional";
  const raw = types.wire === "raw" ? "#[wire(raw)] " : "";
  return `${raw}(${[...list, ...stream].join(", ")}) -> ${isGiver ? `Stream<${returned}>` : returned}`;
}

/** "`a`", "`a` and `b`", "`a`, `b` and `c`". */
export function quotedList(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} and ${last}`;
}
