// Where names lead in random module trees, against rustc: what does not compile is taken out line by line until it does; then
// a program prints the type that each path means, and the model must say the same.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import type { TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import { analyze, type CrateSource } from "../unit/rust/inMemoryProject.ts";
import { enabledFeature, randomTree, type RandomTree, type TreeLine } from "./randomTree.ts";

const execute = promisify(execFile);
/** The last one has a name that comes from two places in a circle of globs. */
const seeds = [...Array.from({ length: 32 }, (_, index) => index + 1), 54];
const mostRounds = 40;

interface Diagnostic {
  readonly level: string;
  /** As people read it. */
  readonly rendered: string;
  readonly spans: readonly {
    readonly file_name: string;
    readonly line_start: number;
    readonly line_end: number;
    readonly is_primary: boolean;
  }[];
}

describe("random module trees against rustc", function () {
  this.timeout(600_000);
  let folder: string;
  let compared = 0;
  /** Where a circle of globs brings a name from two places rustc may look past both, by the order in which it came by. */
  let ambiguous = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "fidius-trees-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const seed of seeds) {
    const style = seed % 2 === 0 ? "globs" : "mixed";
    it(`every path of tree ${String(seed)}, ${style}, means the same type`, async () => {
      const at = join(folder, String(seed));
      const sources = {
        other: randomTree(1000 + seed, null, style),
        tree: randomTree(seed, "dep", style),
      };
      const other = await compile(sources.other, join(at, "other"), "other", []);
      const library = join(at, "other/libother.rlib");
      const tree = await compile(sources.tree, join(at, "tree"), "tree", [
        "--extern",
        `dep=${library}`,
      ]);
      const { stdout } = await execute(join(at, "tree/program"));
      const model = analyze({
        other: { ...other, dependencies: ["fidius", "serde"] },
        tree: {
          ...tree,
          dependencies: ["fidius", "serde", { key: "dep", packageName: "other" }],
        },
      });
      const subject = model.interfaces.find(({ schema }) => schema.crate.name === "tree");
      assert.ok(subject !== undefined);
      for (const line of stdout.trim().split("\n")) {
        const [module = "", field = "", expected = ""] = line.replaceAll("r#", "").split(" ");
        const meaning = meaningOf(subject.schema.types, `${module}::Probes`, field);
        compared += 1;
        const name = expected.replace("alloc::string::String", "string");
        const isPast = style === "globs" && name === "string";
        if (isPast && meaning.endsWith("comes from more than one glob import.")) {
          ambiguous += 1;
          continue;
        }
        assert.equal(meaning, name, `${field} in ${module}`);
      }
    });
  }

  it("were worth it: most paths compiled", () => {
    assert.ok(compared > seeds.length * 15, String(compared));
    assert.ok(ambiguous <= 4, String(ambiguous));
  });
});

function meaningOf(types: TypeTable, probes: string, field: string): string {
  const type = types[probes];
  assert.ok(type?.kind === "struct", `${probes} is not in the model`);
  const fields = type.body.kind === "struct" ? type.body.fields : [];
  return nameOf(fields.find(({ name }) => name === field)?.type);
}

function nameOf(type: TypeSchema | undefined): string {
  return type?.kind === "named"
    ? type.id
    : type?.kind === "unknown"
      ? type.reason
      : (type?.kind ?? "");
}

/** Writes and compiles the crate, without the lines that rustc refuses; gives what is left of it. */
async function compile(
  tree: RandomTree,
  folder: string,
  name: string,
  externs: readonly string[],
): Promise<CrateSource> {
  let files = tree.files;
  for (let round = 0; round < mostRounds; round += 1) {
    for (const [path, lines] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), textOf(lines));
    }
    const errors = await errorsOf(tree.edition, folder, name, externs);
    if (errors.length === 0) {
      return {
        files: Object.fromEntries([...files].map(([path, lines]) => [path, textOf(lines)])),
        edition: tree.edition,
        features: { default: [enabledFeature, "serde"], [enabledFeature]: [], serde: [], off: [] },
      };
    }
    files = without(files, errors, folder);
  }
  assert.fail("rustc still refuses the tree");
}

function textOf(lines: readonly TreeLine[]): string {
  return `${lines.map(({ text }) => text).join("\n")}\n`;
}

async function errorsOf(
  edition: string,
  folder: string,
  name: string,
  externs: readonly string[],
): Promise<readonly Diagnostic[]> {
  const isProgram = name === "tree";
  const output = isProgram ? "program" : `lib${name}.rlib`;
  const options = ["--edition", edition, "--crate-name", name, "--error-format=json", ...externs];
  try {
    await execute(
      "rustc",
      [
        ...options,
        "--crate-type",
        isProgram ? "bin" : "lib",
        "--cfg",
        `feature="${enabledFeature}"`,
        "-o",
        join(folder, output),
        join(folder, "src/lib.rs"),
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    return [];
  } catch (error) {
    const { stderr } = error as { readonly stderr: string };
    const errors = stderr
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Diagnostic)
      .filter(({ level, spans }) => level === "error" && spans.length > 0);
    assert.ok(errors.length > 0, stderr);
    return errors;
  }
}

/** The files without the lines at which errors stand. */
function without(
  files: ReadonlyMap<string, readonly TreeLine[]>,
  errors: readonly Diagnostic[],
  folder: string,
): ReadonlyMap<string, readonly TreeLine[]> {
  const refused = new Set<string>();
  for (const { spans } of errors) {
    for (const { file_name: file, line_start: line } of spans.filter((span) => span.is_primary)) {
      const path = relative(folder, join(file)).replaceAll("\\", "/");
      const key = files.get(path)?.[line - 1]?.key;
      if (key !== null && key !== undefined) {
        refused.add(key);
      }
    }
  }
  const [first] = errors;
  assert.ok(refused.size > 0, first?.rendered);
  return new Map(
    [...files].map(([path, lines]) => [
      path,
      lines.filter(({ key }) => key === null || !refused.has(key)),
    ]),
  );
}
