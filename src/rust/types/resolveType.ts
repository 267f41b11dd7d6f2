// Type expression and scope → TypeSchema. What cannot be known becomes `unknown` with the reason; nothing is guessed.

import type { NamedType, TypeSchema, TypeWarning } from "../../model/schema/schema.ts";
import { catalogueHelper, catalogueType } from "./catalogue/index.ts";
import { adaptedType } from "./catalogue/serdeWith.ts";
import { evaluateInScope, genericArgument } from "./constants/scopedConstants.ts";
import { resolveAssociated } from "./associatedTypes.ts";
import { resolveArray, resolveSlice, resolveTuple } from "./compoundTypes.ts";
import { bindGenerics, parametersOf } from "./genericArguments.ts";
import { otherType } from "./otherTypes.ts";
import type { ScalarName } from "./constants/scalars.ts";
import type {
  AliasItem,
  EnumItem,
  Fragment,
  GenericParameter,
  StructItem,
  TypeSource,
} from "../syntax/items/items.ts";
import { spanOf, type Module, type Placed } from "../names/modules/modules.ts";
import type { Definition } from "../names/definitions.ts";
import type { Names } from "../names/names.ts";
import {
  primitiveType,
  unknownType,
  withoutSerde,
  type GenericValue,
  type Resolved,
  type TypeOwner,
  type TypeSink,
} from "./resolved.ts";
import { cPrimitive } from "../names/cTypes.ts";
import { serdeObstacle } from "./serde/serdeObstacle.ts";
import { DescribedTypes } from "./describedTypes.ts";
import { describeItem } from "./serde/describeItem.ts";
import { describeNamed, type FieldResolver } from "./serde/serdeShape.ts";
import type { WireDirection } from "../syntax/items/direction.ts";
import { missingDerive } from "./serde/missingDerive.ts";
import {
  argumentKeys,
  displayPath,
  notAType,
  notDeclared,
  plainScope,
  typesOf,
  type TypeScope,
} from "./typeScope.ts";
import { argumentList } from "./typeOwners.ts";
import { tooLarge, TypeBudget } from "./typeBudget.ts";
import { TypeFindings, type TypeUse } from "./typeFindings.ts";
import { addNotes, noNotes, noteType, problemOfWarning } from "./typeNotes.ts";
import { remoteDefinition } from "./serde/serdeRemote.ts";
import { isFidiusPackage } from "../names/stdNames.ts";
import { pluginErrorType, stdPathType } from "./stdTypes.ts";
import {
  parseType,
  parseTypeText,
  pathNames,
  type PathType,
  type TypeSyntax,
} from "../syntax/typeSyntax.ts";

const deepestNesting = 128;

/** Resolves the types of one crate in one direction, collecting the named ones in a table. */
export class TypeResolver implements TypeSink, FieldResolver {
  readonly names: Names;
  readonly direction: WireDirection;
  readonly #findings = new TypeFindings();
  readonly #described: DescribedTypes;
  readonly #budget = new TypeBudget();
  readonly #openAliases = new Set<AliasItem>();
  #notes = noNotes();
  #depth = 0;

  constructor(names: Names, direction: WireDirection) {
    this.names = names;
    this.direction = direction;
    this.#described = new DescribedTypes({
      names,
      direction,
      findings: this.#findings,
      budget: this.#budget,
      describe: ({ item, scope }) => {
        const problem = missingDerive(item, scope, direction, names);
        this.#findings.addProblem(this.#described.owner, problem);
        return describeItem(item, scope, direction, this);
      },
    });
  }

  get findings(): Pick<TypeFindings, "problems" | "found"> {
    return this.#findings;
  }

  /** Resolves a type where it is written. Without a use, what is wrong with it is said elsewhere. */
  resolveSource(source: TypeSource, scope: TypeScope, use: TypeUse | null = null): TypeSchema {
    return this.resolveSyntax(parseType(source), source, scope, use);
  }

  /** As {@link resolveSource}, for the type at `place`. */
  resolveSyntax(
    type: TypeSyntax,
    place: Fragment,
    scope: TypeScope,
    use: TypeUse | null = null,
  ): TypeSchema {
    const outer = this.#notes;
    this.#notes = noNotes();
    const { schema } = this.#budget.within(
      () => this.resolve(type, scope),
      () => this.unknown(type.text, tooLarge),
    );
    const isOutermost = !this.#described.isDescribing;
    if (isOutermost) {
      this.#described.describeMet(this.#notes);
    }
    const notes = this.#notes;
    this.#notes = outer;
    const { isLocal } = scope.module.crate.node;
    if (isLocal) {
      this.#findings.add(this.#described.owner, schema, notes, spanOf(scope.placed, place));
    } else {
      addNotes(outer, notes);
    }
    if (isOutermost) {
      const told = isLocal && use !== null ? { span: spanOf(scope.placed, place), use } : null;
      this.#findings.settle(schema, (id) => this.typeOf(id), told);
    }
    return schema;
  }

  /** As {@link resolve}, keeping reasons for not knowing it to itself. */
  resolveQuietly(source: TypeSource | TypeSyntax, scope: TypeScope): Resolved {
    return this.#quietly(() => this.resolve("kind" in source ? source : parseType(source), scope));
  }

  argumentsQuietly(type: PathType, scope: TypeScope): GenericValue[] {
    return this.#quietly(() => this.#arguments(type, scope));
  }

  #quietly<T>(resolve: () => T): T {
    const outer = this.#notes;
    this.#notes = noNotes();
    const result = resolve();
    this.#notes = outer;
    return result;
  }

  resolve(type: TypeSyntax, scope: TypeScope): Resolved {
    if (this.#depth > deepestNesting || !this.#budget.take()) {
      return this.unknown(type.text, tooLarge);
    }
    this.#depth += 1;
    const found = this.#resolveByKind(type, scope);
    this.#depth -= 1;
    return this.#budget.holds(found) ? found : this.unknown(type.text, tooLarge);
  }

  /** An unknown type whose reason is reported on the type that is being resolved. */
  unknown(rustType: string, reason: string): Resolved {
    return this.reported(unknownType(rustType, reason));
  }

  named(id: string, rustType: string, make: () => NamedType): TypeSchema {
    this.#described.meet(id, make);
    return { rustType, kind: "named", id };
  }

  warn(scope: TypeScope, place: Fragment, warning: TypeWarning): void {
    if (scope.module.crate.node.isLocal) {
      const problem = problemOfWarning(warning, spanOf(scope.placed, place));
      this.#findings.addProblem(this.#described.owner, problem);
    }
  }

  declarationOf(id: string): StructItem | EnumItem | undefined {
    return this.#described.declarationOf(id);
  }

  resolveHelper(path: string, scope: TypeScope, inner: TypeSchema): TypeSchema | undefined {
    return catalogueHelper(path, scope.module, this, inner);
  }

  resolveAdaptor(as: string, { module }: TypeScope, type: TypeSchema): TypeSchema | undefined {
    return adaptedType(parseTypeText(as), type, { names: this.names, module });
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
    return this.#described.typeOf(id);
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
        return resolveTuple(type.elements, scope, this);
      case "slice":
        return resolveSlice(type.element, scope, this);
      case "array":
        return resolveArray(type, scope, this);
      case "other":
        return this.reported(otherType(type, scope.module, this.names));
      case "tooLarge":
        return this.unknown(type.text, tooLarge);
    }
  }

  #resolvePath(type: PathType, scope: TypeScope): Resolved {
    const [first] = type.segments;
    const isSelf = first?.name === "Self" && type.qualifier === null;
    if (type.qualifier !== null || (isSelf && type.segments.length > 1)) {
      return resolveAssociated(type, scope, this);
    }
    if (isSelf) {
      return scope.self === null
        ? this.unknown("Self", "`Self` has no type of its own in a trait.")
        : this.reported({ ...scope.self, schema: { ...scope.self.schema, rustType: "Self" } });
    }
    const generic = type.isGlobal ? undefined : scope.generics.get(first?.name ?? "");
    if (generic?.kind === "type") {
      // What is wrong with an argument is said where it is given. `T::Out` of a parameter is known here.
      return type.segments.length === 1 ? generic.type : resolveAssociated(type, scope, this);
    }
    const definition = this.names.resolve({
      segments: pathNames(type),
      isGlobal: type.isGlobal,
      module: scope.module,
      namespace: "type",
    });
    return this.#resolveDefinition(definition, type, scope);
  }

  #resolveDefinition(
    definition: Definition | undefined,
    type: PathType,
    scope: TypeScope,
  ): Resolved {
    const generics = this.#arguments(type, scope, parametersOf(definition));
    const rustType = displayPath(type, generics);
    const known = catalogueType(definition, rustType, generics, this);
    if (known !== undefined) {
      return this.reported(known);
    }
    switch (definition?.kind) {
      case "primitive":
        return this.reported(primitiveType(definition.name, rustType));
      case "std": {
        const name = cPrimitive(definition.path, (key) => this.names.appliesTo(key));
        return this.reported(
          name === undefined
            ? stdPathType(definition.path, rustType, typesOf(generics), this)
            : primitiveType(name, rustType),
        );
      }
      case "external":
        return this.#resolveExternal(definition, rustType);
      case "item":
        return this.#resolveItem(definition, rustType, generics);
      case "unknown":
        return this.unknown(rustType, definition.reason);
      case "module":
      case "crate":
      case "variant":
      case "companion":
        return this.unknown(rustType, `\`${rustType}\` is a module, not a type.`);
      case undefined:
        return this.unknown(rustType, notDeclared(rustType));
    }
  }

  #arguments(
    type: PathType,
    scope: TypeScope,
    parameters: readonly GenericParameter[] = [],
  ): GenericValue[] {
    return (type.segments.at(-1)?.arguments ?? []).map((argument, index) =>
      genericArgument(this, argument, scope, parameters[index]),
    );
  }

  /** Value of a constant expression in `scope`. */
  evaluate(expression: string, scope: TypeScope, expected: ScalarName | null): bigint | null {
    return evaluateInScope(this, expression, scope, expected);
  }

  #resolveExternal(definition: Definition & { kind: "external" }, rustType: string): Resolved {
    const { packageName } = definition.origin.dependency;
    const reason = `\`${rustType}\` comes from the crate \`${packageName}\`, whose sources are not at hand, so its bytes are not known.`;
    return isFidiusPackage(packageName) && definition.path.at(-1) === "PluginError"
      ? this.#pluginError(rustType)
      : this.unknown(rustType, reason);
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
    const bound = bindGenerics(this, item.generics, generics, module, placed);
    const owner: TypeOwner = {
      kind: "item",
      module,
      placed: { ...placed, item },
      generics: argumentList(item.generics, bound),
    };
    const id = `${module.uniquePath}::${item.name}${argumentKeys(item.generics, bound)}`;
    if (obstacle !== null) {
      // Rules point at the declaration.
      this.names.tables.lookInto({ ...placed, item });
      const { reason, isCertain, lacks } = obstacle;
      const plain =
        lacks === undefined
          ? unknownType(rustType, reason)
          : withoutSerde(rustType, reason, {
              declaration: { module, placed: { ...placed, item }, traits: lacks },
            });
      return { ...(isCertain ? this.reported(plain) : plain), key: id, owner };
    }
    if (generics.length > 0) {
      this.#described.keepToItself();
    }
    const obstacleOfVersion = generics.length === 0 ? undefined : this.#budget.obstacle(item, id);
    if (obstacleOfVersion !== undefined) {
      const reason =
        obstacleOfVersion === "endless"
          ? `\`${item.name}\` contains ever larger versions of itself, so it cannot be described.`
          : `The generic types here have too many versions to analyse, so \`${item.name}\` is not known.`;
      return { ...this.unknown(rustType, reason), key: `?${item.name}` };
    }
    const self: Resolved = { schema: { rustType, kind: "named", id }, key: id, owner };
    const inner = { ...plainScope(module, placed), generics: bound, self };
    this.#described.meet(id, { item, scope: inner });
    return { schema: { rustType, kind: "named", id }, key: id, owner };
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
    return { ...found, schema: { ...found.schema, rustType } };
  }

  /** Reports the reason of an unknown type that was made without {@link unknown}, or a known one's warnings. */
  reported(type: Resolved): Resolved {
    noteType(this.#notes, type);
    return type;
  }
}
