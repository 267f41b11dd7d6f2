// The trait in the attribute is not the one in the header.

import { exampleLibrary } from "../../source/examples/example.ts";
import { argumentList } from "../../source/attributes/argumentList.ts";
import { definitionOf } from "../../source/types/compareTypes.ts";
import { parseType, type TypeSyntax } from "../../../rust/syntax/typeSyntax.ts";
import { companionName } from "../../../rust/fidius/fidiusPath.ts";
import { interfaceAttribute } from "../../../rust/names/macroNames.ts";
import type { Module } from "../../../rust/names/modules/modules.ts";
import type { Names } from "../../../rust/names/names.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const implTraitDiffers: SourceRule = {
  id: "impl-trait-differs",
  severity: "error",
  word: "silent",
  page: {
    finds: "A `#[plugin_impl(A)]` on `impl B for …`, or on an impl block without a trait.",
    why: "The macro does not compare the two. The library says that it has the interface of the attribute, with methods that belong to another trait or to none.",
    bad: exampleLibrary({ header: "impl MyTool" }),
    good: exampleLibrary(),
    limits:
      "Two names of one trait are one: an import under another name is fine as long as the attribute has the trait's own name.",
  },
  impl: ({ attribute, item, traitName, headerName, module, placed, sources }, report) => {
    const [first] = argumentList(attribute.arguments).arguments;
    if (traitName === null || first === undefined || first.key === null || first.hasEquals) {
      return;
    }
    if (item.trait === null) {
      report(
        first,
        `This impl block has no trait, and Fidius takes its methods for those of \`${traitName}\` all the same. Write \`impl ${traitName} for ${item.selfType.text}\`.`,
        {
          fixes: textFix(placed, `Implement \`${traitName}\``, {
            fragment: item.selfType,
            newText: `${traitName} for ${item.selfType.text}`,
          }),
        },
      );
      return;
    }
    const header = otherTrait(sources.names, module, parseType(item.trait), traitName);
    if (header === undefined) {
      return;
    }
    const { name, isInterface } = header;
    report(
      first,
      isInterface
        ? `The header implements \`${name}\`${headerName === name ? "" : `, here called \`${headerName ?? ""}\``}, and the attribute names \`${traitName}\`. Write the trait's own name, \`${name}\`.`
        : `The header implements \`${name}\`, which is no interface, and the attribute names \`${traitName}\`. Name the same trait in both.`,
      {
        fixes: isInterface
          ? textFix(placed, `Write \`${name}\``, { fragment: first, newText: name })
          : [],
      },
    );
  },
};

/** The trait that the header names, when it is another than the attribute's for certain. */
function otherTrait(
  names: Names,
  module: Module,
  type: TypeSyntax,
  traitName: string,
): { readonly name: string; readonly isInterface: boolean } | undefined {
  const header = definitionOf(names, { type, module });
  if (header?.kind !== "item" || header.placed.item.kind !== "trait") {
    return undefined;
  }
  const { item } = header.placed;
  const companion = names.memberAround(module, companionName(traitName), "type");
  const isOther =
    companion === undefined || (companion.kind === "companion" && companion.placed.item !== item);
  return isOther && item.name !== traitName
    ? { name: item.name, isInterface: interfaceAttribute(names, header.module, item) !== undefined }
    : undefined;
}
