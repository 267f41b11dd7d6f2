// docs/protocol.md lists the host's requests; this keeps it true.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hostRequests } from "../../../src/protocol/host.ts";

describe("docs/protocol.md", () => {
  it("lists every request of the host, and no other", async () => {
    const file = join(import.meta.dirname, "../../../docs/protocol.md");
    const text = await readFile(file, "utf8");
    const listed = [...text.matchAll(/^\| `(host\/\w+)` /gm)].map(([, method]) => method);
    assert.deepEqual(
      listed,
      Object.values(hostRequests).map(({ method }) => method),
    );
  });
});
