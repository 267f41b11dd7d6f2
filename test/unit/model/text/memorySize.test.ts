// Amounts of memory on the command line.

import assert from "node:assert/strict";
import { parseMemorySize } from "../../../../src/model/text/memorySize.ts";

describe("amounts of memory", () => {
  it("have a unit, or are none", () => {
    const read = (text: string): number | null | string => {
      const size = parseMemorySize(text);
      return size.ok ? size.value : size.error;
    };
    assert.deepEqual(["512MiB", "2g", "1.5 GiB", "64kb", "none"].map(read), [
      512 * 1024 ** 2,
      2 * 1024 ** 3,
      1.5 * 1024 ** 3,
      64 * 1024,
      null,
    ]);
    for (const text of ["", "512", "0M", "-1G", "much", "1T"]) {
      assert.match(String(read(text)), /is no amount of memory\. Write it as/, text);
    }
  });
});
