// Damage to valid input: pieces go, come twice, change places or turn into others.

/** Numbers in [0, 1). */
export type Random = () => number;

export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

export function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[below(random, choices.length)] as T;
}

/** The text after some edits; `scraps` is what may come in. */
export function mutateText(random: Random, text: string, scraps: readonly string[]): string {
  let result = text;
  for (let left = 1 + below(random, 4); left > 0; left -= 1) {
    const from = below(random, result.length + 1);
    const to = Math.min(result.length, from + below(random, pick(random, [2, 8, 60])));
    const middle = pick(random, [
      "",
      pick(random, scraps),
      pick(random, scraps).repeat(below(random, 40)),
      result.slice(from, to).repeat(2),
      Array.from(result.slice(from, to)).reverse().join(""),
    ]);
    result = result.slice(0, from) + middle + result.slice(to);
  }
  return result;
}

/** The bytes with some of them changed, gone or added; sometimes cut short. */
export function mutateBytes(random: Random, bytes: Uint8Array): Uint8Array {
  let result = [...bytes];
  for (let left = 1 + below(random, 4); left > 0; left -= 1) {
    const at = below(random, result.length + 1);
    const added = Array.from({ length: below(random, 6) }, () =>
      pick(random, [0, 0xff, 0x7f, 0x80, below(random, 256)]),
    );
    result.splice(at, below(random, 6), ...added);
    if (random() < 0.1) {
      result = result.slice(0, at);
    }
  }
  return Uint8Array.from(result);
}
