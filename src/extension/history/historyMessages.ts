// Sentences of the history: its view, its questions, what the panel says of remembered calls.

export const historyMessages = {
  resultGone: (hasDetail: boolean): string =>
    hasDetail
      ? "The result of this call is not kept any more, its arguments are. Run it again to see what it gives now."
      : "The files of this call cannot be read, so neither its arguments nor its result can be shown.",
  callGone: "This call is not in the history any more.",
  methodGone: (title: string): string =>
    `${title} is not in the source any more, so the call cannot be run again. Its outcome can still be read.`,
  argumentsGone: "The arguments of this call cannot be read any more, so it cannot be run again.",
  argumentsUnfit:
    "The method takes other arguments now. Those of the call stand in the JSON tab: change what is marked there.",
  clear: "Delete Calls",
  clearQuestion: (count: number): string =>
    count === 1 ? "Delete the call in the history?" : `Delete the ${count} calls in the history?`,
  clearDetail: "Pinned calls stay. Deleted calls cannot be brought back.",
  namePrompt: "A name for this call, by which it is listed and found. Empty: no name.",
  searchPrompt: "Words that a call must have: in its method, outcome, arguments, result or output",
  filtered: (query: string, count: number): string =>
    `${count === 1 ? "1 call has" : `${String(count)} calls have`} “${query}”.`,
  off: "Calls are not recorded: fidius.history.record is off.",
  noPrevious:
    "This is the oldest call of its method that is remembered, so there is none before it to compare with.",
  noResult: (title: string): string =>
    `The result of ${title} is not kept any more, so there is nothing to compare.`,
  comparedTitle: (title: string, left: string, right: string): string =>
    `${title}: ${left} ↔ ${right}`,
  unrecorded: (title: string): string => `Calls of ${title} are not recorded from now on.`,
  recordAgain: "Record Again",
  pickUnrecorded: "Method whose calls are to be recorded again",
  allRecorded: "Calls of all methods are recorded.",
  now: "now",
  pickOther: "Call to compare it with",
  compareText: "Compare as Text",
  wholeResult: "the whole result",
  notThere: "not there",
  pickDifference: "Places where the results differ, older → newer",
  differences: (count: number): string =>
    count === 1 ? "1 difference" : `${String(count)} differences`,
  sameMeaning: (title: string): string =>
    `Both calls of ${title} gave the same; the order of maps and the last digits of floats do not count.`,
  pickForm: "What to copy the call as",
  copied: (form: string): string => `Copied: ${form}`,
  notCopied: "The arguments of this call cannot be read any more, so it cannot be copied.",
  noRust:
    "The method takes other types now, or the result is not kept any more, so there is no Rust for this call. Run it again first.",
  watching: (title: string): string =>
    `${title} is called again after each save and build, with these arguments, until the window closes.`,
  notWatched: "The result of this call is not kept any more. Run it again, and watch the new call.",
  debugLens: "Debug",
  lastCallTooltip: (when: string): string => `Called ${when}. Shows its outcome.`,
} as const;
