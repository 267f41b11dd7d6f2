// Items of a panel's stream whose type no source tells, through the bridge of the method's interface: JSON for serde goes to
// the plugin as bytes, and bytes are shown in serde's JSON.

import { BridgedItems, isRawLine, lossyItemNote } from "../../calls/bridgedItems.ts";
import type { OpenBridge } from "../../calls/bridging.ts";
import { serdeText } from "../../codec/values/unknownParts.ts";
import { unknownInMethod, type UnknownInMethod } from "../../codec/method/unknownInMethod.ts";
import type { PluginSchema } from "../../model/plugin.ts";
import type { StreamDirection } from "../../model/stream.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { StreamItemValue, StreamRowText } from "../../protocol/panelStream.ts";
import {
  cutRowText,
  mostTextBytes,
  type KeptItem,
  type StreamBuffer,
} from "../panel/streamBuffer.ts";

/** How the bridge is opened; undefined where it is not built, because nobody is made to wait for it here. */
export type ReadyBridge = () => Promise<OpenBridge | undefined>;

const notBuilt =
  "The compiler cannot be asked now, so this JSON is no item yet. Ask the Compiler builds what is needed.";

/** What of one stream goes through the bridge. */
export class PanelItems {
  readonly #stream: StreamBuffer;
  readonly #ready: ReadyBridge;
  readonly #unknown: UnknownInMethod;

  constructor(stream: StreamBuffer, { types }: PluginSchema, ready: ReadyBridge) {
    this.#stream = stream;
    this.#ready = ready;
    this.#unknown = unknownInMethod(stream.method, types);
  }

  /** Whether only the bridge knows the items of a direction. */
  isBridged(direction: StreamDirection): boolean {
    return direction === "in" ? this.#unknown.inputItems : this.#unknown.outputItems;
  }

  /** Asks for items, one after the other; undefined where nothing is to be asked, or the bridge is not built. */
  async open(): Promise<BridgedItems | undefined> {
    const isAsked = this.#unknown.inputItems || this.#unknown.outputItems;
    const open = isAsked ? await this.#ready() : undefined;
    return open === undefined ? undefined : new BridgedItems(this.#stream.method.name, open);
  }

  /** Offers a value to the plugin; why it cannot, or null. */
  async send(value: JsonValue): Promise<string | null> {
    const text = serdeText(value);
    if (text === undefined) {
      return this.#stream.send(value);
    }
    const items = await this.open();
    if (items === undefined) {
      return notBuilt;
    }
    const encoded = await items.write(text);
    return encoded.ok ? this.#stream.sendBytes(encoded.value) : encoded.error;
  }

  /**
   * How a line of NDJSON is offered, which settles when the plugin took it: as JSON for serde, or as `$raw` bytes and as
   * the source tells.
   */
  async lineSender(): Promise<(line: string) => Promise<string | null>> {
    const items = this.isBridged("in") ? await this.open() : undefined;
    return async (line) => {
      if (items === undefined || isRawLine(line)) {
        return this.#stream.sendLine(line);
      }
      const encoded = await items.write(line);
      return encoded.ok ? this.#stream.sendNext(encoded.value) : encoded.error;
    };
  }

  /** A whole item; what the source does not tell in serde's JSON, as far as the bridge is there. */
  async value(sequence: number): Promise<StreamItemValue | null> {
    const shown = this.#stream.valueOf(sequence);
    const item = this.#stream.kept(sequence);
    if (shown === null || item === undefined || !this.isBridged(item.direction)) {
      return shown;
    }
    const read = await (await this.open())?.read(item.direction, item.bytes);
    if (read === undefined) {
      return shown;
    }
    return read.ok
      ? {
          ...shown,
          value: { $serde: read.value.text },
          problem: null,
          ...(read.value.isLossless ? {} : { note: lossyItemNote }),
        }
      : { ...shown, problem: read.error };
  }

  /** The texts of rows: of those that only the bridge knows and that are kept. */
  async rowTexts(sequences: readonly number[]): Promise<readonly StreamRowText[]> {
    const items = await this.open();
    const texts: StreamRowText[] = [];
    for (const sequence of items === undefined ? [] : sequences) {
      const item = this.#stream.kept(sequence);
      if (items !== undefined && item !== undefined && this.isBridged(item.direction)) {
        texts.push(await this.#rowText(items, item));
      }
    }
    return texts;
  }

  async #rowText(items: BridgedItems, item: KeptItem): Promise<StreamRowText> {
    const { sequence, direction, bytes } = item;
    if (bytes.length > mostTextBytes) {
      return { sequence, text: null, problem: null };
    }
    const read = await items.read(direction, bytes);
    if (!read.ok) {
      return { sequence, text: null, problem: read.error };
    }
    const { text, isLossless } = read.value;
    return {
      sequence,
      text: cutRowText(this.#stream.format(direction, { $serde: text })),
      problem: isLossless ? null : lossyItemNote,
    };
  }
}
