// `#[wire(raw)]` methods, and their types as the macros recognise them: by name (reference 2.1).

import { isRaw } from "../../../rust/fidius/fidiusArguments.ts";
import type { Placed } from "../../../rust/names/modules/modules.ts";
import type { TextFix } from "../../../model/text/textFix.ts";
import type { FunctionItem, TypeSource } from "../../../rust/syntax/items/items.ts";
import type { TypeSyntax } from "../../../rust/syntax/typeSyntax.ts";
import { typeFix } from "../methods/implementations.ts";
import { textFix } from "../textFixes.ts";
import type { Report, SourceRule } from "../../sourceRule.ts";

/** `Vec<u8>` by its last segment; an alias does not count. */
export function isByteVector(type: TypeSyntax): boolean {
  const last = type.kind === "path" ? type.segments.at(-1) : undefined;
  const [argument] = last?.arguments ?? [];
  return (
    last?.name === "Vec" &&
    last.arguments.length === 1 &&
    argument?.kind === "type" &&
    argument.type.kind === "path" &&
    argument.type.text === "u8"
  );
}

/** `Vec<u8>`, or a `Result` with it. */
export function isRawReturn(type: TypeSyntax): boolean {
  const last = type.kind === "path" ? type.segments.at(-1) : undefined;
  const [argument] = last?.arguments ?? [];
  return (
    isByteVector(type) ||
    (last?.name === "Result" && argument?.kind === "type" && isByteVector(argument.type))
  );
}

/** The parts of a rule that look at every raw method: both macros read them, that of the trait and that of the impl. */
export function onRawMethods(
  check: (
    method: FunctionItem,
    placed: Placed<unknown>,
    report: Report,
    fixType: (source: TypeSource, newText: string) => readonly TextFix[],
  ) => void,
): Required<Pick<SourceRule, "interface" | "impl">> {
  return {
    interface: (subject, report) => {
      for (const method of subject.methods.filter(isRaw)) {
        check(method, subject.placed, report, (source, newText) =>
          typeFix(subject, source, newText),
        );
      }
    },
    impl: ({ methods, placed }, report) => {
      for (const method of methods.filter(isRaw)) {
        check(method, placed, report, (fragment, newText) =>
          textFix(placed, `Write \`${newText}\``, { fragment, newText }),
        );
      }
    },
  };
}
