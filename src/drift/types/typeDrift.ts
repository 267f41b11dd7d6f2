// What changed in the types of methods whose signatures stayed: the hash holds names of types, not what is in them.

import { assertNever } from "../../model/result.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import type { MethodPair, MethodTypes } from "../interfaceState.ts";
import { NamedTypes } from "./namedTypes.ts";
import type { Member, Tell, TypeChange, TypeDrift, UnknownTypes } from "./typeChange.ts";
import { WireForms } from "./wireForm.ts";

/** Compares the types of each pair; a change that several methods meet is one, with all of them. */
export function typeDrift(
  pairs: readonly MethodPair[],
  before: TypeTable,
  after: TypeTable,
): TypeDrift {
  const changes = new Map<string, TypeChange>();
  const unknown: UnknownTypes[] = [];
  const forms = new WireForms(before, after);
  for (const pair of pairs) {
    const method = pair.after.name;
    const tell: Tell = (effect, clause, member) => {
      const key = JSON.stringify([effect, clause, member]);
      const methods = changes.get(key)?.methods ?? [];
      changes.set(key, {
        effect,
        clause,
        member,
        methods: methods.includes(method) ? methods : [...methods, method],
      });
    };
    const tellUnknown = (rustType: string, reason: string): void => {
      if (unknown.every((each) => each.method !== method || each.rustType !== rustType)) {
        unknown.push({ method, rustType, reason });
      }
    };
    compareMethod(pair, new Walk({ forms, before, after, tell, tellUnknown }));
  }
  return { changes: [...changes.values()], unknown };
}

function compareMethod({ before, after }: MethodPair, walk: Walk): void {
  if (before.types === undefined || after.types === undefined) {
    return;
  }
  const [then, now] = [before.types, after.types];
  now.arguments.forEach(({ name, type }, index) => {
    walk.optional(`the argument \`${name}\``, then.arguments[index]?.type, type);
  });
  walk.optional(
    "the items of the stream that it takes",
    then.streamArgument?.type,
    now.streamArgument?.type,
  );
  compareReturns(then, now, walk);
}

function compareReturns(then: MethodTypes, now: MethodTypes, walk: Walk): void {
  if (then.returns.kind === "value" && now.returns.kind === "value") {
    walk.types("the result", then.returns.type, now.returns.type);
  } else if (then.returns.kind === "result" && now.returns.kind === "result") {
    walk.types("the result", then.returns.success, now.returns.success);
    walk.types("the error", then.returns.failure, now.returns.failure);
  }
}

interface WalkPorts {
  readonly forms: WireForms;
  readonly before: TypeTable;
  readonly after: TypeTable;
  readonly tell: Tell;
  readonly tellUnknown: (rustType: string, reason: string) => void;
}

/** Goes through two types side by side. */
class Walk {
  readonly #ports: WalkPorts;
  readonly #named: NamedTypes;

  constructor(ports: WalkPorts) {
    this.#ports = ports;
    this.#named = new NamedTypes(ports, (place, then, now, member) => {
      this.types(place, then, now, member);
    });
  }

  optional(place: string, then: TypeSchema | undefined, now: TypeSchema | undefined): void {
    if (then !== undefined && now !== undefined) {
      this.types(place, then, now);
    }
  }

  /** `member`: the field or variant that the types stand in. */
  types(place: string, then: TypeSchema, now: TypeSchema, member?: Member): void {
    const { forms, tell, tellUnknown } = this.#ports;
    const unknown = [then, now].find((type) => type.kind === "unknown");
    if (unknown?.kind === "unknown") {
      tellUnknown(unknown.rustType, unknown.reason);
      return;
    }
    if (then.kind === "named" && now.kind === "named" && this.#named.areOne(then.id, now.id)) {
      this.#named.compare(then.id, now.id);
      return;
    }
    const parts = partsInCommon(then, now);
    if (parts !== undefined) {
      for (const [before, after] of parts) {
        this.types(place, before, after, member);
      }
      return;
    }
    const unknownParts = this.#named.unknownIn(then, now);
    if (forms.areSame(then, now)) {
      if (then.rustType !== now.rustType && member !== undefined) {
        tell("names", `${place} was \`${then.rustType}\` and is \`${now.rustType}\``, member);
      }
    } else if (unknownParts.first !== undefined && !unknownParts.isForSure) {
      tellUnknown(unknownParts.first.rustType, unknownParts.first.reason);
    } else {
      tell(
        "wire",
        then.rustType === now.rustType
          ? `${place}, \`${now.rustType}\`, crosses in another form`
          : `${place} was \`${then.rustType}\` and is \`${now.rustType}\``,
        member,
      );
    }
  }
}

type Pair = readonly [then: TypeSchema, now: TypeSchema];

/** The parts of two types of one make, to be compared one by one; undefined for types that are compared as a whole. */
function partsInCommon(then: TypeSchema, now: TypeSchema): readonly Pair[] | undefined {
  switch (now.kind) {
    case "option":
      return then.kind === "option" ? [[then.inner, now.inner]] : undefined;
    case "sequence":
      return then.kind === "sequence" ? [[then.element, now.element]] : undefined;
    case "array":
      return then.kind === "array" && then.length === now.length
        ? [[then.element, now.element]]
        : undefined;
    case "tuple":
      return then.kind === "tuple" && then.elements.length === now.elements.length
        ? now.elements.flatMap((element, index): Pair[] => {
            const other = then.elements[index];
            return other === undefined ? [] : [[other, element]];
          })
        : undefined;
    case "map":
      return then.kind === "map"
        ? [
            [then.key, now.key],
            [then.value, now.value],
          ]
        : undefined;
    case "result":
      return then.kind === "result"
        ? [
            [then.success, now.success],
            [then.failure, now.failure],
          ]
        : undefined;
    case "bool":
    case "integer":
    case "float":
    case "char":
    case "string":
    case "bytes":
    case "unit":
    case "named":
    case "unknown":
      return undefined;
    default:
      return assertNever(now);
  }
}
