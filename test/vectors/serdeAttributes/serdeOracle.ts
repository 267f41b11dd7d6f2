// Builds a program that knows a batch of types: what rustc or serde_derive refuses is taken out until the rest compiles.

import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot, testTargetFolder } from "../../support/fixtureLibraries.ts";
import { buildProgram } from "../oracleProcess.ts";
import type { SerdeType } from "./randomSerdeTypes.ts";

const sources = join(repositoryRoot, "test/vectors/serdeAttributes/oracle");
const runtime = join(repositoryRoot, "src/bridge/runtime");
const mostRounds = 30;

const prelude = `pub mod prelude {
    pub use std::borrow::Cow;
    pub use std::collections::BTreeMap;
    pub use std::marker::{PhantomData, PhantomData as Ghost};
    pub use std::sync::Arc;
    pub use serde::{Deserialize, Serialize};
    pub use crate::make::{always, as_text, never, Far, FarChoice, Make, Rng, Unit};
}`;

export interface SerdeOracle {
  readonly program: string;
  /** What was kept, in the order of the program's numbers. */
  readonly types: readonly SerdeType[];
  /** Text of `src/types.rs`. */
  readonly text: string;
  /** Text of `src/make.rs`, where the types take what they need from. */
  readonly makeText: string;
}

/** The program for those of `types` that compile. */
export async function buildSerdeOracle(types: readonly SerdeType[]): Promise<SerdeOracle> {
  const folder = join(testTargetFolder(), "serde-attributes");
  await mkdir(join(folder, "src"), { recursive: true });
  for (const name of ["Cargo.toml", "Cargo.lock", "src/make.rs", "src/subject.rs"]) {
    await copyFile(join(sources, name), join(folder, name));
  }
  for (const name of ["made.rs", "reader.rs", "trace.rs"]) {
    await copyFile(join(runtime, name), join(folder, "src", name));
  }
  await copyFile(
    join(repositoryRoot, "test/vectors/oracle/src/frames.rs"),
    join(folder, "src/frames.rs"),
  );
  let kept = types;
  for (let round = 0; round < mostRounds; round += 1) {
    const { text, lines } = textOf(kept);
    await writeFile(join(folder, "src/types.rs"), text);
    await writeFile(join(folder, "src/main.rs"), mainOf(kept));
    const refused = await refusedTypes(folder, lines, kept);
    if (refused.size === 0) {
      const program = await buildProgram(join(folder, "Cargo.toml"));
      const makeText = await readFile(join(folder, "src/make.rs"), "utf8");
      return { program, types: kept, text, makeText };
    }
    kept = without(kept, refused);
  }
  throw new Error("rustc still refuses some of the types");
}

function textOf(types: readonly SerdeType[]): {
  readonly text: string;
  /** The type of each line. */
  readonly lines: readonly string[];
} {
  const lines = prelude.split("\n").map(() => "");
  for (const { name, text } of types) {
    lines.push(...text.split("\n").map(() => name));
  }
  return { text: `${[prelude, ...types.map(({ text }) => text)].join("\n")}\n`, lines };
}

function mainOf(types: readonly SerdeType[]): string {
  const subjects = types.map(({ path, reads, writes }) => {
    const maker = reads && writes ? "both" : reads ? "reads" : "writes";
    return `        subject::${maker}::<types::${path}>(),`;
  });
  return `#![allow(dead_code, unused, non_camel_case_types)]
mod frames; mod made; mod make; mod reader; mod subject; mod trace; mod types;
fn main() -> std::io::Result<()> {
    let subjects = [
${subjects.join("\n")}
    ];
    frames::serve(|kind, payload| subjects[kind as usize].answer(payload))
}
`;
}

interface Message {
  readonly message?: {
    readonly level: string;
    readonly rendered: string;
    readonly spans: readonly Span[];
  };
}

interface Span {
  readonly file_name: string;
  readonly line_start: number;
  readonly is_primary: boolean;
}

/** Names of the types on which rustc reports an error. */
async function refusedTypes(
  folder: string,
  lines: readonly string[],
  types: readonly SerdeType[],
): Promise<ReadonlySet<string>> {
  const manifest = join(folder, "Cargo.toml");
  const given = ["build", "--locked", "--message-format", "json", "--manifest-path", manifest];
  const options = { maxBuffer: 256 * 1024 * 1024 };
  const target = ["--target-dir", testTargetFolder()];
  const output = await promisify(execFile)("cargo", [...given, ...target], options).then(
    () => "",
    (failure: unknown) => (failure as { stdout: string }).stdout,
  );
  const refused = new Set<string>();
  for (const line of output.split("\n").filter((text) => text.startsWith("{"))) {
    const { message } = JSON.parse(line) as Message;
    for (const span of message?.level === "error" ? message.spans : []) {
      const name = nameAt(span, lines, types);
      if (span.is_primary && name !== undefined && name !== "") {
        refused.add(name);
      }
    }
  }
  if (output !== "" && refused.size === 0) {
    throw new Error(`cargo failed for a reason of its own: ${output.slice(-4000)}`);
  }
  return refused;
}

function nameAt(
  span: Span,
  lines: readonly string[],
  types: readonly SerdeType[],
): string | undefined {
  if (span.file_name.endsWith("types.rs")) {
    return lines[span.line_start - 1];
  }
  // The first subject stands on the fifth line of main.rs.
  return span.file_name.endsWith("main.rs") ? types[span.line_start - 5]?.name : undefined;
}

/** What is left without the refused types and those that hold one of them. */
function without(types: readonly SerdeType[], refused: ReadonlySet<string>): readonly SerdeType[] {
  const gone = new Set(refused);
  return types.filter(({ name, uses }) => {
    if (uses.some((used) => gone.has(used))) {
      gone.add(name);
    }
    return !gone.has(name);
  });
}
