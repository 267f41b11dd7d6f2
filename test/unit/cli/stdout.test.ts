// stdout that takes nothing: told with its reason, except for a reader that went away.

import assert from "node:assert/strict";
import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CliFailure } from "../../../src/cli/output/failure.ts";
import { guardStdout, type GuardedStream } from "../../../src/cli/output/stdout.ts";

interface Guarded {
  readonly stream: GuardedStream;
  readonly emit: (error: unknown) => void;
  readonly failures: CliFailure[];
  readonly gone: number[];
}

function guarded(fd: number): Guarded {
  let emit: (error: unknown) => void = () => undefined;
  const stream: GuardedStream = {
    fd,
    write: () => {
      throw new Error("a file is written to without the stream");
    },
    on: (_event, listener) => {
      emit = listener;
    },
  };
  const failures: CliFailure[] = [];
  const gone: number[] = [];
  guardStdout(
    stream,
    () => gone.push(1),
    (failure) => failures.push(failure),
  );
  return { stream, emit, failures, gone };
}

function broken(code: string): Error {
  return Object.assign(new Error(`${code}: write`), { code });
}

describe("stdout of the command line", () => {
  it("is a failure when the disk is full", () => {
    const fd = openSync("/dev/full", "w");
    try {
      const { stream, failures, gone } = guarded(fd);
      stream.write("value\n");
      assert.equal(gone.length, 0);
      assert.equal(failures[0]?.exitCode, 74);
      assert.equal(failures[0].kind, "outputFailed");
      assert.match(
        failures[0].message,
        /^stdout cannot be written to: no space is left on its disk\./,
      );
    } finally {
      closeSync(fd);
    }
  });

  it("gets all of a large result when it is a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fidius-stdout-"));
    const file = join(folder, "out");
    const fd = openSync(file, "w");
    try {
      const { stream, failures } = guarded(fd);
      const text = "é".repeat(3_000_000);
      stream.write(text);
      assert.deepEqual(failures, []);
      assert.equal(readFileSync(file, "utf8"), text);
    } finally {
      closeSync(fd);
      await rm(folder, { recursive: true });
    }
  });

  it("is no failure when its reader went away, and one for any other error of a pipe", () => {
    const fd = openSync("/dev/null", "w");
    try {
      const { emit, failures, gone } = guarded(fd);
      emit(broken("EPIPE"));
      assert.deepEqual([gone.length, failures.length], [1, 0]);
      for (const code of ["EIO", "EBADF", "ECONNRESET", "EDQUOT", "EFBIG"]) {
        emit(broken(code));
      }
      assert.equal(failures.length, 5);
      assert.ok(failures.every(({ exitCode }) => exitCode === 74));
    } finally {
      closeSync(fd);
    }
  });
});
