// Remembers builds in files, one for each crate, so that a program that ends after every call still knows what is fresh.

import { createHash } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { fileLimits } from "../files/fileLimits.ts";
import { makeFolder } from "../files/makeFolder.ts";
import { readRegularTextSync } from "../files/regularFile.ts";
import { crateIdOf, type CrateId } from "../model/crateGraph.ts";
import type { BuildMemory } from "./pluginBuilder.ts";

const builtSchema = z.object({
  libraryFile: z.string(),
  depInfoFile: z.string(),
  crate: z.object({
    name: z.string(),
    version: z.string(),
    manifestPath: z.string(),
    workspaceRoot: z.string(),
    libraryName: z.string(),
    crateTypes: z.array(z.string()),
    target: z
      .object({ kind: z.enum(["bin", "example", "test", "bench"]), name: z.string() })
      .exactOptional(),
  }),
  features: z.array(z.string()),
  durationMs: z.number(),
  didCompile: z.boolean(),
  record: z.object({
    requestKey: z.string(),
    choiceKey: z.string().exactOptional(),
    inputs: z.record(z.string(), z.string()),
    isUncertain: z.boolean(),
  }),
});

/** A memory in `folder`. Losing it costs a run of cargo, which then has nothing to do. */
export function createBuildFiles(folder: string): BuildMemory {
  const fileOf = (crate: CrateId): string =>
    join(folder, `${createHash("sha256").update(crate).digest("hex").slice(0, 32)}.json`);
  return {
    get: (crate) => {
      const text = readRegularTextSync(fileOf(crate), fileLimits.own);
      if (!text.ok) {
        return undefined;
      }
      try {
        const content: unknown = JSON.parse(text.value);
        const parsed = builtSchema.safeParse(content);
        return parsed.success && crateIdOf(parsed.data.crate) === crate ? parsed.data : undefined;
      } catch {
        return undefined;
      }
    },
    set: (crate, built) => {
      try {
        makeFolder(folder);
        const file = fileOf(crate);
        const draft = `${file}.${String(process.pid)}`;
        writeFileSync(draft, JSON.stringify(built), { mode: 0o600 });
        renameSync(draft, file);
      } catch {
        // A full or read-only disk: cargo will be asked again.
      }
    },
  };
}
