import assert from "node:assert/strict";
import fc from "fast-check";
import { TextDocument } from "vscode-languageserver-textdocument";
import { minimalEdit, offsetAt, positionAt } from "../../../src/server/minimalEdit.ts";

/** Texts rich in what breaks offsets: every kind of line end, astral characters, repetition. */
const texts = fc
  .array(fc.constantFrom("a", "b", "\n", "\r\n", "\r", "é", "😀", " "), { maxLength: 30 })
  .map((parts) => parts.join(""));

const documentOf = (text: string): TextDocument =>
  TextDocument.create("file:///a", "toml", 1, text);

describe("minimalEdit", () => {
  it("makes the text after of the text before, as an editor applies it", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const edit = minimalEdit(before, after);
        assert.equal(edit === undefined, before === after);
        const applied =
          edit === undefined ? before : TextDocument.applyEdits(documentOf(before), [edit]);
        assert.equal(applied, after);
      }),
      { numRuns: 2000 },
    );
  });

  it("touches nothing but the difference", () => {
    assert.deepEqual(minimalEdit(`a = 1\nfidius = "0.5" # c\n`, `a = 1\nfidius = ["0.5"] # c\n`), {
      range: { start: { line: 1, character: 9 }, end: { line: 1, character: 14 } },
      newText: `["0.5"]`,
    });
  });

  it("counts positions as the editor does", () => {
    fc.assert(
      fc.property(texts, fc.nat(40), (text, at) => {
        const offset = Math.min(at, text.length);
        const document = documentOf(text);
        const position = positionAt(text, offset);
        // Between CR and LF there is no position; everywhere else both directions agree.
        fc.pre(!(text[offset] === "\n" && text[offset - 1] === "\r"));
        assert.deepEqual(position, document.positionAt(offset));
        assert.equal(offsetAt(text, position), offset);
      }),
    );
  });
});
