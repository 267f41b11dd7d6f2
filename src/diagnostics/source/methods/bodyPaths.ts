// The paths that a body calls by, followed to the crates that they begin at, each with what stands around it.

import type { CrateSources } from "../../../rust/fidius/crateCheck.ts";
import { PathFollower } from "../../../rust/fidius/runtimePaths.ts";
import type { Module } from "../../../rust/names/modules/modules.ts";
import { bodyReferences, type PathReference } from "../../../rust/syntax/bodyReferences.ts";
import type { Fragment, FunctionItem } from "../../../rust/syntax/items/items.ts";
import { BodyTokens } from "./bodyTokens.ts";

/** A function's body; offsets count as the function's own. */
export interface FunctionBody {
  readonly body: BodyTokens;
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
const bodies = new WeakMap<CrateSources, Map<FunctionItem, FunctionBody>>();

/** The body of a function in `module`; empty for one without. */
export function bodyOf(sources: CrateSources, module: Module, item: FunctionItem): FunctionBody {
  const ofCrate = bodies.get(sources) ?? new Map<FunctionItem, FunctionBody>();
  bodies.set(sources, ofCrate);
  const known = ofCrate.get(item);
  const read = known ?? readBody(sources, module, item);
  ofCrate.set(item, read);
  return read;
}

function readBody(sources: CrateSources, module: Module, item: FunctionItem): FunctionBody {
  const body = new BodyTokens(item.body?.text ?? "", item.body?.start ?? 0);
  const byEnd = new Map(body.tokens.map(({ end }, index) => [end, index]));
  const paths = bodyReferences(item).paths.flatMap((reference) => {
    const first = body.indexAt(reference.start);
    const last = byEnd.get(reference.end);
    const path = crateOf(sources, module, item, reference);
    return first === undefined || last === undefined || path === undefined
      ? []
      : [{ path: path.join("::"), fragment: reference, first, next: last + 1 }];
  });
  return { body, paths };
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
