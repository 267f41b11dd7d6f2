// Which members of a list changed their places.

/** Indexes of the fewest entries to take out so that the others ascend: the rest of a longest ascending run. */
export function movedEntries(order: readonly number[]): readonly number[] {
  // length[i]: of the longest run that ends at i; previous[i]: what stands before i in it.
  const lengths: number[] = [];
  const previous: number[] = [];
  for (const [index, value] of order.entries()) {
    let best = 0;
    let before = -1;
    for (let other = 0; other < index; other++) {
      if ((order[other] ?? 0) < value && (lengths[other] ?? 0) > best) {
        best = lengths[other] ?? 0;
        before = other;
      }
    }
    lengths.push(best + 1);
    previous.push(before);
  }
  const kept = new Set<number>();
  for (let at = lengths.indexOf(Math.max(0, ...lengths)); at >= 0; at = previous[at] ?? -1) {
    kept.add(at);
  }
  return order.flatMap((_, index) => (kept.has(index) ? [] : [index]));
}
