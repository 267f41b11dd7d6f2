// Which crates are told by their text alone to have nothing to do with Fidius, and which are looked into.

import assert from "node:assert/strict";
import { MentionScan } from "../../../src/rust/syntax/mentionScan.ts";

const plugin = "use fidius::plugin_impl;\n";
const root = "/crate/src/lib.rs";

function mayConcern(files: Readonly<Record<string, string>>): boolean {
  const texts = new Map(Object.entries(files).map(([file, text]) => [`/crate/src/${file}`, text]));
  const scan = new MentionScan();
  return scan.mayConcern([root], { read: (file) => texts.get(file) }).has(root);
}

describe("MentionScan", () => {
  const without: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "a module whose file `path` names": {
      "lib.rs": '#[path = "other.rs"]\nmod named;\n',
      "other.rs": "",
    },
    "a module without a file": { "lib.rs": "mod missing;\n" },
    "a module that a comment names": { "lib.rs": "//! Write `mod tests;` below.\n" },
    "a path to a file that is not there": { "lib.rs": '#[path = "gone.rs"]\nmod named;\n' },
    "a macro that makes modules in braces": {
      "lib.rs": "macro_rules! m { ($n:ident) => { mod $n { pub fn f() {} } } }\n",
    },
    "a module in braces with a file": { "lib.rs": "mod a { mod b; }\n", "a/b.rs": "" },
  };
  for (const [title, files] of Object.entries(without)) {
    it(`leaves a crate alone with ${title}`, () => {
      assert.equal(mayConcern(files), false);
    });
  }

  const within: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "a module": { "lib.rs": "mod a;\n", "a.rs": plugin },
    "a module's module": { "lib.rs": "mod a;\n", "a/mod.rs": "mod b;\n", "a/b.rs": plugin },
    "a file that `path` names": {
      "lib.rs": '#[cfg_attr(unix, path = "x/other.rs")]\nmod named;\n',
      "x/other.rs": "mod inner;\n",
      "x/inner.rs": plugin,
    },
    "a file that is included": { "lib.rs": 'include!("part.txt");\n', "part.txt": plugin },
    "a module in braces with a file": { "lib.rs": "mod a { mod b; }\n", "a/b.rs": plugin },
    "a module in braces whose folder has another name": {
      "lib.rs": '#[path = "deep"]\nmod a { mod b; }\n',
      "deep/b.rs": plugin,
    },
    "a path that begins at a module in braces": {
      "lib.rs": 'mod a { #[path = "z.rs"] mod b; }\n',
      "a/z.rs": plugin,
    },
    "a module that a macro declares": {
      "lib.rs": "macro_rules! m { ($n:ident) => { mod $n; } }\nm!(a);\n",
      "a.rs": plugin,
    },
  };
  for (const [title, files] of Object.entries(within)) {
    it(`looks into a crate with Fidius in ${title}`, () => {
      assert.equal(mayConcern(files), true);
    });
  }
});
