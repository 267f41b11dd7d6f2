// Putting the methods of an impl block into the trait's order: with whatever belongs to them, and nothing else moves.

import assert from "node:assert/strict";
import fc from "fast-check";
import { reorderMethods } from "../../../src/server/quickFixes/reorderMethods.ts";
import { analyze, oneCrate } from "../rust/inMemoryProject.ts";

function reordered(trait: string, impl: string): string | undefined {
  const head = `use fidius::*;
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait T { ${trait} }
pub struct P;
#[plugin_impl(T)]
impl T for P {`;
  const text = `${head}${impl}}\n`;
  const project = oneCrate(text);
  const [plugin] = analyze(project).plugins;
  assert.ok(plugin);
  const after = reorderMethods(
    { kind: "reorderMethods" },
    {
      files: { read: (name) => (name === plugin.schema.nameSpan.file ? text : undefined) },
      plugin,
    },
  );
  if (after === undefined) {
    return undefined;
  }
  assert.deepEqual(
    analyze(oneCrate(after.text)).problems.filter(({ code }) => code === "implOrder"),
    [],
  );
  assert.ok(after.text.startsWith(head));
  return after.text.slice(head.length, -2);
}

const abc = "fn a(&self); fn b(&self); fn c(&self);";

describe("reordering methods", () => {
  it("takes attributes, doc comments and the comments above along", () => {
    assert.equal(
      reordered(
        abc,
        `
    // About c.
    /// Doc of c.
    #[inline]
    fn c(&self) {
        // in c
    }

    fn a(&self) {} // ends a
    /* About b,
       in two lines. */
    // And a third.
    fn b(&self) {}
`,
      ),
      `
    fn a(&self) {} // ends a

    /* About b,
       in two lines. */
    // And a third.
    fn b(&self) {}
    // About c.
    /// Doc of c.
    #[inline]
    fn c(&self) {
        // in c
    }
`,
    );
  });

  it("leaves what stands apart where it is: other items, headings, blank lines, line breaks of Windows", () => {
    assert.equal(
      reordered(
        abc,
        "\r\n    // Heading\r\n\r\n    fn b(&self) {}\r\n\r\n\r\n    const X: u8 = 1; // of X\r\n    fn a(&self) {}\r\n    fn c(&self) {}\r\n",
      ),
      "\r\n    // Heading\r\n\r\n    fn a(&self) {}\r\n\r\n\r\n    const X: u8 = 1; // of X\r\n    fn b(&self) {}\r\n    fn c(&self) {}\r\n",
    );
  });

  it("keeps a comment at the end of a line from hiding what comes behind", () => {
    assert.equal(
      reordered(abc, " fn c(&self) {} fn b(&self) {} fn a(&self) {} // of a\n"),
      " fn a(&self) {} // of a\n fn b(&self) {} fn c(&self) {}\n",
    );
  });

  it("is not offered for a method that the trait lacks", () => {
    assert.equal(
      reordered(abc, "fn b(&self) {} fn z(&self) {} fn a(&self) {} fn c(&self) {}"),
      undefined,
    );
  });

  it("moves every line with its method, whatever stands between", () => {
    const names = ["a", "b", "c", "d", "e"];
    const trait = names.map((name) => `fn ${name}(&self);`).join(" ");
    const part = fc.record({
      above: fc.constantFrom(
        "",
        "    // above NAME\n",
        "    /* above NAME */\n",
        "    /// above NAME\n",
      ),
      behind: fc.constantFrom("", " // behind NAME", " /* behind NAME */"),
      gap: fc.constantFrom("", "\n", "\n    // apart\n\n"),
    });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(names, { minLength: 2 }),
        fc.array(part, { minLength: 5, maxLength: 5 }),
        (order, parts) => {
          const own = (name: string): string => {
            const { above, behind } = parts[names.indexOf(name)] ?? assert.fail();
            return `${above}    fn ${name}(&self) {}${behind}\n`.replaceAll("NAME", name);
          };
          const write = (list: readonly string[]): string =>
            `\n${list.map((name, index) => (parts[index]?.gap ?? "") + own(name)).join("")}`;
          assert.equal(reordered(trait, write(order)), write(order.toSorted()));
        },
      ),
      { numRuns: 200 },
    );
  });
});
