// Each rule finds its page's bad example, and nothing is wrong with its good one. That the compiler agrees is tested by
// test/cargo.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkCrate } from "../../../src/diagnostics/checkCrate.ts";
import { manifestRules, sourceRules } from "../../../src/diagnostics/rules/index.ts";
import { setupRules } from "../../../src/diagnostics/setup/pages.ts";
import { rulePage } from "../../../src/diagnostics/rulePage.ts";
import { fixedExample, problemsInExample } from "../../support/fixedExamples.ts";
import { analyze } from "../rust/inMemoryProject.ts";

const repository = path.join(import.meta.dirname, "../../..");

describe("rules on Fidius code", () => {
  for (const rule of sourceRules) {
    const { id, page, severity } = rule;

    it(`${id} finds its bad example`, () => {
      const found = problemsInExample(page.bad, page).filter(({ code }) => code === id);
      assert.ok(found.length > 0);
      assert.ok(
        found.some((problem) => problem.severity === severity) || id === "optional-without-since",
      );
    });

    it(`${id} leaves its good example alone, and so do all others`, () => {
      const found = problemsInExample(page.good, page).filter(
        (problem) => problem.severity !== "information",
      );
      assert.deepEqual(
        found.map(({ code, message }) => `${code}: ${message}`),
        [],
      );
    });
  }

  for (const rule of sourceRules) {
    const fixed = fixedExample(rule);
    if (fixed !== undefined) {
      it(`${rule.id}: its fix leaves nothing of it`, () => {
        const left = problemsInExample(fixed, rule.page).filter(
          ({ severity }) => severity === "error",
        );
        assert.deepEqual(
          left.map(({ code, message }) => `${code}: ${message}`),
          [],
        );
        const still = problemsInExample(fixed, rule.page).filter(({ code }) => code === rule.id);
        assert.deepEqual(still, []);
      });
    }
  }

  it("have a fix, most of them", () => {
    const withFix = sourceRules.filter((rule) => fixedExample(rule) !== undefined);
    assert.ok(withFix.length > sourceRules.length / 2, String(withFix.length));
  });

  it("leave plugins for WASM alone, which need no registry", () => {
    const text = `use fidius_macro::{plugin_impl, plugin_interface};

#[plugin_interface(version = 1, buffer = PluginAllocated, crate = "fidius_guest")]
pub trait Tool: Send + Sync {
    fn run(&self, input: String) -> String;
}

pub struct MyTool;

#[plugin_impl(Tool, crate = "fidius_guest")]
impl Tool for MyTool {
    fn run(&self, input: String) -> String {
        input
    }
}
`;
    const files = { "src/lib.rs": text };
    const dependencies = ["fidius-guest", "fidius-macro"];
    const { problems } = analyze({ plug: { files, dependencies } }, undefined, checkCrate);
    assert.deepEqual(problems, []);
  });

  it("have names of their own", () => {
    const ids = [...sourceRules, ...manifestRules, ...setupRules].map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
  });

  it("have a page each in docs/diagnostics, as it is generated", () => {
    const folder = path.join(repository, "docs/diagnostics");
    const pages = new Map(
      readdirSync(folder).map((file) => [file, readFileSync(path.join(folder, file), "utf8")]),
    );
    const rules = [...sourceRules, ...manifestRules, ...setupRules];
    for (const rule of rules) {
      assert.equal(pages.get(`${rule.id}.md`), rulePage(rule), `npm run docs writes ${rule.id}.md`);
    }
    const known = new Set([...rules.map(({ id }) => `${id}.md`), "README.md"]);
    assert.deepEqual(
      [...pages.keys()].filter((file) => !known.has(file)),
      [],
    );
  });
});
