// Where a method has types that the source does not tell: what crosses there is bytes, or JSON by the compiler's word.

import type { MethodSchema } from "../../model/plugin.ts";
import type { TypeTable } from "../../model/schema/schema.ts";
import { givesItems, inputItemType, outputItemType, takesItems } from "./streamItems.ts";
import { unknownReason } from "../values/unknownParts.ts";

/** For each place of a method's values, whether its type is not wholly known from source. */
export interface UnknownInMethod {
  /** Any of the arguments; the stream that a method takes is none of them. */
  readonly arguments: boolean;
  /** The items of the stream that the method takes. */
  readonly inputItems: boolean;
  /** The items of the stream that the method gives. */
  readonly outputItems: boolean;
  /** What the method returns: a success, a failure, or a value that is neither. */
  readonly returned: boolean;
}

/** Raw methods and methods without such a place have nothing unknown there. */
export function unknownInMethod(method: MethodSchema, types: TypeTable): UnknownInMethod {
  if (method.wire === "raw") {
    return { arguments: false, inputItems: false, outputItems: false, returned: false };
  }
  const isUnknown = (type: Parameters<typeof unknownReason>[0]): boolean =>
    unknownReason(type, types) !== undefined;
  const isOutputUnknown = isUnknown(outputItemType(method));
  return {
    arguments: method.arguments.some(({ type }) => isUnknown(type)),
    inputItems: takesItems(method) && isUnknown(inputItemType(method)),
    outputItems: givesItems(method) && isOutputUnknown,
    returned: !givesItems(method) && isOutputUnknown,
  };
}
