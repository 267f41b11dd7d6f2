// What the page asks of a bridge that is built: serde's word on a text, and a text to begin with.

import type { OpenBridge } from "../../calls/bridging.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import type { SerdeQuestion } from "../../protocol/panelBridge.ts";

/** Made-up values that are tried until serde gives JSON for one. */
const attempts = 8;

/** What serde says of an argument's JSON text; null when it takes it. */
export async function checkSerde(
  { name }: MethodSchema,
  { argument, text }: SerdeQuestion,
  open: OpenBridge,
): Promise<string | null> {
  const opened = await open(new AbortController().signal);
  if (!opened.ok) {
    return "The compiler cannot be asked now. Invoke says why.";
  }
  const encoded = await opened.value.encode(name, `argument ${argument}`, text);
  return encoded.ok ? null : encoded.error;
}

/** JSON text of a small value of an argument's type; null when serde makes none. */
export async function exampleSerde(
  { name }: MethodSchema,
  argument: number,
  open: OpenBridge,
): Promise<string | null> {
  const opened = await open(new AbortController().signal);
  if (!opened.ok) {
    return null;
  }
  const texts: string[] = [];
  for (let seed = 1n; seed <= attempts; seed++) {
    const made = await opened.value.make(name, `argument ${argument}`, seed);
    const decoded = made.ok
      ? await opened.value.decode(name, `argument ${argument}`, made.value)
      : made;
    if (decoded.ok) {
      texts.push(decoded.value.text);
    }
  }
  return texts.sort((left, right) => left.length - right.length)[0] ?? null;
}
