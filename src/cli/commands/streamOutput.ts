// A stream on the command line: items go to stdout as NDJSON while they come, input comes from a file or stdin, one JSON value
// a line. A slow reader of stdout slows the plugin; a slow plugin slows the reading of the input.

import {
  decodeItem,
  encodeInputItem,
  lineText,
  givesItems,
  outputItemType,
  parseInputItem,
  takesItems,
} from "../../codec/method/streamItems.ts";
import { isRawLine } from "../../calls/bridgedItems.ts";
import { formatJson } from "../../codec/json/formatJson.ts";
import { fileLimits } from "../../files/fileLimits.ts";
import { textLines } from "../../files/textLines.ts";
import type { PanicReport, ValueProblem } from "../../model/outcome.ts";
import type { StreamControl, StreamItem, StreamUser } from "../../model/stream.ts";
import { err, type Result } from "../../model/result.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { describeProblems } from "../output/describeOutcome.ts";
import { exitCodes } from "../output/exitCodes.ts";
import { usageFailure, type CliFailure } from "../output/failure.ts";
import { jsonText, rawJson } from "../output/jsonText.ts";
import { describeInputProblem, openInput, type Input } from "../options/input.ts";
import type { ItemBridge, ShownItem } from "../options/streamBridge.ts";
import type { SelectedMethod } from "../output/selectedMethod.ts";
import type { Terminal } from "../output/terminal.ts";

/** Different reasons for items that are bytes, that are told. */
const mostReasons = 20;

export interface StreamOptions {
  /** No more items than these; undefined is all of them. */
  readonly take: number | undefined;
  /** The input's NDJSON as `--input` names it; undefined is stdin. */
  readonly inputFile: string | undefined;
  /** One event a line instead of one value a line. */
  readonly isJson: boolean;
}

/** The command line's side of one stream. */
export class StreamOutput implements StreamUser {
  readonly #selected: SelectedMethod;
  readonly #options: StreamOptions;
  readonly #terminal: Terminal;
  readonly #bridge: ItemBridge;
  readonly #abort = new AbortController();
  /** Items that wait for the bridge are printed in their order. */
  #printing: Promise<void> | undefined;
  /** Why items are bytes or not whole, and how many are. */
  readonly #problems = new Map<string, number>();
  #otherProblems = 0;
  #control: StreamControl | null = null;
  #source: Input | null = null;
  #isOver = false;
  #failure: CliFailure | undefined;

  constructor(
    selected: SelectedMethod,
    options: StreamOptions,
    terminal: Terminal,
    bridge: ItemBridge = {},
  ) {
    this.#selected = selected;
    this.#bridge = bridge;
    this.#options = options;
    this.#terminal = terminal;
  }

  /** Aborts when an item of the input is unusable. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What went wrong on our side: an unusable item, in either direction. */
  get failure(): CliFailure | undefined {
    return this.#failure;
  }

  opened(control: StreamControl): void {
    this.#control = control;
    const { method } = this.#selected;
    if (givesItems(method)) {
      if (this.#options.take === undefined) {
        control.run();
      } else if (this.#options.take === 0) {
        control.close();
      } else {
        control.next(this.#options.take);
      }
    }
    if (takesItems(method)) {
      void this.#feed(control);
    }
  }

  item({ direction, index, atMs, bytes }: StreamItem): void {
    const { method, plugin } = this.#selected;
    if (direction === "in") {
      if (this.#options.isJson) {
        const event = { event: "input", index, atMs: rounded(atMs), bytes: bytes.length };
        this.#terminal.json(jsonText(event));
      }
      return;
    }
    if (this.#failure !== undefined) {
      return;
    }
    const { show } = this.#bridge;
    if (show !== undefined) {
      const before = this.#printing ?? Promise.resolve();
      this.#printing = before.then(() => this.#printBridged({ index, atMs, bytes }, show));
      return;
    }
    const decoded = decodeItem(method, plugin.types, bytes);
    if (!decoded.ok) {
      const type = outputItemType(method).rustType;
      this.#fail({
        exitCode: exitCodes.load,
        kind: "wireError",
        message: `Could not decode item ${String(index + 1)} as ${type} at byte ${String(decoded.error.offset)}: ${decoded.error.message}`,
        details: { item: index, offset: decoded.error.offset },
      });
      return;
    }
    this.#print({ index, atMs, bytes }, decoded.value.value);
  }

  async #printBridged(
    item: Omit<StreamItem, "direction">,
    show: (bytes: Uint8Array) => Promise<ShownItem>,
  ): Promise<void> {
    if (this.#failure !== undefined) {
      return;
    }
    const { value, problem } = await show(item.bytes);
    this.#print(item, value, problem);
    if (problem !== null) {
      this.#noteProblem(item.index, problem);
    }
  }

  /** Each reason is told once, at its first item, and only so many: a stream may have millions. With --json every item has its own. */
  #noteProblem(index: number, problem: string): void {
    const isKnown = this.#problems.has(problem);
    if (!isKnown && this.#problems.size === mostReasons) {
      this.#otherProblems += 1;
      return;
    }
    this.#problems.set(problem, (this.#problems.get(problem) ?? 0) + 1);
    if (!isKnown && !this.#options.isJson) {
      this.#terminal.note(`note: item ${String(index + 1)}: ${problem}`);
    }
  }

  #print(
    { index, atMs, bytes }: Omit<StreamItem, "direction">,
    value: JsonValue,
    problem: string | null = null,
  ): void {
    const { method, plugin } = this.#selected;
    const text = formatJson(outputItemType(method), plugin.types, value, 0);
    const line = this.#options.isJson
      ? jsonText({
          event: "item",
          index,
          atMs: rounded(atMs),
          bytes: bytes.length,
          value: rawJson(text),
          problem: problem ?? undefined,
        })
      : text;
    this.#terminal.json(line);
    if (index + 1 === this.#options.take) {
      this.#control?.close();
    }
  }

  waits(): void {
    // Nothing to show: the next line is the next item.
  }

  panicked(_: PanicReport): void {
    // Its outcome is the panic; who wants to go on after it does so in the panel.
    this.#control?.close();
  }

  settled(): Promise<void> | undefined {
    return this.#printing?.then(() => this.#terminal.drained()) ?? this.#terminal.drained();
  }

  /** The stream is over: the input is not read any more, and all that came is printed. */
  async ended(): Promise<void> {
    this.#isOver = true;
    await this.#source?.[Symbol.asyncDispose]();
    await this.#printing;
    if (this.#options.isJson) {
      return;
    }
    for (const [problem, count] of this.#problems) {
      if (count > 1) {
        this.#terminal.note(`note: ${String(count)} items in all: ${problem}`);
      }
    }
    if (this.#otherProblems > 0) {
      this.#terminal.note(
        `note: ${String(this.#otherProblems)} more items have other problems; --json names that of each.`,
      );
    }
  }

  async #feed(control: StreamControl): Promise<void> {
    const file = this.#options.inputFile ?? "-";
    const opened = await openInput(file);
    if (!opened.ok) {
      this.#fail(usageFailure(describeInputProblem("--input", file, opened.error)));
      return;
    }
    this.#source = opened.value;
    let number = 0;
    for await (const line of textLines(opened.value.pieces, fileLimits.argument)) {
      if (this.#isOver) {
        return;
      }
      number += 1;
      if (!line.ok) {
        this.#fail(usageFailure(describeInputProblem("--input", file, line.error)));
        return;
      }
      const text = lineText(line.value, number);
      if (text !== null && !(await this.#send(control, text, number))) {
        return;
      }
    }
    control.finishInput();
  }

  /** Sends a line; false when there is no use in sending more. */
  async #send(control: StreamControl, line: string, number: number): Promise<boolean> {
    const { method } = this.#selected;
    const bytes = await this.#bytesOf(line);
    if (bytes.ok) {
      return control.send(bytes.value);
    }
    const what = `Line ${String(number)} of the input does not fit ${method.name}`;
    this.#fail({
      exitCode: exitCodes.usage,
      kind: "invalidArguments",
      ...describeProblems(
        what,
        bytes.error.map((problem) => inInput(problem, number)),
      ),
      message: `${what}, so the stream was cancelled after ${counted(number - 1, "line")}.`,
    });
    return false;
  }

  async #bytesOf(line: string): Promise<Result<Uint8Array, readonly LineProblem[]>> {
    const { method, plugin } = this.#selected;
    const { bytesOf } = this.#bridge;
    if (bytesOf !== undefined && !isRawLine(line)) {
      const bytes = await bytesOf(line);
      return bytes.ok ? bytes : err([{ pointer: "", message: bytes.error }]);
    }
    const value = parseInputItem(method, plugin.types, line);
    return value.ok ? encodeInputItem(method, plugin.types, value.value) : value;
  }

  #fail(failure: CliFailure): void {
    this.#failure ??= failure;
    this.#abort.abort();
  }
}

/** What is wrong with a line; its place counts from the line's start. */
interface LineProblem extends ValueProblem {
  readonly line?: number;
  readonly column?: number;
}

/** The problem with its place in the whole input. */
function inInput(problem: LineProblem, number: number): LineProblem {
  const { line } = problem;
  return line === undefined ? problem : { ...problem, line: line + number - 1 };
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** To the microsecond. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
