// Where the words of a script go: to the terminal at once, or, for one of several pieces of work that run side by side, into
// a text of its own that is shown as a whole at its end.

import { AsyncLocalStorage } from "node:async_hooks";

/** @type {AsyncLocalStorage<string[]>} */
const collected = new AsyncLocalStorage();

/** True inside of `collectOutput`: programs are to be read, not given the terminal. */
export function isCollecting() {
  return collected.getStore() !== undefined;
}

/**
 * Shows a text, or adds it to what the surrounding `collectOutput` gathers.
 * @param {string} text
 */
export function show(text) {
  const texts = collected.getStore();
  if (texts === undefined) {
    process.stdout.write(text);
  } else {
    texts.push(text);
  }
}

/**
 * Does some work and shows what it said when it is done, so that two of its kind do not mix their lines.
 * @template Result
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function collectOutput(work) {
  /** @type {string[]} */
  const texts = [];
  try {
    return await collected.run(texts, work);
  } finally {
    process.stdout.write(texts.join(""));
  }
}
