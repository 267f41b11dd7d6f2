// Random types with random serde attributes: whatever serde_derive may accept, and some of what it refuses, which the oracle
// takes out. Each type stands in a module of its own and may hold earlier ones. The same seed gives the same types.

import { seededRandom } from "../seededRandom.ts";
import { rules } from "./serdeRules.ts";

/** A type to compare, with what it needs of the others. */
export interface SerdeType {
  /** Its module; the type in it is `T`. */
  readonly name: string;
  /** Lines of the module, its braces included. */
  readonly text: string;
  /** How it is named as a subject: `t3::T`, `t4::T<u16>`. */
  readonly path: string;
  /** Modules of the types that it holds. */
  readonly uses: readonly string[];
  readonly reads: boolean;
  readonly writes: boolean;
}

const scalars = (
  "bool u8 i8 u16 i32 u64 i128 f32 f64 char String Vec<u8> [u8;3] () Cow<'static,str> PhantomData<u32> " +
  "std::marker::PhantomData<fn(u8)> Ghost<u8> Arc<str> Unit std::num::Wrapping<u16>"
).split(" ");

/** `count` types that may hold each other, later ones earlier ones. */
export function randomSerdeTypes(seed: number, count: number): readonly SerdeType[] {
  const types: SerdeType[] = [];
  const random = seededRandom(seed);
  for (let index = 0; index < count; index += 1) {
    types.push(new TypeWriter(random, types, `t${index}`).write());
  }
  return types;
}

/** serde takes each at most once. */
function ruleName(rule: string): string {
  return /^\w+/.exec(rule)?.[0] ?? "";
}

function fieldName(index: number): string {
  return `${["first", "r#type", "some_name"][index % 3] ?? ""}${index}`;
}

type Shape = "unit" | "newtype" | "tuple" | "struct";

class TypeWriter {
  readonly #random: () => number;
  readonly #earlier: readonly SerdeType[];
  readonly #name: string;
  readonly #uses = new Set<string>();
  readonly #reads: boolean;
  readonly #writes: boolean;
  readonly #isGeneric: boolean;
  readonly #conversions: string[] = [];

  constructor(random: () => number, earlier: readonly SerdeType[], name: string) {
    this.#random = random;
    this.#earlier = earlier;
    this.#name = name;
    const side = this.#below(12);
    this.#reads = side !== 0;
    this.#writes = side !== 1;
    this.#isGeneric = this.#chance(0.1);
  }

  write(): SerdeType {
    const lines = this.#chance(0.06) ? this.#remote() : this.#type();
    return {
      name: this.#name,
      text: [
        `pub mod ${this.#name} {`,
        "    #[allow(unused_imports)] use super::prelude::*;",
        ...lines.map((line) => `    ${line}`),
        "}",
      ].join("\n"),
      path: `${this.#name}::T${this.#isGeneric ? "<u16>" : ""}`,
      uses: [...this.#uses],
      reads: this.#reads,
      writes: this.#writes,
    };
  }

  #type(): readonly string[] {
    return this.#chance(0.55) ? this.#struct() : this.#enum();
  }

  #struct(): readonly string[] {
    const shape = this.#pick<Shape>([
      ...(["struct", "struct", "struct", "tuple", "newtype", "newtype"] as const),
      this.#isGeneric ? "struct" : "unit",
    ]);
    const kind = this.#below(10);
    const attributes =
      kind < 3 && shape !== "unit" && !this.#isGeneric
        ? ["transparent"]
        : kind === 3
          ? this.#conversion()
          : kind === 4 && shape === "struct"
            ? ['tag = "kind"']
            : [];
    const isTransparent = attributes[0] === "transparent";
    const most = { unit: 0, newtype: 1, tuple: this.#pick([0, 2, 2, 3]), struct: this.#below(4) }[
      shape
    ];
    const count = this.#isGeneric || isTransparent ? Math.max(most, 1) : most;
    // Of several fields of a transparent struct all but one must be nothing to serde.
    const carrier = isTransparent ? this.#below(Math.max(1, count)) : -1;
    const fields = Array.from({ length: count }, (_, index) =>
      isTransparent && index !== carrier
        ? this.#bystander(shape === "struct" ? `${fieldName(index)}: ` : "")
        : this.#field(index, shape),
    );
    const body = this.#body(shape, fields);
    const end = shape === "struct" ? "" : ";";
    return [
      ...this.#head(attributes),
      `pub struct T${this.#parameters()}${body}${end}`,
      ...this.#make([{ path: "T", shape, count }]),
    ];
  }

  #enum(): readonly string[] {
    const tagging = this.#below(9);
    const isIdentifier = this.#chance(0.04) && this.#reads && !this.#writes;
    const attributes = isIdentifier
      ? [this.#pick(["field_identifier", "variant_identifier"])]
      : tagging === 0
        ? ['tag = "kind"']
        : tagging === 1
          ? ['tag = "kind"', 'content = "value"']
          : tagging === 2
            ? ["untagged"]
            : tagging === 3
              ? this.#conversion()
              : [];
    if (this.#chance(0.15)) {
      attributes.push('rename_all_fields = "UPPERCASE"');
    }
    const length = this.#below(3) + 1;
    const shapes: readonly Shape[] = isIdentifier
      ? ["unit"]
      : attributes[0]?.startsWith("tag") === true && attributes.length === 1
        ? ["unit", "newtype", "newtype", "struct", "struct"]
        : ["unit", "newtype", "newtype", "tuple", "struct"];
    const variants = Array.from({ length }, (_, index) => {
      const mustHold = this.#isGeneric && index === 0;
      const shape = mustHold ? "newtype" : this.#pick(shapes);
      const count = { unit: 0, newtype: 1, tuple: this.#pick([0, 2]), struct: this.#below(3) }[
        shape
      ];
      const fields = Array.from({ length: count }, (_, at) => this.#field(at, shape));
      const last = shape === "unit" && tagging !== 2 ? ["other", "untagged"] : ["untagged"];
      const own = [
        ...rules.variant,
        ...(shape === "newtype" ? rules.newtype : []),
        ...(index === length - 1 ? last : []),
      ];
      const given = this.#attributes(isIdentifier ? ['rename = "Else"', 'alias = "z"'] : own, 0.25);
      const name = `V${index}`;
      return {
        path: `T::${name}`,
        shape,
        count,
        text: `${given}${name}${this.#body(shape, fields)}`,
      };
    });
    return [
      ...this.#head(attributes, true),
      `pub enum T${this.#parameters()} {`,
      ...variants.map(({ text }) => `    ${text},`),
      "}",
      ...this.#make(variants),
    ];
  }

  /** A definition for a type of another crate, and a struct that uses it. */
  #remote(): readonly string[] {
    const isEnum = this.#chance(0.4);
    const rule = (given: readonly string[]): string => this.#attributes(given, 0.3);
    const fields = rules.field.filter((name) => !/as_text|borrow|bound/.test(name));
    const definition = isEnum
      ? `enum Def { ${rule(rules.variant.slice(0, 3))}A, B(${rule(["skip", "skip_serializing", "skip_deserializing"])}u8), C { ${rule(fields)}x: u16, y: bool } }`
      : `struct Def { ${rule(fields)}${this.#chance(0.3) ? '#[serde(getter = "Far::near")] ' : ""}near: u8, ${rule(fields)}far: u32 }`;
    return [
      `#[derive(${this.#derives()})]`,
      `#[serde(remote = "${isEnum ? "FarChoice" : "Far"}")]`,
      `pub ${definition}`,
      ...(isEnum
        ? []
        : ["impl From<Def> for Far { fn from(def: Def) -> Far { Far::new(def.near, def.far) } }"]),
      ...this.#head([]),
      `pub struct T${this.#parameters()} { #[serde(with = "Def")] inner: ${isEnum ? "FarChoice" : "Far"}, more: u16${this.#isGeneric ? ", own: A" : ""} }`,
      `impl${this.#parameters("Make")} Make for T${this.#parameters()} { fn make(rng: &mut Rng) -> Self { T { inner: Make::make(rng), more: Make::make(rng)${this.#isGeneric ? ", own: Make::make(rng)" : ""} } } }`,
      ...this.#default(),
    ];
  }

  #head(attributes: readonly string[], isEnum = false): readonly string[] {
    const more = this.#pick(rules.container);
    const all = [
      ...attributes,
      ...(this.#chance(isEnum && /^(?:default|bound)/.test(more) ? 0 : 0.35) ? [more] : []),
    ];
    return [
      `#[derive(Clone, ${this.#derives()})]`,
      ...(all.length === 0 ? [] : [this.#wrapped(all)]),
      ...(this.#isGeneric && this.#chance(0.2)
        ? [
            '#[serde(bound(serialize = "A: Serialize", deserialize = "A: Deserialize<\'de> + Default"))]',
          ]
        : []),
    ];
  }

  #derives(): string {
    return [...(this.#writes ? ["Serialize"] : []), ...(this.#reads ? ["Deserialize"] : [])].join(
      ", ",
    );
  }

  /** `from`, `try_from`, `into`, and the conversions for them. */
  #conversion(): string[] {
    const others = ["u16", "String", "(u8, bool)", "Vec<u32>", "Unit"];
    const other = this.#pick(others);
    const self = `T${this.#parameters()}`;
    const bounds = this.#parameters("Make");
    const attributes: string[] = [];
    const kind = this.#below(3);
    if (kind === 1) {
      attributes.push(`from = "${other}"`);
      this.#conversions.push(
        `impl${bounds} From<${other}> for ${self} { fn from(_: ${other}) -> Self { Make::any() } }`,
      );
    } else if (kind === 2) {
      attributes.push(`try_from = "${other}"`);
      this.#conversions.push(
        `impl${bounds} TryFrom<${other}> for ${self} { type Error = String; fn try_from(_: ${other}) -> Result<Self, String> { Ok(Make::any()) } }`,
      );
    }
    if (kind === 0 || this.#chance(0.5)) {
      const written = this.#pick(others);
      attributes.push(`into = "${written}"`);
      this.#conversions.push(
        `impl${this.#parameters()} From<${self}> for ${written} { fn from(_: ${self}) -> Self { Make::any() } }`,
      );
    }
    return attributes;
  }

  #parameters(bound = ""): string {
    return this.#isGeneric ? `<A${bound === "" ? "" : `: ${bound}`}>` : "";
  }

  #body(shape: Shape, fields: readonly string[]): string {
    return shape === "unit"
      ? ""
      : shape === "struct"
        ? ` { ${fields.join(", ")} }`
        : `(${fields.join(", ")})`;
  }

  #field(index: number, shape: Shape): string {
    const name = shape === "struct" ? `${fieldName(index)}: ` : "";
    const flatten = shape === "struct" && this.#chance(0.06) ? "#[serde(flatten)] " : "";
    const isBytes = !this.#isGeneric && this.#chance(0.05);
    const type = isBytes
      ? this.#pick(["Vec<u8>", "Option<Vec<u8>>", "[u8; 5]"])
      : this.#isGeneric && (index === 0 || this.#chance(0.3))
        ? this.#pick(["A", "Vec<A>", "Option<A>", "PhantomData<A>"])
        : this.#typeText(2);
    const helper = isBytes ? '#[serde(with = "serde_bytes")] ' : "";
    const gone = this.#chance(0.03)
      ? `#[cfg(any())] ${shape === "struct" ? `gone${index}: ` : ""}NoType, `
      : "";
    return `${gone}${this.#attributes(rules.field, 0.4)}${flatten}${helper}${name}${type}`;
  }

  /** A field of a transparent struct that is not the one that crosses. */
  #bystander(name: string): string {
    return this.#pick([
      () => `#[serde(skip)] ${name}${this.#typeText(1)}`,
      () => `#[serde(default, skip_serializing)] ${name}${this.#typeText(1)}`,
      () => `#[serde(skip_serializing, default = "Make::any")] ${name}u8`,
      () => `#[serde(skip_deserializing, skip_serializing)] ${name}String`,
      () => `${name}PhantomData<String>`,
      () => `${name}std::marker::PhantomData<u8>`,
      () => `#[serde(default)] ${name}${this.#typeText(1)}`,
      () => `#[serde(skip_serializing)] ${name}u16`,
    ])();
  }

  #attributes(given: readonly string[], chance: number): string {
    if (!this.#chance(chance)) {
      return "";
    }
    const first = this.#pick(given);
    const second = this.#pick(given);
    const isPair = this.#chance(0.3) && ruleName(first) !== ruleName(second);
    return `${this.#wrapped(isPair ? [first, second] : [first])} `;
  }

  #wrapped(names: readonly string[]): string {
    const list = names.join(", ");
    switch (this.#below(10)) {
      case 0:
        return names.map((name) => `#[serde(${name})]`).join(" ");
      case 1:
        return `#[cfg_attr(all(), serde(${list}))]`;
      case 2:
        return this.#chance(0.3) ? `#[cfg_attr(any(), serde(${list}))]` : `#[serde(${list},)]`;
      default:
        return `#[serde(${list})]`;
    }
  }

  #typeText(depth: number): string {
    if (depth === 0 || this.#chance(0.45)) {
      return this.#pick(scalars);
    }
    const inner = (): string => this.#typeText(depth - 1);
    const forms: readonly (() => string)[] = [
      () => `Option<${inner()}>`,
      () => `Option<${inner()}>`,
      () => `Vec<${inner()}>`,
      () => `Box<${inner()}>`,
      () => `(${inner()}, ${inner()})`,
      () => `[${inner()}; 2]`,
      () => `BTreeMap<${this.#pick(["u8", "String"])}, ${inner()}>`,
      () => `Result<${inner()}, u8>`,
      () => this.#earlierType(),
      () => this.#earlierType(),
      () => this.#earlierType(),
    ];
    return this.#pick(forms)();
  }

  #earlierType(): string {
    const fitting = this.#earlier
      .slice(-12)
      .filter(({ reads, writes }) => (reads || !this.#reads) && (writes || !this.#writes));
    if (fitting.length === 0) {
      return "u8";
    }
    const { name, path } = this.#pick(fitting);
    this.#uses.add(name);
    return `super::${path}`;
  }

  /** Values of every form, with what serde skips. */
  #make(
    forms: readonly { readonly path: string; readonly shape: Shape; readonly count: number }[],
  ): readonly string[] {
    const arms = forms.map(({ path, shape, count }, arm) => {
      const names = Array.from({ length: count }, (_, index) => fieldName(index));
      const value =
        shape === "unit"
          ? path
          : shape === "struct"
            ? `${path} { ${names.map((name) => `${name}: Make::make(rng)`).join(", ")} }`
            : `${path}(${names.map(() => "Make::make(rng)").join(", ")})`;
      return `${arm} => ${value}, `;
    });
    return [
      `impl${this.#parameters("Make")} Make for T${this.#parameters()} { fn make(rng: &mut Rng) -> Self { match rng.below(${forms.length}) { ${arms.join("")}_ => unreachable!() } } }`,
      ...this.#conversions,
      ...this.#default(),
    ];
  }

  #default(): readonly string[] {
    return [
      `impl${this.#parameters("Make")} Default for T${this.#parameters()} { fn default() -> Self { Make::any() } }`,
    ];
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[this.#below(choices.length)] as T;
  }
}
