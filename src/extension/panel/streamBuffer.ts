// The items of one stream as the panel shows them: the last ones, bounded in number and in bytes, with counts of all. Knows
// nothing of VS Code; what changed is asked for by its owner.

import { formatJson } from "../../codec/json/formatJson.ts";
import {
  decodeItem,
  encodeInputItem,
  givesItems,
  inputItemType,
  outputItemType,
  parseInputItem,
  takesItems,
} from "../../codec/method/streamItems.ts";
import { decodeValue } from "../../codec/bincode/decode.ts";
import type { PanicReport } from "../../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import type {
  StreamControl,
  StreamDirection,
  StreamItem,
  StreamUser,
  StreamWait,
} from "../../model/stream.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type {
  StreamCommand,
  StreamItemValue,
  StreamRow,
  StreamStatus,
  StreamUpdate,
} from "../../protocol/panelStream.ts";

export interface StreamBufferOptions {
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  /** Items that are kept. */
  readonly maxItems: number;
  /** Bytes of items that are kept. Default 64 MiB. */
  readonly maxBytes?: number;
  readonly serial: number;
  readonly now?: () => number;
}

/** An item that is kept. */
export interface KeptItem extends StreamItem {
  readonly sequence: number;
}

const defaultMaxBytes = 64 * 1024 * 1024;
const rateWindowMs = 1000;
const mostRowsWhileFast = 500;
const mostTextLength = 300;
/** Longer items are not decoded for their row. */
export const mostTextBytes = 256 * 1024;

export class StreamBuffer implements StreamUser {
  readonly #options: StreamBufferOptions;
  readonly #now: () => number;
  readonly #samples: { readonly atMs: number; readonly count: number }[] = [];
  /** A ring by sequence modulo `maxItems`: nothing moves when items come and go. */
  readonly #ring: (KeptItem | undefined)[] = [];
  #first = 0;
  #total = 0;
  #keptBytes = 0;
  #received = 0;
  #sent = 0;
  #offered = 0;
  #control: StreamControl | null = null;
  #wait: StreamStatus["wait"] = "opening";
  #waitingSince: number;
  #isRunning = false;
  #isInputFinished = false;
  #panic: string | null = null;
  #told = 0;
  #hasGap = true;
  /** Something changed that is worth telling. */
  onChanged: () => void = () => undefined;

  constructor(options: StreamBufferOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#waitingSince = this.#now();
  }

  /** Tells the streams of a panel apart. */
  get serial(): number {
    return this.#options.serial;
  }

  /** The stream has ended. */
  get isOver(): boolean {
    return this.#wait === "ended";
  }

  /** The method whose stream it is, as it was when the stream began. */
  get method(): PluginMethod {
    return this.#options.method;
  }

  opened(control: StreamControl): void {
    this.#control = control;
    this.onChanged();
  }

  item(item: StreamItem): void {
    const kept: KeptItem = { ...item, sequence: this.#total };
    const place = kept.sequence % this.#options.maxItems;
    this.#keptBytes -= this.#ring[place]?.bytes.length ?? 0;
    this.#ring[place] = kept;
    this.#total += 1;
    this.#keptBytes += item.bytes.length;
    if (item.direction === "out") {
      this.#received += 1;
      this.#panic = null;
    } else {
      this.#sent += 1;
    }
    this.#trim();
    this.onChanged();
  }

  waits(wait: StreamWait): void {
    this.#enter(wait);
  }

  #enter(wait: StreamStatus["wait"]): void {
    if (this.#wait !== wait) {
      this.#wait = wait;
      this.#waitingSince = this.#now();
      this.onChanged();
    }
  }

  panicked(panic: PanicReport): void {
    this.#panic = panic.message;
    this.#isRunning = false;
    this.onChanged();
  }

  /** Lets other work of this process come between two batches. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(resolve);
    });
  }

  /** The call is over: what is kept stays to be looked at. */
  ended(): void {
    this.#control = null;
    this.#isRunning = false;
    this.#enter("ended");
  }

  /** Does what a button asks for; nothing after the end. */
  command(command: StreamCommand): void {
    const control = this.#control;
    if (control === null) {
      return;
    }
    this.#isRunning = command.kind === "run" || (this.#isRunning && command.kind === "finishInput");
    switch (command.kind) {
      case "next":
        control.next(command.count);
        break;
      case "run":
        control.run();
        break;
      case "pause":
        control.pause();
        break;
      case "drop":
        control.close();
        break;
      case "finishInput":
        this.#isInputFinished = true;
        control.finishInput();
        break;
    }
    this.onChanged();
  }

  /** Offers a value to the plugin; why it cannot, or null. */
  send(value: JsonValue): string | null {
    const { method, plugin } = this.#options;
    const bytes = encodeInputItem(method, plugin.types, value);
    if (!bytes.ok) {
      return bytes.error.map(({ pointer, message }) => `${pointer} ${message}`.trim()).join(" ");
    }
    return this.sendBytes(bytes.value);
  }

  /** Offers an item as bytes; why it cannot, or null. */
  sendBytes(bytes: Uint8Array): string | null {
    if (this.#control === null || this.#isInputFinished) {
      return "The plugin takes no more items: the stream's input is over.";
    }
    void this.#offer(bytes);
    return null;
  }

  /** Offers a line of NDJSON and waits until the plugin took it; why there is no use in more lines, or null. */
  async sendLine(line: string): Promise<string | null> {
    const { method, plugin } = this.#options;
    const value = parseInputItem(method, plugin.types, line);
    const bytes = value.ok ? encodeInputItem(method, plugin.types, value.value) : value;
    if (!bytes.ok) {
      return bytes.error.map(({ pointer, message }) => `${pointer} ${message}`.trim()).join(" ");
    }
    return this.sendNext(bytes.value);
  }

  /** As {@link sendLine}, with an item's bytes. */
  async sendNext(bytes: Uint8Array): Promise<string | null> {
    return (await this.#offer(bytes)) ? null : "The plugin takes no more items.";
  }

  /** A whole item, while it is kept. */
  valueOf(sequence: number): StreamItemValue | null {
    const item = this.kept(sequence);
    if (item === undefined) {
      return null;
    }
    const decoded = this.#decode(item);
    return {
      value: decoded.ok ? decoded.value.value : null,
      problem: decoded.ok ? null : decoded.error.message,
      bytes: new Uint8Array(item.bytes),
    };
  }

  /** All that are kept now, oldest first; they stay with who asked, however many come. */
  keptItems(): readonly KeptItem[] {
    const items: KeptItem[] = [];
    for (let sequence = this.#first; sequence < this.#total; sequence += 1) {
      const item = this.kept(sequence);
      if (item !== undefined) {
        items.push(item);
      }
    }
    return items;
  }

  /** JSON text of an item's value as the source tells it, or why it has none. */
  textOf(item: KeptItem): Result<string, string> {
    const decoded = this.#decode(item);
    return decoded.ok
      ? { ok: true, value: this.format(item.direction, decoded.value.value) }
      : { ok: false, error: decoded.error.message };
  }

  /** Everything, for a page that begins. */
  whole(): StreamUpdate {
    return this.#update(this.#first, true);
  }

  /** What the page does not have yet; while items come fast only the last of them, and all once they rest. */
  news(): StreamUpdate {
    const isFast = this.#wait === "plugin" && this.#total - this.#told > mostRowsWhileFast;
    if (isFast) {
      this.#hasGap = true;
      return this.#update(Math.max(this.#first, this.#total - mostRowsWhileFast), true);
    }
    if (this.#hasGap || this.#told < this.#first) {
      this.#hasGap = false;
      return this.whole();
    }
    return this.#update(this.#told, false);
  }

  #update(from: number, isWhole: boolean): StreamUpdate {
    const rows: StreamRow[] = [];
    for (let sequence = from; sequence < this.#total; sequence += 1) {
      const item = this.kept(sequence);
      if (item !== undefined) {
        rows.push(this.#row(item));
      }
    }
    this.#told = this.#total;
    return { serial: this.#options.serial, isWhole, rows, status: this.#status() };
  }

  #status(): StreamStatus {
    const { method } = this.#options;
    return {
      hasInput: takesItems(method),
      hasOutput: givesItems(method),
      wait: this.#wait,
      waitMs: this.#now() - this.#waitingSince,
      isRunning: this.#isRunning,
      isInputFinished: this.#isInputFinished,
      received: this.#received,
      sent: this.#sent,
      offered: this.#offered,
      perSecond: this.#perSecond(),
      kept: this.#total - this.#first,
      panic: this.#panic,
    };
  }

  #perSecond(): number {
    const now = this.#now();
    const samples = this.#samples;
    samples.push({ atMs: now, count: this.#total });
    while ((samples[1]?.atMs ?? now) < now - rateWindowMs) {
      samples.shift();
    }
    const [oldest] = samples;
    const spanMs = oldest === undefined ? 0 : now - oldest.atMs;
    return oldest === undefined || spanMs === 0
      ? 0
      : ((this.#total - oldest.count) * 1000) / Math.max(spanMs, 1);
  }

  async #offer(bytes: Uint8Array): Promise<boolean> {
    const control = this.#control;
    if (control === null) {
      return false;
    }
    this.#offered += 1;
    this.onChanged();
    const isTaken = await control.send(bytes);
    this.#offered -= 1;
    this.onChanged();
    return isTaken;
  }

  #row(item: KeptItem): StreamRow {
    const { sequence, direction, index, atMs, bytes } = item;
    const isShort = bytes.length <= mostTextBytes;
    const decoded = isShort ? this.textOf(item) : null;
    const text =
      decoded === null
        ? "long item: open it to see its value"
        : decoded.ok
          ? decoded.value
          : decoded.error;
    return {
      sequence,
      direction,
      index,
      atMs,
      bytes: bytes.length,
      text: cutRowText(text),
      isReadable: decoded?.ok !== false,
    };
  }

  #decode(item: KeptItem): ReturnType<typeof decodeItem> {
    const { method, plugin } = this.#options;
    return item.direction === "out"
      ? decodeItem(method, plugin.types, item.bytes)
      : decodeValue(inputItemType(method), plugin.types, item.bytes);
  }

  /** JSON text of an item's value, on one line. */
  format(direction: StreamDirection, value: JsonValue): string {
    const { method, plugin } = this.#options;
    const type = direction === "out" ? outputItemType(method) : inputItemType(method);
    return formatJson(type, plugin.types, value, 0);
  }

  /** An item, while it is kept. */
  kept(sequence: number): KeptItem | undefined {
    const item = this.#ring[sequence % this.#options.maxItems];
    return item?.sequence === sequence ? item : undefined;
  }

  #trim(): void {
    const { maxItems, maxBytes = defaultMaxBytes } = this.#options;
    while (
      this.#total - this.#first > maxItems ||
      (this.#keptBytes > maxBytes && this.#total - this.#first > 1)
    ) {
      const place = this.#first % maxItems;
      const oldest = this.#ring[place];
      if (oldest?.sequence === this.#first) {
        this.#ring[place] = undefined;
        this.#keptBytes -= oldest.bytes.length;
      }
      this.#first += 1;
    }
  }
}

/** A row's text: no longer than a row can show. */
export function cutRowText(text: string): string {
  return text.length > mostTextLength ? `${text.slice(0, mostTextLength)}…` : text;
}
