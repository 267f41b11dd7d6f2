// The model's bytes and serde's for one type of a method. What a plugin reads is shown to serde's reading, what it writes is
// written by serde; values come from the model and, made up by the type's own `Deserialize`, from serde.

import { decodeValue } from "../../codec/bincode/decode.ts";
import { encodeValue } from "../../codec/bincode/encode.ts";
import { formatJson } from "../../codec/json/formatJson.ts";
import { bytesToHexText } from "../../codec/text/hex.ts";
import { unknownReason } from "../../codec/values/unknownParts.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import { knownOfType } from "../../model/schema/typeWarnings.ts";
import type { Bridge } from "../bridges.ts";
import type { BridgePlace } from "../generatedSource.ts";
import { modelWords, type ModelWord } from "./modelWords.ts";
import { Random } from "./random.ts";
import { sampleValue } from "./sampleValue.ts";

/** One type of a method, and how it crosses. */
export interface VerifiedPlace {
  readonly method: string;
  readonly place: BridgePlace;
  /** For people: the argument's name, `result`, `error`, `item`. */
  readonly label: string;
  readonly type: TypeSchema;
  readonly direction: "reading" | "writing";
}

/** Where model and serde differ; bytes are text like `hex:0102`, empty when one of the two has none. */
export interface ByteDifference {
  /** JSON pointer into the value. */
  readonly pointer: string;
  /** The model's type there. */
  readonly rustType: string;
  readonly message: string;
  /** JSON of the value, as the model has it; undefined when the model cannot read serde's bytes. */
  readonly value?: string;
  readonly modelBytes: string;
  readonly serdeBytes: string;
}

export interface PlaceReport extends Omit<VerifiedPlace, "type"> {
  readonly rustType: string;
  /** Values that both sides had. */
  readonly compared: number;
  readonly differences: readonly ByteDifference[];
  /** Why nothing was compared; null when something was. */
  readonly obstacle: string | null;
  /** How the type's own code ended the bridge, or kept it from starting; null when it did not. */
  readonly end: string | null;
  /** What is no difference, and yet to be known. */
  readonly note: string | null;
}

export interface VerifyOptions {
  readonly bridge: Bridge;
  readonly types: TypeTable;
  readonly values: number;
  readonly seed: bigint;
  readonly signal: AbortSignal;
}

/** Compares; an ended bridge or an abort ends it early. */
export async function verifyPlace(
  place: VerifiedPlace,
  options: VerifyOptions,
): Promise<PlaceReport> {
  const { type, ...rest } = place;
  const unknown = unknownReason(type, options.types);
  const obstacle =
    unknown === undefined
      ? options.bridge.obstacle(place.method, place.place)
      : `The model does not know it. ${unknown}`;
  const run = new PlaceRun(place, options);
  if (obstacle === null) {
    await run.run();
  }
  const { end } = options.bridge;
  const expected = expectedDifference(place, options.types, run.differences);
  return {
    ...rest,
    rustType: type.rustType,
    compared: run.compared,
    differences: expected === undefined ? run.differences : [],
    obstacle: obstacle ?? end ?? run.obstacle,
    end,
    note: expected ?? run.note,
  };
}

/**
 * The sentence on values that differ because bincode cannot read what serde writes: after an attribute, or by the type's own
 * implementation. The model says so of the type, so that nothing of it is a fault of the model.
 */
function expectedDifference(
  { type, direction }: VerifiedPlace,
  types: TypeTable,
  found: readonly ByteDifference[],
): string | undefined {
  const code = direction === "writing" ? "serdeSkipIf" : "unreadableType";
  const known =
    found.length === 0
      ? undefined
      : knownOfType(type, types).warnings.find((warning) => warning.code === code);
  return known && `some values cannot be read, as the source says: ${known.message}`;
}

class PlaceRun {
  compared = 0;
  note: string | null = null;
  readonly #place: VerifiedPlace;
  readonly #options: VerifyOptions;
  readonly #found = new Map<string, ByteDifference>();
  #lastWords = "";

  constructor(place: VerifiedPlace, options: VerifyOptions) {
    this.#place = place;
    this.#options = options;
  }

  get differences(): readonly ByteDifference[] {
    return [...this.#found.values()];
  }

  get obstacle(): string | null {
    return this.compared > 0 || this.#found.size > 0
      ? null
      : `No value of it could be compared: ${this.#lastWords}`;
  }

  async run(): Promise<void> {
    const { values, seed, signal, types, bridge } = this.#options;
    const { type, method, place, direction } = this.#place;
    const random = new Random(seed);
    for (let index = 0; index < values; index++) {
      if (signal.aborted || bridge.end !== null) {
        return;
      }
      const encoded = encodeValue(type, types, sampleValue(type, types, random, index % 2 === 1));
      if (!encoded.ok) {
        this.#lastWords = encoded.error[0]?.message ?? "";
      } else if (direction === "reading") {
        await this.#readOurs(encoded.value);
      } else {
        await this.#write(encoded.value);
      }
      const made = await bridge.make(method, place, random.next(), signal);
      if (!made.ok) {
        this.#lastWords = made.error;
      } else if (direction === "reading") {
        await this.#readTheirs(made.value);
      } else {
        await this.#write(made.value);
      }
    }
  }

  /** Bytes of the model, read by serde. */
  async #readOurs(bytes: Uint8Array): Promise<void> {
    const { bridge, signal, types } = this.#options;
    const { method, place, type } = this.#place;
    const reading = await bridge.read(method, place, bytes, signal);
    if (!reading.ok) {
      this.#lastWords = reading.error;
      return;
    }
    const { problem, trace } = reading.value;
    if (problem?.startsWith("refused: ") === true) {
      this.#lastWords = problem.slice("refused: ".length);
      return;
    }
    this.compared++;
    const examined = await bridge.examine(method, place, bytes, signal);
    const again = examined.ok ? examined.value.bytes : new Uint8Array();
    const words = modelWords(type, types, bytes);
    const differing = differingWord(words, trace, "reads");
    if (problem !== null) {
      const { pointer, rustType } = differing ?? { pointer: "", rustType: type.rustType };
      const more = differing === undefined ? "" : ` ${differing.message}`;
      const message = `serde cannot read the model's bytes: ${problem}.${more}`;
      this.#add({ pointer, rustType, message }, bytes, again);
    } else if (differing !== undefined) {
      this.#add(differing, bytes, again);
    } else if (examined.ok && !this.#isModels(again, examined.value.trace)) {
      this.note ??=
        "serde writes it otherwise than it reads it: hosts written in Rust send other bytes than the plugin takes.";
    }
  }

  /** Bytes that serde made up and reads. */
  async #readTheirs(bytes: Uint8Array): Promise<void> {
    const { bridge, signal } = this.#options;
    const { method, place } = this.#place;
    const reading = await bridge.read(method, place, bytes, signal);
    if (!reading.ok || reading.value.problem !== null) {
      this.#lastWords = reading.ok ? (reading.value.problem ?? "") : reading.error;
      return;
    }
    this.#compareWithModel(bytes, reading.value.trace, "reads");
  }

  /** A value that serde reads from `source` and writes. */
  async #write(source: Uint8Array): Promise<void> {
    const { bridge, signal } = this.#options;
    const { method, place } = this.#place;
    const examined = await bridge.examine(method, place, source, signal);
    if (!examined.ok) {
      this.#lastWords = examined.error.replace(/^refused: /u, "");
      return;
    }
    this.#compareWithModel(examined.value.bytes, examined.value.trace, "writes");
  }

  #compareWithModel(bytes: Uint8Array, trace: string, verb: "reads" | "writes"): void {
    const { types } = this.#options;
    const { type } = this.#place;
    this.compared++;
    const decoded = decodeValue(type, types, bytes);
    if (!decoded.ok) {
      const { pointer, message } = decoded.error;
      const [sentence] = message.split(/(?<=\.) (?=The plugin)/u);
      const words = `The model cannot read the bytes that serde ${verb}: ${sentence ?? message}`;
      this.#add({ pointer, rustType: type.rustType, message: words }, new Uint8Array(), bytes);
      return;
    }
    const again = encodeValue(type, types, decoded.value.value);
    const ours = again.ok ? again.value : new Uint8Array();
    const differing = differingWord(modelWords(type, types, bytes), trace, verb);
    if (differing !== undefined) {
      this.#add(differing, ours, bytes);
    } else if (verb === "writes" && !isEqual(ours, bytes)) {
      const why = again.ok ? "" : `: ${again.error[0]?.message ?? ""}`;
      const message = `The model does not write the same bytes again${why}.`;
      this.#add({ pointer: "", rustType: type.rustType, message }, ours, bytes);
    }
  }

  #isModels(bytes: Uint8Array, trace: string): boolean {
    const { types } = this.#options;
    const { type } = this.#place;
    return (
      decodeValue(type, types, bytes).ok &&
      differingWord(modelWords(type, types, bytes), trace, "writes") === undefined
    );
  }

  /** Keeps the shortest of those that say the same. */
  #add(
    { pointer, rustType, message }: Omit<ByteDifference, "modelBytes" | "serdeBytes" | "value">,
    ours: Uint8Array,
    theirs: Uint8Array,
  ): void {
    const { types } = this.#options;
    const { type } = this.#place;
    const key = `${pointer} ${message}`.replaceAll(/\d+/gu, "#");
    const known = this.#found.get(key);
    const modelBytes = hex(ours);
    const serdeBytes = hex(theirs);
    const size = modelBytes.length + serdeBytes.length;
    if (known === undefined || known.modelBytes.length + known.serdeBytes.length > size) {
      const decoded = decodeValue(type, types, ours);
      const value = decoded.ok ? formatJson(type, types, decoded.value.value, 0) : undefined;
      this.#found.set(key, {
        pointer,
        rustType,
        message,
        ...(value === undefined ? {} : { value }),
        modelBytes,
        serdeBytes,
      });
    }
  }
}

/** The first word in which the model and serde differ, as the difference that it is. */
function differingWord(
  words: readonly ModelWord[],
  trace: string,
  verb: "reads" | "writes",
): Pick<ByteDifference, "pointer" | "rustType" | "message"> | undefined {
  const theirs = trace === "" ? [] : trace.split(" ");
  const length = Math.max(words.length, theirs.length);
  for (let index = 0; index < length; index++) {
    const ours = words[index];
    const their = theirs[index];
    if (ours?.word !== their) {
      const { pointer, rustType } = ours ?? words.at(-1) ?? { pointer: "", rustType: "()" };
      const message = `The model has ${describe(ours?.word)} there, serde ${verb} ${describe(their)}.`;
      return { pointer, rustType, message };
    }
  }
  return undefined;
}

function describe(word: string | undefined): string {
  if (word === undefined) {
    return "nothing more";
  }
  const number = word.slice(1);
  const kinds: Readonly<Record<string, string>> = {
    s: `a text of ${number} bytes`,
    n: `a length of ${number}`,
    o: number === "0" ? "an absent Option" : "a present Option",
    v: `the variant ${number}`,
  };
  const plain: Readonly<Record<string, string>> = { b: "a bool", c: "a char" };
  return plain[word] ?? kinds[word.slice(0, 1)] ?? `a ${word}`;
}

function isEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

function hex(bytes: Uint8Array): string {
  return bytesToHexText(bytes, 0, bytes.length);
}
