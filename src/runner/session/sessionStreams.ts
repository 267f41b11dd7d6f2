// The streams that are open in one host process, by the instance that they run on. An instance is destroyed after all its
// streams have ended (reference 3.7), whoever wanted it to go before.

/** An open stream, for those who want its instance to go. */
export interface SessionStream {
  /** The host's number of the instance. */
  readonly instance: number;
  readonly method: string;
  /** Asks it to end in peace; a plugin that is busy answers first. */
  end(): void;
  /** Settles when it is dropped, or its process has ended. */
  readonly ended: Promise<void>;
}

export class SessionStreams {
  readonly #open = new Set<SessionStream>();
  /** Instances that nothing can call any more, destroyed with their last stream. */
  readonly #outlived = new Set<number>();

  get count(): number {
    return this.#open.size;
  }

  add(stream: SessionStream): void {
    this.#open.add(stream);
  }

  /** Forgets a stream; true when its instance is to be destroyed now. */
  remove(stream: SessionStream): boolean {
    this.#open.delete(stream);
    return this.on(stream.instance).length === 0 && this.#outlived.delete(stream.instance);
  }

  on(instance: number): readonly SessionStream[] {
    return [...this.#open].filter((stream) => stream.instance === instance);
  }

  /** Leaves an instance to its streams; false when it has none. */
  leaveTo(instance: number): boolean {
    const isUsed = this.on(instance).length > 0;
    if (isUsed) {
      this.#outlived.add(instance);
    }
    return isUsed;
  }
}
