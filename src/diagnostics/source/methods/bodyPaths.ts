// The paths that a body calls by, followed to the crates that they begin at, each with what stands around it.

import { tokenizeRust, type RustToken } from "../../../abi/rustTokens.ts";
import type { CrateSources } from "../../../rust/fidius/crateCheck.ts";
import { PathFollower } from "../../../rust/fidius/runtimePaths.ts";
import type { Module } from "../../../rust/names/modules/modules.ts";
import { bodyReferences, type PathReference } from "../../../rust/syntax/bodyReferences.ts";
import type { Fragment, FunctionItem } from "../../../rust/syntax/items/items.ts";

/** A body's tokens; offsets count as the function's own. */
export interface Body {
  readonly tokens: readonly RustToken[];
  readonly paths: readonly BodyPath[];
}

export interface BodyPath {
  /** From the crate on, `use` renames followed: `tokio::spawn`, `std::thread::sleep`. */
  readonly path: string;
  readonly fragment: Fragment;
  /** Index of its first token. */
  readonly first: number;
  /** Index of the token behind it. */
  readonly next: number;
}

const followers = new WeakMap<CrateSources, PathFollower>();
/** What a path means depends on other files too, so that bodies are kept for one look at a crate only. */
const bodies = new WeakMap<CrateSources, Map<FunctionItem, Body>>();

/** The body of a function in `module`; empty for one without. */
export function bodyOf(sources: CrateSources, module: Module, item: FunctionItem): Body {
  const ofCrate = bodies.get(sources) ?? new Map<FunctionItem, Body>();
  bodies.set(sources, ofCrate);
  const known = ofCrate.get(item);
  const body =
    known ?? (item.body === null ? { tokens: [], paths: [] } : readBody(sources, module, item));
  ofCrate.set(item, body);
  return body;
}

function readBody(sources: CrateSources, module: Module, item: FunctionItem): Body {
  const base = item.body?.start ?? 0;
  const tokens = tokenizeRust(item.body?.text ?? "").map((token) => ({
    ...token,
    start: token.start + base,
    end: token.end + base,
  }));
  const byStart = new Map(tokens.map(({ start }, index) => [start, index]));
  const byEnd = new Map(tokens.map(({ end }, index) => [end, index]));
  const paths = bodyReferences(item).paths.flatMap((reference) => {
    const first = byStart.get(reference.start);
    const last = byEnd.get(reference.end);
    const path = crateOf(sources, module, item, reference);
    return first === undefined || last === undefined || path === undefined
      ? []
      : [{ path: path.join("::"), fragment: reference, first, next: last + 1 }];
  });
  return { tokens, paths };
}

/** The path from its crate on; undefined for what begins in this crate or cannot be followed. */
function crateOf(
  sources: CrateSources,
  module: Module,
  item: FunctionItem,
  { segments, isGlobal }: PathReference,
): readonly string[] | undefined {
  const { uses } = bodyReferences(item);
  const follower = followers.get(sources) ?? new PathFollower(sources.names);
  followers.set(sources, follower);
  const followed = follower.follow(segments, isGlobal, module, uses);
  if (followed?.kind === "runtime") {
    return followed.path;
  }
  const local = uses.find(({ binding }) => binding === segments[0]);
  const full = local === undefined ? segments : [...local.path, ...segments.slice(1)];
  // A constructor such as `Mutex::new` is a member of a type, which names do not follow: the type is what counts.
  return [full.length, full.length - 1]
    .filter((length) => length > 0)
    .map((length) => foundPath(sources, module, full, { isGlobal, length }))
    .find((path) => path !== undefined);
}

function foundPath(
  { names }: CrateSources,
  module: Module,
  full: readonly string[],
  { isGlobal, length }: { readonly isGlobal: boolean; readonly length: number },
): readonly string[] | undefined {
  const namespace = length === full.length && length > 1 ? "value" : "type";
  const segments = full.slice(0, length);
  const found = names.resolve({ segments, isGlobal, module, namespace });
  const rest = full.slice(length);
  if (found?.kind === "std") {
    return ["std", ...found.path, ...rest];
  }
  return found?.kind === "external"
    ? [found.origin.dependency.packageName.replaceAll("-", "_"), ...found.path, ...rest]
    : undefined;
}

/** Index of the token that closes the group which opens at `open`. */
export function closeOf(tokens: readonly RustToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    depth += tokens[at]?.kind === "open" ? 1 : tokens[at]?.kind === "close" ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return tokens.length - 1;
}

/** Indices of the tokens that open the groups around a token, innermost first. */
export function groupsAround(tokens: readonly RustToken[], index: number): readonly number[] {
  const open: number[] = [];
  let depth = 0;
  for (let at = index - 1; at >= 0; at--) {
    const kind = tokens[at]?.kind;
    if (kind === "close") {
      depth += 1;
    } else if (kind === "open") {
      if (depth === 0) {
        open.push(at);
      } else {
        depth -= 1;
      }
    }
  }
  return open;
}

/** What moves its closure to a thread where blocking is fine. */
const blockingPlaces: ReadonlySet<string> = new Set(["spawn_blocking", "block_in_place"]);

/** Whether the token stands in a closure for a thread of its own, or for one where blocking is fine. */
export function runsElsewhere({ tokens }: Body, index: number): boolean {
  return groupsAround(tokens, index).some((open) => {
    const name = tokens[open - 1];
    const isCall = tokens[open]?.text === "(" && name?.kind === "identifier";
    const inside = tokens[open + 1]?.text;
    const isClosure = inside === "|" || (inside === "move" && tokens[open + 2]?.text === "|");
    return (
      isCall &&
      (blockingPlaces.has(name.text) ||
        (isClosure && ["spawn", "spawn_scoped"].includes(name.text)))
    );
  });
}

/** Index of the token that the statement around a token begins with. */
export function statementStart({ tokens }: Body, index: number): number {
  let depth = 0;
  for (let at = index - 1; at >= 0; at--) {
    const { kind, text } = tokens[at] ?? { kind: "punctuation", text: ";" };
    if (depth === 0 && (text === ";" || kind === "open")) {
      return at + 1;
    }
    if (depth === 0 && text === "}" && isEndOfStatement(tokens, at)) {
      return at + 1;
    }
    depth += kind === "close" ? 1 : kind === "open" ? -1 : 0;
  }
  return 0;
}

/** A `}` that no method call or operator goes on from. */
function isEndOfStatement(tokens: readonly RustToken[], close: number): boolean {
  const next = tokens[close + 1];
  return next === undefined || next.kind === "identifier" || next.kind === "close";
}

/** Index of the `;` or the closing token that ends the statement around a token. */
export function statementEnd({ tokens }: Body, index: number): number {
  let depth = 0;
  for (let at = index; at < tokens.length; at++) {
    const { kind, text } = tokens[at] ?? { kind: "punctuation", text: ";" };
    if (depth === 0 && (text === ";" || kind === "close")) {
      return at;
    }
    depth += kind === "open" ? 1 : kind === "close" ? -1 : 0;
  }
  return tokens.length;
}
