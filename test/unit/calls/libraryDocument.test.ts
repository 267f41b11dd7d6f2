// What the editor shows of a library: sections, verdicts against the sources, links to them.

import assert from "node:assert/strict";
import { libraryDocument, type LinkedDocument } from "../../../src/calls/libraryDocument.ts";
import type { LibraryReport, PluginReport } from "../../../src/model/libraryReport.ts";
import type { InterfaceSchema, PluginSchema } from "../../../src/model/plugin.ts";

const spanAt = (line: number) => ({
  file: "/a/lib.rs",
  start: { line, character: 4 },
  end: { line, character: 9 },
});

const plugin: PluginReport = {
  index: 0,
  name: "Basic",
  interfaceName: "Sums",
  interfaceHash: "00000000000000aa",
  interfaceVersion: 2,
  capabilities: "1",
  buffer: "PluginAllocated",
  methodCount: 2,
  methodNames: ["add", "mean"],
  wire: "bincode",
  methodMetadata: [[{ key: "cost", value: "low\n# not a section" }], []],
  traitMetadata: [],
};

const report: LibraryReport = {
  registryVersion: 1,
  abi: 4,
  releases: "0.5",
  descriptorBytes: 96,
  plugins: [plugin],
  hostImports: [{ interfaceName: "Log", interfaceHash: "00000000000000bb", interfaceVersion: 1 }],
};

const sums = (hash: string) =>
  ({ name: "Sums", hash, crate: { name: "sums" }, nameSpan: spanAt(3) }) as InterfaceSchema;
const source = {
  name: "Basic",
  interfaceName: "Sums",
  methods: [{ name: "mean", nameSpan: spanAt(20) }],
} as unknown as PluginSchema;

const linked = ({ lines, links }: LinkedDocument) =>
  links.map(({ line, from, to, target }) => [lines[line]?.slice(from, to), target.start.line]);

describe("a library as a document", () => {
  it("has a section for each plugin, its methods, metadata and host functions", () => {
    const { lines } = libraryDocument("libx.so", ["No signature: x."], report, {
      interfaces: [],
      plugins: [],
    });
    assert.deepEqual(
      lines.filter((line) => line.startsWith("#")),
      [
        "# libx.so",
        "## Plugin Basic",
        "### Methods by slot",
        "### Metadata of add",
        "## Host functions",
      ],
    );
    assert.equal(lines[2], "No signature: x.");
    assert.ok(lines.every((line) => !line.includes("\n")));
    assert.match(lines.join("\n"), /^\? Not known: no open source declares an interface Sums\.$/mu);
  });

  it("matches the sources, with links to trait and methods", () => {
    const page = libraryDocument("libx.so", [], report, {
      interfaces: [sums("00000000000000cc"), sums("00000000000000aa")],
      plugins: [source],
    });
    assert.match(page.lines.join("\n"), /^✓ Matches: it implements Sums as sums has it/mu);
    assert.deepEqual(linked(page), [
      ["Sums", 3],
      ["mean", 20],
    ]);
  });

  it("says what differs, and what to do", () => {
    const page = libraryDocument("libx.so", [], report, {
      interfaces: [sums("00000000000000cc")],
      plugins: [],
    });
    assert.match(
      page.lines.join("\n"),
      /^✗ Differs: the sources have Sums with hash 00000000000000cc\. Build the plugin again/mu,
    );
    assert.deepEqual(linked(page), [["Sums", 3]]);
  });
});
