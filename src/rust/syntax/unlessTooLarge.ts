// The last net under the limits of this layer: what still exceeds the engine's own (its stack, its longest text) is one thing
// that is too large, and takes nothing else with it.

/** What `work` gives, or `instead` when the engine could not hold it. */
export function unlessTooLarge<T>(work: () => T, instead: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) {
      return instead();
    }
    throw error;
  }
}
