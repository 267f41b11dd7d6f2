// The methods of an impl block beside those of its interface.

import { methodsByName, traitMethods, type TraitMethod } from "../../../rust/fidius/interfaces.ts";
import { fidiusRelease, macroRules } from "../../../rust/fidius/fidiusRelease.ts";
import type { FoundInterface } from "../../../rust/fidius/interfaces.ts";
import type { FunctionItem } from "../../../rust/syntax/items/items.ts";
import { nearestName } from "../nearestName.ts";
import type { ImplSubject } from "../subjects.ts";

/** An impl block whose interface is known. */
export interface ImplOfInterface {
  readonly interface: FoundInterface;
  /** As the macros of the interface's own crate read them. */
  readonly methods: readonly TraitMethod[];
  /** Those that the impl block lacks, and that none of its own methods is meant to be. */
  readonly missing: readonly TraitMethod[];
  /** The impl block's methods with the trait's of the same name. */
  readonly pairs: readonly { readonly own: FunctionItem; readonly declared: TraitMethod }[];
  /** The impl block's methods that the trait lacks, with the one that is likely meant. */
  readonly strangers: readonly {
    readonly own: FunctionItem;
    readonly meant: string | undefined;
  }[];
}

const known = new WeakMap<ImplSubject, ImplOfInterface | null>();

/** The impl block and its interface; null where that is not known. */
export function implOfInterface(subject: ImplSubject): ImplOfInterface | null {
  const before = known.get(subject);
  if (before !== undefined) {
    return before;
  }
  const found = subject.interface === undefined ? null : compare(subject, subject.interface);
  known.set(subject, found);
  return found;
}

function compare(subject: ImplSubject, found: FoundInterface): ImplOfInterface {
  const { graph } = subject.sources.names;
  const rules = macroRules(fidiusRelease(graph, found.module.crate.node));
  const methods = traitMethods(found.placed.item, rules);
  const byName = methodsByName(methods);
  const ownNames = new Set(subject.methods.map(({ name }) => name));
  // Of a method under a `cfg` that does not hold another rule speaks.
  const { configuration } = found.module.crate;
  const absent = methods.filter(
    ({ item }) => !ownNames.has(item.name) && configuration.verdict(item.attributes) !== false,
  );
  const absentNames = absent.map(({ item }) => item.name);
  const strangers = subject.methods
    .filter(({ name }) => !byName.has(name))
    .map((own) => ({ own, meant: nearestName(own.name, absentNames) }));
  const meant = new Set(strangers.map((stranger) => stranger.meant));
  return {
    interface: found,
    methods,
    missing: absent.filter(({ item }) => !meant.has(item.name)),
    pairs: subject.methods.flatMap((own) => {
      const declared = byName.get(own.name);
      return declared === undefined ? [] : [{ own, declared }];
    }),
    strangers,
  };
}
