// Where another crate finds an interface: the trait, and the module `__fidius_…` that Fidius' macro makes beside it.

import type { InterfaceSchema } from "../model/plugin.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Module } from "../rust/names/modules/modules.ts";
import type { Names } from "../rust/names/names.ts";
import { PublicPlaces } from "./publicPlaces.ts";

/** Paths of the modules that have the two, with the crate's name. */
export interface InterfaceReach {
  readonly trait: string;
  readonly companion: string;
}

/** The reach from `viewer`, a module of another crate; the error is a sentence that says what keeps the interface inside. */
export function interfaceReach(
  { id, name, crate }: InterfaceSchema,
  names: Names,
  viewer: Module,
): Result<InterfaceReach, string> {
  const [codeName = "", ...inside] = id.split("::").slice(0, -1);
  const node = [...names.graph.crates.values()].find(
    ({ info }) => info.manifestPath === crate.manifestPath && info.target === undefined,
  );
  const root = node && names.crate(node.id)?.root;
  const home = inside.reduce<Module | null | undefined>(
    (module, part) => module?.child(part),
    root,
  );
  if (!root || !home) {
    return err(`${id} cannot be used in another crate: its module is not known.`);
  }
  const places = new PublicPlaces(names, root, viewer);
  const isOurs = (definition: { readonly module?: Module; readonly kind: string }): boolean =>
    (definition.kind === "item" || definition.kind === "companion") && definition.module === home;
  const traits = places.modulesWith(name, isOurs);
  const companions = places.modulesWith(`__fidius_${name}`, isOurs);
  const [trait] = traits;
  const [companion] = companions;
  const full = (path: string): string => (path === "" ? codeName : `${codeName}::${path}`);
  if (trait === undefined || companion === undefined) {
    return err(reasonOf(full, { id, name, home, trait }));
  }
  const both = traits.find((path) => companions.includes(path));
  return ok({ trait: full(both ?? trait), companion: full(both ?? companion) });
}

interface KeptInside {
  readonly id: string;
  readonly name: string;
  readonly home: Module;
  /** Where the trait alone is found. */
  readonly trait: string | undefined;
}

function reasonOf(full: (path: string) => string, { id, name, home, trait }: KeptInside): string {
  const hidden = privateModuleAbove(home);
  if (hidden === undefined) {
    return `${id} cannot be used in another crate: the trait is not public. Write pub trait ${name}.`;
  }
  const reason =
    trait === undefined
      ? `its module ${hidden.name} is private, and nothing public re-exports it`
      : `${full(trait)} re-exports it from the private module ${hidden.name}, but without __fidius_${name}, the module beside it that plugins and hosts need`;
  return `${id} cannot be used in another crate: ${reason}. Write pub mod ${hidden.name}, or re-export both where others see them, by pub use ${hidden.inside}::{${name}, __fidius_${name}}.`;
}

/** The outermost module around `home`, itself included, that its parent keeps to itself; `inside` is the path from that parent. */
export function privateModuleAbove(
  home: Module,
): { readonly name: string; readonly inside: string } | undefined {
  const above: Module[] = [];
  for (let module: Module | null = home; module !== null; module = module.parent) {
    above.unshift(module);
  }
  const place = above.findIndex(
    ({ parent, name }) =>
      parent
        ?.named(name)
        .some(({ item }) => item.kind === "module" && item.visibility !== "public") === true,
  );
  const found = above[place];
  return found === undefined
    ? undefined
    : {
        name: found.name,
        inside: above
          .slice(place)
          .map(({ name }) => name)
          .join("::"),
      };
}
