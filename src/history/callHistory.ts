// The calls of a workspace, in memory as summaries and on disk as a whole. What is recorded shows at once and is written behind:
// detail and result first, the line of the index last, so that a kill in the middle loses no more than that call.

import { randomUUID } from "node:crypto";
import type { CallResult } from "../model/outcome.ts";
import {
  previewOf,
  type CallDetail,
  type CallSummary,
  type EntryChange,
  type FinishedCall,
} from "./callEntry.ts";
import {
  detailText,
  indexLine,
  readDetail,
  readIndex,
  readResult,
  resultText,
} from "./entryText.ts";
import type { HistoryFiles } from "./historyFiles.ts";
import { excessOf, type HistoryLimits } from "./limits.ts";

const indexName = "index.jsonl";
/** Lines of the index that say nothing any more, before it is written anew. */
const mostIdleLines = 200;
/** One result takes at most this part of what all entries may take. */
const largestShare = 0.25;

export interface HistoryOptions {
  readonly limits: () => HistoryLimits;
  /** What could not be written; what is in memory stays. */
  readonly onProblem: (error: unknown) => void;
  readonly onChange: () => void;
}

export class CallHistory {
  readonly #files: HistoryFiles;
  readonly #options: HistoryOptions;
  /** Oldest first. */
  #entries = new Map<string, CallSummary>();
  #lines = 0;
  /** A line that was cut short stands at the end of the index. */
  #needsLineEnd = false;
  #isTidy = false;
  #work: Promise<void>;

  /** Reads the index, and nothing else. */
  constructor(files: HistoryFiles, options: HistoryOptions) {
    this.#files = files;
    this.#options = options;
    this.#work = this.#load().catch(options.onProblem);
  }

  /** Newest first. */
  get list(): readonly CallSummary[] {
    return [...this.#entries.values()].reverse();
  }

  /** Of one method, oldest first. */
  ofMethod(pluginId: string, method: string): readonly CallSummary[] {
    return [...this.#entries.values()].filter(
      (entry) => entry.pluginId === pluginId && entry.method === method,
    );
  }

  get(id: string): CallSummary | undefined {
    return this.#entries.get(id);
  }

  /** Remembers a call. It is there at once; {@link settled} tells when it is on disk. */
  record({ summary, detail, result, valueText }: FinishedCall): CallSummary {
    const { bytes } = this.#options.limits();
    const about = detailText(detail);
    const text = result === null ? undefined : resultText(result);
    const kept = text?.ok === true && text.value.length <= bytes * largestShare ? text.value : "";
    const entry: CallSummary = {
      ...summary,
      id: `${summary.atMs.toString(36).padStart(9, "0")}-${randomUUID().slice(0, 8)}`,
      resultPreview: valueText === undefined ? "" : previewOf(valueText),
      detailBytes: Buffer.byteLength(about),
      resultBytes: Buffer.byteLength(kept),
      name: null,
      isPinned: false,
    };
    this.#entries.set(entry.id, entry);
    this.#enqueue(() => this.#write(entry.id, about, kept));
    this.#options.onChange();
    return entry;
  }

  /** Undefined when it is gone, or its file is damaged. */
  async detail(id: string): Promise<CallDetail | undefined> {
    const text = await this.#read(id, detailName);
    return text === undefined ? undefined : readDetail(text);
  }

  /** Undefined when it is not kept any more, or its file is damaged. */
  async result(id: string): Promise<CallResult | undefined> {
    const text = await this.#read(id, resultName);
    return text === undefined ? undefined : readResult(text);
  }

  change(id: string, change: EntryChange): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      return;
    }
    this.#entries.set(id, { ...entry, ...change });
    this.#enqueue(() => this.#append(indexLine({ change: id, to: change })));
    this.#options.onChange();
  }

  remove(ids: readonly string[]): void {
    const gone = ids.filter((id) => this.#entries.delete(id));
    if (gone.length === 0) {
      return;
    }
    this.#enqueue(() => this.#forget(gone));
    this.#options.onChange();
  }

  /** Resolves when everything that was recorded and changed is on disk. */
  async settled(): Promise<void> {
    await this.#work;
  }

  async #load(): Promise<void> {
    const index = readIndex((await this.#files.read(indexName)) ?? "");
    this.#entries = new Map([...index.entries, ...this.#entries]);
    this.#lines = index.lines;
    this.#needsLineEnd = !index.isWhole;
    this.#options.onChange();
  }

  /** What went while it waited to be written is not written any more. */
  async #write(id: string, about: string, result: string): Promise<void> {
    if (this.#entries.has(id)) {
      await this.#files.write(detailName(id), about);
    }
    if ((this.#entries.get(id)?.resultBytes ?? 0) > 0) {
      await this.#files.write(resultName(id), result);
    }
    const call = this.#entries.get(id);
    if (call !== undefined) {
      await this.#append(indexLine({ call }));
    }
    await this.#keepLimits();
  }

  async #read(id: string, nameOf: (id: string) => string): Promise<string | undefined> {
    await this.#work;
    return this.#entries.has(id) ? this.#files.read(nameOf(id)) : undefined;
  }

  #enqueue(task: () => Promise<void>): void {
    this.#work = this.#work.then(task).catch(this.#options.onProblem);
  }

  async #append(line: string): Promise<void> {
    await this.#tidy();
    await this.#files.append(indexName, this.#needsLineEnd ? `\n${line}` : line);
    this.#needsLineEnd = false;
    this.#lines++;
    if (this.#lines > this.#entries.size + mostIdleLines) {
      await this.#rewrite();
    }
  }

  async #rewrite(): Promise<void> {
    const entries = [...this.#entries.values()];
    await this.#files.replace(indexName, entries.map((call) => indexLine({ call })).join(""));
    this.#lines = entries.length;
    this.#needsLineEnd = false;
  }

  async #keepLimits(): Promise<void> {
    const excess = excessOf([...this.#entries.values()], this.#options.limits());
    for (const id of excess.results) {
      const entry = this.#entries.get(id);
      if (entry !== undefined) {
        this.#entries.set(id, { ...entry, resultBytes: 0 });
        await this.#append(indexLine({ change: id, to: { resultBytes: 0 } }));
        await this.#files.remove(resultName(id));
      }
    }
    for (const id of excess.entries) {
      this.#entries.delete(id);
    }
    if (excess.entries.length > 0) {
      await this.#forget(excess.entries);
    }
    if (excess.entries.length + excess.results.length > 0) {
      this.#options.onChange();
    }
  }

  /** The index forgets first: what it does not name is swept away sooner or later. */
  async #forget(ids: readonly string[]): Promise<void> {
    await this.#append(indexLine({ gone: ids }));
    for (const id of ids) {
      await this.#files.remove(detailName(id));
      await this.#files.remove(resultName(id));
    }
  }

  /** Once, before the first change: files that no line of the index names were left by a kill in the middle. */
  async #tidy(): Promise<void> {
    if (this.#isTidy) {
      return;
    }
    this.#isTidy = true;
    const known = new Set([indexName]);
    for (const { id, resultBytes } of this.#entries.values()) {
      known.add(detailName(id));
      if (resultBytes > 0) {
        known.add(resultName(id));
      }
    }
    for (const name of await this.#files.list()) {
      if (!known.has(name)) {
        await this.#files.remove(name);
      }
    }
  }
}

function detailName(id: string): string {
  return `${id}.json`;
}

function resultName(id: string): string {
  return `${id}.result.json`;
}
