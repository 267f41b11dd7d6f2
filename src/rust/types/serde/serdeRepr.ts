// Enums under serde_repr's derives: they cross as the number of the variant, in the integer that `#[repr(…)]` names.

import type { NamedType } from "../../../model/schema/schema.ts";
import { readEntries } from "../../syntax/items/attributes.ts";
import { traitOf, type WireDirection } from "../../syntax/items/direction.ts";
import type { EnumItem, StructItem } from "../../syntax/items/items.ts";
import { primitiveShape } from "../resolved.ts";
import { evaluateInScope } from "../constants/scopedConstants.ts";
import type { OwnerPorts } from "../typeOwners.ts";
import type { TypeScope } from "../typeScope.ts";
import { serdeDerives } from "./serdeDerives.ts";

/** The description of an enum whose derive in this direction is serde_repr's; undefined for all others. */
export function reprType(
  item: StructItem | EnumItem,
  scope: TypeScope,
  direction: WireDirection,
  ports: OwnerPorts,
): NamedType | undefined {
  const derives = serdeDerives(item, scope.module, ports.names);
  if (item.kind !== "enum" || !derives.has(`${traitOf[direction]}_repr`)) {
    return undefined;
  }
  const name = reprOf(item);
  const shape = name === undefined ? undefined : primitiveShape(name);
  const inner =
    name === undefined || shape === undefined
      ? ports.unknown(item.name, `\`${item.name}\` has no \`#[repr(…)]\` with an integer.`).schema
      : { rustType: name, ...shape };
  const numbers = `Written as a number: ${variantNumbers(item, scope, ports)}.`;
  const doc = item.doc === null ? numbers : `${item.doc}\n\n${numbers}`;
  const refuses = `\`${item.name}\` takes the numbers of its variants only: ${variantNumbers(item, scope, ports)}.`;
  return {
    kind: "struct",
    name: item.name,
    doc,
    body: { kind: "newtype", inner },
    refuses,
    warnings: [],
  };
}

/** The integer in `#[repr(…)]`. */
function reprOf(item: EnumItem): string | undefined {
  return item.attributes
    .filter(({ path }) => path.join() === "repr")
    .flatMap((attribute) => readEntries(attribute.arguments))
    .map(({ name }) => name)
    .find((name) => /^[iu](?:8|16|32|64|128|size)$/u.test(name));
}

/** `1 is Low, 5 is High`. */
function variantNumbers(item: EnumItem, scope: TypeScope, ports: OwnerPorts): string {
  return item.variants
    .map(({ name }) => {
      const number = evaluateInScope(ports, `${item.name}::${name}`, scope, null);
      return number === null ? name : `${String(number)} is ${name}`;
    })
    .join(", ");
}
