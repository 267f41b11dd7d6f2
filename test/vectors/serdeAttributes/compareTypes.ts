// Holds the model's types against serde: bytes of the model are read by serde, values of serde are read by the model, and both
// must see the same parts in the same order. Where the model says that bincode cannot do it, serde must fail.

import assert from "node:assert/strict";
import { modelWords } from "../../../src/bridge/verify/modelWords.ts";
import { Random } from "../../../src/bridge/verify/random.ts";
import { sampleValue } from "../../../src/bridge/verify/sampleValue.ts";
import { decodeValue } from "../../../src/codec/bincode/decode.ts";
import { encodeValue } from "../../../src/codec/bincode/encode.ts";
import { unknownReason } from "../../../src/codec/values/unknownParts.ts";
import type { InterfaceSchema } from "../../../src/model/plugin.ts";
import type { TypeSchema, TypeTable } from "../../../src/model/schema/schema.ts";
import { analyze } from "../../unit/rust/inMemoryProject.ts";
import { OracleProcess } from "../oracleProcess.ts";
import type { SerdeType } from "./randomSerdeTypes.ts";
import type { SerdeOracle } from "./serdeOracle.ts";

const values = 6;

/** How many directions of types were what. */
export interface Comparison {
  /** Same bytes and same parts, value for value. */
  agreed: number;
  /** The model says that bincode cannot, and serde could not. */
  impossible: number;
  /** A helper of the user's own writes part of it: nothing to compare. */
  helped: number;
  /** Types whose bytes a `skip_serializing_if` decides, which the model warns of. */
  conditional: number;
  readonly differences: string[];
}

export async function compareTypes(oracle: SerdeOracle): Promise<Comparison> {
  const schema = schemaOf(oracle);
  const process = new OracleProcess(oracle.program);
  const result: Comparison = {
    agreed: 0,
    impossible: 0,
    helped: 0,
    conditional: 0,
    differences: [],
  };
  try {
    for (const [index, type] of oracle.types.entries()) {
      await new Subject(type, index, schema, process, result).compare();
    }
  } finally {
    process.dispose();
  }
  return result;
}

function schemaOf({ types, text, makeText }: SerdeOracle): InterfaceSchema {
  const methods = types.map(({ name, path, reads, writes }) => {
    const given = reads ? `, value: types::${path}` : "";
    return `fn ${name}(&self${given})${writes ? ` -> types::${path}` : ""};`;
  });
  const model = analyze({
    demo: {
      files: {
        "src/lib.rs": `pub mod make; pub mod types;
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject {
${methods.join("\n")}
}
`,
        "src/make.rs": makeText,
        "src/types.rs": text,
      },
      dependencies: ["fidius", "serde", "serde_bytes"],
    },
  });
  const schema = model.interfaces[0]?.schema;
  assert.ok(schema !== undefined);
  return schema;
}

class Subject {
  readonly #subject: SerdeType;
  readonly #index: number;
  readonly #types: TypeTable;
  readonly #reading: TypeSchema | undefined;
  readonly #writing: TypeSchema | undefined;
  readonly #oracle: OracleProcess;
  readonly #result: Comparison;

  constructor(
    subject: SerdeType,
    index: number,
    { methods, types }: InterfaceSchema,
    oracle: OracleProcess,
    result: Comparison,
  ) {
    const method = methods.find(({ name }) => name === subject.name);
    assert.ok(method?.returns.kind === "value", subject.name);
    this.#subject = subject;
    this.#index = index;
    this.#types = types;
    this.#reading = subject.reads ? method.arguments[0]?.type : undefined;
    this.#writing = subject.writes ? method.returns.type : undefined;
    this.#oracle = oracle;
    this.#result = result;
  }

  async compare(): Promise<void> {
    if (this.#reading !== undefined) {
      await this.#compareReading(this.#reading);
    }
    if (this.#writing !== undefined) {
      await this.#compareWriting(this.#writing);
    }
  }

  async #compareReading(type: TypeSchema): Promise<void> {
    const reason = unknownReason(type, this.#types);
    if (reason !== undefined) {
      await this.#unknown(reason, () => this.#mustFailToRead(type, reason));
      return;
    }
    const random = new Random(BigInt(this.#index));
    for (let turn = 0; turn < values; turn += 1) {
      const value = sampleValue(type, this.#types, random, turn % 2 === 1);
      const encoded = encodeValue(type, this.#types, value);
      if (!encoded.ok) {
        // An enum of which serde reads no variant has no value.
        continue;
      }
      const answer = await this.#read(encoded.value);
      const words = this.#words(type, encoded.value);
      if (!answer.ok) {
        this.#differ("reads", `serde cannot read ${hex(encoded.value)}: ${answer.message}`);
        return;
      }
      if (answer.bytes.toString() !== words) {
        this.#differ("reads", `serde: ${answer.bytes.toString()}, model: ${words}`);
        return;
      }
    }
    this.#result.agreed += 1;
  }

  async #compareWriting(type: TypeSchema): Promise<void> {
    const reason = unknownReason(type, this.#types);
    if (reason !== undefined) {
      await this.#unknown(reason, () => this.#mustFailToWrite(type, reason));
      return;
    }
    const isConditional = this.#isConditional(type);
    for (let turn = 0; turn < values; turn += 1) {
      const answer = await this.#write(turn);
      const problem = answer.ok ? this.#problemOf(type, answer.bytes) : answer.message;
      // A variant that is never written has no bytes, whatever its index.
      if (problem !== null && !problem.includes("cannot be serialized")) {
        if (isConditional) {
          this.#result.conditional += 1;
        } else {
          this.#differ("writes", problem);
        }
        return;
      }
    }
    this.#result.agreed += 1;
  }

  /** What the model makes of a value that serde wrote; null when it is the same. */
  #problemOf(type: TypeSchema, answer: Buffer): string | null {
    const length = answer.readUInt32LE(0);
    const bytes = Uint8Array.from(answer.subarray(4, 4 + length));
    const trace = answer.subarray(4 + length).toString();
    const decoded = decodeValue(type, this.#types, bytes);
    if (!decoded.ok) {
      return `the model cannot read ${hex(bytes)} (${trace}): ${decoded.error.message}`;
    }
    const words = this.#words(type, bytes);
    if (words !== trace) {
      return `serde: ${trace}, model: ${words}`;
    }
    const again = encodeValue(type, this.#types, decoded.value.value);
    const isSame = again.ok && hex(again.value) === hex(bytes);
    return isSame ? null : `the model writes ${hex(bytes)} as ${JSON.stringify(again)}`;
  }

  async #unknown(reason: string, mustFail: () => Promise<void>): Promise<void> {
    if (/cannot be told|in a way of its own/.test(reason)) {
      this.#result.helped += 1;
      return;
    }
    this.#result.impossible += 1;
    await mustFail();
  }

  /** Only where the type itself cannot be read; one that may hold such a type can be read without. */
  async #mustFailToRead(type: TypeSchema, reason: string): Promise<void> {
    if (!this.#isWhollyUnknown(type)) {
      return;
    }
    const tries: Uint8Array[] = [Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 0]), Buffer.alloc(40, 1)];
    for (let turn = 0; turn < values && this.#writing !== undefined; turn += 1) {
      const answer = await this.#write(turn);
      if (answer.ok && answer.bytes.readUInt32LE(0) > 0) {
        tries.push(answer.bytes.subarray(4, 4 + answer.bytes.readUInt32LE(0)));
      }
    }
    for (const bytes of tries) {
      const answer = await this.#read(bytes);
      if (answer.ok) {
        this.#differ("reads", `serde reads ${hex(bytes)}, the model says: ${reason}`);
        return;
      }
    }
  }

  async #mustFailToWrite(type: TypeSchema, reason: string): Promise<void> {
    const named = type.kind === "named" ? this.#types[type.id] : undefined;
    if (
      !reason.includes("cannot encode") ||
      named?.kind !== "struct" ||
      !this.#isWhollyUnknown(type)
    ) {
      return;
    }
    for (let turn = 0; turn < values; turn += 1) {
      const answer = await this.#write(turn);
      if (answer.ok) {
        this.#differ("writes", `serde writes it, the model says: ${reason}`);
        return;
      }
    }
  }

  #isWhollyUnknown(type: TypeSchema): boolean {
    const named = type.kind === "named" ? this.#types[type.id] : undefined;
    return (
      named?.kind === "struct" &&
      named.body.kind === "newtype" &&
      named.body.inner.kind === "unknown"
    );
  }

  /** Holds a field that is left out of the bytes at times, and says so. */
  #isConditional(type: TypeSchema): boolean {
    const seen = new Set<string>();
    const pending = [JSON.stringify(type)];
    for (let text = pending.pop(); text !== undefined; text = pending.pop()) {
      if (text.includes('"serdeSkipIf"')) {
        return true;
      }
      for (const [id, named] of Object.entries(this.#types)) {
        if (!seen.has(id) && text.includes(JSON.stringify(id))) {
          seen.add(id);
          pending.push(JSON.stringify(named));
        }
      }
    }
    return false;
  }

  #words(type: TypeSchema, bytes: Uint8Array): string {
    return modelWords(type, this.#types, bytes)
      .map(({ word }) => word)
      .join(" ");
  }

  #read(bytes: Uint8Array) {
    return this.#oracle.ask(this.#index, Buffer.concat([Buffer.from([0]), bytes]));
  }

  #write(turn: number) {
    const request = Buffer.alloc(9, 1);
    request.writeBigUInt64LE(BigInt(turn), 1);
    return this.#oracle.ask(this.#index, request);
  }

  #differ(verb: string, what: string): void {
    const { text, path } = this.#subject;
    this.#result.differences.push(`${path} ${verb}: ${what}\n${text}`);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
