// Whatever a manifest looks like: an edit changes exactly the data it is meant to change, keeps every comment, and touches
// no line but its own.

import assert from "node:assert/strict";
import * as toml from "@decimalturn/toml-patch";
import fc from "fast-check";
import { describe, it } from "mocha";
import { addDependency } from "../../../src/cargo/edit/addDependency.ts";
import { enableFeatures, type ManifestEdit } from "../../../src/cargo/edit/editManifest.ts";
import { parseTomlDocument } from "../../../src/cargo/manifest/tomlDocument.ts";

type Table = Record<string, unknown>;

const comment = fc.constantFrom("", " # c", "# features = [", ' # "quoted" ] }', "  #");
const blank = fc.constantFrom("", "\n", "# above\n", "\n# block\n# of two\n");
const indent = fc.constantFrom("", "  ", "\t");
const quoteMark = fc.constantFrom('"', "'");
const featureNames = fc.uniqueArray(fc.constantFrom("host", "wasm", "streaming", "async"), {
  maxLength: 3,
});

/** The text of a features array in some layout. */
const featuresArray = fc
  .tuple(featureNames, quoteMark, fc.nat(3), comment, comment, fc.boolean())
  .map(([names, quote, layout, first, last, hasTrailing]) => {
    const items = names.map((name) => `${quote}${name}${quote}`);
    const trailing = hasTrailing && items.length > 0 ? "," : "";
    switch (layout) {
      case 0:
        return `[${items.join(", ")}${trailing}]`;
      case 1:
        return `[ ${items.join(" ,")}${trailing} ]`;
      case 2:
        return `[${first}\n${items.map((item) => `    ${item}`).join(`,${last}\n`)}${trailing}${last}\n]`;
      default:
        return `[\n  ${items.join(`${first}\n  , `)}${trailing}${last}\n  ${first}\n]`;
    }
  });

const versionText = fc.constantFrom('"0.5"', "'0.5'", '"=0.5.9"');
const address = { key: "fidius", kind: "normal", target: null } as const;

/** A `[dependencies]` part with a fidius in one of the forms, and neighbours. */
const dependencies = fc
  .record({
    form: fc.constantFrom("version", "inline", "inherited", "table", "dotted", "rootDotted"),
    version: versionText,
    features: fc.option(featuresArray),
    comments: fc.tuple(comment, comment, comment),
    blanks: fc.tuple(blank, blank),
    indent,
  })
  .map((parts) => {
    const { form, version, features, indent: lead } = parts;
    const [c1, c2, c3] = parts.comments;
    const [b1, b2] = parts.blanks;
    const head = `[dependencies]${c1}\n${b1}${lead}anyhow = "1"${c2}\n`;
    const tail = `${b2}${lead}serde = { version = "1" }${c1}\n`;
    const fields = features === null ? "" : `, features = ${features}`;
    const field = features === null ? "" : `features = ${features}${c3}\n`;
    switch (form) {
      case "version":
        return `${head}${lead}fidius = ${version}${c3}\n${tail}`;
      case "inline":
        return `${head}${lead}fidius = { version = ${version}${fields} }${c3}\n${tail}`;
      case "inherited":
        return `${head}${lead}fidius = { workspace = true${fields} }${c3}\n${tail}`;
      case "table":
        return `${head}${b2}[dependencies.fidius]${c2}\n${lead}version = ${version}${c1}\n${field}${b1}`;
      case "dotted":
        return `${head}${lead}fidius.version = ${version}${c3}\n${field === "" ? "" : `${lead}fidius.${field}`}${tail}`;
      case "rootDotted":
        return `${b1}dependencies.fidius.version = ${version}${c3}\n${field === "" ? "" : `dependencies.fidius.${field}`}`;
    }
  });

const manifest = fc
  .tuple(dependencies, fc.boolean(), fc.boolean(), blank, comment)
  .map(([text, isCrlf, hasEnd, gap, note]) => {
    const others = `${gap}[package]${note}\nname = "p"\n[features]${note}\n${hasEnd ? "x = []\n" : "x = []"}`;
    const all = text.includes("dependencies.fidius.") ? text + others : `${text}${others}`;
    return isCrlf ? all.replaceAll("\n", "\r\n") : all;
  });

/** The text's data as plain objects, by another parser than the edits' own. */
function parse(text: string): unknown {
  return JSON.parse(JSON.stringify(toml.parse(text)));
}

function comments(text: string): readonly string[] {
  const parsed = parseTomlDocument(text);
  assert.ok(parsed.ok, text);
  return parsed.value.comments.map(({ start, end }) => text.slice(start, end));
}

/** Only lines that an edit touches may differ. */
function assertUntouched(before: string, edit: ManifestEdit): void {
  let at = 0;
  let shift = 0;
  for (const { start, end, newText } of edit.edits) {
    assert.ok(start >= at, "edits are in order and apart");
    assert.equal(edit.text.slice(at + shift, start + shift), before.slice(at, start));
    shift += newText.length - (end - start);
    at = end;
  }
  assert.equal(edit.text.slice(at + shift), before.slice(at));
}

function table(value: unknown): Table {
  assert.ok(typeof value === "object" && value !== null);
  return value as Table;
}

describe("manifest edits, whatever the manifest", () => {
  it("enable exactly the missing features", () => {
    fc.assert(
      fc.property(
        manifest,
        fc.uniqueArray(fc.constantFrom("async", "host"), { minLength: 1 }),
        (text, features) => {
          const result = enableFeatures(text, { ...address, features });
          assert.ok(result.ok, text);
          const expected = table(parse(text));
          const all = table(expected["dependencies"]);
          const written = all["fidius"];
          const entry: Table = typeof written === "string" ? { version: written } : table(written);
          const present = entry["features"] as readonly string[] | undefined;
          const wanted = [...new Set([...(present ?? []), ...features])];
          all["fidius"] = { ...entry, features: wanted };
          const actual = table(parse(result.value.text));
          assert.deepEqual(actual, expected, `${text}\n---\n${result.value.text}`);
          assert.deepEqual(comments(result.value.text), comments(text));
          assertUntouched(text, result.value);
          if (text.includes("\r\n")) {
            assert.doesNotMatch(result.value.text, /(?<!\r)\n/u);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("add exactly one dependency", () => {
    fc.assert(
      fc.property(manifest, fc.constantFrom("aaa", "gamma", "zzz"), (text, key) => {
        const result = addDependency(text, {
          key,
          kind: "normal",
          target: null,
          version: "1",
          features: ["f"],
        });
        assert.ok(result.ok, text);
        const expected = table(parse(text));
        table(expected["dependencies"])[key] = { version: "1", features: ["f"] };
        assert.deepEqual(parse(result.value.text), expected, `${text}\n---\n${result.value.text}`);
        assert.deepEqual(comments(result.value.text), comments(text));
        assertUntouched(text, result.value);
      }),
      { numRuns: 1500 },
    );
  });
});
