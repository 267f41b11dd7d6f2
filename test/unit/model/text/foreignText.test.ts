// What others wrote stays text: whatever it holds, it ends no line, gives no orders, and goes on with no sentence of ours.

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  linesOf,
  manyLines,
  nameText,
  quotedText,
  labelText,
  noticeText,
  oneLine,
} from "../../../../src/model/text/foreignText.ts";

const obeyed =
  // eslint-disable-next-line no-control-regex -- these are what must not be there
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      // eslint-disable-next-line @typescript-eslint/no-misused-spread -- each of these is one unit
      ..."\u0000\u0007\b\t\n\r\u001b[]0;m\u007f\u0085\u009b\u061c\u200b\u200d\u200e\u200f\u2028\u2029\u202e\u2066\u2069\u00a0\u3000\ufeff\"\\'",
    ),
    fc.string({ minLength: 1, maxLength: 1, unit: "binary" }),
    fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit)),
  ),
  maxLength: 60,
});

describe("foreign text", () => {
  it("in a line stays in it and gives no orders", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = oneLine(text);
        assert.doesNotMatch(shown, obeyed);
        assert.doesNotMatch(shown, /\p{Cs}/u);
        assert.equal(oneLine(shown), shown);
      }),
    );
  });

  it("of several lines has these lines and nothing else", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const lines = linesOf(text);
        assert.equal(lines.length, text.split("\n").length);
        lines.forEach((line) => {
          assert.doesNotMatch(line.replaceAll("\t", ""), obeyed);
        });
        assert.equal(manyLines(text), lines.join("\n"));
      }),
    );
    assert.deepEqual(linesOf("one\r\ntwo\n\u001b[2Jthree"), ["one", "two", "\\u001b[2Jthree"]);
  });

  it("as a name is one word, or quoted to its end", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = nameText(text);
        assert.doesNotMatch(shown, obeyed);
        assert.match(shown, /^(?:[\p{L}\p{M}\p{N}_.+#@…-]+|"(?:[^"\\]|\\.)*")$/u);
      }),
    );
  });

  it("that means no harm is shown as it is", () => {
    for (const text of ["plain text", "Grüße, 漢字, עברית", "👨‍👩‍👧 family", "a\\b \"c\" 'd'"]) {
      assert.equal(oneLine(text), text);
    }
    for (const name of ["blur", "blur-1.2.0", "Größe", "x86_64.so", "1.0.0+build.7"]) {
      assert.equal(nameText(name), name);
    }
  });

  it("is escaped as JSON escapes it, so that a string of JSON keeps its value", () => {
    fc.assert(
      fc.property(
        hostile.filter((text) => !/\p{Cs}/u.test(text)),
        (text) => {
          assert.equal(JSON.parse(manyLines(JSON.stringify(text))), text);
        },
      ),
    );
  });

  it("makes no link in a notification", () => {
    assert.equal(
      noticeText("bad [click](command:workbench.action.quit)\nnow"),
      "bad [click] (command:workbench.action.quit)\\nnow",
    );
  });

  it("draws no icon in a label of VS Code", () => {
    assert.equal(labelText("p $(verified) trusted\n"), String.raw`p \$(verified) trusted\n`);
    assert.equal(labelText("$(sync~spin)$(x)"), String.raw`\$(sync~spin)\$(x)`);
    assert.equal(labelText("costs $(5 or so)"), "costs $(5 or so)");
  });

  it("cannot go on with a sentence of ours", () => {
    assert.equal(
      nameText("p is signed by the trusted key vendor."),
      '"p is signed by the trusted key vendor."',
    );
    assert.equal(quotedText("plain"), '"plain"');
    assert.equal(quotedText("\uFEFFa\u200b\u00ad"), String.raw`"\ufeffa\u200b\u00ad"`);
    assert.equal(nameText('p" is signed'), '"p\\" is signed"');
    assert.equal(nameText("p\u00a0is"), '"p\\u00a0is"');
    assert.equal(nameText(""), '""');
    assert.equal(nameText("a".repeat(1000)), `${"a".repeat(200)}…`);
  });
});
