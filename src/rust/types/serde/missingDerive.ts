// A type that derives serde's traits in part, or under a name that nothing brings into the module. It counts as if its author
// had written the rest already.

import { traitOf, type WireDirection } from "../../syntax/items/direction.ts";
import type { FileSyntax } from "../../syntax/fileSyntax.ts";
import type { EnumItem, StructItem } from "../../syntax/items/items.ts";
import { spanOf } from "../../names/modules/modules.ts";
import type { Names } from "../../names/names.ts";
import type { SerdeLack } from "../resolved.ts";
import type { TypeProblem } from "../typeNotes.ts";
import type { TypeScope } from "../typeScope.ts";
import { deriveNamed, serdeDerives } from "./serdeDerives.ts";
import { hiddenImplementation, notDerived } from "./serdeObstacle.ts";

/** What is to be said of a type that is described by its derives. */
export function missingDerive(
  item: StructItem | EnumItem,
  scope: TypeScope,
  direction: WireDirection,
  names: Names,
): TypeProblem | undefined {
  const { module, placed } = scope;
  if (!module.crate.node.isLocal) {
    return undefined;
  }
  const trait = traitOf[direction];
  const problem = (message: string, lack: SerdeLack): TypeProblem => ({
    code: "unknownType",
    severity: "error",
    message,
    span: spanOf(placed, item.nameSpan),
    cause: { kind: "withoutSerde", lack },
  });
  if (isUnresolved(item, scope, trait)) {
    const message = `\`${item.name}\` derives \`${trait}\`, which nothing brings into scope here, so it has no bytes. Write \`serde::${trait}\`, or import it.`;
    return problem(message, {});
  }
  const derives = serdeDerives(item, module, names);
  const isDerived = derives.has(trait) || derives.has(`${trait}_repr`);
  if (isDerived || derives.size === 0 || hiddenImplementation(item, module, derives) !== null) {
    return undefined;
  }
  const declaration = { module, placed: { ...placed, item }, traits: [trait] };
  return problem(notDerived(item, [trait]), { declaration });
}

/** No import, glob or macro brings the name of the derive. */
function isUnresolved(item: StructItem | EnumItem, { module }: TypeScope, trait: string): boolean {
  return (
    deriveNamed(item, trait) === trait &&
    !module.hidesNames &&
    !module.leavesAround.some(({ leaf }) => leaf.isGlob || leaf.binding === trait) &&
    !mayBeGlobal(module.crate.root?.file)
  );
}

const importingMacros = new WeakMap<FileSyntax, boolean>();

/** `#[macro_use]` in the root may bring the name everywhere. A file may have thousands of types, and is searched once. */
function mayBeGlobal(root: FileSyntax | undefined): boolean {
  if (root === undefined) {
    return true;
  }
  const found = importingMacros.get(root) ?? root.text.includes("macro_use");
  importingMacros.set(root, found);
  return found;
}
