import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  type ManifestSource,
  readManifestSource,
} from "../../../../src/cargo/edit/manifestSource.ts";
import type { Range } from "../../../../src/model/text/span.ts";

function read(text: string): { source: ManifestSource; at: (range: Range | null) => string } {
  const result = readManifestSource(text);
  assert.ok(result.ok);
  const lines = text.split("\n");
  const offset = ({ line, character }: Range["start"]): number =>
    lines.slice(0, line).reduce((sum, item) => sum + item.length + 1, 0) + character;
  return {
    source: result.value,
    at: (range) => (range === null ? "-" : text.slice(offset(range.start), offset(range.end))),
  };
}

describe("places in a manifest", () => {
  it("finds each form of a dependency", () => {
    const { source, at } = read(
      [
        "[package]",
        'name = "plüg"',
        "[dependencies] # c",
        'a = "1"',
        'b = { version = "1", features = ["x", "y"] } # c',
        "c.workspace = true",
        'c.features = ["z"]',
        "d = { workspace = true }",
        "[dependencies.e]",
        'version = "1"',
        "features = [",
        "]",
        "[target.'cfg(unix)'.dev-dependencies]",
        'f = "1"',
        "[workspace.dependencies]",
        'c = "1"',
        "",
      ].join("\n"),
    );
    const rows = source.dependencies.map((item) => [
      item.key,
      item.kind,
      item.target,
      item.form,
      item.isInherited,
      at(item.keyRange),
      at(item.entryRange),
      at(item.featuresRange),
    ]);
    assert.deepEqual(rows, [
      [
        "e",
        "normal",
        null,
        "table",
        false,
        "e",
        '[dependencies.e]\nversion = "1"\nfeatures = [\n]',
        "[\n]",
      ],
      ["a", "normal", null, "version", false, "a", 'a = "1"', "-"],
      [
        "b",
        "normal",
        null,
        "inlineTable",
        false,
        "b",
        'b = { version = "1", features = ["x", "y"] }',
        '["x", "y"]',
      ],
      ["c", "normal", null, "dotted", true, "c", 'c.workspace = true\nc.features = ["z"]', '["z"]'],
      ["d", "normal", null, "inlineTable", true, "d", "d = { workspace = true }", "-"],
      ["f", "dev", "cfg(unix)", "version", false, "f", 'f = "1"', "-"],
      ["c", "workspace", null, "version", false, "c", 'c = "1"', "-"],
    ]);
    assert.equal(at(source.packageName), '"plüg"');
    assert.equal(at(source.packageHeader), "[package]");
    assert.deepEqual(
      source.dependencyHeaders.map((header) => [header.kind, header.target, at(header.range)]),
      [
        ["normal", null, "[dependencies]"],
        ["dev", "cfg(unix)", "[target.'cfg(unix)'.dev-dependencies]"],
        ["workspace", null, "[workspace.dependencies]"],
      ],
    );
    assert.equal(source.dependency({ key: "c", kind: "workspace", target: null })?.form, "version");
  });

  it("counts lines of CRLF texts and columns in UTF-16", () => {
    const { source } = read('[dependencies]\r\n"é😀" = "1"\r\nfidius = "0.5"\r\n');
    assert.deepEqual(source.dependencies[0]?.entryRange, {
      start: { line: 1, character: 0 },
      end: { line: 1, character: 11 },
    });
    assert.deepEqual(source.dependencies[1]?.keyRange, {
      start: { line: 2, character: 0 },
      end: { line: 2, character: 6 },
    });
  });

  it("says where a text does not parse", () => {
    const result = readManifestSource("[package]\nname =\n");
    assert.ok(!result.ok);
    assert.equal(result.error.position.line, 1);
  });
});
