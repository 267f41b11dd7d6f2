// An argument that borrows.

import type { Module } from "../../../rust/names/modules/modules.ts";
import type { Names } from "../../../rust/names/names.ts";
import type { Item, TypeSource } from "../../../rust/syntax/items/items.ts";
import { parseType, type TypeSyntax } from "../../../rust/syntax/typeSyntax.ts";
import { definitionOf } from "../../source/types/compareTypes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { methodEverywhere } from "../../source/methods/implementations.ts";
import { ownedText } from "../../source/types/ownedText.ts";
import { partsOf } from "../../source/types/streamTypes.ts";
import { textFixIn } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

/** Structs inside of structs that are looked into. */
const deepest = 4;

/** Types whose lifetime or reference does not stop serde. */
const harmless: ReadonlySet<string> = new Set(["Cow", "PhantomData", "Stream"]);

export const argumentByReference: SourceRule = {
  id: "argument-by-reference",
  severity: "error",
  word: "rustc",
  page: {
    finds: "An argument that is a reference or holds one.",
    why: "The plugin reads its arguments out of bytes that belong to the host and are gone after the call. rustc says that an implementation of `Deserialize` is not general enough.",
    bad: exampleLibrary({
      methods: "    fn run(&self, input: &str) -> String;",
      impl: "    fn run(&self, input: &str) -> String {\n        input.to_owned()\n    }",
    }),
    good: exampleLibrary(),
    limits: "`Cow<'_, T>` is owned once it is read, and fine.",
  },
  interface: (subject, report) => {
    const { methods, module, sources } = subject;
    for (const method of methods) {
      for (const [index, { type: source }] of method.parameters.entries()) {
        const type = parseType(source);
        if (!borrows(type, module, sources.names, 0)) {
          continue;
        }
        const owned = ownedText(type);
        const changes = methodEverywhere(subject, method).flatMap(({ placed, method: own }) => {
          const written = own.parameters[index]?.type;
          const newText = written === undefined ? undefined : ownedText(parseType(written));
          return written === undefined || newText === undefined
            ? []
            : [{ placed, fragment: written, newText }];
        });
        report(
          source,
          `\`${method.name}\` cannot borrow its argument: the bytes belong to the host and are gone after the call. ${owned === undefined ? "Use a type that owns its parts." : `Write \`${owned}\`.`}`,
          {
            fixes:
              owned === undefined
                ? []
                : textFixIn(`Write \`${owned}\` in the trait and in its impl blocks`, ...changes),
          },
        );
      }
    }
  },
};

function borrows(type: TypeSyntax, module: Module, names: Names, depth: number): boolean {
  if (type.kind === "reference") {
    return true;
  }
  if (type.kind === "path" && harmless.has(type.segments.at(-1)?.name ?? "")) {
    return false;
  }
  if (partsOf(type).some((part) => borrows(part, module, names, depth))) {
    return true;
  }
  const found = depth < deepest ? definitionOf(names, { type, module }) : undefined;
  const hasLifetime = type.kind === "path" && /<[^>]*'/u.test(type.text);
  return (
    found?.kind === "item" &&
    partsInside(found.placed.item, hasLifetime).some((part) =>
      borrows(parseType(part), found.module, names, depth + 1),
    )
  );
}

/** What an alias stands for, and the fields of a struct that is given a lifetime. */
function partsInside(item: Item, hasLifetime: boolean): readonly TypeSource[] {
  if (item.kind === "alias") {
    return item.type === null ? [] : [item.type];
  }
  return hasLifetime && item.kind === "struct" && item.body.kind !== "unit"
    ? item.body.fields.map(({ type }) => type)
    : [];
}
