// Every line of Fidius from the command line: found in its source, built by its own cargo set-up, called, inspected.

import assert from "node:assert/strict";
import { removeCache, runCli } from "../cli/cliProcess.ts";
import { builtLine, lineFolder, lineName, lines } from "./lines.ts";

interface InspectedPlugin {
  readonly name: string;
  readonly interfaceHash: string;
  readonly methodCount: number | null;
  readonly capabilities: string;
  readonly buffer: string;
  readonly wire: string;
  readonly methodMetadata: readonly (readonly unknown[])[];
  readonly traitMetadata: readonly unknown[];
}

interface Inspected {
  readonly registryVersion: number;
  readonly abi: number;
  readonly descriptorBytes: number;
  readonly hostImports: readonly { readonly interfaceName: string }[] | null;
  readonly plugins: readonly InspectedPlugin[];
}

const descriptorBytes: Readonly<Record<number, number>> = {
  1: 72,
  2: 80,
  100: 104,
  200: 104,
  300: 104,
  400: 104,
  500: 120,
};

describe("fidius-call and every line of Fidius", function () {
  this.timeout(600_000);
  after(removeCache);

  for (const line of lines) {
    const name = lineName(line);
    const place = ["--manifest-path", lineFolder(line)];
    const profile = line.profile === "release" ? ["--release"] : [];

    it(`${name}: list shows its plugins, call builds and calls`, async () => {
      const listed = await runCli(["list", lineFolder(line)]);
      assert.equal(listed.exitCode, 0, listed.stderr);
      assert.match(listed.stdout, /plugin Basic, implements Basics/);
      const args = ["--args", '{"division":{"dividend":9,"divisor":2}}'];
      const called = await runCli(["call", "Basic.divide", ...args, ...place, ...profile]);
      assert.equal(called.exitCode, 0, called.stderr);
      assert.equal(called.stdout, "4\n");
    });

    it(`${name}: failures have their exit codes`, async () => {
      const args = ["--args", '[{"dividend":9,"divisor":0}]'];
      const failed = await runCli(["call", "Basic.divide", ...args, ...place, ...profile]);
      assert.equal(failed.exitCode, 4, failed.stderr);
      const panicked = await runCli([
        ...["call", "Basic.panic_now", "--args", '["boom"]'],
        ...place,
        ...profile,
      ]);
      assert.equal(panicked.exitCode, 5, panicked.stderr);
      assert.match(panicked.error?.message ?? "", /boom/);
    });

    it(`${name}: inspect says what the library is`, async () => {
      const { library } = await builtLine(line);
      const inspected = await runCli(["inspect", library, "--json"]);
      assert.equal(inspected.exitCode, 0, inspected.stderr);
      const report = JSON.parse(inspected.stdout) as Inspected;
      assert.equal(report.registryVersion, 1);
      assert.equal(report.abi, line.abi);
      assert.equal(report.descriptorBytes, descriptorBytes[line.abi]);
      assert.deepEqual(
        report.hostImports?.map(({ interfaceName }) => interfaceName),
        line.abi === 500 ? ["Journal"] : undefined,
      );
      const basic = report.plugins.find((plugin) => plugin.name === "Basic");
      assert.equal(basic?.wire, line.values);
      assert.equal(basic.capabilities, line.abi === 1 ? "0" : "1");
      assert.deepEqual(
        basic.traitMetadata,
        line.abi < 100
          ? []
          : [
              { key: "area", value: "basics" },
              { key: "empty", value: "" },
            ],
      );
      assert.deepEqual(
        basic.methodMetadata[0] ?? [],
        line.abi < 100
          ? []
          : [
              { key: "unit", value: "pieces" },
              { key: "note", value: "" },
            ],
      );
      const text = await runCli(["inspect", library]);
      assert.match(text.stdout, new RegExp(`\\(ABI ${String(line.abi)}\\)`));
      assert.match(text.stdout, new RegExp(`hash ${basic.interfaceHash}`));
    });
  }

  it("a debug build of an unknown 0.0 release is asked about, and the option answers", async () => {
    const line = lines.find(({ version, profile }) => version === "0.0.5" && profile === "debug");
    assert.ok(line !== undefined);
    const { library } = await builtLine(line);
    const call = ["call", "Basic.double", "--args", "[4]", "--library", library];
    const place = ["--manifest-path", lineFolder(line)];
    const told = await runCli([...call, ...place, "--fidius-version", "0.0.5"]);
    assert.equal(told.stdout, "8\n", told.stderr);
    // The other convention is refused by the plugin before its method runs.
    const mistold = await runCli([...call, ...place, "--fidius-version", "0.0.4"]);
    assert.equal(mistold.exitCode, 3);
    assert.match(mistold.error?.message ?? "", /status -2/);
  });

  it("what is no library is refused with a sentence", async () => {
    const refused = await runCli(["inspect", lineFolder(lines[0] ?? assert.fail())]);
    assert.equal(refused.exitCode, 3);
    assert.match(refused.error?.message ?? "", /is no package: it has no package\.toml/);
  });
});
