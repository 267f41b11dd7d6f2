// The least that any host process can cost: a bare Node that reads a message from a pipe, whole, and writes it back.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Duplex } from "node:stream";

/** Reads a length of four bytes and as many bytes, then writes them back, for ever. */
const program = `
const { readSync, writeSync } = require("node:fs");
const fully = (call, bytes) => {
  for (let at = 0; at < bytes.length;) {
    const count = call(3, bytes, at, bytes.length - at);
    if (count === 0) process.exit();
    at += count;
  }
};
const head = Buffer.alloc(4);
for (;;) {
  fully(readSync, head);
  const body = Buffer.allocUnsafe(head.readUInt32LE());
  fully(readSync, body);
  fully(writeSync, body);
}
`;

/** The other side of that Node. */
export class PipeEcho implements AsyncDisposable {
  readonly #child = spawn(process.execPath, ["-e", program], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });

  /** Milliseconds until all of `bytes` came back. */
  async send(bytes: Uint8Array): Promise<number> {
    const stream = this.#child.stdio[3];
    assert.ok(stream instanceof Duplex);
    const head = Buffer.alloc(4);
    head.writeUInt32LE(bytes.length);
    const start = performance.now();
    let left = bytes.length;
    const isBack = new Promise<void>((resolve) => {
      const onData = (chunk: Uint8Array): void => {
        left -= chunk.length;
        if (left === 0) {
          stream.off("data", onData);
          resolve();
        }
      };
      stream.on("data", onData);
    });
    stream.cork();
    stream.write(head);
    stream.write(bytes);
    stream.uncork();
    await isBack;
    return performance.now() - start;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }
}
