// `Self::Out`, `T::Out`, `<Type as Trait>::Out` → the type that an impl block gives.

import { findAssociated, ownAssociated } from "./associatedItems.ts";
import { unknownType, type Resolved } from "./resolved.ts";
import type { OwnerPorts } from "./typeOwners.ts";
import type { TypeScope } from "./typeScope.ts";
import { parseType, type PathType } from "../syntax/typeSyntax.ts";

/** The type that the path leads to, under the path's own name. */
export function resolveAssociated(type: PathType, scope: TypeScope, ports: OwnerPorts): Resolved {
  const own = ownAssociated(type, scope);
  const item =
    own === undefined ? findAssociated(type, scope, "alias", ports) : { source: own, scope };
  if (item === undefined && scope.self === null && ofSelf(type)) {
    // Nothing is wrong with it: each impl block gives it.
    return unknownType(
      type.text,
      `\`${type.text}\` is an associated type of the trait: each plugin chooses it.`,
    );
  }
  if (item === undefined) {
    return ports.unknown(
      type.text,
      `\`${type.text}\` is an associated type, which cannot be followed from here. Write the type itself.`,
    );
  }
  const found = ports.resolve(parseType(item.source), item.scope);
  return { ...found, schema: { ...found.schema, rustType: type.text } };
}

/** `Self::Out` and `<Self as Trait>::Out`. */
function ofSelf({ qualifier, segments }: PathType): boolean {
  const owner = qualifier?.kind === "path" ? qualifier.segments : segments;
  return owner[0]?.name === "Self";
}
