// A declaration → its description, whatever derives its serde implementation: serde, serde_repr, or serde beside `bitflags!`.

import type { NamedType } from "../../../model/schema/schema.ts";
import { serdeEntries, entryText } from "../../syntax/items/attributes.ts";
import type { WireDirection } from "../../syntax/items/direction.ts";
import type { EnumItem, StructItem } from "../../syntax/items/items.ts";
import { withFlags } from "../flagsShape.ts";
import type { OwnerPorts } from "../typeOwners.ts";
import type { TypeScope } from "../typeScope.ts";
import { reprType } from "./serdeRepr.ts";
import { describeNamed, type FieldResolver } from "./serdeShape.ts";

/** Describes `item` in `scope`, where its generic parameters are bound. */
export function describeItem(
  item: StructItem | EnumItem,
  scope: TypeScope,
  direction: WireDirection,
  ports: OwnerPorts & FieldResolver,
): NamedType {
  const named =
    reprType(item, scope, direction, ports) ??
    withFlags(item, scope, ports, describeNamed(item, scope, ports));
  const from = serdeEntries(item).find(({ name }) => name === "try_from");
  if (direction !== "reading" || from === undefined || named.kind !== "struct") {
    return named;
  }
  const source = entryText(from) ?? "another type";
  const refuses = `\`${item.name}\` is made from \`${source}\` by \`try_from\`, which refuses some values: give one that it takes.`;
  return { ...named, refuses };
}
