// Values for arguments of Fidius' attributes that the code around them and the project know.

import type { MetadataEntry } from "../../model/libraryReport.ts";
import { ownerCrate } from "../syntax/ownerCrate.ts";
import type { TokenPlace } from "../syntax/sourceTokens.ts";
import type { CompletionContext } from "./completionContext.ts";

/** Tokens behind the place among which the impl block is looked for. */
const nearTokens = 200;

/** Values of one kind that are offered. */
const mostValues = 100;

/** The impl block that the attribute at the place stands on. */
export function followingImpl({ tokens, before }: TokenPlace): {
  readonly trait: string | undefined;
  /** What the type's `configure` takes. */
  readonly configType: string | undefined;
} {
  const behind = tokens.slice(before.length, before.length + nearTokens);
  const start = behind.findIndex(({ text }) => text === "impl");
  const item = behind.findIndex(({ text }) => ["trait", "fn", "struct", "enum"].includes(text));
  if (start < 0 || (item >= 0 && item < start)) {
    return { trait: undefined, configType: undefined };
  }
  const end = behind.findIndex(({ text }, index) => index > start && text === "for");
  const trait = end < 0 ? undefined : behind[end - 1];
  const type = end < 0 ? undefined : behind[end + 1];
  const configure = tokens.findIndex(
    ({ text }, index) => text === "configure" && tokens[index - 1]?.text === "fn",
  );
  const isOf = type !== undefined && implOf(tokens.slice(0, configure)) === type.text;
  const argument = tokens.slice(configure + 1, configure + 6);
  const colon = argument.findIndex(({ text }) => text === ":");
  const config = configure < 0 || colon < 0 || !isOf ? undefined : argument[colon + 1];
  return {
    trait: trait?.kind === "identifier" ? trait.text : undefined,
    configType: config?.kind === "identifier" ? config.text : undefined,
  };
}

/** The type of the last inherent impl block that begins in the tokens. */
function implOf(tokens: TokenPlace["tokens"]): string | undefined {
  const at = tokens.findLastIndex(({ text }) => text === "impl");
  return tokens[at + 2]?.text === "{" ? tokens[at + 1]?.text : undefined;
}

/** The names of the interfaces that the file's crate can reach. */
export function reachableTraits({ snapshot, place }: CompletionContext): readonly string[] {
  const { graph, model } = snapshot;
  const crate = ownerCrate(graph, place.file);
  if (crate === undefined) {
    return [];
  }
  const manifests = new Set([
    crate.info.manifestPath,
    ...crate.dependencies.flatMap(({ crateId }) =>
      crateId === null ? [] : (graph.crates.get(crateId)?.info.manifestPath ?? []),
    ),
  ]);
  return [...model.interfaces, ...(model.dependencyInterfaces ?? [])]
    .filter((each) => manifests.has(each.crate.manifestPath))
    .slice(0, mostValues)
    .map(({ name }) => name);
}

/** Keys of metadata that interfaces of the open folders use. */
export function metadataKeys(
  attribute: string,
  { snapshot }: CompletionContext,
): readonly string[] {
  const entries: readonly MetadataEntry[] = snapshot.model.interfaces.flatMap(
    ({ metadata = [], methods }) =>
      attribute === "trait_meta" ? metadata : methods.flatMap((method) => method.metadata ?? []),
  );
  return [...new Set(entries.map(({ key }) => key))].slice(0, mostValues);
}
