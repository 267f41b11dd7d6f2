// A library's file as a source of bytes, for what is read of it beside the loader.

import { readSync } from "node:fs";
import { fileLimits } from "../../files/fileLimits.ts";
import { withRegularFileSync } from "../../files/regularFile.ts";
import { ok } from "../../model/result.ts";
import type { ImageSource } from "./imageHeaders.ts";

/** Reads from an open file of `size` bytes. */
export function fileSource(descriptor: number, size: number): ImageSource {
  return {
    size,
    read: (offset, length) => {
      if (offset + length > size) {
        return undefined;
      }
      const bytes = Buffer.alloc(length);
      const read = readSync(descriptor, bytes, 0, length, offset);
      return read === length ? new DataView(bytes.buffer, bytes.byteOffset, length) : undefined;
    },
  };
}

/** What `use` makes of a file; undefined when it cannot be read. */
export function withImageFile<T>(
  path: string,
  use: (source: ImageSource) => T | undefined,
): T | undefined {
  const used = withRegularFileSync(path, fileLimits.library, (descriptor, size) =>
    ok(use(fileSource(descriptor, size))),
  );
  return used.ok ? used.value : undefined;
}
