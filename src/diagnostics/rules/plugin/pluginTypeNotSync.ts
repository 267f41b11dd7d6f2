// A plugin's type that threads cannot share.

import type { Module } from "../../../rust/names/modules/modules.ts";
import { parseType, type TypeSyntax } from "../../../rust/syntax/typeSyntax.ts";
import { definitionOf } from "../../source/types/compareTypes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { fieldTypes, otherImpls, pluginType } from "../../source/types/pluginType.ts";
import { partsOf } from "../../source/types/streamTypes.ts";
import type { ImplSubject } from "../../source/subjects.ts";
import type { SourceRule } from "../../sourceRule.ts";

/** Types of std that no two threads may use at once. */
const unshared: ReadonlySet<string> = new Set([
  "Cell",
  "NonNull",
  "OnceCell",
  "Rc",
  "Receiver",
  "RefCell",
  "UnsafeCell",
]);

/** What passes on whether its content can be shared. */
const transparent: ReadonlySet<string> = new Set(["Option", "Vec", "Box", "Arc", "VecDeque"]);

const parts = {
  plugin: "Tool, config = u32",
  impl: '    fn run(&self, input: String) -> String {\n        format!("{input}{}", self.value())\n    }',
};

const pluginWith = (field: string, make: string, get: string): string =>
  `pub struct MyTool {\n    n: ${field},\n}\n\nimpl MyTool {\n    pub fn configure(n: u32) -> Self {\n        Self { n: ${make} }\n    }\n\n    fn value(&self) -> u32 {\n        ${get}\n    }\n}`;

export const pluginTypeNotSync: SourceRule = {
  id: "plugin-type-not-sync",
  severity: "warning",
  word: "silent",
  page: {
    finds: "A plugin whose type holds a `Cell`, a `RefCell`, an `Rc` or a raw pointer.",
    why: "Hosts call one instance from many threads. Where the trait asks for `Send + Sync` rustc refuses the type; without that it compiles, and threads overwrite each other's memory.",
    bad: exampleLibrary({
      ...parts,
      supertraits: "",
      type: pluginWith("std::cell::Cell<u32>", "n.into()", "self.n.get()"),
    }),
    good: exampleLibrary({
      ...parts,
      type: pluginWith(
        "std::sync::atomic::AtomicU32",
        "n.into()",
        "self.n.load(std::sync::atomic::Ordering::Relaxed)",
      ),
    }),
    limits:
      "Only fields are looked at, through `Option`, `Vec`, `Box` and `Arc`. An own `unsafe impl Sync` is believed.",
  },
  impl: (subject, report) => {
    const declared = pluginType(subject);
    if (declared === undefined || subject.interface === undefined || isDeclaredSync(subject)) {
      return;
    }
    const found = fieldTypes(declared.item).find(
      (source) => unsharedIn(parseType(source), subject.module, subject) !== undefined,
    );
    if (found === undefined) {
      return;
    }
    const name = unsharedIn(parseType(found), subject.module, subject) ?? "";
    const asksForSync = /:[^{]*\bSync\b/u.test(
      subject.interface.placed.chunk.text
        .slice(subject.interface.placed.item.nameSpan.end, subject.interface.placed.item.end)
        .split("{")[0] ?? "",
    );
    report(
      declared.item.nameSpan,
      `Hosts call \`${declared.item.name}\` from many threads, and its \`${name}\` bears one only. Use a \`Mutex\` or an atomic.`,
      { placed: declared, severity: asksForSync ? "error" : "warning" },
    );
  },
};

function isDeclaredSync(subject: ImplSubject): boolean {
  return otherImpls(subject).some(({ placed }) =>
    /(?:^|::)Sync$/u.test(placed.item.trait?.text ?? ""),
  );
}

/** The name of a type that cannot be shared, in a field's type. */
function unsharedIn(type: TypeSyntax, module: Module, subject: ImplSubject): string | undefined {
  if (type.kind === "tuple" || type.kind === "array") {
    return partsOf(type)
      .map((part) => unsharedIn(part, module, subject))
      .find((name) => name !== undefined);
  }
  if (type.kind === "other" && type.name === "a raw pointer") {
    return type.text;
  }
  if (type.kind !== "path") {
    return undefined;
  }
  const found = definitionOf(subject.sources.names, { type, module });
  const name = found?.kind === "std" ? (found.path.at(-1) ?? "") : "";
  if (unshared.has(name)) {
    return name;
  }
  return transparent.has(name)
    ? partsOf(type)
        .map((part) => unsharedIn(part, module, subject))
        .find((each) => each !== undefined)
    : undefined;
}
