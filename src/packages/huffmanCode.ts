// Huffman codes for symbols that come so often: lengths, and the canonical codes of those lengths.

/** How many bits each symbol's code has: at least 1, at most `longest`. Rare symbols are taken for less rare until that holds. */
export function codeLengths(counts: readonly number[], longest: number): readonly number[] {
  let weights = counts.map((count) => Math.max(count, 1));
  for (;;) {
    const lengths = lengthsFor(weights);
    if (Math.max(...lengths) <= longest) {
      return lengths;
    }
    weights = weights.map((weight) => (weight >> 1) + 1);
  }
}

interface Tree {
  readonly weight: number;
  readonly symbols: readonly number[];
}

function lengthsFor(weights: readonly number[]): readonly number[] {
  const lengths = new Array<number>(weights.length).fill(0);
  // Two queues, both in order: single symbols, and what was made of two.
  const leaves: readonly Tree[] = weights
    .map((weight, symbol) => ({ weight, symbols: [symbol] }))
    .sort((left, right) => left.weight - right.weight);
  const made: Tree[] = [];
  let [leaf, tree] = [0, 0];
  const lightest = (): Tree => {
    const [single, joined] = [leaves[leaf], made[tree]];
    if (single !== undefined && (joined === undefined || single.weight <= joined.weight)) {
      leaf += 1;
      return single;
    }
    tree += 1;
    return joined ?? { weight: 0, symbols: [] };
  };
  for (let joins = 1; joins < weights.length; joins += 1) {
    const [left, right] = [lightest(), lightest()];
    const symbols = [...left.symbols, ...right.symbols];
    for (const symbol of symbols) {
      lengths[symbol] = (lengths[symbol] ?? 0) + 1;
    }
    made.push({ weight: left.weight + right.weight, symbols });
  }
  return lengths;
}

/** Codes of one length are consecutive numbers, the shorter lengths first. */
export function codesOf(lengths: readonly number[]): readonly number[] {
  const codes = new Array<number>(lengths.length).fill(0);
  let code = 0;
  for (let length = 1; length <= Math.max(...lengths); length += 1) {
    lengths.forEach((own, symbol) => {
      if (own === length) {
        codes[symbol] = code;
        code += 1;
      }
    });
    code *= 2;
  }
  return codes;
}
