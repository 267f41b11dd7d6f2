// Run options of a call as they are kept: enough to call like that again, without a value that may be a secret.

import assert from "node:assert/strict";
import { keptOptions, optionsAgain } from "../../../src/history/keptOptions.ts";
import { asSettingsSay } from "../../../src/model/runOptions.ts";

const options = {
  environment: { RUST_LOG: "fidius=debug", TOKEN: "tok-4f9a" },
  workingDirectory: "data",
  profile: "release",
  features: ["extra"],
  memoryLimit: null,
};

describe("run options of a remembered call", () => {
  it("keep no value but those of Rust's own switches", () => {
    const kept = keptOptions(options);
    assert.deepEqual(kept?.environment, { RUST_LOG: "fidius=debug", TOKEN: null });
    assert.doesNotMatch(JSON.stringify(kept), /tok-/u);
    assert.equal(keptOptions(asSettingsSay), undefined);
  });

  it("run the call again as it was, with today's value of what was not kept", () => {
    const kept = JSON.parse(JSON.stringify(keptOptions(options))) as ReturnType<typeof keptOptions>;
    assert.deepEqual(optionsAgain(kept, { TOKEN: "new" }), {
      ...options,
      environment: { RUST_LOG: "fidius=debug", TOKEN: "new" },
    });
    assert.deepEqual(optionsAgain(kept, {}).environment, { RUST_LOG: "fidius=debug" });
    assert.deepEqual(optionsAgain(undefined, { TOKEN: "new" }), asSettingsSay);
  });
});
