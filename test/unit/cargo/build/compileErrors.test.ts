// What becomes of rustc's JSON: the place in the user's own file, its label, and the other places that rustc names.

import assert from "node:assert/strict";
import path from "node:path";
import { parseBuildMessage } from "../../../../src/cargo/build/buildMessages.ts";
import { toCompileError } from "../../../../src/cargo/build/compileErrors.ts";
import type { CompileError } from "../../../../src/model/outcome.ts";

const at = (file: string, line: number, isPrimary: boolean, label: string | null): object => ({
  file_name: file,
  line_start: line,
  line_end: line,
  column_start: 5,
  column_end: 9,
  is_primary: isPrimary,
  label,
  text: [{ text: "    text here" }],
});

function compileError(message: object): CompileError {
  const line = JSON.stringify({
    reason: "compiler-message",
    message: { level: "error", code: { code: "E0308" }, ...message },
  });
  const parsed = parseBuildMessage(line);
  assert.ok(parsed?.reason === "compiler-message");
  return toCompileError(parsed, "/ws") ?? assert.fail("no error");
}

describe("rustc's errors", () => {
  it("keep the label of their place and the labelled places beside it", () => {
    const error = compileError({
      message: "mismatched types",
      spans: [
        at("src/lib.rs", 3, true, "expected `u8`, found `&str`"),
        at("src/lib.rs", 2, false, "expected due to this"),
        at("src/lib.rs", 1, false, null),
      ],
    });
    assert.equal(error.label, "expected `u8`, found `&str`");
    assert.deepEqual(
      error.related?.map(({ message, span }) => [message, span.start.line]),
      [["expected due to this", 1]],
    );
  });

  it("keep where an item is configured out, and by which feature", () => {
    const registry = path.resolve("/registry/tokio-1.54.1/src/macros/cfg.rs");
    const error = compileError({
      message: "cannot find `TcpStream` in `net`",
      spans: [at("src/lib.rs", 2, true, "could not find `TcpStream` in `net`")],
      children: [
        {
          message: "found an item that was configured out",
          spans: [at(registry, 336, false, "the item is gated behind the `net` feature")],
        },
        { message: "consider importing this struct", spans: [at("src/lib.rs", 1, true, null)] },
      ],
    });
    assert.deepEqual(
      error.related?.map(({ message, span }) => [message, span.file]),
      [["the item is gated behind the `net` feature", registry]],
    );
  });

  it("have neither where rustc writes none", () => {
    const error = compileError({ message: "no", spans: [at("src/lib.rs", 1, true, null)] });
    assert.equal(error.label, undefined);
    assert.equal(error.related, undefined);
  });
});
