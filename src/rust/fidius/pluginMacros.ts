// Calls of macros that make plugins: `macro_rules!` whose expansion holds a `#[plugin_impl]`, own or of another crate, also
// through other macros, re-exports and renames; and macros of proc macro crates that have to do with Fidius. Where a macro
// cannot be followed there is no call: the library tells of its plugins all the same.

import type { PluginMacroCall } from "../../model/plugin.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import { derivesOf } from "../syntax/items/attributes.ts";
import type { Attribute, Item, MacroItem, UseLeaf } from "../syntax/items/items.ts";
import { fidiusMacroOf, moduleOf, wellKnownAttributes } from "../names/macroNames.ts";
import { spanOf, type Crate, type Module, type Placed } from "../names/modules/modules.ts";
import type { Names } from "../names/names.ts";
import { isFidiusPackage } from "../names/stdNames.ts";
import { plainName } from "../syntax/items/tokenCursor.ts";

type MacroDefinition =
  | { readonly kind: "rules"; readonly module: Module; readonly placed: Placed<MacroItem> }
  | { readonly kind: "procedural"; readonly crate: Crate };

type Token = MacroItem["content"][number];

/** Derives that no framework redefines, to spare following their names. */
const wellKnownDerives: ReadonlySet<string> = new Set(
  "Clone Copy Debug Default Deserialize Eq Hash Ord PartialEq PartialOrd Serialize WitType".split(
    " ",
  ),
);

/** A call with what it may expand to. */
export interface MacroCallFacts {
  readonly call: PluginMacroCall;
  /** Names in the macro's text, in the macros it uses, and in the call: an interface that is not among them is not meant. */
  readonly mentions: ReadonlySet<string>;
}

/** All calls of such macros between the items of `crate`, in the order of its modules. */
export function pluginMacroCalls(crate: Crate, names: Names): MacroCallFacts[] {
  const macros = new PluginMacros(names);
  return crate
    .modules()
    .flatMap((module) => module.declared.flatMap((placed) => macros.callsOf(module, placed)));
}

class PluginMacros {
  readonly #names: Names;
  readonly #rules = new Map<Crate, ReadonlyMap<string, MacroDefinition>>();
  /** Macros by the paths that name them in a module; null where none does. */
  readonly #found = new Map<Module, Map<string, MacroDefinition | null>>();
  /** What a macro that makes plugins names; null for others. */
  readonly #expansions = new Map<Placed<MacroItem> | Crate, ReadonlySet<string> | null>();

  constructor(names: Names) {
    this.#names = names;
  }

  callsOf(module: Module, placed: Placed): MacroCallFacts[] {
    const { item } = placed;
    if (item.kind === "macroCall") {
      const words = wordsOf(item.content);
      const span = spanOf(placed, item.pathSpan);
      const calls = this.#call(module, item.path, span, words);
      // Of a macro that cannot be followed what stands between its brackets counts, if it is a plugin.
      const isPlugin = words.includes("plugin_impl") && !isFollowed(module, item);
      return calls.length > 0 || !isPlugin
        ? calls
        : [{ call: { macro: item.path.join("::"), span, words }, mentions: new Set(words) }];
    }
    return item.attributes.flatMap((attribute) => {
      const paths = macrosOf(attribute, item).filter(
        (path) => this.#expansion(this.#find(module, path)) !== null,
      );
      if (paths.length === 0) {
        return [];
      }
      const words = [...wordsOf(attribute.arguments), ...subjectOf(item)];
      const span = spanOf(placed, attribute);
      return paths.flatMap((path) => this.#call(module, path, span, words));
    });
  }

  #call(
    module: Module,
    path: readonly string[],
    span: SourceSpan,
    words: readonly string[],
  ): MacroCallFacts[] {
    const expansion = this.#expansion(this.#find(module, path));
    const call = { macro: path.join("::"), span, words };
    return expansion === null ? [] : [{ call, mentions: new Set([...words, ...expansion]) }];
  }

  #find(module: Module, path: readonly string[]): MacroDefinition | undefined {
    const inModule = this.#found.get(module) ?? new Map<string, MacroDefinition | null>();
    this.#found.set(module, inModule);
    const key = path.join("::");
    let found = inModule.get(key);
    if (found === undefined) {
      found = this.#lookUp(module, path) ?? null;
      inModule.set(key, found);
    }
    return found ?? undefined;
  }

  #lookUp(module: Module, path: readonly string[]): MacroDefinition | undefined {
    const name = path.at(-1) ?? "";
    if (path.length > 1) {
      const owner = moduleOf(this.#names, module, path.slice(0, -1));
      return owner && this.#member(owner, name, module, new Set());
    }
    return (
      this.#rulesOf(module.crate).get(name) ??
      this.#member(module, name, module, new Set()) ??
      this.#prelude(module.crate, name)
    );
  }

  /** `name` as a macro that a path through `module` reaches. */
  #member(
    module: Module,
    name: string,
    viewer: Module,
    visited: Set<Module>,
  ): MacroDefinition | undefined {
    const { crate } = module;
    if (visited.has(module) || isFidiusPackage(crate.node.info.name)) {
      return undefined;
    }
    visited.add(module);
    if (module === crate.root) {
      const rules = this.#rulesOf(crate).get(name);
      const found = rules ?? proceduralMacro(crate, name);
      if (found !== undefined) {
        return found;
      }
    }
    for (const { leaf } of this.#names.leaves(module, viewer)) {
      const found =
        leaf.isGlob || leaf.binding === name
          ? this.#throughUse(module, leaf, name, visited)
          : undefined;
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  }

  /** `name` as `use` brings it into `module`. */
  #throughUse(
    module: Module,
    { path, isGlob }: UseLeaf,
    name: string,
    visited: Set<Module>,
  ): MacroDefinition | undefined {
    const prefix = isGlob ? path : path.slice(0, -1);
    const wanted = isGlob ? name : (path.at(-1) ?? name);
    if (prefix.length === 0) {
      return isGlob ? undefined : this.#rulesOf(module.crate).get(wanted);
    }
    const owner = moduleOf(this.#names, module, prefix);
    return owner && this.#member(owner, wanted, module, visited);
  }

  /** `#[macro_use] extern crate framework;` at the root. */
  #prelude(crate: Crate, name: string): MacroDefinition | undefined {
    for (const { item } of crate.root?.items ?? []) {
      const brings = item.attributes.some(({ path }) => path.join() === "macro_use");
      if (item.kind === "externCrate" && brings) {
        const found = this.#names.externCrate(crate, item.crateName);
        const root = (found?.kind === "crate" ? found.crate?.root : undefined) ?? undefined;
        const macro = root && this.#member(root, name, root, new Set());
        if (macro !== undefined) {
          return macro;
        }
      }
    }
    return undefined;
  }

  /** By name; where in the crate a macro may be named from does not matter for code that compiles. */
  #rulesOf(crate: Crate): ReadonlyMap<string, MacroDefinition> {
    let rules = this.#rules.get(crate);
    if (rules === undefined) {
      rules = new Map(
        crate.modules().flatMap((module) =>
          module.items.filter(isDefinition).map((placed) => {
            return [placed.item.name, { kind: "rules", module, placed }] as const;
          }),
        ),
      );
      this.#rules.set(crate, rules);
    }
    return rules;
  }

  /** The words of what a macro that makes plugins expands to; null for any other macro. */
  #expansion(macro: MacroDefinition | undefined): ReadonlySet<string> | null {
    if (macro === undefined) {
      return null;
    }
    const key = macro.kind === "rules" ? macro.placed : macro.crate;
    const known = this.#expansions.get(key);
    if (known !== undefined) {
      return known;
    }
    this.#expansions.set(key, null); // a macro that calls itself adds nothing
    const expansion =
      macro.kind === "rules"
        ? this.#expansionOfRules(macro.module, macro.placed.item.content)
        : this.#expansionOfProcedure(macro.crate);
    this.#expansions.set(key, expansion);
    return expansion;
  }

  #expansionOfProcedure(crate: Crate): ReadonlySet<string> | null {
    this.#names.tables.lookAtAll([crate.node.id]);
    return expansionOfProcedure(crate);
  }

  /** The macro's text names `plugin_impl`, by whatever path or alias, or another macro whose text does. */
  #expansionOfRules(module: Module, content: readonly Token[]): ReadonlySet<string> | null {
    const from = module.crate.root ?? module;
    const words = new Set(wordsOf(content));
    let makesPlugins = words.has("plugin_impl");
    for (const { path, isCall } of pathsIn(content)) {
      const inner = this.#expansion(this.#find(from, path));
      inner?.forEach((word) => words.add(word));
      makesPlugins ||=
        inner !== null || (!isCall && fidiusMacroOf(this.#names, from, path) === "plugin_impl");
    }
    return makesPlugins ? words : null;
  }
}

function isFollowed(module: Module, call: MacroItem): boolean {
  return module.made.some(({ origin }) => origin?.call.item === call);
}

function isDefinition(placed: Placed): placed is Placed<MacroItem> {
  return placed.item.kind === "macroDefinition";
}

/** A function under `#[proc_macro]`, `#[proc_macro_attribute]` or `#[proc_macro_derive(Name)]`. */
function proceduralMacro(crate: Crate, name: string): MacroDefinition | undefined {
  const isIt = (crate.root?.items ?? []).some(({ item }) =>
    item.attributes.some(({ path, arguments: written }) => {
      switch (path.join()) {
        case "proc_macro":
        case "proc_macro_attribute":
          return item.name === name;
        case "proc_macro_derive":
          return written[0]?.text === name;
        default:
          return false;
      }
    }),
  );
  return isIt ? { kind: "procedural", crate } : undefined;
}

/** What a proc macro gives out only it knows; it must at least know of Fidius, and can name only what its sources name. */
function expansionOfProcedure(crate: Crate): ReadonlySet<string> | null {
  const depends = crate.node.dependencies.some(
    ({ packageName, kind }) => kind === "normal" && isFidiusPackage(packageName),
  );
  const words = new Set(crate.modules().flatMap(({ file }) => file.text.match(/\w+/gu) ?? []));
  return depends || words.has("plugin_impl") ? words : null;
}

/** Macros that the attribute stands for: itself, or those that it derives. */
function macrosOf(attribute: Attribute, item: Item): readonly (readonly string[])[] {
  if (attribute.path.join() === "derive") {
    return [...derivesOf({ ...item, attributes: [attribute] })]
      .filter((name) => !wellKnownDerives.has(name))
      .map((name) => [name]);
  }
  return wellKnownAttributes.has(attribute.path[0] ?? "") ||
    ["plugin_impl", "plugin_interface", "host_interface"].includes(attribute.path.at(-1) ?? "")
    ? []
    : [attribute.path];
}

/** What an attribute's item is called; an impl block's type. */
function subjectOf(item: Item): readonly string[] {
  return item.kind === "impl" ? item.selfType.text.split(/\W+/u) : [item.name];
}

function wordsOf(tokens: readonly Token[]): string[] {
  const names = tokens.filter(({ kind }) => kind === "identifier");
  return [...new Set(names.map(({ text }) => plainName(text)))];
}

interface MentionedPath {
  readonly path: readonly string[];
  /** Followed by `!`; else an attribute. */
  readonly isCall: boolean;
}

/** Macro calls and attributes in a macro's text; `$crate` is its own crate. */
function pathsIn(tokens: readonly Token[]): MentionedPath[] {
  const found: MentionedPath[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const isAttribute = tokens[at]?.text === "#" && tokens[at + 1]?.text === "[";
    const from = isAttribute ? at + 2 : at;
    const { path, next } = pathAt(tokens, from);
    const isCall = tokens[next]?.text === "!" && tokens[next + 1]?.kind === "open";
    if (path.length > 0 && (isAttribute || isCall)) {
      found.push({ path, isCall });
    }
    at = Math.max(at, next - 1);
  }
  return found;
}

function pathAt(tokens: readonly Token[], from: number): { path: string[]; next: number } {
  const path: string[] = [];
  let at = from;
  if (tokens[at]?.text === "$" && tokens[at + 1]?.text === "crate") {
    at += 1;
  }
  for (;;) {
    const token = tokens[at];
    if (token?.kind !== "identifier") {
      return { path, next: at };
    }
    path.push(plainName(token.text));
    at += 1;
    if (tokens[at]?.text !== ":" || tokens[at + 1]?.text !== ":") {
      return { path, next: at };
    }
    at += 2;
  }
}
