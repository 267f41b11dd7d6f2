// The named bits of a struct that `bitflags!` makes, put on the integer that crosses.

import type { FlagSchema, FlagSet, NamedType, TypeSchema } from "../../model/schema/schema.ts";
import { serdeEntries } from "../syntax/items/attributes.ts";
import { flagsOfStruct } from "../names/bitflags.ts";
import { isOfLine } from "./catalogue/catalogueEntry.ts";
import { evaluateConstant } from "./constants/evaluateConstant.ts";
import type { ConstantNames } from "./constants/inference.ts";
import type { EnumItem, FlagsSource, StructItem } from "../syntax/items/items.ts";
import type { OwnerPorts } from "./typeOwners.ts";
import { isIntegerName, type IntegerName } from "./constants/scalars.ts";
import { namesInScope } from "./constants/scopedConstants.ts";
import type { TypeScope } from "./typeScope.ts";

type FlagsInteger = Extract<TypeSchema, { kind: "integer" }>;

/** Version lines whose wire form is known; another is no known type. */
const lines = ["1", "2"];

/** Why the bytes of a type that `bitflags!` makes are not known; null for those of known versions, and for all other types. */
export function flagsObstacle(item: StructItem | EnumItem): string | null {
  const version = item.kind === "struct" ? item.flags?.version : undefined;
  return version === undefined || version === null || isOfLine(version, lines)
    ? null
    : `\`${item.name}\` is made by bitflags ${version}; how it crosses is known for bitflags ${lines.join(" and ")} only.`;
}

/** `named`, the description of `item`, with its flags when it has any. */
export function withFlags(
  item: StructItem | EnumItem,
  scope: TypeScope,
  ports: OwnerPorts,
  named: NamedType,
): NamedType {
  if (item.kind !== "struct" || named.kind !== "struct" || named.body.kind !== "newtype") {
    return named;
  }
  const { inner } = named.body;
  const isMade = item.flags !== undefined;
  const source = item.flags ?? flagsOfStruct(ports.names, scope.module, item.name);
  if (source === undefined || inner.kind !== "integer" || inner.format !== undefined) {
    return named;
  }
  const flags: FlagSet = {
    inJson: isMade ? formInJson(item, source) : "number",
    named: flagValues(source, item.name, inner, scope, ports),
  };
  const schema: TypeSchema = { ...inner, rustType: item.name, format: "flags", flags };
  return { ...named, body: { kind: "newtype", inner: schema } };
}

function formInJson(item: StructItem, { version }: FlagsSource): FlagSet["inJson"] {
  if (!isOfLine(version, ["1"])) {
    return "text";
  }
  const isTransparent = serdeEntries(item).some(({ name }) => name === "transparent");
  return isTransparent ? "number" : "bitsField";
}

/** The flags whose values can be worked out. */
function flagValues(
  { named }: FlagsSource,
  owner: string,
  { bits, signed, rustType }: FlagsInteger,
  scope: TypeScope,
  ports: OwnerPorts,
): readonly FlagSchema[] {
  const width = `${signed ? "i" : "u"}${String(bits)}` as IntegerName;
  const type = isIntegerName(rustType) ? rustType : width;
  const known = new Map<string, bigint>();
  const outside = namesInScope(ports, scope);
  const names: ConstantNames = {
    ...outside,
    valueAt: (path) => {
      const [first = "", last = ""] = path.segments.slice(-2);
      return path.segments.length === 2 && (first === "Self" || first === owner)
        ? { type, value: known.get(last) ?? null }
        : outside.valueAt(path);
    },
  };
  return named.flatMap(({ name, value, doc }): readonly FlagSchema[] => {
    const found = evaluateConstant(withoutBits(value.text), type, names);
    if (found === null) {
      return [];
    }
    known.set(name, found.value);
    const unsigned = BigInt.asUintN(bits, found.value);
    return [{ name, value: unsigned.toString(), ...(doc === null ? {} : { doc }) }];
  });
}

/** `Self::READ.bits()` of 2.x and `Self::READ.bits` of 1.x are the value of the flag. */
function withoutBits(expression: string): string {
  return expression.replaceAll(/\.\s*bits\b\s*(?:\(\s*\))?/gu, "");
}
