// Doc comments as text with code: what Markdown marks is seen, and its marks are not.

import assert from "node:assert/strict";
import { docBlocks } from "../../../media/widgets/docText.ts";

describe("doc comments", () => {
  it("are paragraphs, headings, items and code", () => {
    const doc = [
      "Adds `terms` up,",
      "and **scales** them.",
      "",
      "# Errors",
      "- [`PluginError`] when empty",
      "- see [the book](https://example.org/x)",
      "```rust",
      "let x = `a`;",
      "",
      "# not a heading",
      "```",
      "Done with [Term] and ``a`b``.",
    ].join("\n");
    const text = (spans: readonly { kind: string; text: string }[]): string =>
      spans.map(({ kind, text: part }) => (kind === "text" ? part : `<${kind} ${part}>`)).join("");
    assert.deepEqual(
      docBlocks(doc).map((block) => [
        block.kind,
        block.kind === "code" ? block.text : text(block.spans),
      ]),
      [
        ["paragraph", "Adds <code terms> up, and <strong scales> them."],
        ["heading", "Errors"],
        ["item", "<code PluginError> when empty"],
        ["item", "see the book"],
        ["code", "let x = `a`;\n\n# not a heading"],
        ["paragraph", "Done with Term and <code a`b>."],
      ],
    );
  });

  it("lose nothing that is no Markdown", () => {
    for (const doc of [
      "a < b & c",
      "x[0] and [1]",
      "a[i]",
      "2 * 3 * 4",
      "`never closed",
      "<b>bold</b>",
    ]) {
      const [block] = docBlocks(doc);
      assert.ok(block !== undefined && block.kind !== "code");
      const text = block.spans.map((span) => span.text).join("");
      assert.equal(text, doc);
    }
  });
});
