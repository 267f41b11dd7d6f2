// `fidius-accepted.toml`: the changes that people have looked at and take as they are. It is checked in, beside the package or in
// any folder above it up to the repository's top; the nearest one counts.

import { dirname, join } from "node:path";
import { parse, TomlError } from "smol-toml";
import * as z from "zod";
import type { AcceptedEntry } from "../drift/accepted.ts";
import { driftRules } from "../drift/rules/index.ts";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem } from "../files/fileProblem.ts";
import { statsOf } from "../files/fileStats.ts";
import { readRegularText } from "../files/regularFile.ts";
import { err, ok, type Result } from "../model/result.ts";

const acceptedFileName = "fidius-accepted.toml";

const content = z.strictObject({
  accepted: z
    .array(
      z.strictObject({
        interface: z.string(),
        rule: z.string(),
        method: z.string().optional(),
        reason: z.string().optional(),
      }),
    )
    .default([]),
});

export interface AcceptedChanges {
  /** Undefined without such a file. */
  readonly file: string | undefined;
  readonly entries: readonly AcceptedEntry[];
}

/** Reads the file that counts for `folder`; `top` is the last folder that is looked in. */
export async function readAcceptedChanges(
  folder: string,
  top: string | undefined,
): Promise<Result<AcceptedChanges, string>> {
  const file = nearestFile(folder, top);
  if (file === undefined) {
    return ok({ file, entries: [] });
  }
  const text = await readRegularText(file, { limit: fileLimits.manifest });
  if (!text.ok) {
    return err(describeFileProblem(file, text.error));
  }
  const parsed = parseEntries(text.value);
  return parsed.ok ? ok({ file, entries: parsed.value }) : err(`${file}: ${parsed.error}`);
}

function nearestFile(folder: string, top: string | undefined): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, acceptedFileName);
    if (statsOf(file) !== undefined) {
      return file;
    }
    if (at === top || at === dirname(at)) {
      return undefined;
    }
  }
}

function parseEntries(text: string): Result<readonly AcceptedEntry[], string> {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    if (error instanceof TomlError) {
      return err(`line ${String(error.line)}: ${error.message.split("\n")[0] ?? ""}`);
    }
    throw error;
  }
  const parsed = content.safeParse(data);
  if (!parsed.success) {
    return err(z.prettifyError(parsed.error).replaceAll("\n", " "));
  }
  const unknown = parsed.data.accepted.find(({ rule }) =>
    driftRules.every(({ id }) => id !== rule),
  );
  return unknown === undefined
    ? ok(parsed.data.accepted)
    : err(
        `there is no rule ${unknown.rule}. The rules are ${driftRules.map(({ id }) => id).join(", ")}.`,
      );
}
