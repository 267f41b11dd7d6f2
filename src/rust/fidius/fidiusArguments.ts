// The arguments of `#[plugin_interface(…)]` and `#[plugin_impl(…)]`, and the helper attributes on methods (reference 2.1).

import type { BufferStrategy } from "../../model/schema/schema.ts";
import { entryText, readEntries, type MetaEntry } from "../syntax/items/attributes.ts";
import type { Attribute, Fragment, FunctionItem, TypeSource } from "../syntax/items/items.ts";

/** `crate = "…"`: the path and the place of its string. */
export interface CrateArgument extends Fragment {
  readonly path: string;
}

export interface InterfaceArguments {
  readonly version: number;
  readonly buffer: BufferStrategy;
  readonly crate: CrateArgument | null;
}

export interface ImplArguments {
  /** The trait's identifier, the first argument. */
  readonly traitName: string | null;
  readonly buffer: BufferStrategy;
  readonly crate: CrateArgument | null;
  readonly config: TypeSource | null;
}

export function interfaceArguments(attribute: Attribute): InterfaceArguments {
  const entries = readEntries(attribute.arguments);
  const version = Number.parseInt(valueOf(entries, "version").replaceAll("_", ""), 10);
  return {
    version: Number.isNaN(version) ? 0 : version,
    buffer: bufferOf(entries),
    crate: crateOf(entries),
  };
}

/** `chunkText` is the text that the attribute's offsets count in. */
export function implArguments(attribute: Attribute, chunkText: string): ImplArguments {
  const entries = readEntries(attribute.arguments);
  const [first] = entries;
  const isName = first?.value.length === 0 && first.nested === null;
  return {
    traitName: isName ? (first.name.split("::").at(-1) ?? null) : null,
    buffer: bufferOf(entries),
    crate: crateOf(entries),
    config: configOf(entries, chunkText),
  };
}

/** `#[optional(since = N)]`; without `since` the macro counts the method as required (reference 2.5). */
export function optionalMark(method: FunctionItem): "none" | "optional" | "empty" {
  const attribute = method.attributes.find(({ path }) => path.join("::") === "optional");
  if (attribute === undefined) {
    return "none";
  }
  const hasSince = readEntries(attribute.arguments).some(({ name }) => name === "since");
  return hasSince ? "optional" : "empty";
}

/** `#[wire(raw)]`. */
export function isRaw(method: FunctionItem): boolean {
  return method.attributes.some(
    ({ path, arguments: tokens }) =>
      path.join("::") === "wire" && tokens.some(({ text }) => text === "raw"),
  );
}

function valueOf(entries: readonly MetaEntry[], name: string): string {
  return entries.find((entry) => entry.name === name)?.value[0]?.text ?? "";
}

function bufferOf(entries: readonly MetaEntry[]): BufferStrategy {
  return valueOf(entries, "buffer") === "Arena" ? "Arena" : "PluginAllocated";
}

function crateOf(entries: readonly MetaEntry[]): CrateArgument | null {
  const entry = entries.find(({ name }) => name === "crate");
  const path = entry === undefined ? null : entryText(entry);
  const token = entry?.value[0];
  return path === null || token === undefined ? null : { path, start: token.start, end: token.end };
}

function configOf(entries: readonly MetaEntry[], chunkText: string): TypeSource | null {
  const value = entries.find(({ name }) => name === "config")?.value ?? [];
  const start = value[0]?.start;
  const end = value.at(-1)?.end;
  return start === undefined || end === undefined
    ? null
    : { text: chunkText.slice(start, end), start, end };
}
