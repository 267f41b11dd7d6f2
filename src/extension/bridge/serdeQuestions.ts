// What the page asks of a bridge that is built: serde's word on a text, and a text to begin with.

import type { OpenBridge } from "../../calls/bridging.ts";
import type { BridgePlace } from "../../bridge/generatedSource.ts";
import { configureName } from "../../model/instance.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import type { SerdePlace, SerdeQuestion } from "../../protocol/panelBridge.ts";

/** Made-up values that are tried until serde gives JSON for one. */
const attempts = 8;

/** What serde says of a JSON text at its place; null when it takes it. */
export async function checkSerde(
  method: MethodSchema,
  { place, text }: SerdeQuestion,
  open: OpenBridge,
): Promise<string | null> {
  const opened = await open(new AbortController().signal);
  if (!opened.ok) {
    return "The compiler cannot be asked now. Invoke says why.";
  }
  const encoded = await opened.value.encode(...slotOf(method, place), text);
  return encoded.ok ? null : encoded.error;
}

/** JSON text of a small value for a place; null when serde makes none. */
export async function exampleSerde(
  method: MethodSchema,
  place: SerdePlace,
  open: OpenBridge,
): Promise<string | null> {
  const opened = await open(new AbortController().signal);
  if (!opened.ok) {
    return null;
  }
  const texts: string[] = [];
  for (let seed = 1n; seed <= attempts; seed++) {
    const made = await opened.value.make(...slotOf(method, place), seed);
    const decoded = made.ok
      ? await opened.value.decode(...slotOf(method, place), made.value)
      : made;
    if (decoded.ok) {
      texts.push(decoded.value.text);
    }
  }
  return texts.sort((left, right) => left.length - right.length)[0] ?? null;
}

/** Method and place as the bridge names them: a configuration is the only argument of `configure`. */
function slotOf({ name }: MethodSchema, place: SerdePlace): [string, BridgePlace] {
  return place === "configuration" ? [configureName, "argument 0"] : [name, place];
}
