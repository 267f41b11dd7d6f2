// Random cargo workspaces, most of which no compiler takes: modules in files and blocks, `#[path]`, `include!`, globs, aliases,
// constants, conditions, macros, attributes and manifests of all kinds, damaged here and there. Two plugins in each are left as
// they are, one in a crate of its own and one in a file beside the random ones.

import { seededRandom } from "../vectors/seededRandom.ts";
import { below, mutateText, pick, type Random } from "./mutate.ts";

export interface RandomWorkspace {
  /** Path below the folder → text. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether cargo's own files of the crate with the damaged sources are whole, so that its whole file must be found. */
  readonly isCrateWhole: boolean;
}

const names = "a b c d e".split(" ");
const types = "A B C D E".split(" ");

function wholePlugin(name: string): string {
  return `use fidius::{plugin_impl, plugin_interface};
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait ${name} { fn whole(&self, value: u8) -> String; }
pub struct ${name}Plugin;
#[plugin_impl(${name})]
impl ${name} for ${name}Plugin { fn whole(&self, value: u8) -> String { String::new() } }
`;
}

const manifest = (name: string, more = ""): string =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n\n[lib]\ncrate-type = ["cdylib"]\n\n[dependencies]\nfidius = "0.5"\nserde = { version = "1", features = ["derive"] }\n${more}`;

const manifestLines = [
  'other = { path = "../other" }\n',
  'damaged = { path = "." }\n',
  'whole = { path = "../whole", optional = true }\n',
  'missing = { path = "../nowhere" }\n',
  "serde.workspace = true\n",
  '[features]\ndefault = ["x"]\nx = ["y", "dep:serde", "fidius?/z"]\ny = ["x"]\n',
  "[target.'cfg(any(unix, not(all(windows))))'.dependencies]\nlibc = \"0.2\"\n",
  '[patch.crates-io]\nfidius = { path = "../whole" }\n',
  '[workspace]\nmembers = ["*", "../**", "[a-z]*"]\n',
  '[[example]]\nname = "e"\npath = "src/lib.rs"\ncrate-type = ["cdylib"]\n',
  '[[bin]]\nname = "b"\npath = "src/a.rs"\n',
  "[profile.dev]\ndebug-assertions = false\n",
];

const scraps = (
  "{ } ( ) [ ] < > ; , :: : # ! $ ' \" \\ // /* */ r#\" \"# '\\'' b' 'a self super crate Self pub use mod fn impl trait struct enum const static " +
  'macro_rules! include! #[cfg( #![cfg(off)] #[path="lib.rs"] Vec< A:: * => = ... 0 1u8 é 😀 \u0000 \r\n'
).split(" ");

const tomlScraps = [
  "[",
  "]",
  "{",
  "}",
  '"',
  "'",
  '"""',
  "=",
  ".",
  ",",
  "\n",
  "#",
  "[[",
  "1e9",
  "path",
  "\u0000",
];

/** The workspace of the seed: always the same. */
export function randomWorkspace(seed: number): RandomWorkspace {
  return new Writer(seededRandom(seed)).workspace();
}

class Writer {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  workspace(): RandomWorkspace {
    const files = new Map<string, string>();
    const isCrateWhole = this.#random() < 0.6;
    const more = this.#some(manifestLines, isCrateWhole ? 0 : 4);
    const own = manifest("damaged", more);
    files.set("damaged/Cargo.toml", isCrateWhole ? own : this.#damaged(own, tomlScraps, 0.7));
    const root = '[workspace]\nresolver = "2"\nmembers = ["whole", "damaged", "other"]\n';
    files.set("Cargo.toml", isCrateWhole ? root : this.#damaged(root, tomlScraps, 0.3));
    files.set("damaged/src/lib.rs", `mod whole;\n${this.#damaged(this.#items(8, 0), scraps, 0.5)}`);
    files.set("damaged/src/whole.rs", wholePlugin("Beside"));
    for (const name of names) {
      const path = pick(this.#random, [`${name}.rs`, `${name}/mod.rs`, `a/${name}.rs`]);
      files.set(`damaged/src/${path}`, this.#damaged(this.#items(5, 0), scraps, 0.4));
    }
    files.set("whole/Cargo.toml", manifest("whole"));
    files.set("whole/src/lib.rs", wholePlugin("Neighbour"));
    files.set("other/Cargo.toml", this.#damaged(manifest("other"), tomlScraps, 0.2));
    files.set("other/src/lib.rs", this.#damaged(this.#items(6, 0), scraps, 0.3));
    return { files, isCrateWhole };
  }

  #damaged(text: string, with_: readonly string[], share: number): string {
    return this.#random() < share ? mutateText(this.#random, text, with_) : text;
  }

  #some(lines: readonly string[], most: number): string {
    return Array.from({ length: below(this.#random, most + 1) }, () =>
      pick(this.#random, lines),
    ).join("");
  }

  #items(count: number, depth: number): string {
    return Array.from({ length: 1 + below(this.#random, count) }, () => this.#item(depth)).join(
      "\n",
    );
  }

  #item(depth: number): string {
    const attributes = this.#random() < 0.4 ? `${this.#attribute()} ` : "";
    return attributes + this.#plainItem(depth);
  }

  #attribute(): string {
    return pick(this.#random, [
      "#[cfg(unix)]",
      '#[cfg(not(any(windows, feature = "x")))]',
      "#[cfg_attr(all(), derive(serde::Serialize, serde::Deserialize))]",
      "#[derive(Clone, serde::Serialize, serde::Deserialize)]",
      `#[serde(${pick(this.#random, ["untagged", "transparent", 'tag = "t"', 'rename_all = "x"', "default", 'remote = "A"'])})]`,
      "#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]",
      `#[fidius::plugin_impl(${this.#type(1)})]`,
      "#[macro_use]",
      "/// words\n",
    ]);
  }

  #plainItem(depth: number): string {
    const name = pick(this.#random, names);
    const type = pick(this.#random, types);
    const visibility = pick(this.#random, ["pub ", "pub ", "", "pub(crate) ", "pub(super) "]);
    const inner = (): string => (depth > 3 ? "" : this.#items(4, depth + 1));
    return pick<() => string>(this.#random, [
      () => `${visibility}use ${this.#path()};`,
      () => `${visibility}use ${this.#path()}::*;`,
      () => `${visibility}use ${this.#path()}::{self, ${this.#path()}, ${name} as ${type}};`,
      () => `${visibility}mod ${name};`,
      () => `${visibility}mod ${name} { ${inner()} }`,
      () =>
        `#[path = "${pick(this.#random, ["lib.rs", "a.rs", "../src/b.rs", "../../other/src/lib.rs", "."])}"] mod ${name};`,
      () => `include!("${pick(this.#random, ["a.rs", "lib.rs", "b.rs", "../Cargo.toml"])}");`,
      () =>
        `${visibility}struct ${type}${this.#generics()} { pub ${name}: ${this.#type(0)}, pub f: ${this.#type(0)} }`,
      () =>
        `${visibility}struct ${type}${this.#generics()}(${this.#type(0)}, #[serde(flatten)] ${this.#type(0)});`,
      () =>
        `${visibility}enum ${type} { A(${this.#type(0)}), B { x: ${this.#type(0)} }, C = ${this.#expression(0)} }`,
      () => `${visibility}type ${type}${this.#generics()} = ${this.#type(0)};`,
      () =>
        `${visibility}const ${type}: ${pick(this.#random, ["usize", "u8", "i32"])} = ${this.#expression(0)};`,
      () =>
        `${visibility}trait ${type} { type T; fn m(&self, a: ${this.#type(0)}) -> ${this.#type(0)}; fn n(&self) {} }`,
      () =>
        `impl ${type} for ${this.#type(1)} { type T = ${this.#type(0)}; const N: usize = ${this.#expression(0)}; fn m(&self, a: ${this.#type(0)}) -> ${this.#type(0)} { ${inner()} } }`,
      () => `fn ${name}() { ${inner()} }`,
      () =>
        `macro_rules! ${name} { ($($x:${pick(this.#random, ["tt", "expr", "item", "ty", "ident"])}),*) => { $( ${this.#macroBody()} )* }; () => { ${inner()} } }`,
      () => `${name}! { ${pick(this.#random, ["", this.#type(0), inner(), "a, b, c"])} }`,
      () => `extern crate ${pick(this.#random, ["other", "whole", "self", "serde"])} as ${name};`,
      () => `bitflags::bitflags! { pub struct ${type}: u8 { const A = ${this.#expression(0)}; } }`,
      () => `fidius::fidius_plugin_registry!();`,
    ])();
  }

  #macroBody(): string {
    const name = pick(this.#random, names);
    return pick(this.#random, [
      "$x",
      `${name}!($x);`,
      `pub struct S { x: $x }`,
      `mod ${name} { $x }`,
      `${name}!($x, $x);`,
    ]);
  }

  #generics(): string {
    return pick(this.#random, ["", "", "<T>", "<T, const N: usize>", "<'a, T: A>"]);
  }

  #path(): string {
    const start = pick(this.#random, [
      "self",
      "super",
      "crate",
      "super::super",
      "std",
      "other",
      "::serde",
      pick(this.#random, names),
    ]);
    const rest = Array.from({ length: below(this.#random, 3) }, () =>
      pick(this.#random, [...names, ...types]),
    );
    return [start, ...rest].join("::");
  }

  #type(depth: number): string {
    const inner = (): string => (depth > 4 ? "u8" : this.#type(depth + 1));
    return pick<() => string>(this.#random, [
      () => pick(this.#random, types),
      () => pick(this.#random, types),
      () =>
        pick(this.#random, ["u8", "String", "()", "T", "Self", "Self::T", "&'a str", "dyn A", "_"]),
      () => `Vec<${inner()}>`,
      () => `Option<Box<${inner()}>>`,
      () => `(${inner()}, ${inner()})`,
      () => `[${inner()}; ${this.#expression(0)}]`,
      () => `${pick(this.#random, types)}<${inner()}>`,
      () => `std::collections::HashMap<${inner()}, ${inner()}>`,
      () => `<${inner()} as ${pick(this.#random, types)}>::T`,
      () => this.#path(),
    ])();
  }

  #expression(depth: number): string {
    const inner = (): string => (depth > 4 ? "1" : this.#expression(depth + 1));
    return pick<() => string>(this.#random, [
      () => pick(this.#random, ["1", "0", "255u8", "1 << 62", "usize::MAX", "-1"]),
      () => pick(this.#random, types),
      () => `${inner()} ${pick(this.#random, ["+", "*", "<<", "/", "as u8 -"])} ${inner()}`,
      () => `{ const ${pick(this.#random, types)}: usize = ${inner()}; ${inner()} }`,
      () => `if ${inner()} > 2 { ${inner()} } else { ${inner()} }`,
      () => `<${this.#type(3)}>::N`,
      () => this.#path(),
    ])();
  }
}
