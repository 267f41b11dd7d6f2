// Where a method of an interface is written: in its trait and in every impl block of the open folders, whatever crate they are in.

import { tokenizeRust, type RustToken } from "../../abi/rustTokens.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import type { InterfaceFacts, PluginFacts } from "../../rust/fidius/facts.ts";
import { offsetAt } from "../minimalEdit.ts";
import { interfaceOf, pluginsOf, type FidiusPlace } from "../syntax/fidiusPlaces.ts";

/** A method in one text. */
export interface MethodSite {
  readonly file: string;
  readonly text: string;
  readonly method: MethodSchema;
  /** Its tokens from the visibility on, attributes and doc comments left out. */
  readonly tokens: readonly RustToken[];
  /** Index of its name among them. */
  readonly name: number;
}

/** A method with all that is written of it. */
export interface MethodEverywhere {
  readonly facts: InterfaceFacts;
  readonly trait: MethodSite;
  readonly impls: readonly { readonly plugin: PluginFacts; readonly site: MethodSite }[];
}

/** The method at a place; undefined where one of its texts is not the user's to change, or is a macro's. */
export function methodEverywhere(
  place: FidiusPlace | undefined,
  snapshot: ProjectSnapshot,
): MethodEverywhere | undefined {
  if (place?.kind !== "interfaceMethod" && place?.kind !== "pluginMethod") {
    return undefined;
  }
  const facts = place.kind === "interfaceMethod" ? place.facts : interfaceOf(snapshot, place.facts);
  if (facts === undefined || !snapshot.rust.interfaces.includes(facts)) {
    return undefined;
  }
  const { name } = place.method;
  const declared = facts.schema.methods.find((method) => method.name === name);
  const trait = declared && siteOf(declared, snapshot);
  if (trait === undefined || isPartlyLeftOut(facts, snapshot)) {
    return undefined;
  }
  const impls = pluginsOf(snapshot, facts.schema.id).flatMap((plugin) => {
    const own = plugin.schema.methods.find((method) => method.name === name);
    return own === undefined ? [] : [{ plugin, site: siteOf(own, snapshot) }];
  });
  const written = impls.flatMap(({ plugin, site }) =>
    site === undefined ? [] : [{ plugin, site }],
  );
  return written.length === impls.length ? { facts, trait, impls: written } : undefined;
}

/** An impl block that `cfg` leaves out is not known well enough to change along. */
function isPartlyLeftOut({ schema }: InterfaceFacts, { rust, model }: ProjectSnapshot): boolean {
  return (
    rust.leftOut.some(
      ({ kind, interfaceName }) => kind === "plugin" && interfaceName === schema.name,
    ) ||
    model.plugins.some(
      ({ interfaceId, library }) =>
        interfaceId === schema.id && library !== undefined && library.file === undefined,
    )
  );
}

function siteOf(method: MethodSchema, { files }: ProjectSnapshot): MethodSite | undefined {
  const { file } = method.nameSpan;
  const text = files.read(file);
  if (text === undefined) {
    return undefined;
  }
  const start = offsetAt(text, method.fullSpan.start);
  const end = offsetAt(text, method.fullSpan.end);
  const nameStart = offsetAt(text, method.nameSpan.start);
  const all = tokenizeRust(text.slice(0, end), Infinity, start);
  const tokens = withoutAttributes(all);
  const name = tokens.findIndex((token) => token.start === nameStart);
  return tokens[name]?.text === method.name && tokens[name - 1]?.text === "fn"
    ? { file, text, method, tokens, name }
    : undefined;
}

function withoutAttributes(tokens: readonly RustToken[]): readonly RustToken[] {
  let at = 0;
  for (;;) {
    if (tokens[at]?.kind === "doc") {
      at += 1;
    } else if (tokens[at]?.text === "#" && tokens[at + 1]?.text === "[") {
      at = closing(tokens, at + 1) + 1;
    } else {
      return tokens.slice(at);
    }
  }
}

/** Index of the token that closes the group at `open`. */
export function closing(tokens: readonly RustToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const kind = tokens[at]?.kind;
    depth += kind === "open" ? 1 : kind === "close" ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return tokens.length;
}
