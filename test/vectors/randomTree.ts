// Random module trees: modules in every form, `use` of every kind, aliases, names that hide one another, conditions. Much of it
// does not compile, which is for rustc to say: each line that may go has a key. The same seed gives the same text.

import { seededRandom } from "./seededRandom.ts";

export interface TreeLine {
  readonly text: string;
  /** Lines of one key go together; null for those that must stay. */
  readonly key: string | null;
}

export interface RandomTree {
  readonly edition: string;
  /** Path below the crate's folder → lines. */
  readonly files: ReadonlyMap<string, readonly TreeLine[]>;
}

/** Features that are on; `off` is not. */
export const enabledFeature = "on";

const moduleNames = "a b c r#type d".split(" ");
const typeNames = "A B C D String r#final".split(" ");
const modulesOfATree = 11;
const probesOfAModule = 7;

interface ModuleNode {
  readonly name: string;
  readonly parent: ModuleNode | null;
  readonly children: ModuleNode[];
  readonly types: string[];
  /** What comes before `mod`. */
  readonly head: string;
  readonly form: "file" | "folder" | "inline" | "path";
}

/** `globs`: mostly globs, re-exported, in circles of all lengths. */
export type TreeStyle = "mixed" | "globs";

/** A crate with a dependency that its code calls `dependency`; a program that prints what its probes mean. */
export function randomTree(
  seed: number,
  dependency: string | null,
  style: TreeStyle = "mixed",
): RandomTree {
  return new TreeWriter(seededRandom(seed), dependency, style).tree();
}

class TreeWriter {
  readonly #random: () => number;
  readonly #dependency: string | null;
  readonly #style: TreeStyle;
  readonly #edition: string;
  readonly #files = new Map<string, TreeLine[]>();
  readonly #modules: ModuleNode[] = [];
  #keys = 0;

  constructor(random: () => number, dependency: string | null, style: TreeStyle) {
    this.#random = random;
    this.#dependency = dependency;
    this.#style = style;
    this.#edition = this.#pick(["2015", "2018", "2021", "2021", "2024"]);
  }

  tree(): RandomTree {
    const root: ModuleNode = {
      name: "",
      parent: null,
      children: [],
      types: [],
      head: "",
      form: "file",
    };
    this.#modules.push(root);
    for (let index = 1; index < modulesOfATree; index += 1) {
      this.#grow();
    }
    for (const module of this.#modules) {
      const share = this.#style === "globs" ? 0.15 : 0.35;
      module.types.push(...typeNames.filter(() => this.#random() < share));
    }
    const file = this.#fileOf("src/lib.rs");
    this.#fixed(file, "#![allow(warnings)]", "#![deny(ambiguous_glob_imports)]");
    this.#write(root, file, "src", "src");
    this.#fixed(
      file,
      '#[cfg_attr(feature = "serde", fidius::plugin_interface(version = 1, buffer = PluginAllocated))]',
      "pub trait Subject { fn take(&self, value: Probes); }",
      '#[cfg(not(feature = "serde"))] fn main() { print(); }',
    );
    return { edition: this.#edition, files: this.#files };
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[this.#below(choices.length)] as T;
  }

  #grow(): void {
    const parent = this.#pick(this.#modules);
    const free = moduleNames.filter((name) =>
      parent.children.every((child) => child.name !== name),
    );
    const [name] = free.length === 0 ? [] : [this.#pick(free)];
    if (name === undefined) {
      return;
    }
    const visibility = this.#visibility(parent);
    const condition = this.#pick([
      "",
      "",
      "",
      `#[cfg(feature = "${enabledFeature}")] `,
      "#[cfg(not(windows))] ",
    ]);
    const child: ModuleNode = {
      name,
      parent,
      children: [],
      types: [],
      head: `${condition}${visibility}`,
      form: this.#pick(["file", "folder", "inline", "inline", "path"]),
    };
    parent.children.push(child);
    this.#modules.push(child);
  }

  #fileOf(path: string): TreeLine[] {
    const lines: TreeLine[] = [];
    this.#files.set(path, lines);
    return lines;
  }

  #fixed(file: TreeLine[], ...lines: readonly string[]): void {
    file.push(...lines.map((text) => ({ text, key: null })));
  }

  #loose(file: TreeLine[], ...lines: readonly string[]): void {
    const key = String(this.#keys++);
    file.push(...lines.map((text) => ({ text, key })));
  }

  /** `folder` is where files of the module's children lie, `pathFolder` where `#[path]` starts from. */
  #write(module: ModuleNode, file: TreeLine[], folder: string, pathFolder: string): void {
    this.#children(module, file, folder, pathFolder);
    this.#items(module, file);
    const probes = Array.from({ length: probesOfAModule }, (_, index) => {
      const key = String(this.#keys++);
      return { key, field: `p${String(index)}`, type: this.#typePath(module) };
    });
    const derive =
      '#[cfg_attr(feature = "serde", derive(::serde::Serialize, ::serde::Deserialize))]';
    this.#fixed(file, derive, "pub struct Probes {");
    file.push(...probes.map(({ key, field, type }) => ({ key, text: `pub ${field}: ${type},` })));
    this.#fixed(
      file,
      ...module.children.map(({ name }) => `pub child_${plain(name)}: self::${name}::Probes,`),
      "}",
      '#[cfg(not(feature = "serde"))]',
      "pub fn print() {",
    );
    file.push(
      ...probes.map(({ key, field, type }) => ({
        key,
        text: `println!("{} ${field} {}", module_path!(), ::std::any::type_name::<${type}>());`,
      })),
    );
    this.#fixed(file, ...module.children.map(({ name }) => `self::${name}::print();`), "}");
  }

  #children(module: ModuleNode, file: TreeLine[], folder: string, pathFolder: string): void {
    for (const child of module.children) {
      const name = plain(child.name);
      const inner = `${folder}/${name}`;
      switch (child.form) {
        case "inline":
          this.#fixed(file, `${child.head}mod ${child.name} {`);
          this.#write(child, file, inner, inner);
          this.#fixed(file, "}");
          break;
        case "path": {
          const target = `apart_${String(this.#keys++)}/file.rs`;
          this.#fixed(file, `#[path = "${target}"]`, `${child.head}mod ${child.name};`);
          const path = `${pathFolder}/${target}`;
          this.#write(child, this.#fileOf(path), folderOf(path), folderOf(path));
          break;
        }
        case "file":
        case "folder": {
          const path = child.form === "file" ? `${inner}.rs` : `${inner}/mod.rs`;
          this.#fixed(file, `${child.head}mod ${child.name};`);
          this.#write(child, this.#fileOf(path), inner, folderOf(path));
        }
      }
    }
  }

  #items(module: ModuleNode, file: TreeLine[]): void {
    for (const name of module.types) {
      const visibility = this.#pick(["pub ", "pub ", "pub(crate) ", ""]);
      this.#loose(
        file,
        `#[cfg_attr(feature = "serde", derive(::serde::Serialize, ::serde::Deserialize))] ${visibility}struct ${name}(u8);`,
      );
      if (this.#random() < 0.3) {
        this.#loose(file, `#[cfg(feature = "off")] ${visibility}struct ${name};`);
      }
    }
    if (module.parent === null && this.#dependency !== null) {
      this.#loose(file, `${this.#pick(["", "pub "])}extern crate ${this.#dependency};`);
      this.#loose(file, `extern crate ${this.#dependency} as ${this.#pick(moduleNames)};`);
    }
    if (module.parent === null && this.#random() < 0.4) {
      this.#loose(file, "extern crate self as me;");
    }
    if (this.#style === "globs") {
      for (let count = 1 + this.#below(4); count > 0; count -= 1) {
        this.#loose(file, this.#globUse(module));
      }
    }
    for (let count = 2 + this.#below(5); count > 0; count -= 1) {
      this.#loose(file, this.#use(module));
    }
    for (let count = this.#below(3); count > 0; count -= 1) {
      const name = this.#pick(typeNames);
      this.#loose(
        file,
        `${this.#pick(["pub ", "pub(crate) ", ""])}type ${name} = ${this.#typePath(module)};`,
      );
    }
  }

  /** Of something in `module`. */
  #visibility(module: ModuleNode): string {
    const above = module.parent === null ? [] : ["pub(super) "];
    return this.#pick(["pub ", "pub ", "pub(crate) ", "", ...above]);
  }

  /** A glob of any module of the tree, so that many lead back to where they came from. */
  #globUse(module: ModuleNode): string {
    const target = this.#pick(this.#modules);
    const visibility = this.#pick(["pub ", "pub ", "pub ", "pub(crate) ", "pub(super) ", ""]);
    const allowed = module.parent === null ? visibility.replace("(super)", "") : visibility;
    return `${allowed}use ${["crate", ...namesTo(target)].join("::")}::*;`;
  }

  #use(module: ModuleNode): string {
    const visibility = this.#visibility(module);
    const condition = this.#pick([
      "",
      "",
      "",
      "",
      `#[cfg(feature = "${enabledFeature}")] `,
      '#[cfg(feature = "off")] ',
    ]);
    const path = this.#modulePath(module);
    const name = (): string => this.#pick([...typeNames, ...moduleNames]);
    const tree = this.#pick<() => string>([
      () => `${path}::*`,
      () => `${path}::*`,
      () => `${path}::${this.#pick(typeNames)}`,
      () => `${path}::${name()}`,
      () => `${path}::${name()} as ${name()}`,
      () => `${path} as ${this.#pick(moduleNames)}`,
      () => path,
      () => `${path}::{self, ${name()} as ${name()}}`,
      () => `${path}::{${name()}, ${name()}::*}`,
      () => `${path}::{self as ${this.#pick(moduleNames)}, ${name()}::{${name()}}}`,
    ])();
    return `${condition}${visibility}use ${tree};`;
  }

  #typePath(from: ModuleNode): string {
    const name = this.#pick(typeNames);
    const draw = this.#random();
    if (draw < 0.3) {
      return name;
    }
    return draw < 0.4
      ? `${this.#pick(moduleNames)}::${name}`
      : `${this.#modulePath(from)}::${name}`;
  }

  /** A path to some module: mostly one that exists, seen from here; else any names. */
  #modulePath(from: ModuleNode): string {
    const target = this.#pick(this.#modules);
    const names = namesTo(target);
    const draw = this.#random();
    if (draw < 0.3) {
      return ["crate", ...names].join("::");
    }
    if (draw < 0.5 && from.children.length > 0) {
      const child = this.#pick(from.children);
      return `${this.#pick(["self::", ""])}${child.name}`;
    }
    if (draw < 0.65 && from.parent !== null) {
      const sibling = this.#pick(from.parent.children);
      return this.#pick([
        "super",
        `super::${sibling.name}`,
        `super::super`,
        `self::super::${sibling.name}`,
      ]);
    }
    if (draw < 0.8 && this.#dependency !== null) {
      const start = this.#pick(["", "::"]);
      return [
        `${start}${this.#dependency}`,
        ...moduleNames.filter(() => this.#random() < 0.2),
      ].join("::");
    }
    return draw < 0.85
      ? ["me", ...names].join("::")
      : [this.#pick(["self", this.#pick(moduleNames)]), this.#pick(moduleNames)].join("::");
  }
}

function namesTo(module: ModuleNode): readonly string[] {
  return module.parent === null ? [] : [...namesTo(module.parent), module.name];
}

function plain(name: string): string {
  return name.replace("r#", "");
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}
