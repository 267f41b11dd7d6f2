// package.toml → PackageInfo, by the rules that Fidius itself checks when it loads a package (reference 7.3).

import * as z from "zod";
import { parseTomlDocument } from "../cargo/manifest/tomlDocument.ts";
import type { PackageInfo } from "../model/package/packageInfo.ts";
import { err, ok, type Result } from "../model/result.ts";

/** Name of the manifest in a package's folder. */
export const packageManifestName = "package.toml";

const header = z.object({
  name: z.string(),
  version: z.string(),
  interface: z.string(),
  interface_version: z.int().min(0).max(0xffff_ffff),
  extension: z.string().optional(),
  runtime: z.string().optional(),
});

const manifest = z.object({
  package: header,
  /** The host's own; it must be there, even empty. */
  metadata: z.looseObject({}),
  python: z.object({ entry_module: z.string() }).optional(),
  wasm: z.object({ component: z.string() }).optional(),
});

type Manifest = z.infer<typeof manifest>;

/** The package that a package.toml's text describes; the error is a sentence without the file's name. */
export function parsePackageManifest(text: string): Result<PackageInfo, string> {
  const document = parseTomlDocument(text);
  if (!document.ok) {
    const { message, position } = document.error;
    return err(
      `it is no TOML: ${message} (line ${position.line + 1}, column ${position.character + 1}).`,
    );
  }
  const parsed = manifest.safeParse(document.value.root);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join(".") ?? "";
    return err(`\`${place}\` is not as it must be: ${issue?.message ?? "unknown problem"}.`);
  }
  return toInfo(parsed.data);
}

function toInfo({ package: given, python, wasm }: Manifest): Result<PackageInfo, string> {
  const runtime = given.runtime ?? "rust";
  if (runtime !== "rust" && runtime !== "python" && runtime !== "wasm") {
    return err(`unknown runtime "${runtime}": the allowed values are "rust", "python" and "wasm".`);
  }
  for (const [name, section] of [
    ["python", python],
    ["wasm", wasm],
  ] as const) {
    if ((section !== undefined) !== (runtime === name)) {
      return err(
        section === undefined
          ? `runtime = "${name}" needs a [${name}] section.`
          : `a [${name}] section goes with runtime = "${name}" only; this package has "${runtime}".`,
      );
    }
  }
  return ok({
    name: given.name,
    version: given.version,
    interface: given.interface,
    interfaceVersion: given.interface_version,
    extension: given.extension ?? "fid",
    runtime,
  });
}
