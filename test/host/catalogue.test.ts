// Types of well-known crates through a real plugin: the human form goes in as text, and what comes back is what the plugin
// received and what Rust's own Display or Debug says of it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { boundaryArguments } from "../../src/codec/values/boundaries.ts";
import { defaultArguments } from "../../src/codec/values/defaults.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { PluginSchema } from "../../src/model/plugin.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { testTargetFolder } from "../support/fixtureLibraries.ts";
import { methodOf } from "./fixtureSchemas.ts";
import { TestRunner, valueOf } from "./harness.ts";

const folder = join(import.meta.dirname, "catalogue");

/** Method, value, what Rust prints; the value comes back as `returned` where that is another form. */
type Case = readonly [method: string, value: JsonValue, printed: string, returned?: JsonValue];

const id = "67e55044-10b1-426f-9247-bb680e5fe0c8";
const cases: readonly Case[] = [
  ["duration", "1m30s", "90s"],
  ["duration", "1.5s", "1.5s", "1s500ms"],
  [
    "duration",
    { secs: "18446744073709551615", nanos: 999999999 },
    "18446744073709551615.999999999s",
    "213503982334601d7h15s999ms999us999ns",
  ],
  ["duration", "7ns", "7ns"],
  [
    "system_time",
    "2024-02-29T12:30:00.000000005Z",
    "SystemTime { tv_sec: 1709209800, tv_nsec: 5 }",
  ],
  [
    "system_time",
    "2024-02-29T12:30:00+02:00",
    "SystemTime { tv_sec: 1709202600, tv_nsec: 0 }",
    "2024-02-29T10:30:00Z",
  ],
  ["ipv4", "127.0.0.1", "127.0.0.1"],
  ["ipv4", [10, 0, 0, 1], "10.0.0.1", "10.0.0.1"],
  ["ipv6", "2001:db8::1:0:0:1", "2001:db8::1:0:0:1"],
  ["ipv6", "::ffff:1.2.3.4", "::ffff:1.2.3.4"],
  ["ipv6", "1:0:0:2:0:0:0:3", "1:0:0:2::3", "1:0:0:2::3"],
  ["ip", "::", "::"],
  ["ip", { V4: [1, 2, 3, 4] }, "1.2.3.4", "1.2.3.4"],
  ["socket", "[2001:db8::1]:443", "[2001:db8::1]:443"],
  ["socket", "1.2.3.4:80", "1.2.3.4:80"],
  ["socket_v4", "1.2.3.4:0", "1.2.3.4:0"],
  ["socket_v6", "[::1]:65535", "[::1]:65535"],
  ["path", "/tmp/a b", '"/tmp/a b"'],
  ["boxed_path", "x", '"x"'],
  ["boxed_text", "é", '"é"'],
  ["cow_bytes", "hex:00ff", "[0, 255]"],
  ["c_string", "text:ab", '"ab"', "hex:6162"],
  ["os_string", { Unix: "hex:6162" }, '"ab"'],
  ["bound", { Included: 7 }, "Included(7)"],
  ["range", { start: -1, end: 5 }, "-1..=5"],
  ["non_zero", 7, "7"],
  ["saturating", -7, "-7"],
  ["reverse", 7, "Reverse(7)"],
  ["atomic", "18446744073709551615", "18446744073709551615"],
  ["uuid", id, id],
  ["uuid", `{${id.toUpperCase()}}`, id, id],
  ["date_time", "2024-02-29T12:30:00.500Z", "2024-02-29T12:30:00.500Z"],
  ["date_time", "2024-02-29T12:30:00+02:00", "2024-02-29T10:30:00Z", "2024-02-29T10:30:00Z"],
  ["fixed_date_time", "2024-02-29T12:30:00+02:00", "2024-02-29T12:30:00+02:00"],
  ["naive_date", "2024-02-29", "2024-02-29"],
  ["naive_time", "23:59:60.5", "23:59:60.500", "23:59:60.500"],
  ["naive_date_time", "2024-02-29T12:30:00", "2024-02-29T12:30:00"],
  ["time_delta", "-1s500ms", "TimeDelta { secs: -2, nanos: 500000000 }"],
  ["time_delta", "1h", "TimeDelta { secs: 3600, nanos: 0 }"],
  ["weekday", "Wed", "Wed"],
  ["weekday", "Wednesday", "Wed", "Wed"],
  ["month", "May", "May"],
  ["date", "2024-12-31", "2024-12-31"],
  ["date", "-0044-03-15", "-0044-03-15"],
  ["clock", "23:59:59.000000001", "23:59:59.000000001"],
  ["plain_date_time", "2024-02-29T12:30:00", "2024-02-29 12:30:00.0"],
  ["offset_date_time", "2024-02-29T12:30:00-02:30", "2024-02-29 12:30:00.0 -02:30:00"],
  ["utc_offset", "-00:30", "-00:30:00"],
  ["signed_duration", "-1d1h", "SignedDuration { seconds: -90000, nanoseconds: 0 }"],
  ["time_weekday", "Sunday", "Sunday"],
  ["time_month", "December", "December"],
  ["url", "https://example.com/a?b#c", "https://example.com/a?b#c"],
  ["version", "1.2.3-rc.1+build.5", "1.2.3-rc.1+build.5"],
  ["requirement", ">=1.2, <1.5", ">=1.2, <1.5"],
  ["bytes", "hex:6162", 'b"ab"'],
  ["index_map", { z: 1, a: 2 }, '{"z": 1, "a": 2}'],
  ["index_set", [3, 1], "{3, 1}"],
  ["small", [1, 2, 3, 4, 5], "[1, 2, 3, 4, 5]"],
  ["small_bytes", "hex:0102", "[1, 2]"],
  ["array_vec", [1, 2], "[1, 2]"],
  ["array_string", "abc", '"abc"'],
  ["ordered", "NaN", "NaN"],
  ["byte_buf", "hex:0102", "[1, 2]"],
  ["network", "10.0.0.0/8", "10.0.0.0/8"],
  ["network", "2001:db8::/32", "2001:db8::/32"],
  ["network_v4", "1.2.3.4/32", "1.2.3.4/32"],
  ["network_v6", "::/0", "::/0"],
  ["utf8_path", "a/b", '"a/b"'],
  ["compact_text", "abc", '"abc"'],
  ["smol_text", "abc", '"abc"'],
  ["hash_map", [[7, "x"]], '{7: "x"}'],
  ["hash_set", [7], "{7}"],
  ["either", { Right: "x" }, 'Right("x")'],
  ["access", "READ | WRITE", "Access(READ | WRITE)"],
  ["access", "READ|EXECUTE | 0x40", "Access(READ | EXECUTE | 0x40)", "READ | EXECUTE | 0x40"],
  ["access", "ALL", "Access(READ | WRITE | EXECUTE)", "READ | WRITE | EXECUTE"],
  ["access", 9, "Access(READ | 0x8)", "READ | 0x8"],
  ["access", "", "Access(0x0)", "0x0"],
  ["rights", "OPEN | CLOSE", "OPEN | CLOSE | BOTH"],
  ["rights", "0x8000", "0x8000"],
  ["levels", "LOW | SIGN", "Levels(LOW | SIGN)"],
  ["levels", -1, "Levels(LOW | SIGN | 0x7e)", "LOW | SIGN | 0x7e"],
  ["wide", "TOP | 0x10", "Wide(TOP | 0x10)"],
  ["mask", ["A | B", "0x80"], "[Mask(3), Mask(128)]"],
];

describe("types of well-known crates, in a real plugin", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let schema: PluginSchema;
  let library = "";

  before(async function () {
    this.timeout(600_000);
    library = await buildPlugin();
    test = await TestRunner.create();
    const model = await loadProject(folder, nullLogger);
    const [plugin] = model.plugins;
    assert.ok(plugin !== undefined);
    schema = plugin;
  });
  after(() => test.dispose());

  for (const [method, value, printed, returned = value] of cases) {
    it(`${method}(${JSON.stringify(value)}) is ${printed}`, async () => {
      const outcome = await test.call(library, schema, method, { value });
      assert.deepEqual(valueOf(outcome), [returned, printed]);
    });
  }

  it("defaults are values that Rust takes", async () => {
    for (const { name, arguments: given } of schema.methods) {
      const isOwnText = name === "attributed"; // under rfc2822, whose texts are in no form that is known
      if (given[0]?.name === "value" && given[0].type.kind !== "unknown" && !isOwnText) {
        const args = defaultArguments(methodOf(schema, name), schema.types);
        const outcome = await test.call(library, schema, name, args);
        assert.equal(outcome.result.kind, "ok", `${name}(${JSON.stringify(args)})`);
      }
    }
  });

  it("limits are values that Rust takes, but of types that are narrower than their bytes", async () => {
    const refused = new Set<string>();
    for (const { name, arguments: given } of schema.methods) {
      const method = methodOf(schema, name);
      if (given[0]?.name === "value") {
        for (const args of boundaryArguments(method, schema.types)) {
          const outcome = await test.call(library, schema, name, args);
          if (outcome.result.kind !== "ok") {
            refused.add(name);
          }
        }
      }
    }
    // No zero byte, this system's variant, room for 8 bytes, moments of chrono's and time's range.
    assert.deepEqual([...refused], ["c_string", "os_string", "array_string", "attributed"]);
  });

  it("helpers of `with` write what they write, in human form too", async () => {
    const value = {
      numbers: ["7", "18446744073709551615"],
      key: "00ff",
      delay: "1500",
      wait: "1m30s",
      compact: id,
      seconds: "1709209800",
      milliseconds: "1709209800500",
      stamp: "1709209800",
      mail: "Thu, 29 Feb 2024 12:30:00 +0000",
      standard: "2024-02-29T12:30:00Z",
      price: "12.50",
      blob: "hex:0102",
    };
    const outcome = await test.call(library, schema, "attributed", { value });
    const printed =
      "Attributed { numbers: [7, 18446744073709551615], key: Some([0, 255]), delay: 1.5s, wait: 90s, " +
      `compact: ${id}, seconds: 2024-02-29T12:30:00Z, milliseconds: Some(2024-02-29T12:30:00.500Z), ` +
      "stamp: 2024-02-29 12:30:00.0 +00:00:00, " +
      "mail: 2024-02-29 12:30:00.0 +00:00:00, standard: 2024-02-29 12:30:00.0 +00:00:00, price: 12.50, blob: [1, 2] }";
    const standard = "+002024-02-29T12:30:00.000000000Z";
    assert.deepEqual(valueOf(outcome), [{ ...value, standard, wait: "1m 30s" }, printed]);
  });

  it("a Decimal comes as a result, and says that it cannot go as an argument", async () => {
    const outcome = await test.call(library, schema, "parse_decimal", { text: "-12.50" });
    assert.equal(valueOf(outcome), "-12.50");
  });

  it("nothing is unknown", () => {
    const unknown = schema.methods.filter((method) => JSON.stringify(method).includes('"unknown"'));
    assert.deepEqual(unknown, []);
    assert.ok(!JSON.stringify(schema.types).includes('"unknown"'));
  });
});

async function buildPlugin(): Promise<string> {
  const target = testTargetFolder();
  const args = ["build", "--locked", "--lib", "--target-dir", target];
  const { stdout } = await promisify(execFile)(
    "cargo",
    [...args, "--message-format=json-render-diagnostics"],
    { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
  );
  for (const line of stdout.split("\n").filter((text) => text.includes('"catalogue"'))) {
    const message = JSON.parse(line) as { filenames?: readonly string[] };
    const file = message.filenames?.find((name) => /\.(?:so|dylib|dll)$/.test(name));
    if (file !== undefined) {
      return file;
    }
  }
  throw new Error("cargo built no library");
}
