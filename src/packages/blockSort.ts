// Sorts all rotations of a block (Burrows-Wheeler), by doubling the length by which they are compared: each round sorts by the ranks of
// the round before, so that no content takes more than the logarithm of the block's length in rounds.

export interface SortedBlock {
  /** The byte before each rotation, in their order. */
  readonly last: Uint8Array;
  /** The place of the rotation that is the block itself. */
  readonly start: number;
}

export function sortBlock(block: Uint8Array): SortedBlock {
  const { length } = block;
  const order = orderOfRotations(block);
  const last = new Uint8Array(length);
  let start = 0;
  order.forEach((rotation, place) => {
    last[place] = block[rotation === 0 ? length - 1 : rotation - 1] ?? 0;
    if (rotation === 0) {
      start = place;
    }
  });
  return { last, start };
}

/** How many pairs of bytes there are. */
const pairs = 0x10000;

function orderOfRotations(block: Uint8Array): Int32Array {
  const { length } = block;
  // The first round takes two bytes at once.
  let ranks = Int32Array.from(
    block,
    (byte, place) => (byte << 8) | (block[(place + 1) % length] ?? 0),
  );
  let next = new Int32Array(length);
  const order = new Int32Array(length);
  const shifted = new Int32Array(length);
  const counts = new Int32Array(Math.max(pairs, length) + 1);
  for (let rotation = 0; rotation < length; rotation += 1) {
    shifted[rotation] = rotation;
  }
  sortByRank(shifted, ranks, order, counts, pairs);
  let classes = rankAnew(order, ranks, ranks, next);
  [ranks, next] = [next, ranks];
  for (let width = 2; width < length && classes < length; width *= 2) {
    // Sorted by their second halves, as the order of the first halves has them.
    for (let place = 0; place < length; place += 1) {
      const rotation = (order[place] ?? 0) - width;
      shifted[place] = rotation >= 0 ? rotation : rotation + length;
    }
    sortByRank(shifted, ranks, order, counts, classes);
    classes = rankAnew(order, ranks, secondHalves(ranks, width), next);
    [ranks, next] = [next, ranks];
  }
  return order;
}

function secondHalves(ranks: Int32Array, width: number): Int32Array {
  const halves = new Int32Array(ranks.length);
  halves.set(ranks.subarray(width));
  halves.set(ranks.subarray(0, width), ranks.length - width);
  return halves;
}

/** Puts rotations into the order of their ranks; equals stay as they are. */
function sortByRank(
  rotations: Int32Array,
  ranks: Int32Array,
  sorted: Int32Array,
  counts: Int32Array,
  classes: number,
): void {
  counts.fill(0, 0, classes + 1);
  const { length } = ranks;
  for (let place = 0; place < length; place += 1) {
    const after = (ranks[place] ?? 0) + 1;
    counts[after] = (counts[after] ?? 0) + 1;
  }
  for (let rank = 0; rank < classes; rank += 1) {
    counts[rank + 1] = (counts[rank + 1] ?? 0) + (counts[rank] ?? 0);
  }
  for (let at = 0; at < length; at += 1) {
    const rotation = rotations[at] ?? 0;
    const rank = ranks[rotation] ?? 0;
    const place = counts[rank] ?? 0;
    sorted[place] = rotation;
    counts[rank] = place + 1;
  }
}

/** Gives equal rotations one rank; how many ranks there are. */
function rankAnew(
  order: Int32Array,
  first: Int32Array,
  second: Int32Array,
  ranks: Int32Array,
): number {
  let rank = -1;
  let lastFirst = -1;
  let lastSecond = -1;
  const { length } = order;
  for (let place = 0; place < length; place += 1) {
    const rotation = order[place] ?? 0;
    const ownFirst = first[rotation] ?? 0;
    const ownSecond = second[rotation] ?? 0;
    if (ownFirst !== lastFirst || ownSecond !== lastSecond) {
      rank += 1;
      lastFirst = ownFirst;
      lastSecond = ownSecond;
    }
    ranks[rotation] = rank;
  }
  return rank + 1;
}
