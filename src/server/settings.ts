// The client's initializationOptions, checked where they come in; everything is optional, so that any editor can start us.

import { z } from "zod";
import { err, ok, type Result } from "../model/result.ts";
import type { ServerOptions } from "../protocol/lsp.ts";

const optionsSchema = z.object({
  isTrusted: z.boolean().optional(),
  cargoPath: z.string().min(1).optional(),
  commands: z
    .object({ invoke: z.string().min(1).optional(), build: z.string().min(1).optional() })
    .optional(),
});

/** What the server works with. */
export interface ServerSettings {
  readonly isTrusted: boolean;
  readonly cargoPath: string | null;
  readonly invokeCommand: string | null;
  readonly buildCommand: string | null;
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
    invokeCommand: options.commands?.invoke ?? null,
    buildCommand: options.commands?.build ?? null,
  };
}
