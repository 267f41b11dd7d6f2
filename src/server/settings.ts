// The client's initializationOptions, checked where they come in; everything is optional, so that any editor can start us.

import { isAbsolute, relative } from "node:path";
import * as z from "zod";
import { err, ok, type Result } from "../model/result.ts";
import { plainBuild, readBuildChoice } from "../cargo/buildChoice.ts";
import type { DiagnosticPolicy } from "../diagnostics/policy.ts";
import type { BuildChoices } from "../project/buildSettings.ts";
import type { ServerOptions } from "../protocol/lsp.ts";

const optionsSchema = z.object({
  isTrusted: z.boolean().optional(),
  cargoPath: z.string().min(1).optional(),
  builds: z
    .array(
      z.object({
        folder: z.string().min(1),
        profile: z.string().min(1).optional(),
        arguments: z.array(z.string()).optional(),
        targetDirectory: z.string().min(1).optional(),
      }),
    )
    .optional(),
  severities: z
    .record(z.string(), z.enum(["error", "warning", "information", "hint", "off"]))
    .optional(),
  isRustAnalyzerActive: z.boolean().optional(),
  commands: z
    .object({
      invoke: z.string().min(1).optional(),
      build: z.string().min(1).optional(),
      compare: z.string().min(1).optional(),
    })
    .optional(),
  compareWith: z.enum(["lastTag", "mergeBase", "off"]).optional(),
});

/** What the server works with. */
export interface ServerSettings {
  readonly isTrusted: boolean;
  readonly cargoPath: string | null;
  readonly choices: BuildChoices;
  readonly diagnostics: DiagnosticPolicy;
  readonly invokeCommand: string | null;
  readonly buildCommand: string | null;
  readonly compareCommand: string | null;
  readonly compareWith: NonNullable<ServerOptions["compareWith"]>;
}

/** Reads the options; the error is zod's own account of what is wrong. */
export function readSettings(options: unknown): Result<ServerSettings, string> {
  const parsed = optionsSchema.safeParse(options ?? {});
  return parsed.success ? ok(withDefaults(parsed.data)) : err(z.prettifyError(parsed.error));
}

/** When the options cannot be used, nothing may be assumed: not even that processes may run. */
export const cautiousSettings: ServerSettings = withDefaults({ isTrusted: false });

function withDefaults(options: z.infer<typeof optionsSchema> | ServerOptions): ServerSettings {
  return {
    isTrusted: options.isTrusted ?? true,
    cargoPath: options.cargoPath ?? null,
    choices: choicesOf(options.builds ?? []),
    diagnostics: {
      severities: options.severities ?? {},
      isRustAnalyzerActive: options.isRustAnalyzerActive ?? false,
    },
    invokeCommand: options.commands?.invoke ?? null,
    buildCommand: options.commands?.build ?? null,
    compareCommand: options.commands?.compare ?? null,
    compareWith: options.compareWith ?? "lastTag",
  };
}

/** The choice of the innermost folder around a package. */
function choicesOf(builds: NonNullable<ServerOptions["builds"]>): BuildChoices {
  const known = builds
    .map(({ folder, profile, arguments: given, targetDirectory }) => ({
      folder,
      choice: {
        ...readBuildChoice(profile ?? plainBuild.profile, [], given ?? []),
        targetDirectory,
      },
    }))
    .sort((a, b) => b.folder.length - a.folder.length);
  return (manifestPath) =>
    known.find(({ folder }) => isBelow(manifestPath, folder))?.choice ?? plainBuild;
}

function isBelow(file: string, folder: string): boolean {
  const path = relative(folder, file);
  return !path.startsWith("..") && !isAbsolute(path);
}
