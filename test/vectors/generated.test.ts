// Generated Rust types against the program that rustc makes of them: the schema is read from the very source, values are
// encoded with it, and serde's derive decodes and encodes them to the same bytes. FIDIUS_FUZZ_SCHEMAS and FIDIUS_FUZZ_RUNS set
// how many types and values.

import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeValue } from "../../src/codec/bincode/decode.ts";
import { encodeValue } from "../../src/codec/bincode/encode.ts";
import type { InterfaceSchema } from "../../src/model/plugin.ts";
import type { TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { analyze } from "../unit/rust/inMemoryProject.ts";
import { catalogue } from "../../src/rust/types/catalogue/index.ts";
import { catalogueCrates, crateModule } from "./catalogueCrates.ts";
import { arbitraryValue } from "./arbitraryValue.ts";
import { buildGeneratedOracle } from "./generatedOracle.ts";
import { OracleProcess } from "./oracleProcess.ts";
import { randomModule } from "./randomModule.ts";

const schemas = Number(process.env["FIDIUS_FUZZ_SCHEMAS"] ?? 120);
const values = Math.ceil(Number(process.env["FIDIUS_FUZZ_RUNS"] ?? 400) / 4);
const seed = 20_261_125;

const jsonModule = `use serde::{Deserialize, Serialize};
#[derive(Serialize, Deserialize)]
pub struct Root { pub any: serde_json_1::Value }
`;

const optionModule = `use serde::{Deserialize, Serialize};
#[derive(Serialize, Deserialize)]
pub struct Root { #[serde(with = "time_0_3::serde::rfc3339::option")] pub text: Option<time_0_3::OffsetDateTime> }
`;

describe("types read from generated source, against what rustc makes of it", function () {
  this.timeout(600_000 + schemas * values * 20);
  const random = Array.from({ length: schemas }, (_, index) => randomModule(seed + index));
  const lines = catalogueCrates.flatMap((crate) => crateModule(crate) ?? []);
  const jsonIndex = random.length + lines.length;
  const modules = [...random, ...lines, jsonModule, optionModule];
  let oracle: OracleProcess;

  before(async () => {
    oracle = new OracleProcess(await buildGeneratedOracle(modules));
  });

  after(() => {
    oracle.dispose();
  });

  async function compare(first: number, texts: readonly string[]): Promise<number> {
    let compared = 0;
    for (const [at, text] of texts.entries()) {
      const index = first + at;
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
          // Rust gives the entries of its maps an order of its own; all else comes back byte for byte.
          assert.equal(answer.bytes.length, encoded.value.length, text);
          assert.deepEqual(sorted(decoded.value.value), sorted(value), text);
          if (!/BTreeMap<|Hash(?:Map|Set)</.test(text)) {
            assert.deepEqual(answer.bytes, Buffer.from(encoded.value), text);
          }
          compared += 1;
        }),
        { numRuns: values, seed },
      );
    }
    return compared;
  }

  it(`${schemas} types, ${values} values each: not a byte of difference`, async () => {
    assert.ok((await compare(0, random)) >= schemas * values);
  });

  it("every type of every version line of the catalogue: not a byte of difference", async () => {
    assert.deepEqual(unseenTypes(lines), []);
    assert.ok((await compare(random.length, lines)) >= lines.length * values);
  });

  it("time's optional texts are read as None alone, as the model says", async () => {
    const index = jsonIndex + 1;
    const { types } = schemaOf(optionModule);
    assert.ok(JSON.stringify(types).includes('"code":"unreadableType"'));
    const text = Buffer.from("1970-01-01T00:00:00Z");
    const some = Buffer.concat([Buffer.from([1, text.length, 0, 0, 0, 0, 0, 0, 0]), text]);
    assert.ok((await oracle.ask(index, Buffer.from([0]))).ok);
    const answer = await oracle.ask(index, some);
    assert.ok(!answer.ok && answer.message.includes("deserialize_any"));
  });

  it("what serde_json holds is read by no one, as the model says", async () => {
    const [field] = Object.values(schemaOf(jsonModule).types).flatMap((named) =>
      named.kind === "struct" && named.body.kind === "struct" ? named.body.fields : [],
    );
    assert.ok(field?.type.kind === "unknown" && field.type.warnings?.length === 1);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (given) => {
        assert.ok(!(await oracle.ask(jsonIndex, given)).ok);
      }),
      { numRuns: values, seed },
    );
  });

  it("random bytes are accepted by both or by neither", async () => {
    const counts = { accepted: 0, refused: 0 };
    // Not those of the crates' own modules: indexmap 1 and hashbrown 0.11 allocate whatever length they read, and abort.
    for (const [index, text] of random.entries()) {
      const { type, types } = rootOf(text);
      const anything = fc.uint8Array({ maxLength: 60 });
      const changed = fc
        .tuple(arbitraryValue(type, types), fc.nat(), fc.nat(255), fc.boolean())
        .map(([value, place, byte, isReplaced]) => {
          const encoded = encodeValue(type, types, value);
          const given = encoded.ok ? [...encoded.value] : [];
          given.splice(place % (given.length + 1), isReplaced ? 1 : 0, byte);
          return Uint8Array.from(given);
        });
      const bytes = fc.oneof(anything, changed);
      await fc.assert(
        fc.asyncProperty(bytes, async (given) => {
          const ours = decodeValue(type, types, given);
          const problem = ours.ok ? "" : ours.error.message;
          // Rust would count to any number of elements that take no bytes.
          const isEndless =
            /claims \d+ elements/.test(problem) && /\(\)|PhantomData|struct \w+;/.test(text);
          if (problem.endsWith("this is the limit.") || isEndless) {
            return;
          }
          // Rust allows bytes behind the value, the codec does not.
          const isAccepted = ours.ok || problem.startsWith("The value ends at byte");
          const theirs = await oracle.ask(index, given);
          // Texts and numbers that a crate refuses are sent all the same: Rust tells of them.
          const isNarrow =
            isAccepted && !theirs.ok && /_\d::|std::(?:net|time)|serde_bytes/.test(text);
          assert.equal(
            isAccepted && !isNarrow,
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

/** Types and helpers of the catalogue that no module of a crate uses, and version lines without a module. */
function unseenTypes(modules: readonly string[]): readonly string[] {
  const isOther = (name: string): boolean => /^(?:fidius|fidius-core|serde_json)$/.test(name);
  return Object.entries(catalogue)
    .filter(([name]) => !isOther(name))
    .flatMap(([name, { versions, types, helpers = {} }]) => {
      const text = modules.join("");
      const key = name.replaceAll("-", "_");
      const places = /^(?:serde_bytes|humantime-serde)$/.test(name)
        ? [key]
        : versions.map((line) => `${key}_${line.replaceAll(".", "_")}`);
      // Texts in other forms than are read, run by test/host/catalogue; and what no one reads, see above.
      const isRunElsewhere = (member: string): boolean =>
        /::(?:rfc2822|iso8601|rfc3339::option)\b/.test(member);
      const members = [
        ...Object.keys(types),
        ...Object.keys(helpers).filter((path) => path !== ""),
      ].filter((member) => !isRunElsewhere(member));
      return [
        ...places.filter((place) => !text.includes(`${place}::`)),
        ...members
          .filter(
            (member) => !places.some((place) => new RegExp(`\\b${place}::${member}\\b`).test(text)),
          )
          .map((member) => `${name}::${member}`),
      ];
    });
}

function schemaOf(module: string): InterfaceSchema {
  const model = analyze({
    demo: {
      files: {
        "src/lib.rs": `
use fidius::plugin_interface;
mod types { ${module} }
use types::Root;
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn echo(&self, value: Root) -> Root; }
`,
      },
      dependencies: ["fidius", "serde", ...catalogueCrates],
    },
  });
  const schema = model.interfaces[0]?.schema;
  assert.ok(schema !== undefined, module);
  return schema;
}

function rootOf(module: string): { readonly type: TypeSchema; readonly types: TypeTable } {
  const schema = schemaOf(module);
  const [method] = schema.methods;
  const type = method?.arguments[0]?.type;
  assert.ok(type !== undefined, module);
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
