// An item with the name that a macro of Fidius gives the client beside a trait.

import type { CrateSources } from "../../../rust/fidius/crateCheck.ts";
import type { FoundInterface } from "../../../rust/fidius/interfaces.ts";
import { isConditional } from "../../../rust/syntax/items/attributes.ts";
import { hostExample } from "../../source/examples/hostExample.ts";
import type { ReportAt, SourceRule } from "../../sourceRule.ts";

const kinds: ReadonlySet<string> = new Set(["struct", "enum", "union", "alias", "trait", "module"]);

export const hostClientNameCollision: SourceRule = {
  id: "host-client-name-collision",
  severity: "error",
  word: "rustc",
  page: {
    finds:
      "A type beside an interface or a host interface that is called as the macro calls its client: `ToolClient` beside `Tool`, `HostClient` or `HostBinding` beside the host interface `Host`.",
    why: "The name is there twice. rustc says E0428, and then errors inside of generated code. The client of an interface is made with the feature `host` only, so that a plugin builds and its host does not.",
    bad: `${hostExample()}\npub struct HostClient;\n`,
    good: `${hostExample()}\npub struct Client;\n`,
    isLinkedOnly: true,
    limits:
      "Of an interface it is said where the build enables the crate's feature `host`. Silent about items under a `cfg`.",
  },
  crate: (sources, report) => {
    const { interfaces, hostInterfaces, names } = sources;
    for (const found of interfaces) {
      if (names.featuresOf(found.module.crate.node.id).has("host")) {
        check(sources, found, ["Client"], report);
      }
    }
    for (const found of hostInterfaces) {
      check(sources, found, ["Client", "Binding"], report);
    }
  },
};

function check(
  { names }: CrateSources,
  { module, placed: trait }: FoundInterface,
  suffixes: readonly string[],
  report: ReportAt,
): void {
  for (const suffix of suffixes) {
    const name = `${trait.item.name}${suffix}`;
    for (const placed of module.named(name)) {
      if (kinds.has(placed.item.kind) && !isConditional(placed.item)) {
        report(placed, placed.item.nameSpan, sentence(name, trait.item.name, "E0428"));
      }
    }
    for (const { leaf, placed } of module.imports(name)) {
      const isType = names.target(leaf, module, "type")?.kind === "item";
      if (isType && !isConditional(placed.item)) {
        report(placed, leaf, sentence(name, trait.item.name, "E0255"));
      }
    }
  }
}

function sentence(name: string, trait: string, error: string): string {
  return `Fidius' macro makes a type \`${name}\` beside \`${trait}\`, so the name is there twice (${error}). Rename this one, or move it to another module.`;
}
