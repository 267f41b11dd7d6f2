// Why a declaration is not what rustc compiles: an attribute macro may change it in any way, and a `cfg` that only a build
// script or RUSTFLAGS decide leaves open which of two parts is there. Neither is guessed at.

import { isConditional } from "../syntax/items/attributes.ts";
import type { EnumItem, FieldSource, StructItem, VariantSource } from "../syntax/items/items.ts";
import { fidiusMacroOf, wellKnownAttributes } from "./macroNames.ts";
import type { Module } from "./modules/modules.ts";
import type { Names } from "./names.ts";

/** Attributes of tools, and macros that leave the fields as they are; `serde_as` is understood field by field. */
const harmless: ReadonlySet<string> = new Set(
  (
    "cfg_eval clippy derive_where global_allocator miri pyclass rust_analyzer rustc_on_unimplemented serde_as " +
    "wasm_bindgen"
  ).split(" "),
);

/** A sentence on what may change the item; null when nothing does. */
export function hiddenChange(
  item: StructItem | EnumItem,
  module: Module,
  names: Names,
): string | null {
  const macro = item.attributes.find(({ path }) => isMacro(path, module, names));
  if (macro !== undefined) {
    return `The macro \`#[${macro.path.join("::")}]\` may change \`${item.name}\`, so its bytes cannot be told from its source.`;
  }
  const part = alternative(item);
  return part === undefined
    ? null
    : `Which \`${item.name}::${part}\` is there depends on a \`cfg\` that no source decides, so the bytes of \`${item.name}\` are not known.`;
}

/** Whether an attribute is a macro, rather than one of rustc's own or the helper of a derive, which nothing imports. */
function isMacro(path: readonly string[], module: Module, names: Names): boolean {
  const [first = ""] = path;
  const last = path.at(-1) ?? "";
  if (wellKnownAttributes.has(first) || harmless.has(first) || harmless.has(last)) {
    return false;
  }
  if (fidiusMacroOf(names, module, path) !== undefined) {
    return false;
  }
  return (
    path.length > 1 ||
    names
      .leaves(module, module)
      .some(({ leaf }) => !leaf.isGlob && leaf.binding === first && leaf.path.length > 1)
  );
}

/** A name that several parts have, of which a `cfg` leaves one; a single part under such a `cfg` is told by a warning. */
function alternative(item: StructItem | EnumItem): string | undefined {
  const lists: readonly (readonly (FieldSource | VariantSource)[])[] =
    item.kind === "struct" ? [fieldsOf(item)] : [item.variants, ...item.variants.map(fieldsOf)];
  for (const list of lists) {
    const found = list.find(
      ({ name, ...part }) =>
        isConditional(part) && list.filter((other) => other.name === name).length > 1,
    );
    if (found !== undefined) {
      return found.name;
    }
  }
  return undefined;
}

function fieldsOf({ body }: StructItem | VariantSource): readonly FieldSource[] {
  return body.kind === "struct" ? body.fields : [];
}
