// The client's initializationOptions, checked where they come in; everything is optional, so that any editor can start us.

import { isAbsolute, relative } from "node:path";
import * as z from "zod";
import { err, ok, type Result } from "../model/result.ts";
import { plainBuild, readBuildChoice } from "../cargo/graph/buildChoice.ts";
import type { DiagnosticPolicy } from "../diagnostics/policy.ts";
import type { BuildChoices } from "../project/buildSettings.ts";
import type { ServerOptions } from "../protocol/lsp.ts";

const liveSchema = z.object({
  severities: z
    .record(z.string(), z.enum(["error", "warning", "information", "hint", "off"]))
    .optional(),
  isRustAnalyzerActive: z.boolean().optional(),
  compareWith: z.enum(["lastTag", "mergeBase", "off"]).optional(),
});

const optionsSchema = liveSchema.extend({
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
  commands: z
    .object({
      invoke: z.string().min(1).optional(),
      build: z.string().min(1).optional(),
      compare: z.string().min(1).optional(),
    })
    .optional(),
});

/** What a client may change while the server runs. */
interface LiveSettings {
  diagnostics: DiagnosticPolicy;
  compareWith: NonNullable<ServerOptions["compareWith"]>;
}

/** What the server works with. Who asks for the live ones gets them as they are now. */
export interface ServerSettings extends Readonly<LiveSettings> {
  readonly isTrusted: boolean;
  readonly cargoPath: string | null;
  readonly choices: BuildChoices;
  readonly invokeCommand: string | null;
  readonly buildCommand: string | null;
  readonly compareCommand: string | null;
}

/** The settings with the door through which the live ones change. */
export type ChangingSettings = ServerSettings & LiveSettings;

/** Reads the options; the error is zod's own account of what is wrong. */
export function readSettings(options: unknown): Result<ChangingSettings, string> {
  const parsed = optionsSchema.safeParse(options ?? {});
  return parsed.success ? ok(withDefaults(parsed.data)) : err(z.prettifyError(parsed.error));
}

/** `settings` of `workspace/didChangeConfiguration`: the live options, or an object that has them under `fidius`. */
const changeSchema = z.union([z.object({ fidius: liveSchema }), liveSchema]);

/**
 * Takes over what a client changed; false where nothing did. What is left out stays as it is, and what does not fit is the
 * error.
 */
export function changeSettings(
  settings: ChangingSettings,
  changed: unknown,
): Result<boolean, string> {
  const parsed = changeSchema.safeParse(changed ?? {});
  if (!parsed.success) {
    return err(z.prettifyError(parsed.error));
  }
  const live = "fidius" in parsed.data ? parsed.data.fidius : parsed.data;
  const before = JSON.stringify([settings.diagnostics, settings.compareWith]);
  settings.diagnostics = {
    severities: live.severities ?? settings.diagnostics.severities,
    isRustAnalyzerActive: live.isRustAnalyzerActive ?? settings.diagnostics.isRustAnalyzerActive,
  };
  settings.compareWith = live.compareWith ?? settings.compareWith;
  return ok(JSON.stringify([settings.diagnostics, settings.compareWith]) !== before);
}

/** When the options cannot be used, nothing may be assumed: not even that processes may run. */
export const cautiousSettings: ChangingSettings = withDefaults({ isTrusted: false });

function withDefaults(options: z.infer<typeof optionsSchema> | ServerOptions): ChangingSettings {
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
