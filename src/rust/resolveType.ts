// Type expression and scope → TypeSchema. What cannot be known becomes `unknown` with the reason; nothing is guessed.

import type { NamedType, TypeSchema, TypeWarning } from "../model/schema.ts";
import { catalogueHelper, catalogueType } from "./catalogue/index.ts";
import type { RustProblem } from "./facts.ts";
import { constantArgument, evaluateInScope } from "./scopedConstants.ts";
import { withFlags } from "./flagsShape.ts";
import { bindGenerics } from "./genericArguments.ts";
import type { AliasItem, EnumItem, Fragment, StructItem, TypeSource } from "./items.ts";
import { spanOf, type Module, type Placed } from "./modules.ts";
import type { Definition } from "./definitions.ts";
import type { Names } from "./names.ts";
import {
  arrayOf,
  listShape,
  primitiveShape,
  resolved,
  unknownType,
  type Resolved,
  type TypeSink,
} from "./resolved.ts";
import { serdeObstacle } from "./serdeObstacle.ts";
import { describeNamed, type FieldResolver } from "./serdeShape.ts";
import type { WireDirection } from "./direction.ts";
import {
  argumentKeys,
  displayPath,
  nestingOf,
  notAType,
  plainScope,
  typesOf,
  type GenericValue,
  type TypeScope,
} from "./typeScope.ts";
import { remoteDefinition } from "./serdeRemote.ts";
import { isFidiusPackage } from "./stdNames.ts";
import { pluginErrorType, stdPathType } from "./stdTypes.ts";
import {
  parseType,
  pathNames,
  type GenericArgument,
  type PathType,
  type TypeSyntax,
} from "./typeSyntax.ts";

const deepestNesting = 128;
const deepestGenerics = 32;

/** Resolves the types of one crate in one direction, collecting the named ones in a table. */
export class TypeResolver implements TypeSink, FieldResolver {
  readonly names: Names;
  readonly direction: WireDirection;
  readonly problems: RustProblem[] = [];
  readonly #types = new Map<string, NamedType | null>();
  readonly #declarations = new Map<string, StructItem | EnumItem>();
  /** Named types that were met and wait for their description: described in turn, so that chains of any length do. */
  readonly #undescribed: { readonly id: string; readonly make: () => NamedType }[] = [];
  readonly #openAliases = new Set<AliasItem>();
  #isDescribing = false;
  #reasons: string[] = [];
  #depth = 0;

  constructor(names: Names, direction: WireDirection) {
    this.names = names;
    this.direction = direction;
  }

  /** Resolves a type where it is written; reasons for not knowing it become problems on it. */
  resolveSource(source: TypeSource, scope: TypeScope): TypeSchema {
    return this.resolveSyntax(parseType(source), source, scope);
  }

  /** As {@link resolveSource}, for a part of the type that `place` holds. */
  resolveSyntax(type: TypeSyntax, place: TypeSource, scope: TypeScope): TypeSchema {
    const outer = this.#reasons;
    this.#reasons = [];
    const { schema } = this.resolve(type, scope);
    if (!this.#isDescribing) {
      this.#describeMet();
    }
    const reasons = [...new Set(this.#reasons)];
    this.#reasons = outer;
    if (!scope.module.crate.node.isLocal) {
      outer.push(...reasons);
    } else if (reasons.length > 0) {
      const span = spanOf(scope.placed, place);
      const message = reasons.join(" ");
      this.problems.push({ code: "unknownType", severity: "information", message, span });
    }
    return schema;
  }

  #describeMet(): void {
    this.#isDescribing = true;
    for (let next = this.#undescribed.pop(); next !== undefined; next = this.#undescribed.pop()) {
      this.#types.set(next.id, next.make());
    }
    this.#isDescribing = false;
  }

  /** As {@link resolve}, keeping reasons for not knowing it to itself. */
  resolveQuietly(source: TypeSource, scope: TypeScope): Resolved {
    const outer = this.#reasons;
    this.#reasons = [];
    const result = this.resolve(parseType(source), scope);
    this.#reasons = outer;
    return result;
  }

  resolve(type: TypeSyntax, scope: TypeScope): Resolved {
    if (this.#depth > deepestNesting) {
      return this.unknown(type.text, "This type nests too deep to be described.");
    }
    this.#depth += 1;
    try {
      return this.#resolveByKind(type, scope);
    } finally {
      this.#depth -= 1;
    }
  }

  /** An unknown type whose reason is reported on the type that is being resolved. */
  unknown(rustType: string, reason: string): Resolved {
    this.#reasons.push(reason);
    return unknownType(rustType, reason);
  }

  named(id: string, rustType: string, make: () => NamedType): TypeSchema {
    if (!this.#types.has(id)) {
      this.#types.set(id, null);
      this.#undescribed.push({ id, make });
    }
    return { rustType, kind: "named", id };
  }

  warn(scope: TypeScope, place: Fragment, { code, message }: TypeWarning): void {
    if (scope.module.crate.node.isLocal) {
      const span = spanOf(scope.placed, place);
      this.problems.push({ code, severity: "warning", message, span });
    }
  }

  declarationOf(id: string): StructItem | EnumItem | undefined {
    return this.#declarations.get(id);
  }

  resolveHelper(path: string, scope: TypeScope, inner: TypeSchema): TypeSchema | undefined {
    return catalogueHelper(path, scope.module, this.names, inner);
  }

  resolveRemote(path: string, scope: TypeScope): TypeSchema | undefined {
    const found = remoteDefinition(path, scope, this.names);
    if (found === undefined) {
      return undefined;
    }
    const { module, placed } = found;
    const id = `${module.path}::${placed.item.name}`;
    const inner = plainScope(module, placed);
    return this.named(id, path, () => describeNamed(placed.item, inner, this));
  }

  /** The described type `id`. */
  typeOf(id: string): NamedType | undefined {
    return this.#types.get(id) ?? undefined;
  }

  #resolveByKind(type: TypeSyntax, scope: TypeScope): Resolved {
    switch (type.kind) {
      case "path":
        return this.#resolvePath(type, scope);
      case "reference": {
        const inner = this.resolve(type.inner, scope);
        const rustType = type.text.startsWith("&mut")
          ? `&mut ${inner.schema.rustType}`
          : `&${inner.schema.rustType}`;
        return { schema: { ...inner.schema, rustType }, key: `&${inner.key}` };
      }
      case "tuple":
        return this.#resolveTuple(type.elements, scope);
      case "slice": {
        const element = this.resolve(type.element, scope);
        return resolved(`[${element.schema.rustType}]`, `[${element.key}]`, listShape(element));
      }
      case "array": {
        const element = this.resolve(type.element, scope);
        const length = this.evaluate(type.length, scope);
        const rustType = `[${element.schema.rustType}; ${type.length}]`;
        return length === null || length < 0n || length > BigInt(Number.MAX_SAFE_INTEGER)
          ? this.unknown(
              rustType,
              `The array length \`${type.length}\` is not a constant that can be worked out from source.`,
            )
          : this.#reported(arrayOf(rustType, element, Number(length)));
      }
      case "other":
        return this.unknown(
          type.text,
          `\`${type.text}\` is ${type.name}, which serde cannot carry.`,
        );
    }
  }

  #resolveTuple(elements: readonly TypeSyntax[], scope: TypeScope): Resolved {
    const parts = elements.map((element) => this.resolve(element, scope));
    const texts = parts.map(({ schema }) => schema.rustType);
    const rustType = texts.length === 1 ? `(${texts.join()},)` : `(${texts.join(", ")})`;
    const key = `(${parts.map((part) => part.key).join(",")})`;
    return parts.length === 0
      ? resolved(rustType, key, { kind: "unit" })
      : resolved(rustType, key, { kind: "tuple", elements: parts.map(({ schema }) => schema) });
  }

  #resolvePath(type: PathType, scope: TypeScope): Resolved {
    const [first] = type.segments;
    const isSelf = first?.name === "Self" && type.qualifier === null;
    if (type.qualifier !== null || (isSelf && type.segments.length > 1)) {
      return this.#resolveAssociated(type, scope);
    }
    if (isSelf) {
      return scope.self === null
        ? this.unknown("Self", "`Self` has no type of its own in a trait.")
        : this.#reported({ ...scope.self, schema: { ...scope.self.schema, rustType: "Self" } });
    }
    if (type.segments.length === 1 && first !== undefined && !type.isGlobal) {
      const generic = scope.generics.get(first.name);
      if (generic?.kind === "type") {
        return this.#reported(generic.type);
      }
    }
    const definition = this.names.resolve({
      segments: pathNames(type),
      isGlobal: type.isGlobal,
      module: scope.module,
      namespace: "type",
    });
    return this.#resolveDefinition(definition, type, scope);
  }

  #resolveAssociated(type: PathType, scope: TypeScope): Resolved {
    const name = type.segments.at(-1)?.name ?? "";
    const isOwn =
      type.qualifier === null
        ? type.segments.length === 2
        : type.qualifier.kind === "path" && pathNames(type.qualifier).join() === "Self";
    const source = isOwn ? scope.associated.get(name) : undefined;
    if (source === undefined) {
      return this.unknown(
        type.text,
        `\`${type.text}\` is an associated type, which cannot be followed from here. Write the type itself.`,
      );
    }
    const found = this.resolve(parseType(source), scope);
    return { ...found, schema: { ...found.schema, rustType: type.text } };
  }

  #resolveDefinition(
    definition: Definition | undefined,
    type: PathType,
    scope: TypeScope,
  ): Resolved {
    const generics = this.#arguments(type, scope);
    const rustType = displayPath(type, generics);
    const known = catalogueType(definition, rustType, typesOf(generics), this);
    if (known !== undefined) {
      return this.#reported(known);
    }
    switch (definition?.kind) {
      case "primitive": {
        const shape = primitiveShape(definition.name);
        return shape === undefined
          ? this.unknown(rustType, `\`${rustType}\` has no serde implementation.`)
          : resolved(rustType, definition.name, shape);
      }
      case "std":
        return this.#reported(stdPathType(definition.path, rustType, typesOf(generics), this));
      case "external":
        return this.#resolveExternal(definition, rustType);
      case "item":
        return this.#resolveItem(definition, rustType, generics);
      case "unknown":
        return this.unknown(rustType, definition.reason);
      case "module":
      case "crate":
      case "companion":
        return this.unknown(rustType, `\`${rustType}\` is a module, not a type.`);
      case undefined:
        return this.unknown(
          rustType,
          `\`${rustType}\` is not declared in any source that was read. Check its \`use\`; if a macro makes it, its fields cannot be known.`,
        );
    }
  }

  #arguments(type: PathType, scope: TypeScope): GenericValue[] {
    return (type.segments.at(-1)?.arguments ?? []).map((argument) =>
      this.#argument(argument, scope),
    );
  }

  #argument(argument: GenericArgument, scope: TypeScope): GenericValue {
    if (argument.kind === "const") {
      return { kind: "const", value: this.evaluate(argument.text, scope) };
    }
    const { type } = argument;
    if (type.kind === "path" && type.segments.length === 1) {
      const constant = constantArgument(this.names, type.text, scope);
      if (constant !== undefined) {
        return constant;
      }
    }
    return { kind: "type", type: this.resolve(type, scope) };
  }

  /** Value of a constant expression in `scope`. */
  evaluate(expression: string, scope: TypeScope): bigint | null {
    return evaluateInScope(this.names, expression, scope);
  }

  #resolveExternal(definition: Definition & { kind: "external" }, rustType: string): Resolved {
    const { packageName } = definition.origin.dependency;
    if (isFidiusPackage(packageName) && definition.path.at(-1) === "PluginError") {
      return this.#pluginError(rustType);
    }
    return this.unknown(
      rustType,
      `\`${rustType}\` comes from the crate \`${packageName}\`, whose sources are not at hand, so its bytes are not known.`,
    );
  }

  #pluginError(rustType: string): Resolved {
    const id = "fidius::PluginError";
    return { schema: this.named(id, rustType, pluginErrorType), key: id };
  }

  #resolveItem(
    definition: Definition & { kind: "item" },
    rustType: string,
    generics: readonly GenericValue[],
  ): Resolved {
    const { module, placed } = definition;
    const { item } = placed;
    if (item.name === "PluginError" && isFidiusPackage(module.crate.node.info.name)) {
      return this.#pluginError(rustType);
    }
    if (item.kind === "alias") {
      return this.#resolveAlias({ ...placed, item }, module, rustType, generics);
    }
    if (item.kind !== "struct" && item.kind !== "enum") {
      return this.unknown(rustType, notAType(rustType, item));
    }
    const obstacle = serdeObstacle(item, module, this.direction, this.names);
    if (obstacle !== null) {
      return this.unknown(rustType, obstacle);
    }
    const bound = bindGenerics(this, item.generics, generics, module, placed);
    const id = `${module.uniquePath}::${item.name}${argumentKeys(item.generics, bound)}`;
    if (nestingOf(id) > deepestGenerics) {
      return this.unknown(
        rustType,
        `\`${item.name}\` contains ever larger versions of itself, so it cannot be described.`,
      );
    }
    const self: Resolved = { schema: { rustType, kind: "named", id }, key: id };
    const inner = { ...plainScope(module, placed), generics: bound, self };
    const make = (): NamedType =>
      withFlags(item, inner, this.names, describeNamed(item, inner, this));
    this.#declarations.set(id, item);
    return { schema: this.named(id, rustType, make), key: id };
  }

  #resolveAlias(
    placed: Placed<AliasItem>,
    module: Module,
    rustType: string,
    generics: readonly GenericValue[],
  ): Resolved {
    const { item } = placed;
    if (item.type === null) {
      return this.unknown(rustType, `\`${rustType}\` has no type of its own.`);
    }
    const bound = bindGenerics(this, item.generics, generics, module, placed);
    if (this.#openAliases.has(item)) {
      return this.unknown(rustType, `The alias \`${item.name}\` contains itself.`);
    }
    const scope = { ...plainScope(module, placed), generics: bound };
    this.#openAliases.add(item);
    const found = this.resolve(parseType(item.type), scope);
    this.#openAliases.delete(item);
    return { schema: { ...found.schema, rustType }, key: found.key };
  }

  /** Reports the reason of an unknown type that was made without {@link unknown}, or a known one's warnings. */
  #reported(type: Resolved): Resolved {
    const { schema } = type;
    const warnings = (schema.warnings ?? []).map(({ message }) => message);
    this.#reasons.push(...(schema.kind === "unknown" ? [schema.reason] : warnings));
    return type;
  }
}
