// Builds and runs oracle/ (real serde and bincode) and asks it frame by frame.

import { execFile, spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Disposable } from "../../src/model/disposable.ts";
import { testTargetFolder } from "../support/fixtureLibraries.ts";

const manifest = fileURLToPath(new URL("oracle/Cargo.toml", import.meta.url));

/** Builds the oracle; the path of its program. */
export function buildOracle(): Promise<string> {
  return buildProgram(manifest);
}

/** Builds a program in the tests' target folder; its path. */
export async function buildProgram(
  manifestPath: string,
  features: readonly string[] = [],
): Promise<string> {
  const target = testTargetFolder();
  const { stdout } = await promisify(execFile)(
    "cargo",
    [
      "build",
      "--locked",
      "--features",
      features.join(","),
      "--manifest-path",
      manifestPath,
      "--message-format",
      "json",
      "--target-dir",
      target,
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  for (const line of stdout.split("\n")) {
    const message = line === "" ? {} : (JSON.parse(line) as { executable?: string | null });
    if (typeof message.executable === "string") {
      return message.executable;
    }
  }
  throw new Error("cargo named no program");
}

export type OracleAnswer =
  { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly message: string };

/** One running oracle; answers come in the order of the questions. */
export class OracleProcess implements Disposable {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting: {
    readonly resolve: (answer: OracleAnswer) => void;
    readonly reject: (error: Error) => void;
  }[] = [];
  #received = Buffer.alloc(0);

  constructor(program: string) {
    this.#child = spawn(program, [], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdout.on("data", (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#deliver();
    });
    this.#child.on("close", (code, signal) => {
      for (const { reject } of this.#waiting.splice(0)) {
        reject(new Error(`the oracle ended: ${code ?? signal}`));
      }
    });
  }

  ask(kind: number, payload: Uint8Array): Promise<OracleAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      const header = Buffer.alloc(6);
      header.writeUInt32LE(payload.length, 0);
      header.writeUInt16LE(kind, 4);
      this.#child.stdin.write(Buffer.concat([header, payload]));
    });
  }

  dispose(): void {
    this.#child.kill();
  }

  #deliver(): void {
    for (;;) {
      const received = this.#received;
      const length = received.length < 5 ? Infinity : received.readUInt32LE(0);
      if (received.length < 5 + length) {
        return;
      }
      this.#received = received.subarray(5 + length);
      const bytes = received.subarray(5, 5 + length);
      const isOk = received.readUInt8(4) === 0;
      this.#waiting
        .shift()
        ?.resolve(isOk ? { ok: true, bytes } : { ok: false, message: bytes.toString("utf8") });
    }
  }
}
