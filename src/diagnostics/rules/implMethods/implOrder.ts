// An impl block whose methods stand in another order than the trait's. The fix is a command of its own: see setup/methodOrder.ts.

import { exampleLibrary } from "../../source/examples/example.ts";
import { implOfInterface } from "../../source/methods/traitMethods.ts";
import type { SourceRule } from "../../sourceRule.ts";

const first = "    fn first(&self) -> u8";

const second = "    fn second(&self) -> u8";

const methods = `${first};\n${second};`;

const body = (method: string, value: number): string =>
  `${method} {\n        ${String(value)}\n    }`;

export const implOrder: SourceRule = {
  id: "impl-order",
  severity: "error",
  word: "silent",
  page: {
    finds: "A plugin whose methods stand in another order than in the interface.",
    why: "Vtable slots follow the impl block. It compiles, and a host that calls the first method gets another one.",
    bad: exampleLibrary({ methods, impl: `${body(second, 2)}\n\n${body(first, 1)}` }),
    good: exampleLibrary({ methods, impl: `${body(first, 1)}\n\n${body(second, 2)}` }),
  },
  impl: (subject, report) => {
    const found = implOfInterface(subject);
    const wanted = new Set(found?.methods.map(({ item }) => item.name));
    const known = subject.methods.filter(({ name }) => wanted.has(name));
    const knownNames = new Set(known.map(({ name }) => name));
    const inOrder = [...wanted].filter((name) => knownNames.has(name));
    const first = known.find(({ name }, index) => name !== inOrder[index]);
    if (first !== undefined) {
      const there = inOrder[known.indexOf(first)] ?? "";
      report(
        first.nameSpan,
        `\`${first.name}\` stands where the trait has \`${there}\`. Vtable slots follow this block, so hosts that go by the trait call \`${first.name}\` for \`${there}\`. Put the methods in the trait's order: ${inOrder.join(", ")}.`,
      );
    }
  },
};
