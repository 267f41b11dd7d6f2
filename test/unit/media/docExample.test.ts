// Examples out of documentation: the arguments of a call as its test has them, or as a line says them.

import assert from "node:assert/strict";
import { docExample } from "../../../media/values/docExample.ts";
import { RustLiterals } from "../../../media/values/rustLiterals.ts";
import * as fixture from "../../ui/fixture.ts";

const json = (rust: string): unknown => {
  const text = new RustLiterals(rust).listUntil(")");
  return text === undefined ? undefined : JSON.parse(text);
};

describe("literals of Rust", () => {
  for (const [rust, value] of [
    ["1, -2i64, 0xff_u8, 1_000usize, 2.5f32, 1e3)", [1, -2, 255, 1000, 2.5, 1000]],
    [
      '"a\\n\\u{e9}\\"", String::from("b"), "c".to_string(), \'x\', \'\\n\')',
      ['a\né"', "b", "c", "x", "\n"],
    ],
    ["&vec![1, 2,], &[true], (1, false), ())", [[1, 2], [true], [1, false], null]],
    ["Some(3), None, Some(None))", [3, null, null]],
    ["Term { value: 1, unit: Unit::Meters }, Meters(5))", [{ value: 1, unit: "Meters" }, 5]],
    [
      "shapes::Shape::Rect { width: 1.0 }, Shape::Dot(1, 2), Ok(7))",
      [{ Rect: { width: 1 } }, { Dot: [1, 2] }, { Ok: 7 }],
    ],
    [")", []],
    ['b"hi")', ["text:hi"]],
  ] as const) {
    it(`${rust} are JSON`, () => {
      assert.deepEqual(json(rust), value);
    });
  }

  for (const rust of [
    "x)",
    "&make())",
    "1 + 2)",
    "[0; 4])",
    "Term { ..base })",
    "1",
    "|a| a)",
    `${"[".repeat(40)})`,
  ]) {
    it(`${rust.slice(0, 20)} are none`, () => {
      assert.equal(json(rust), undefined);
    });
  }
});

describe("an example out of documentation", () => {
  const example = (doc: string) => {
    const { method, plugin } = fixture.panelState({ ...fixture.calculator, doc });
    assert.ok(method !== null && plugin !== null);
    return docExample(method, plugin.types);
  };
  const found = { terms: [{ value: "42", unit: "Meters" }], scale: 2.5 };

  it("is the first call in its code that has literals alone", () => {
    const doc = `Sums.\n\n\`\`\`\n# use x::y;\nlet a = client.add_all(&terms, &None);
let out = client.add_all(\n    &vec![Term { value: 42, unit: Unit::Meters }],\n    &Some(2.5),\n).unwrap();\n\`\`\``;
    assert.deepEqual(example(doc), found);
  });

  it("is the line that says so, before any code", () => {
    const line = 'example: {"terms":[{"value":42,"unit":"Meters"}],"scale":2.5}';
    assert.deepEqual(example(`Sums.\n\n${line}\n\n\`\`\`\nadd_all(&[], &None)\n\`\`\``), found);
  });

  it("is none where nothing fits, and none of what stands in sentences", () => {
    assert.equal(example("Call add_all(1)."), undefined);
    assert.equal(example("```\nadd_all(1)\n```"), undefined);
    assert.equal(example("example: nothing"), undefined);
  });
});
