// What the `macro_rules!` of a crate, and those that it takes from others, make of their calls between items: traits, types, impl
// blocks, modules. Macros are found by way of what stands in the text, so that looking for one never asks what another makes.

import { matchGroups, type RustToken } from "../../abi/rustTokens.ts";
import type { CrateId } from "../../model/crateGraph.ts";
import { matchRule } from "../macros/matchRule.ts";
import { readRules, type MacroRule } from "../macros/rules.ts";
import { StepBudget } from "../macros/stepBudget.ts";
import { transcribe } from "../macros/transcribe.ts";
import type { MacroItem, UseLeaf } from "../syntax/items/items.ts";
import { readItems } from "../syntax/items/readItems.ts";
import { TokenCursor, tokenText, type TokenText } from "../syntax/items/tokenCursor.ts";
import {
  type Crate,
  type FoundMacro,
  type MacroExpansions,
  type Module,
  type Placed,
} from "./modules/modules.ts";
import { placeItems } from "./modules/moduleContent.ts";
import type { UnexpandedCall } from "./modules/placed.ts";

/** Tokens that the macros of one crate may take in and give out together. */
const crateSteps = 800_000;

/** Of these, what one call may take with all that it calls in turn: the calls beside it are read as ever. */
const callSteps = 200_000;

/** What a macro's text costs beside its tokens. */
const expansionSteps = 30;

/** rustc's own limit is 128, and crates may raise it. */
const deepestExpansion = 512;

/** Aliases of crates by way of one another. */
const longestWay = 16;

/** Items that a call becomes, unless that takes too much work. */
type Made = readonly Placed[] | "tooLarge";

/** How far a call has been followed. */
interface Expansion {
  readonly depth: number;
  readonly budget: StepBudget;
}

/** The macros of one crate in one build. */
export class CrateMacros implements MacroExpansions {
  readonly consulted = new Set<Crate>();
  readonly unexpanded: UnexpandedCall[] = [];
  readonly #crate: Crate;
  readonly #open: (id: CrateId) => Crate | null;
  readonly #budget = new StepBudget(crateSteps);
  readonly #rules = new WeakMap<MacroItem, readonly MacroRule[]>();
  /** By the path in a call; null where there is no such macro. */
  readonly #found = new WeakMap<Module, Map<string, FoundMacro | null>>();
  /** Null where there is no such macro, or while it is looked for. */
  readonly #exports = new Map<string, FoundMacro | null>();
  /** Names that stand for `$crate` of other crates. */
  readonly #crateNames = new Map<string, Crate>();
  #definitions: ReadonlyMap<string, FoundMacro> | null = null;

  constructor(crate: Crate, open: (id: CrateId) => Crate | null) {
    this.#crate = crate;
    this.#open = open;
  }

  itemsOf(module: Module): readonly Placed[] {
    return module.declared.filter(isCall).flatMap((call) => {
      const budget = new StepBudget(callSteps, this.#budget);
      const made = this.#expand(module, call, { depth: 0, budget });
      if (made === "tooLarge") {
        this.#noteUnexpanded(call);
        return [];
      }
      return made;
    });
  }

  crateNamed(name: string): Crate | undefined {
    return this.#crateNames.get(name);
  }

  exported(name: string): FoundMacro | undefined {
    const known = this.#exports.get(name);
    if (known !== undefined) {
      return known ?? undefined;
    }
    this.#exports.set(name, null);
    const found = this.#defined(name) ?? this.#reexported(name);
    this.#exports.set(name, found ?? null);
    return found;
  }

  /** Once the crate's budget is spent, the first call that it did not reach stands for all behind it. */
  #noteUnexpanded(call: Placed<MacroItem>): void {
    const reason = this.#budget.isSpent ? "crate" : "call";
    if (reason === "call" || this.unexpanded.at(-1)?.reason !== "crate") {
      this.unexpanded.push({ reason, call });
    }
  }

  /** What a call becomes in the end; all of it, or nothing. */
  #expand(module: Module, call: Placed<MacroItem>, { depth, budget }: Expansion): Made {
    const macro = call.item.include === null ? this.#find(module, call.item.path) : undefined;
    if (macro === undefined) {
      return [];
    }
    const made = depth < deepestExpansion ? this.#transcribe(macro, call, budget) : "tooLarge";
    if (made === "tooLarge" || budget.isSpent) {
      return "tooLarge";
    }
    const all: Placed[] = [];
    for (const item of made) {
      const inner = isCall(item) ? this.#expand(module, item, { depth: depth + 1, budget }) : [];
      if (inner === "tooLarge") {
        return "tooLarge";
      }
      all.push(item);
      for (const innerItem of inner) {
        all.push(innerItem);
      }
    }
    return all;
  }

  #transcribe({ crate, placed }: FoundMacro, call: Placed<MacroItem>, budget: StepBudget): Made {
    if (!budget.spend(expansionSteps + call.item.content.length)) {
      return "tooLarge";
    }
    const rules = this.#rules.get(placed.item) ?? readRules(sourceOf(placed));
    this.#rules.set(placed.item, rules);
    const input = sourceOf(call);
    for (const { pattern, body } of rules) {
      const bindings = matchRule(pattern, new TokenCursor(input), budget);
      if (bindings !== undefined) {
        const name = this.#nameOf(crate);
        const { text, segments } = transcribe(body, bindings, name, budget);
        const items = budget.isSpent ? [] : readItems(new TokenCursor(tokenText(text)));
        const end = text.length;
        const chunk = { base: 0, text, items, start: 0, end, error: null, tooDeepAt: null };
        const place = { file: call.file, chunk, origin: { call, segments } };
        return placeItems(this.#crate, items, place);
      }
    }
    return [];
  }

  /** What `$crate` is written as: a name of its own, because the crate may be no dependency of this one. */
  #nameOf(crate: Crate): string {
    if (crate === this.#crate) {
      return "crate";
    }
    const known = [...this.#crateNames].find(([, other]) => other === crate);
    const name = known?.[0] ?? `__dollar_crate_${String(this.#crateNames.size)}`;
    this.#crateNames.set(name, crate);
    return name;
  }

  #find(module: Module, path: readonly string[]): FoundMacro | undefined {
    const found = this.#found.get(module) ?? new Map<string, FoundMacro | null>();
    this.#found.set(module, found);
    const key = path.join("::");
    const known = found.get(key);
    if (known !== undefined) {
      return known ?? undefined;
    }
    const macro = this.#lookUp(module, path);
    found.set(key, macro ?? null);
    return macro;
  }

  #lookUp(module: Module, path: readonly string[]): FoundMacro | undefined {
    const name = path.at(-1) ?? "";
    const [first = ""] = path;
    if (path.length > 1) {
      const owner = this.#crateOf(module, first === "" ? (path[1] ?? "") : first, 0);
      return owner && this.#exportedBy(owner, name);
    }
    return (
      textual(module, name, this.#crate) ??
      this.#imported(module, name) ??
      this.#fromExternCrates(name)
    );
  }

  #exportedBy(owner: Crate, name: string): FoundMacro | undefined {
    this.consulted.add(owner);
    return owner.macros?.exported(name);
  }

  /** `use framework::make;` in the module or around its body. */
  #imported(module: Module, name: string): FoundMacro | undefined {
    for (const { leaf } of module.declaredLeaves) {
      const found = this.#throughUse(module, leaf, name);
      if (found !== undefined) {
        return found;
      }
    }
    return module.isBody && module.parent !== null
      ? this.#imported(module.parent, name)
      : undefined;
  }

  #throughUse(
    module: Module,
    { path, isGlob, binding }: UseLeaf,
    name: string,
  ): FoundMacro | undefined {
    if (!isGlob && binding !== name) {
      return undefined;
    }
    const owner = this.#crateOf(module, path[0] ?? "", 0);
    return owner && this.#exportedBy(owner, isGlob ? name : (path.at(-1) ?? name));
  }

  /** The crate in which a path begins. */
  #crateOf(module: Module, first: string, way: number): Crate | undefined {
    if (["crate", "self", "super", "$crate"].includes(first)) {
      return this.#crate;
    }
    const written = this.#crateNames.get(first);
    const opened = written ?? this.#dependency(first);
    if (opened !== undefined) {
      return opened;
    }
    const alias = [...module.declaredLeaves, ...(this.#crate.root?.declaredLeaves ?? [])].find(
      ({ leaf }) => !leaf.isGlob && leaf.binding === first && leaf.path[0] !== first,
    );
    if (alias !== undefined && way <= longestWay) {
      return this.#crateOf(module, alias.leaf.path[0] ?? "", way + 1);
    }
    const isModule = module.declaredAs(first).some(({ item }) => item.kind === "module");
    return isModule ? this.#crate : this.#externAlias(first);
  }

  #dependency(name: string): Crate | undefined {
    for (const { codeName, kind, crateId } of this.#crate.node.dependencies) {
      const opened =
        codeName === name && kind === "normal" && crateId !== null ? this.#open(crateId) : null;
      if (opened !== null) {
        return opened;
      }
    }
    return undefined;
  }

  /** `extern crate framework as f;`. */
  #externAlias(name: string): Crate | undefined {
    for (const { item } of this.#crate.root?.declaredAs(name) ?? []) {
      if (item.kind === "externCrate" && item.crateName !== name) {
        return this.#dependency(item.crateName);
      }
    }
    return undefined;
  }

  /** `#[macro_use] extern crate framework;`. */
  #fromExternCrates(name: string): FoundMacro | undefined {
    for (const { item } of this.#crate.root?.declared ?? []) {
      if (item.kind === "externCrate" && isMacroUse(item.attributes)) {
        const owner = this.#dependency(item.crateName);
        const found = owner && this.#exportedBy(owner, name);
        if (found !== undefined) {
          return found;
        }
      }
    }
    return undefined;
  }

  #defined(name: string): FoundMacro | undefined {
    this.#definitions ??= definitionsIn(this.#crate);
    return this.#definitions.get(name);
  }

  #reexported(name: string): FoundMacro | undefined {
    for (const module of declaredModules(this.#crate)) {
      for (const { leaf } of module.declaredLeaves) {
        const isPublic = leaf.isGlob || leaf.binding === name;
        const owner = isPublic ? this.#crateOf(module, leaf.path[0] ?? "", 0) : undefined;
        const wanted = leaf.isGlob ? name : (leaf.path.at(-1) ?? name);
        const found =
          owner === undefined || owner === this.#crate
            ? undefined
            : this.#exportedBy(owner, wanted);
        if (found !== undefined) {
          return found;
        }
      }
    }
    return undefined;
  }
}

/** As `macro_rules!` are seen: from the module outwards, with what `#[macro_use]` modules hand on. */
function textual(module: Module, name: string, crate: Crate): FoundMacro | undefined {
  for (let around: Module | null = module; around !== null; around = around.parent) {
    const found = inScope(around, name, crate);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function inScope(module: Module, name: string, crate: Crate): FoundMacro | undefined {
  const own = module.declaredAs(name).findLast(isDefinition);
  if (own !== undefined) {
    return { crate, placed: own };
  }
  for (const { item } of module.declared) {
    if (item.kind === "module" && isMacroUse(item.attributes)) {
      const child = module.child(item.name);
      const found = child && inScope(child, name, crate);
      if (found !== undefined) {
        return found;
      }
    }
  }
  return undefined;
}

/** Of several macros of one name those that are exported come first. */
function definitionsIn(crate: Crate): ReadonlyMap<string, FoundMacro> {
  const found = new Map<string, FoundMacro>();
  const exported = new Set<string>();
  for (const module of declaredModules(crate)) {
    for (const placed of module.declared.filter(isDefinition)) {
      const { name, attributes } = placed.item;
      const isExported = attributes.some(({ path }) => path.join() === "macro_export");
      if (!found.has(name) || (isExported && !exported.has(name))) {
        found.set(name, { crate, placed });
      }
      if (isExported) {
        exported.add(name);
      }
    }
  }
  return found;
}

function declaredModules({ root }: Crate): readonly Module[] {
  const modules: Module[] = root === null ? [] : [root];
  for (const module of modules) {
    modules.push(...module.declaredChildren());
  }
  return modules;
}

function isCall(placed: Placed): placed is Placed<MacroItem> {
  return placed.item.kind === "macroCall";
}

function isDefinition(placed: Placed): placed is Placed<MacroItem> {
  return placed.item.kind === "macroDefinition";
}

function isMacroUse(attributes: MacroItem["attributes"]): boolean {
  return attributes.some(({ path }) => path.join() === "macro_use");
}

/** The tokens between a macro's brackets; doc comments as the attributes that macros see in their place. */
function sourceOf({ item, chunk }: Placed<MacroItem>): TokenText {
  const tokens = item.content.flatMap((token): readonly RustToken[] =>
    token.kind === "doc" ? docAttribute(token) : [token],
  );
  return { text: chunk.text, tokens, partners: matchGroups(tokens) };
}

function docAttribute({ text, start, end }: RustToken): readonly RustToken[] {
  const content = text.startsWith("/**") ? text.slice(3, -2) : text.slice(3);
  const token = (kind: RustToken["kind"], part: string): RustToken => {
    return { kind, text: part, start, end };
  };
  return [
    token("punctuation", "#"),
    token("open", "["),
    token("identifier", "doc"),
    token("punctuation", "="),
    token("literal", JSON.stringify(content)),
    token("close", "]"),
  ];
}
