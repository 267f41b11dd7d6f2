// Remembers the answers to questions that may lead back to themselves, as imports in a circle do. Every question is worked out
// once: what was asked on the way stays known, and an answer that rests on one still open is kept for as long as that is open.

/** Questions inside of one another; a longer chain of re-exports is not followed. */
const deepestChain = 200;

interface OpenQuestion {
  /** Answers that were found since. */
  readonly firstAnswer: number;
  /** Place of the outermost open question that it rests on, itself included; Infinity when it rests on none. */
  restsOn: number;
  /** It was asked again while it was open. */
  isCircular: boolean;
}

interface OpenAnswer<T> {
  readonly value: readonly T[];
  readonly restsOn: number;
}

export class AnswerTable<T> {
  readonly #settled = new Map<string, readonly T[]>();
  /** Answers that rest on open questions, in the order in which they were found. */
  readonly #provisional = new Map<string, OpenAnswer<T>>();
  readonly #order: string[] = [];
  readonly #open: OpenQuestion[] = [];
  readonly #places = new Map<string, number>();
  readonly #tooDeep: readonly T[];

  /** `tooDeep` is the answer to a question at the end of a chain that is too long. */
  constructor(tooDeep: readonly T[]) {
    this.#tooDeep = tooDeep;
  }

  /** The answer, when it is known already. */
  known(question: string): readonly T[] | undefined {
    const settled = this.#settled.get(question);
    if (settled !== undefined) {
      return settled;
    }
    const provisional = this.#provisional.get(question);
    if (provisional !== undefined) {
      this.#restOn(provisional.restsOn);
      return provisional.value;
    }
    const place = this.#places.get(question);
    const open = place === undefined ? undefined : this.#open[place];
    if (place === undefined || open === undefined) {
      return undefined;
    }
    // What a circle adds to itself is nothing.
    open.isCircular = true;
    this.#restOn(place);
    return [];
  }

  /** The answer; `find` works it out when it is not known. */
  answer(question: string, find: () => readonly T[]): readonly T[] {
    const known = this.known(question);
    if (known !== undefined) {
      return known;
    }
    const place = this.#open.length;
    if (place >= deepestChain) {
      this.#restOn(0);
      return this.#tooDeep;
    }
    const open: OpenQuestion = {
      firstAnswer: this.#order.length,
      restsOn: Infinity,
      isCircular: false,
    };
    this.#open.push(open);
    this.#places.set(question, place);
    try {
      const value = find();
      this.#close(question, open, value);
      return value;
    } finally {
      this.#open.length = place;
      this.#places.delete(question);
    }
  }

  /** Adds an answer that was found together with the one that is being worked out. */
  add(question: string, value: readonly T[]): void {
    if (!this.#settled.has(question) && !this.#places.has(question)) {
      this.#keep(question, { value, restsOn: this.#open.at(-1)?.restsOn ?? Infinity });
    }
  }

  #close(question: string, open: OpenQuestion, value: readonly T[]): void {
    const place = this.#open.length - 1;
    if (open.restsOn < place) {
      this.#open.pop();
      this.#restOn(open.restsOn);
      this.#keep(question, { value, restsOn: open.restsOn });
      return;
    }
    // What was found inside took this answer for empty: when it is not, that is asked again.
    const isTrue = !open.isCircular || value.length === 0;
    for (const inner of this.#order.splice(open.firstAnswer)) {
      const answer = this.#provisional.get(inner);
      this.#provisional.delete(inner);
      if (isTrue && answer !== undefined) {
        this.#settled.set(inner, answer.value);
      }
    }
    this.#settled.set(question, value);
  }

  #keep(question: string, answer: OpenAnswer<T>): void {
    if (!this.#provisional.has(question)) {
      this.#order.push(question);
    }
    this.#provisional.set(question, answer);
  }

  #restOn(place: number): void {
    const open = this.#open.at(-1);
    if (open !== undefined) {
      open.restsOn = Math.min(open.restsOn, place);
    }
  }
}
