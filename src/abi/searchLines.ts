// Finds the signature lines behind an interface hash, when they differ by a few changes from lines that are known. FNV-1a runs
// backwards as well as forwards, so each change costs only its own line, and two changes meet in the middle.

import { hashBackward, hashForward, isSameState, stateOf, type HashState } from "./fnv.ts";
import { utf8 } from "./interfaceHash.ts";

/** One method of the interface: the line that it is taken to have, and those that it may have; null is none. */
export interface LineChoice {
  readonly base: string | null;
  readonly alternatives: readonly (string | null)[];
  /** Lines that it may have as well, with one other change at most: two changes of one line are one here. */
  readonly rare: () => Iterable<string>;
}

/** The line that each choice has. */
type Lines = readonly (string | null)[];

/** The bound of a search: a fraction of a second. */
export const mostHashedBytes = 12_000_000;

/** Most states that are kept to meet. */
const mostStates = 120_000;

const offsetBasis = stateOf(0xcbf29ce484222325n);
const lineBreak = Uint8Array.of(10);

/** What each choice has when the hash of all is `hash`; undefined when nothing within the bound fits. Choices are in the order of their names. */
export function searchLines(choices: readonly LineChoice[], hash: string): Lines | undefined {
  const search = new LineSearch(choices, hash);
  return (
    search.withOne() ??
    search.withoutSome() ??
    search.withTwo() ??
    search.withRare() ??
    search.withThree()
  );
}

/** A choice of another line than the base at one place, which leads to a state. */
interface Change {
  readonly state: HashState;
  readonly place: number;
  readonly line: string | null;
}

class LineSearch {
  readonly #choices: readonly LineChoice[];
  /** Bytes of the lines with their line break; null is none. */
  readonly #bases: readonly (Uint8Array | null)[];
  readonly #alternatives: readonly (readonly (Uint8Array | null)[])[];
  /** States with the bases before a place, and those that lead from it to the end. */
  readonly #before: HashState[];
  readonly #after: HashState[];
  #left = mostHashedBytes;

  constructor(choices: readonly LineChoice[], hash: string) {
    this.#choices = choices;
    this.#bases = choices.map(({ base }) => bytesOf(base));
    this.#alternatives = choices.map(({ alternatives }) => alternatives.map(bytesOf));
    this.#before = [offsetBasis];
    for (const [index, base] of this.#bases.entries()) {
      this.#before.push(this.#forward(this.#before[index] ?? offsetBasis, base));
    }
    // Every line is taken with a line break behind it, the last one too.
    let state = hashForward(stateOf(BigInt(`0x${hash}`)), lineBreak);
    this.#after = [state];
    for (const base of this.#bases.toReversed()) {
      state = this.#backward(state, base);
      this.#after.unshift(state);
    }
  }

  /** At most one change. */
  withOne(): Lines | undefined {
    if (isSameState(this.#stateBefore(0), this.#stateAfter(0))) {
      return this.#linesWith([]);
    }
    for (const change of this.#changesForward(0, this.#choices.length)) {
      if (isSameState(change.state, this.#stateAfter(change.place + 1))) {
        return this.#linesWith([change]);
      }
    }
    return undefined;
  }

  /** Any set of methods that are not there. */
  withoutSome(): Lines | undefined {
    const removable = this.#alternatives.map((list) => list.indexOf(null));
    const count = removable.filter((index) => index >= 0).length;
    if (count > 30) {
      return undefined;
    }
    const middle = this.#middleOf(removable, count);
    let states: { readonly state: HashState; readonly gone: readonly number[] }[] = [
      { state: offsetBasis, gone: [] },
    ];
    for (let place = 0; place < middle; place += 1) {
      states = states.flatMap(({ state, gone }) => [
        { state: this.#forward(state, this.#bases[place]), gone },
        ...((removable[place] ?? -1) >= 0 ? [{ state, gone: [...gone, place] }] : []),
      ]);
    }
    const meeting = new Map(states.map((entry) => [keyOf(entry.state), entry]));
    let ends: typeof states = [{ state: this.#stateAfter(this.#choices.length), gone: [] }];
    for (let place = this.#choices.length - 1; place >= middle; place -= 1) {
      ends = ends.flatMap(({ state, gone }) => [
        { state: this.#backward(state, this.#bases[place]), gone },
        ...((removable[place] ?? -1) >= 0 ? [{ state, gone: [...gone, place] }] : []),
      ]);
    }
    for (const end of ends) {
      const start = meeting.get(keyOf(end.state));
      if (start !== undefined && isSameState(start.state, end.state)) {
        const gone = new Set([...start.gone, ...end.gone]);
        return this.#choices.map(({ base }, place) => (gone.has(place) ? null : base));
      }
    }
    return undefined;
  }

  /** Two changes at two places: one from the front, one from the end. */
  withTwo(): Lines | undefined {
    let earlier: Change[] = [];
    for (const [place, base] of this.#bases.entries()) {
      if (this.#isSpent(earlier.length)) {
        return undefined;
      }
      const meeting = new Map(earlier.map((change) => [keyOf(change.state), change]));
      for (const later of this.#changesBackward(place)) {
        const first = meeting.get(keyOf(later.state));
        if (first !== undefined && isSameState(first.state, later.state)) {
          return this.#linesWith([first, later]);
        }
      }
      earlier = earlier.map((change) => ({ ...change, state: this.#forward(change.state, base) }));
      earlier.push(...this.#changesForward(place, place + 1));
    }
    return undefined;
  }

  /** A rare line at one place, and at most one change at another. */
  withRare(): Lines | undefined {
    this.#left = mostHashedBytes;
    const later = this.#laterChanges(Number.POSITIVE_INFINITY);
    let earlier: Change[] = [];
    for (const [place, { rare }] of this.#choices.entries()) {
      if (this.#isSpent(earlier.length)) {
        break;
      }
      const meeting = new Map(earlier.map((change) => [keyOf(change.state), change]));
      for (const line of rare()) {
        const bytes = bytesOf(line);
        const forward = this.#forward(this.#stateBefore(place), bytes);
        const backward = this.#backward(this.#stateAfter(place + 1), bytes);
        const first = meeting.get(keyOf(backward));
        const last = later[place + 1]?.get(keyOf(forward));
        if (isSameState(forward, this.#stateAfter(place + 1))) {
          return this.#linesWith([{ place, line }]);
        }
        if (first !== undefined && isSameState(first.state, backward)) {
          return this.#linesWith([first, { place, line }]);
        }
        if (last !== undefined && isSameState(last.state, forward)) {
          return this.#linesWith([{ place, line }, last]);
        }
        if (this.#left <= 0) {
          break;
        }
      }
      const base = this.#bases[place];
      earlier = earlier.map((change) => ({ ...change, state: this.#forward(change.state, base) }));
      earlier.push(...this.#changesForward(place, place + 1));
    }
    this.#left = mostHashedBytes;
    return undefined;
  }

  /** Three changes, among as many alternatives of each as the bound allows. */
  withThree(): Lines | undefined {
    const count = this.#choices.length;
    const each = Math.floor(Math.sqrt(this.#left / 50) / Math.max(count, 1));
    let earlier: Change[] = [];
    const later = this.#laterChanges(each);
    for (const [place, base] of this.#bases.entries()) {
      const meeting = later[place + 1];
      for (const [alternative, bytes] of (this.#alternatives[place] ?? []).entries()) {
        if (alternative >= each || this.#isSpent(earlier.length)) {
          break;
        }
        for (const first of earlier) {
          const state = this.#forward(first.state, bytes);
          const last = meeting?.get(keyOf(state));
          if (last !== undefined && isSameState(last.state, state)) {
            const line = this.#choices[place]?.alternatives[alternative] ?? null;
            return this.#linesWith([first, { place, line }, last]);
          }
        }
      }
      earlier = earlier.map((change) => ({ ...change, state: this.#forward(change.state, base) }));
      earlier.push(...this.#changesForward(place, place + 1, each));
    }
    return undefined;
  }

  /** By place: the states that lead to the end from there with one change. */
  #laterChanges(each: number): readonly ReadonlyMap<number, Change>[] {
    let changes: Change[] = [];
    const maps: Map<number, Change>[] = [new Map<number, Change>()];
    for (let place = this.#choices.length - 1; place >= 0; place -= 1) {
      const base = this.#bases[place];
      changes = changes.map((change) => ({ ...change, state: this.#backward(change.state, base) }));
      changes.push(...this.#changesBackward(place, each));
      maps.unshift(new Map(changes.map((change) => [keyOf(change.state), change])));
      if (this.#isSpent(changes.length)) {
        break;
      }
    }
    return maps.length > this.#choices.length ? maps : [];
  }

  *#changesForward(from: number, to: number, each = Number.POSITIVE_INFINITY): Generator<Change> {
    for (let place = from; place < to; place += 1) {
      const start = this.#stateBefore(place);
      const lines = this.#choices[place]?.alternatives ?? [];
      for (const [alternative, bytes] of (this.#alternatives[place] ?? []).entries()) {
        if (alternative >= each || this.#left <= 0) {
          break;
        }
        yield { state: this.#forward(start, bytes), place, line: lines[alternative] ?? null };
      }
    }
  }

  *#changesBackward(place: number, each = Number.POSITIVE_INFINITY): Generator<Change> {
    const end = this.#stateAfter(place + 1);
    const lines = this.#choices[place]?.alternatives ?? [];
    for (const [alternative, bytes] of (this.#alternatives[place] ?? []).entries()) {
      if (alternative >= each || this.#left <= 0) {
        break;
      }
      yield { state: this.#backward(end, bytes), place, line: lines[alternative] ?? null };
    }
  }

  /** Where half of the removable lines are on each side. */
  #middleOf(removable: readonly number[], count: number): number {
    let seen = 0;
    const middle = removable.findIndex((index) => {
      seen += index >= 0 ? 1 : 0;
      return seen * 2 > count;
    });
    return middle < 0 ? removable.length : middle;
  }

  #linesWith(changes: readonly Pick<Change, "place" | "line">[]): Lines {
    return this.#choices.map(({ base }, place) => {
      const change = changes.find((candidate) => candidate.place === place);
      return change === undefined ? base : change.line;
    });
  }

  #isSpent(states: number): boolean {
    return this.#left <= 0 || states > mostStates;
  }

  #stateBefore(place: number): HashState {
    return this.#before[place] ?? offsetBasis;
  }

  #stateAfter(place: number): HashState {
    return this.#after[place] ?? offsetBasis;
  }

  #forward(state: HashState, bytes: Uint8Array | null | undefined): HashState {
    this.#left -= bytes?.length ?? 0;
    return bytes ? hashForward(state, bytes) : state;
  }

  #backward(state: HashState, bytes: Uint8Array | null | undefined): HashState {
    // Multiplying by the inverse takes longer.
    this.#left -= (bytes?.length ?? 0) * 3;
    return bytes ? hashBackward(state, bytes) : state;
  }
}

function bytesOf(line: string | null): Uint8Array | null {
  if (line === null) {
    return null;
  }
  const bytes = new Uint8Array(line.length + 1);
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code > 0x7f) {
      return Uint8Array.from(utf8(`${line}\n`));
    }
    bytes[at] = code;
  }
  bytes[line.length] = 10;
  return bytes;
}

/** The upper 53 bits: enough to find a state, which is then compared as a whole. */
function keyOf({ high, low }: HashState): number {
  return high * 2 ** 21 + (low >>> 11);
}
