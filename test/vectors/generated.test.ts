// Generated Rust types against the program that rustc makes of them: the schema is read from the very source, values are
// encoded with it, and serde's derive decodes and encodes them to the same bytes. FIDIUS_FUZZ_SCHEMAS and FIDIUS_FUZZ_RUNS set
// how many types and values.

import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeValue } from "../../src/codec/decode.ts";
import { encodeValue } from "../../src/codec/encode.ts";
import type { InterfaceSchema } from "../../src/model/plugin.ts";
import type { TypeSchema, TypeTable } from "../../src/model/schema.ts";
import type { JsonValue } from "../../src/model/value.ts";
import { analyze, oneCrate } from "../unit/rust/inMemoryProject.ts";
import { arbitraryValue } from "./arbitraryValue.ts";
import { buildGeneratedOracle } from "./generatedOracle.ts";
import { OracleProcess } from "./oracleProcess.ts";
import { randomModule } from "./randomModule.ts";

const schemas = Number(process.env["FIDIUS_FUZZ_SCHEMAS"] ?? 120);
const values = Math.ceil(Number(process.env["FIDIUS_FUZZ_RUNS"] ?? 400) / 4);
const seed = 20_261_125;

describe("types read from generated source, against what rustc makes of it", function () {
  this.timeout(600_000 + schemas * values * 20);
  const modules = Array.from({ length: schemas }, (_, index) => randomModule(seed + index));
  let oracle: OracleProcess;

  before(async () => {
    oracle = new OracleProcess(await buildGeneratedOracle(modules));
  });

  after(() => {
    oracle.dispose();
  });

  it(`${schemas} types, ${values} values each: not a byte of difference`, async () => {
    let compared = 0;
    for (const [index, text] of modules.entries()) {
      const { type, types } = rootOf(text);
      const root = arbitraryValue(type, types);
      await fc.assert(
        fc.asyncProperty(root, async (value) => {
          const encoded = encodeValue(type, types, value);
          assert.ok(encoded.ok, `${text}\n${JSON.stringify(encoded)}`);
          const answer = await oracle.ask(index, encoded.value);
          assert.ok(answer.ok, `${text}\n${JSON.stringify([value, answer])}`);
          const decoded = decodeValue(type, types, answer.bytes);
          assert.ok(decoded.ok, `${text}\n${JSON.stringify(decoded)}`);
          // Rust sorts the entries of its maps; all else comes back byte for byte.
          assert.equal(answer.bytes.length, encoded.value.length, text);
          assert.deepEqual(sorted(decoded.value.value), sorted(value), text);
          if (!text.includes("BTreeMap<")) {
            assert.deepEqual(answer.bytes, Buffer.from(encoded.value), text);
          }
          compared += 1;
        }),
        { numRuns: values, seed },
      );
    }
    assert.ok(compared >= schemas * values);
  });

  it("random bytes are accepted by both or by neither", async () => {
    const counts = { accepted: 0, refused: 0 };
    for (const [index, text] of modules.entries()) {
      const { type, types } = rootOf(text);
      const bytes = fc.uint8Array({ maxLength: 60 });
      await fc.assert(
        fc.asyncProperty(bytes, async (given) => {
          const ours = decodeValue(type, types, given);
          const problem = ours.ok ? "" : ours.error.message;
          if (problem.endsWith("this is the limit.")) {
            return;
          }
          // Rust allows bytes behind the value, the codec does not.
          const isAccepted = ours.ok || problem.startsWith("The value ends at byte");
          const theirs = await oracle.ask(index, given);
          assert.equal(
            isAccepted,
            theirs.ok,
            `${text}\n${Buffer.from(given).toString("hex")} ${problem}`,
          );
          counts[theirs.ok ? "accepted" : "refused"] += 1;
        }),
        { numRuns: values, seed },
      );
    }
    assert.ok(counts.accepted > 0 && counts.refused > 0, JSON.stringify(counts));
  });
});

function rootOf(module: string): { readonly type: TypeSchema; readonly types: TypeTable } {
  const model = analyze(
    oneCrate(`
use fidius::plugin_interface;
mod types { ${module} }
use types::Root;
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn echo(&self, value: Root) -> Root; }
`),
  );
  const schema: InterfaceSchema | undefined = model.interfaces[0]?.schema;
  const [method] = schema?.methods ?? [];
  const type = method?.arguments[0]?.type;
  assert.ok(schema !== undefined && type !== undefined, module);
  assert.ok(!JSON.stringify(schema).includes('"kind":"unknown"'), `unknown in ${module}`);
  // Read and written alike: one entry for both.
  assert.ok(method?.returns.kind === "value");
  assert.deepEqual(method.returns.type, type);
  return { type, types: schema.types };
}

/** Arrays in an order of their own, objects as their entries: the two JSON forms of a map, in any order, become one. */
function sorted(value: JsonValue): unknown {
  if (value === null || typeof value !== "object") {
    return value;
  }
  const parts: readonly JsonValue[] = Array.isArray(value) ? value : Object.entries(value);
  return parts
    .map(sorted)
    .sort((left, right) => compareTexts(JSON.stringify(left), JSON.stringify(right)));
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
