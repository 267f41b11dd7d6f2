// A call as a bug report, and as an entry of launch.json.

import assert from "node:assert/strict";
import { launchConfiguration } from "../../../src/copyAs/launchConfiguration.ts";
import { markdownReport, type ReportedCall } from "../../../src/copyAs/report.ts";

const call: ReportedCall = {
  title: "Calculator::divide",
  pluginName: "BasicCalculator",
  signature: "divide:i128,i128->Result<i128,PluginError>",
  arguments: '{\n  "a": 1\n}',
  configuration: null,
  outcome: "PluginError DIVISION_BY_ZERO",
  result: '{ "Err": "```\\n# no heading" }',
  output: { stdout: "one\n", stderr: "", droppedBytes: 0 },
  timing: "0.14 ms",
  when: "2026-01-02T03:04:05.000Z",
  versions: [["Fidius", "0.5.7"]],
  commandLine: "fidius-call call a/B.c --args '{}'",
};

describe("a call as Markdown", () => {
  it("has arguments, result, output, versions and the line that calls it again", () => {
    const text = markdownReport(call);
    for (const part of [
      "# Calculator::divide: PluginError DIVISION\\_BY\\_ZERO",
      '## Arguments\n\n```json\n{\n  "a": 1\n}\n```',
      "## Standard output\n\n```text\none\n```",
      "- Fidius: 0.5.7",
      "```sh\nfidius-call call a/B.c --args '{}'\n```",
    ]) {
      assert.ok(text.includes(part), `${part}\n---\n${text}`);
    }
    assert.ok(!text.includes("## Standard error"));
  });

  it("keeps what a plugin wrote inside of its block", () => {
    const text = markdownReport(call);
    assert.ok(text.includes('````json\n{ "Err": "```\\n# no heading" }\n````'));
  });

  it("says when the result is not kept any more", () => {
    assert.match(markdownReport({ ...call, result: undefined }), /It is not kept any more\./u);
  });
});

describe("a call as a launch configuration", () => {
  it("is JSON with the method and the arguments, wide integers as strings: VS Code reads them as doubles", () => {
    const text = launchConfiguration("A::b", "a/B.b", '{\n  "n": 18446744073709551615, "m": 2\n}');
    const entry = JSON.parse(text) as Record<string, unknown>;
    assert.equal(entry["type"], "fidius");
    assert.equal(entry["method"], "a/B.b");
    assert.equal(entry["name"], "Debug A::b");
    assert.deepEqual(entry["arguments"], { n: "18446744073709551615", m: 2 });
  });

  it("leaves out arguments that are no JSON", () => {
    const entry = JSON.parse(launchConfiguration("A::b", "a/B.b", "{")) as object;
    assert.ok(!("arguments" in entry));
  });
});
