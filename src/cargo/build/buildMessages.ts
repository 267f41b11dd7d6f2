// The JSON lines of `cargo build --message-format=json` that matter here. They come from another program's version, so
// zod reads them, unknown keys are dropped and unknown messages are nobody's business.

import * as z from "zod";

const target = z.object({
  kind: z.array(z.string()),
  crate_types: z.array(z.string()),
  name: z.string(),
  src_path: z.string(),
});

const span = z.object({
  file_name: z.string(),
  line_start: z.number(),
  line_end: z.number(),
  column_start: z.number(),
  column_end: z.number(),
  is_primary: z.boolean(),
  label: z.string().nullish(),
  text: z.array(z.object({ text: z.string() })).default([]),
});

export type RustcSpan = z.infer<typeof span> & {
  readonly expansion?: { readonly span: RustcSpan } | null;
};

const nestedSpan: z.ZodType<RustcSpan> = span.extend({
  get expansion() {
    return z.object({ span: nestedSpan }).nullish();
  },
}) as z.ZodType<RustcSpan>;

const artifact = z.object({
  reason: z.literal("compiler-artifact"),
  package_id: z.string(),
  manifest_path: z.string(),
  target,
  filenames: z.array(z.string()),
  fresh: z.boolean(),
});

const diagnostic = z.object({
  reason: z.literal("compiler-message"),
  manifest_path: z.string().optional(),
  message: z.object({
    message: z.string(),
    level: z.string(),
    code: z.object({ code: z.string() }).nullish(),
    rendered: z.string().nullish(),
    spans: z.array(nestedSpan).default([]),
    children: z
      .array(z.object({ message: z.string(), spans: z.array(nestedSpan).default([]) }))
      .default([]),
  }),
});

const scriptRun = z.object({
  reason: z.literal("build-script-executed"),
  package_id: z.string(),
  out_dir: z.string(),
});

const finished = z.object({ reason: z.literal("build-finished"), success: z.boolean() });

const message = z.discriminatedUnion("reason", [artifact, diagnostic, scriptRun, finished]);

export type BuildMessage = z.infer<typeof message>;
export type ArtifactMessage = z.infer<typeof artifact>;
export type ScriptMessage = z.infer<typeof scriptRun>;
export type DiagnosticMessage = z.infer<typeof diagnostic>;

/** The message in a line of cargo's stdout; undefined for anything else (a build script may print there too). */
export function parseBuildMessage(line: string): BuildMessage | undefined {
  if (!line.startsWith("{")) {
    return undefined;
  }
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = message.safeParse(json);
  return parsed.success ? parsed.data : undefined;
}
