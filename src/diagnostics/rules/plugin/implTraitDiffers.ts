// The trait in the attribute is not the one in the header.

import { exampleLibrary } from "../../source/example.ts";
import { argumentList } from "../../source/argumentList.ts";
import { definitionOf } from "../../source/compareTypes.ts";
import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import { companionName } from "../../../rust/fidius/fidiusPath.ts";
import { interfaceAttribute } from "../../../rust/names/macroNames.ts";
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
    if (traitName === null || first === undefined) {
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
    const { names } = sources;
    const header = definitionOf(names, { type: parseType(item.trait), module });
    if (header?.kind !== "item" || header.placed.item.kind !== "trait") {
      return;
    }
    const companion = names.memberAround(module, companionName(traitName), "type");
    const isSame = companion?.kind === "companion" && companion.placed.item === header.placed.item;
    const isUnknown = companion !== undefined && companion.kind !== "companion";
    const own = header.placed.item.name;
    if (isSame || isUnknown || own === traitName) {
      return;
    }
    const isInterface = interfaceAttribute(names, header.module, header.placed.item) !== undefined;
    report(
      first,
      isInterface
        ? `The header implements \`${own}\`${headerName === own ? "" : `, here called \`${headerName ?? ""}\``}, and the attribute names \`${traitName}\`. Write the trait's own name, \`${own}\`.`
        : `The header implements \`${own}\`, which is no interface, and the attribute names \`${traitName}\`. Name the same trait in both.`,
      {
        fixes: isInterface
          ? textFix(placed, `Write \`${own}\``, { fragment: first, newText: own })
          : [],
      },
    );
  },
};
