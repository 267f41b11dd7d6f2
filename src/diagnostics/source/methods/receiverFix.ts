// Makes the receiver of a method `&self`, in the trait and in its impl blocks.

import type { TextFix } from "../../../model/text/textFix.ts";
import type { FunctionItem } from "../../../rust/syntax/items/items.ts";
import { methodEverywhere } from "./implementations.ts";
import { parameterList, receiverOf } from "./signature.ts";
import type { InterfaceSubject } from "../subjects.ts";
import { textFixIn } from "../textFixes.ts";

/** `&self` for whatever the method takes now. */
export function sharedReceiver(
  subject: InterfaceSubject,
  method: FunctionItem,
): readonly TextFix[] {
  const changes = methodEverywhere(subject, method).flatMap(({ placed, method: own }) => {
    const receiver = receiverOf(placed, own);
    if (receiver !== null) {
      return [{ placed, fragment: receiver, newText: "&self" }];
    }
    const list = parameterList(placed, own);
    const newText = list?.tokens.length === 0 ? "&self" : "&self, ";
    return list === null ? [] : [{ placed, fragment: list.start, newText }];
  });
  return textFixIn("Take `&self` in the trait and in its impl blocks", ...changes);
}
