// Finds calls by words: method, outcome, name, and the text of arguments, results and output. Every word has to be somewhere.

import { searchableText } from "./valueText.ts";
import type { CallSummary } from "./callEntry.ts";
import type { CallHistory } from "./callHistory.ts";

/** Ids of the calls that have all words. What lists show is looked at first; only what misses there is read from disk. */
export async function searchCalls(
  history: CallHistory,
  query: string,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = new Set<string>();
  for (const entry of history.list) {
    if (signal?.aborted === true) {
      break;
    }
    const missing = without(words, summaryText(entry));
    if (missing.length === 0 || (await isInside(history, entry, missing))) {
      found.add(entry.id);
    }
  }
  return found;
}

function without(words: readonly string[], text: string): readonly string[] {
  const lower = text.toLowerCase();
  return words.filter((word) => !lower.includes(word));
}

function summaryText(entry: CallSummary): string {
  return [
    `${entry.interfaceName}::${entry.method}`,
    entry.pluginName,
    entry.outcome,
    entry.name ?? "",
    entry.profile,
    entry.argumentsPreview,
    entry.resultPreview,
  ].join("\n");
}

async function isInside(
  history: CallHistory,
  { id }: CallSummary,
  words: readonly string[],
): Promise<boolean> {
  const detail = await history.detail(id);
  const output = detail?.about.output;
  const items = detail?.items?.lines ?? [];
  const told = [detail?.arguments, output?.stdout, output?.stderr, detail?.commit, ...items];
  const missing = without(words, told.join("\n"));
  if (missing.length === 0) {
    return true;
  }
  const result = await history.result(id);
  return result !== undefined && without(missing, searchableText(result)).length === 0;
}
