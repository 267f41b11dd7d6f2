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

/** One question of a table, with what the table knows of it. */
export class Question<T> {
  settled: readonly T[] | undefined;
  /** An answer that rests on open questions. */
  provisional: OpenAnswer<T> | undefined;
  /** Its place among the open questions. */
  place = -1;
}

export class AnswerTable<T> {
  /** Questions with answers that rest on open ones, in the order in which those were found. */
  readonly #order: Question<T>[] = [];
  readonly #open: OpenQuestion[] = [];
  readonly #tooDeep: readonly T[];

  /** `tooDeep` is the answer to a question at the end of a chain that is too long. */
  constructor(tooDeep: readonly T[]) {
    this.#tooDeep = tooDeep;
  }

  /** The answer, when it is known already. */
  known(question: Question<T>): readonly T[] | undefined {
    const { settled, provisional, place } = question;
    if (settled !== undefined) {
      return settled;
    }
    if (provisional !== undefined) {
      this.#restOn(provisional.restsOn);
      return provisional.value;
    }
    const open = this.#open[place];
    if (open === undefined) {
      return undefined;
    }
    // What a circle adds to itself is nothing.
    open.isCircular = true;
    this.#restOn(place);
    return [];
  }

  /** The answer; `find` works it out when it is not known. */
  answer(question: Question<T>, find: () => readonly T[]): readonly T[] {
    const known = this.known(question);
    if (known !== undefined) {
      return known;
    }
    const place = this.#open.length;
    if (place >= deepestChain) {
      this.#restOn(0);
      return this.#tooDeep;
    }
    const firstAnswer = this.#order.length;
    const open: OpenQuestion = { firstAnswer, restsOn: Infinity, isCircular: false };
    this.#open.push(open);
    question.place = place;
    let isClosed = false;
    try {
      const value = find();
      this.#close(question, open, value);
      isClosed = true;
      return value;
    } finally {
      this.#open.length = place;
      question.place = -1;
      if (!isClosed) {
        this.#takeSince(firstAnswer); // the engine gave up: the table goes on for others
      }
    }
  }

  /** Adds an answer that was found together with the one that is being worked out. */
  add(question: Question<T>, value: readonly T[]): void {
    if (question.settled === undefined && question.place < 0) {
      this.#keep(question, { value, restsOn: this.#open.at(-1)?.restsOn ?? Infinity });
    }
  }

  #close(question: Question<T>, open: OpenQuestion, value: readonly T[]): void {
    const place = this.#open.length - 1;
    if (open.restsOn < place) {
      this.#open.pop();
      this.#restOn(open.restsOn);
      this.#keep(question, { value, restsOn: open.restsOn });
      return;
    }
    // What was found inside took this answer for empty: when it is not, that is asked again.
    const isTrue = !open.isCircular || value.length === 0;
    for (const [inner, answer] of this.#takeSince(open.firstAnswer)) {
      inner.settled = isTrue ? answer.value : undefined;
    }
    question.settled = value;
  }

  /** The answers that were found since, which rest on nothing any more. */
  #takeSince(firstAnswer: number): (readonly [Question<T>, OpenAnswer<T>])[] {
    return this.#order.splice(firstAnswer).flatMap((question) => {
      const { provisional } = question;
      question.provisional = undefined;
      return provisional === undefined ? [] : [[question, provisional] as const];
    });
  }

  #keep(question: Question<T>, answer: OpenAnswer<T>): void {
    if (question.provisional === undefined) {
      this.#order.push(question);
    }
    question.provisional = answer;
  }

  #restOn(place: number): void {
    const open = this.#open.at(-1);
    if (open !== undefined) {
      open.restsOn = Math.min(open.restsOn, place);
    }
  }
}
