// Where in a type nobody knows what crosses.

import { assertNever } from "../../model/result.ts";
import type { TypeBody, TypeSchema, TypeTable } from "../../model/schema/schema.ts";

export interface UnknownPlace {
  /** JSON pointer; `*` stands for every element, key and value. */
  readonly pointer: string;
  readonly rustType: string;
  readonly reason: string;
}

/** Every place of a type that the model does not know; a named type that repeats is told once. */
export function unknownPlaces(type: TypeSchema, types: TypeTable): readonly UnknownPlace[] {
  const found: UnknownPlace[] = [];
  const seen = new Set<string>();
  const visit = (part: TypeSchema, pointer: string): void => {
    switch (part.kind) {
      case "unknown":
        found.push({ pointer, rustType: part.rustType, reason: part.reason });
        break;
      case "option":
        visit(part.inner, pointer);
        break;
      case "sequence":
      case "array":
        visit(part.element, `${pointer}/*`);
        break;
      case "tuple":
        part.elements.forEach((element, index) => {
          visit(element, `${pointer}/${String(index)}`);
        });
        break;
      case "map":
        visit(part.key, `${pointer}/*/0`);
        visit(part.value, `${pointer}/*/1`);
        break;
      case "result":
        visit(part.success, `${pointer}/Ok`);
        visit(part.failure, `${pointer}/Err`);
        break;
      case "named":
        if (!seen.has(part.id)) {
          seen.add(part.id);
          visitNamed(part.id, pointer);
        }
        break;
      case "bool":
      case "integer":
      case "float":
      case "char":
      case "string":
      case "bytes":
      case "unit":
        break;
      default:
        assertNever(part);
    }
  };
  const visitNamed = (id: string, pointer: string): void => {
    const named = Object.hasOwn(types, id) ? types[id] : undefined;
    if (named?.kind === "struct") {
      visitBody(named.body, pointer);
    } else {
      named?.variants.forEach(({ name, body }) => {
        visitBody(body, `${pointer}/${name}`);
      });
    }
  };
  const visitBody = (body: TypeBody, pointer: string): void => {
    if (body.kind === "newtype") {
      visit(body.inner, pointer);
    } else if (body.kind === "tuple") {
      body.elements.forEach((element, index) => {
        visit(element, `${pointer}/${String(index)}`);
      });
    } else if (body.kind === "struct") {
      body.fields.forEach(({ name, type: field }) => {
        visit(field, `${pointer}/${name}`);
      });
    }
  };
  visit(type, "");
  return found;
}
