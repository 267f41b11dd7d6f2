// serde_with: `#[serde_as(as = "…")]` names adaptors that write a field in another way (serde_with/src/ser/impls.rs). Those that
// are known run against the crate in test/vectors; any other is unknown.

import type { TypeSchema } from "../../../model/schema/schema.ts";
import type { Module } from "../../names/modules/modules.ts";
import type { Names } from "../../names/names.ts";
import { pathNames, type PathType, type TypeSyntax } from "../../syntax/typeSyntax.ts";
import { countedBytes } from "../serde/serdeParts.ts";
import { isOfLine, primitive } from "./catalogueEntry.ts";
import { placeOf } from "./cataloguePlace.ts";

interface Scope {
  readonly names: Names;
  readonly module: Module;
}

/** Version lines that run in the tests. */
const versions = ["3"];

/** Adaptors whose form does not depend on the type that they stand for. */
const texts: ReadonlySet<string> = new Set(["DisplayFromStr", "Hex", "Base64"]);
const unitNames = ["", "Milli", "Micro", "Nano"];
/** `DurationSeconds` and its like: a number, or what their argument says. */
const numbers: Readonly<Record<string, string>> = Object.fromEntries(
  unitNames.flatMap((unit) => {
    const seconds = unit === "" ? "Seconds" : `${unit}Seconds`;
    return [
      [`Duration${seconds}`, "u64"],
      [`Timestamp${seconds}`, "i64"],
      [`Duration${seconds}WithFrac`, "f64"],
      [`Timestamp${seconds}WithFrac`, "f64"],
    ];
  }),
);

/** The adaptors that stand for any type, with what they write; `Bytes` and `_` keep the type's own form. */
export function knownAdaptors(): readonly { readonly name: string; readonly type: TypeSchema }[] {
  return [...texts, ...Object.keys(numbers)].flatMap((name) => {
    const type = byAdaptor(name, [], { rustType: name, kind: "unit" });
    return type === undefined ? [] : [{ name, type }];
  });
}

/** What `as` writes for `type`; undefined where that is not known. */
export function adaptedType(
  as: TypeSyntax,
  type: TypeSchema,
  scope: Scope,
): TypeSchema | undefined {
  if (as.text.trim() === "_") {
    return type;
  }
  if (as.kind === "tuple" && type.kind === "tuple" && as.elements.length === type.elements.length) {
    const elements = type.elements.map((element, index) => {
      const syntax = as.elements[index];
      return syntax && adaptedType(syntax, element, scope);
    });
    return elements.every((element) => element !== undefined) ? { ...type, elements } : undefined;
  }
  return as.kind === "path" ? adaptedPath(as, type, scope) : undefined;
}

function adaptedPath(as: PathType, type: TypeSchema, scope: Scope): TypeSchema | undefined {
  const { names, module } = scope;
  const { isGlobal } = as;
  const request = { segments: pathNames(as), isGlobal, module, namespace: "type" } as const;
  const definition = names.resolve(request);
  const name = as.segments.at(-1)?.name ?? "";
  if (definition?.kind === "std") {
    return throughContainer(name, argumentsOf(as), type, scope);
  }
  const place = placeOf(definition);
  return place?.packageName === "serde_with" && isOfLine(place.version, versions)
    ? byAdaptor(name, argumentsOf(as), type)
    : undefined;
}

function argumentsOf(as: PathType): readonly TypeSyntax[] {
  const all = as.segments.at(-1)?.arguments ?? [];
  return all.flatMap((argument) => (argument.kind === "type" ? [argument.type] : []));
}

function byAdaptor(
  name: string,
  given: readonly TypeSyntax[],
  type: TypeSchema,
): TypeSchema | undefined {
  const { rustType } = type;
  const [format] = given;
  if (name === "Same") {
    return undefined; // stands inside of others only; `_` says it in fields
  }
  if (texts.has(name)) {
    return given.length === 0 ? { rustType, kind: "string" } : undefined;
  }
  if (name === "Bytes") {
    return type.kind === "bytes" ? countedBytes(rustType, type.length) : undefined;
  }
  const number = Object.hasOwn(numbers, name) ? numbers[name] : undefined;
  const written = format?.text ?? number;
  return number === undefined || written === undefined || given.length > 1
    ? undefined
    : formatOfNumber(written, rustType);
}

function formatOfNumber(written: string, rustType: string): TypeSchema | undefined {
  const isKnown = /^(?:[iu]64|f64)$/.test(written);
  return isKnown ? { ...primitive(written), rustType } : undefined;
}

/** `Vec<A>` for a list, `Option<A>` for an option, `Box<A>` for what is inside. */
function throughContainer(
  name: string,
  given: readonly TypeSyntax[],
  type: TypeSchema,
  scope: Scope,
): TypeSchema | undefined {
  const [first, second] = given;
  const within = (as: TypeSyntax | undefined, inner: TypeSchema): TypeSchema | undefined =>
    as && adaptedType(as, inner, scope);
  if (name === "Box") {
    return within(first, type);
  }
  if (type.format !== undefined || containers[name] !== type.kind) {
    return undefined;
  }
  if (type.kind === "option") {
    const inner = within(first, type.inner);
    return inner && { ...type, inner };
  }
  if (type.kind === "sequence") {
    const element = within(first, type.element);
    return element && { ...type, element };
  }
  if (type.kind === "map") {
    const key = within(first, type.key);
    const value = within(second, type.value);
    return key && value && { ...type, key, value };
  }
  return undefined;
}

/** Types of std that stand for one another in `as`, with the kind of what they write. */
const containers: Readonly<Record<string, TypeSchema["kind"]>> = {
  BTreeMap: "map",
  BTreeSet: "sequence",
  HashMap: "map",
  Option: "option",
  Vec: "sequence",
  VecDeque: "sequence",
};
