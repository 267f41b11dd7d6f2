// Random constant expressions against rustc: each has the value that rustc computes, or honestly none. FIDIUS_FUZZ_RUNS sets
// how many there are.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import { analyze } from "../unit/rust/inMemoryProject.ts";
import { constantPrelude, randomConstants, type RandomConstant } from "./randomConstants.ts";

const execute = promisify(execFile);
const count = Number(process.env["FIDIUS_FUZZ_RUNS"] ?? 400) * 5;
const seed = Number(process.env["FIDIUS_FUZZ_SEED"] ?? 20_261_130);
const mostRounds = 30;
const head = `#![allow(warnings)]
pub mod types {
use serde::{Deserialize, Serialize};
${constantPrelude}`.split("\n");

describe("constants against rustc", function () {
  this.timeout(600_000 + count * 500);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "fidius-constants-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("each of the random constants has the value that rustc gives it, and hardly one is unknown", async () => {
    const { constants, values } = await valuesByRustc(randomConstants(seed, count), folder);
    const ours = valuesByModel(constants);
    const unknown = constants.filter(({ name }) => ours.get(name) === "_");
    for (const constant of constants) {
      const { name, type, expression, place } = constant;
      const value = ours.get(name);
      if (value !== "_") {
        assert.equal(value, values.get(name), `${place} of ${type}: ${expression}`);
      }
    }
    assert.ok(constants.length > count / 4, `${constants.length} of ${count} compiled`);
    assert.ok(
      unknown.length * 200 < constants.length,
      `${unknown.length} of ${constants.length} unknown: ${JSON.stringify(unknown.slice(0, 5))}`,
    );
  });
});

interface Compiled {
  readonly constants: readonly RandomConstant[];
  readonly values: ReadonlyMap<string, string>;
}

/** What rustc makes of those of `given` that it takes. */
async function valuesByRustc(given: readonly RandomConstant[], folder: string): Promise<Compiled> {
  const [source, program] = [join(folder, "main.rs"), join(folder, "program")];
  let constants = given;
  for (let round = 0; round < mostRounds; round += 1) {
    const lines = [...head, ...constants.map(declaration), "}"];
    const printed = constants.map(
      ({ name, place }) =>
        `println!("${name} {}", ${place === "item" ? `types::${name}` : place === "argument" ? `types::${name}::V` : `std::mem::size_of::<types::${name}>()`});`,
    );
    const text = [...lines, "fn main() {", ...printed, "}"].join("\n");
    // serde's derives say nothing of constants: without them rustc alone is enough.
    await writeFile(
      source,
      text.replaceAll("#[derive(Serialize, Deserialize)] ", "").replace(/^use serde.*$/m, ""),
    );
    const errors = await rustcErrors(source, program);
    if (errors.size === 0) {
      const { stdout } = await execute(program, [], { maxBuffer: 64 * 1024 * 1024 });
      const pairs = stdout
        .trim()
        .split("\n")
        .map((line) => line.split(" ") as [string, string]);
      return { constants, values: new Map(pairs) };
    }
    const first = head.length + 1;
    constants = without(
      constants,
      new Set(
        [...errors].flatMap((line) => {
          const at = line - first;
          const inMain = at - constants.length - 2;
          return (constants[at] ?? constants[inMain])?.name ?? [];
        }),
      ),
    );
  }
  throw new Error("rustc still refuses some of the constants");
}

function declaration({ name, type, expression, place }: RandomConstant): string {
  switch (place) {
    case "item":
      return `pub const ${name}: ${type} = ${expression};`;
    case "argument":
      return `pub type ${name} = W_${type}<{ ${expression} }>;`;
    case "length":
      return `pub type ${name} = [u8; (${expression}) & 31];`;
  }
}

function without(
  constants: readonly RandomConstant[],
  refused: ReadonlySet<string>,
): readonly RandomConstant[] {
  assert.ok(refused.size > 0, "rustc's errors stand at no constant");
  const gone = new Set(refused);
  return constants.filter(({ name, uses }) => {
    if (uses.some((used) => gone.has(used))) {
      gone.add(name);
    }
    return !gone.has(name);
  });
}

/** Lines of the errors. */
async function rustcErrors(source: string, program: string): Promise<ReadonlySet<number>> {
  const given = [
    "--edition",
    "2021",
    "--error-format",
    "json",
    "-C",
    "debuginfo=0",
    source,
    "-o",
    program,
  ];
  const output = await execute("rustc", given, { maxBuffer: 512 * 1024 * 1024 }).then(
    () => "",
    (failure: unknown) => (failure as { stderr: string }).stderr,
  );
  const lines = new Set<number>();
  for (const line of output.split("\n").filter((text) => text.startsWith("{"))) {
    const { level, spans } = JSON.parse(line) as {
      level: string;
      spans: { line_start: number; is_primary: boolean }[];
    };
    for (const { line_start, is_primary } of level === "error" ? spans : []) {
      if (is_primary) {
        lines.add(line_start);
      }
    }
  }
  assert.ok(output === "" || lines.size > 0, output.slice(0, 4000));
  return lines;
}

/** What the model makes of them; `_` where it knows no value. */
function valuesByModel(constants: readonly RandomConstant[]): ReadonlyMap<string, string> {
  const fields = constants.map(({ name, type, place }) =>
    place === "item"
      ? `pub ${name}: types::W_${type}<{ types::${name} }>`
      : `pub ${name}: types::${name}`,
  );
  const text = [
    ...head,
    ...constants.map(declaration),
    "}",
    "use serde::{Deserialize, Serialize};",
    `#[derive(Serialize, Deserialize)] pub struct Probes { ${fields.join(", ")} }`,
    "#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]",
    "pub trait Subject { fn take(&self, value: Probes) -> u8; }",
  ].join("\n");
  const model = analyze({
    demo: { files: { "src/lib.rs": text }, dependencies: ["fidius", "serde"] },
  });
  const probes = model.interfaces[0]?.schema.types["demo::Probes"];
  assert.ok(probes?.kind === "struct" && probes.body.kind === "struct");
  return new Map(probes.body.fields.map(({ name, type }) => [name, valueIn(type)]));
}

function valueIn(type: TypeSchema): string {
  if (type.kind === "named") {
    return /<(.*)>$/.exec(type.id)?.[1] ?? "?";
  }
  return type.kind === "bytes" ? String(type.length) : "_";
}
