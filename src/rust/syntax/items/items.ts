// What the reader takes from source: items as plain data. Offsets count from the start of the item's chunk of the file
// (see fileSyntax.ts), so that an unchanged item need not be read again when text above it changes.

import type { RustToken } from "../../../abi/rustTokens.ts";

/** A stretch of a chunk. */
export interface Fragment {
  readonly start: number;
  readonly end: number;
}

/** Source text of a type (or another expression) and where it stands. */
export interface TypeSource extends Fragment {
  readonly text: string;
}

export type Visibility = "public" | "crate" | "parent" | "private";

export interface Attribute extends Fragment {
  /** `["serde"]`, `["fidius", "plugin_impl"]`. */
  readonly path: readonly string[];
  /** Tokens between the parentheses; offsets count from the chunk. */
  readonly arguments: readonly RustToken[];
  /** Text of the string in `#[path = "…"]`. */
  readonly value: string | null;
  /** Predicates of the `cfg_attr` that it stands in: it is there when all of them hold. */
  readonly conditions: readonly (readonly RustToken[])[];
}

export interface ItemHead extends Fragment {
  readonly name: string;
  readonly nameSpan: Fragment;
  readonly visibility: Visibility;
  readonly attributes: readonly Attribute[];
  readonly doc: string | null;
  /** It has more parts than are read. */
  readonly isPartial?: true;
}

export interface GenericParameter {
  readonly kind: "type" | "const" | "lifetime";
  readonly name: string;
  /** Of a const parameter. */
  readonly type?: TypeSource;
  readonly fallback: TypeSource | null;
}

export interface FieldSource extends ItemHead {
  readonly type: TypeSource;
}

export type BodySource =
  | { readonly kind: "unit" }
  | { readonly kind: "tuple"; readonly fields: readonly FieldSource[] }
  | { readonly kind: "struct"; readonly fields: readonly FieldSource[] };

export interface VariantSource extends ItemHead {
  readonly body: BodySource;
  /** `= 3`. */
  readonly discriminant: TypeSource | null;
}

export interface ParameterSource extends Fragment {
  readonly pattern: string;
  readonly patternSpan: Fragment;
  readonly type: TypeSource;
}

export interface ModuleItem extends ItemHead {
  readonly kind: "module";
  /** Null for `mod name;`. */
  readonly items: readonly Item[] | null;
}

/** One name that a `use` brings in; groups are taken apart. */
export interface UseLeaf extends Fragment {
  /** Segments from the start, `crate`, `self` and `super` included; a glob's without the `*`. */
  readonly path: readonly string[];
  readonly isGlobal: boolean;
  readonly isGlob: boolean;
  /** The name it gets; `_` and globs bind none. */
  readonly binding: string | null;
  /** Source text of the path before the last segment. */
  readonly prefix: string;
  readonly isInBraces: boolean;
}

export interface UseItem extends ItemHead {
  readonly kind: "use";
  readonly leaves: readonly UseLeaf[];
}

export interface ExternCrateItem extends ItemHead {
  readonly kind: "externCrate";
  readonly crateName: string;
}

export interface StructItem extends ItemHead {
  readonly kind: "struct";
  readonly generics: readonly GenericParameter[];
  readonly body: BodySource;
  /** What `bitflags!` makes of it. */
  readonly flags?: FlagsSource;
}

export interface FlagsSource {
  /** The version of bitflags, or the requirement on it; null until it is looked up. */
  readonly version: string | null;
  readonly named: readonly FlagSource[];
}

export interface FlagSource {
  readonly name: string;
  readonly value: TypeSource;
  readonly doc: string | null;
}

export interface EnumItem extends ItemHead {
  readonly kind: "enum";
  readonly generics: readonly GenericParameter[];
  readonly variants: readonly VariantSource[];
}

export interface UnionItem extends ItemHead {
  readonly kind: "union";
}

export interface AliasItem extends ItemHead {
  readonly kind: "alias";
  readonly generics: readonly GenericParameter[];
  readonly type: TypeSource | null;
}

export interface ConstItem extends ItemHead {
  readonly kind: "const";
  readonly type: TypeSource | null;
  readonly value: TypeSource | null;
  /** Items in its value, as in `const _: () = { … };`. Read where they may be of Fidius, else empty. */
  readonly block: readonly Item[];
}

export interface FunctionItem extends ItemHead {
  readonly kind: "function";
  readonly isAsync: boolean;
  readonly generics: readonly GenericParameter[];
  readonly hasReceiver: boolean;
  readonly parameters: readonly ParameterSource[];
  readonly returns: TypeSource | null;
  readonly body: TypeSource | null;
  /** Items in its body. Read where they may be of Fidius, else empty. */
  readonly block: readonly Item[];
}

export interface TraitItem extends ItemHead {
  readonly kind: "trait";
  readonly generics: readonly GenericParameter[];
  readonly items: readonly Item[];
}

export interface ImplItem extends ItemHead {
  readonly kind: "impl";
  readonly generics: readonly GenericParameter[];
  readonly trait: TypeSource | null;
  readonly selfType: TypeSource;
  readonly items: readonly Item[];
}

/**
 * What `include!` names: a path from its own file, from the package's folder or from the folder that its build script writes to,
 * or one that only a build knows.
 */
export type IncludePath =
  | { readonly base: "file" | "package" | "output"; readonly path: string }
  | { readonly base: "unknown"; readonly text: string };

export interface MacroItem extends ItemHead {
  readonly kind: "macroDefinition" | "macroCall";
  /** The called macro's path as written, its start included; of a definition only its name. */
  readonly path: readonly string[];
  /** Where the path stands. */
  readonly pathSpan: Fragment;
  /** What stands between the delimiters. */
  readonly content: readonly RustToken[];
  /** Null for all macros but `include!`. */
  readonly include: IncludePath | null;
}

export type Item =
  | ModuleItem
  | UseItem
  | ExternCrateItem
  | StructItem
  | EnumItem
  | UnionItem
  | AliasItem
  | ConstItem
  | FunctionItem
  | TraitItem
  | ImplItem
  | MacroItem;

/** The methods of a trait or impl, in order; everything else in its body is left out. */
export function functionsOf(container: TraitItem | ImplItem): readonly FunctionItem[] {
  return container.items.filter((item) => item.kind === "function");
}
