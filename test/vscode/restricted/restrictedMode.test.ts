// Restricted Mode: sources are read, nothing is run.

import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("in Restricted Mode", () => {
  it("the workspace is not trusted", () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });
});
