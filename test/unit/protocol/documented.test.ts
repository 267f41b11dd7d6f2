// docs/protocol.md lists the host's requests; this keeps it true.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hostNotifications, hostRequests, runnerRequests } from "../../../src/protocol/host.ts";

describe("docs/protocol.md", () => {
  it("lists every message, and no other", async () => {
    const file = join(import.meta.dirname, "../../../docs/protocol.md");
    const text = await readFile(file, "utf8");
    const listed = [...text.matchAll(/^\| `((?:host|runner)\/\w+)` /gm)].map(
      ([, method]) => method,
    );
    assert.deepEqual(
      listed,
      [
        ...Object.values(hostRequests),
        ...Object.values(runnerRequests),
        ...Object.values(hostNotifications),
      ].map(({ method }) => method),
    );
  });
});
