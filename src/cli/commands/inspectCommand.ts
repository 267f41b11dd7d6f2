// `fidius-call inspect`: what a built library says of itself, whatever Fidius release it was built with; what a package is;
// and who signed it.

import { basename } from "node:path";
import { libraryText } from "../../calls/libraryText.ts";
import { packageText } from "../../calls/packageText.ts";
import { nameText } from "../../model/text/foreignText.ts";
import type { LibraryReport } from "../../model/libraryReport.ts";
import type { LoadFailure } from "../../model/outcome.ts";
import type { SignatureState } from "../../model/package/packageInfo.ts";
import type { Result } from "../../model/result.ts";
import type { OpenedPath } from "../../packages/openPackage.ts";
import { describeSignature, leftOutText } from "../../packages/signatureText.ts";
import { exitCodes } from "../output/exitCodes.ts";
import type { CliFailure } from "../output/failure.ts";
import { jsonText } from "../output/jsonText.ts";
import type { Terminal } from "../output/terminal.ts";

export interface InspectRequest {
  /** As the user wrote it. */
  readonly path: string;
  readonly opened: OpenedPath;
  readonly isJson: boolean;
}

export interface InspectPorts {
  inspect(library: string): Promise<Result<LibraryReport, LoadFailure>>;
}

/** Prints the report; a library that cannot be loaded is a failure. */
export async function runInspect(
  { path, opened, isJson }: InspectRequest,
  ports: InspectPorts,
  terminal: Terminal,
): Promise<CliFailure | undefined> {
  const name = basename(path);
  const signature = describeSignature(nameText(name), opened.signature);
  if (opened.kind === "package") {
    const { info } = opened;
    if (isJson) {
      terminal.json(packageJson(opened));
    } else {
      const rest = leftOutText(nameText(name), opened.leftOut);
      terminal.result(signature, ...(rest === undefined ? [] : [rest]), ...packageText(info));
    }
    return undefined;
  }
  const inspected = await ports.inspect(opened.file);
  if (!inspected.ok) {
    const { kind, message } = inspected.error;
    return { exitCode: exitCodes.load, kind: "loadFailed", message, details: { reason: kind } };
  }
  if (isJson) {
    terminal.json(libraryJson(opened.file, inspected.value, opened.signature));
  } else {
    terminal.result(signature, ...libraryText(name, inspected.value));
  }
  return undefined;
}

function packageJson({
  info,
  folder,
  signature,
  leftOut,
}: Extract<OpenedPath, { readonly kind: "package" }>): string {
  return jsonText({ signature: { ...signature }, package: { ...info }, folder, leftOut });
}

function libraryJson(library: string, report: LibraryReport, signature: SignatureState): string {
  const { registryVersion, abi, releases, descriptorBytes, plugins, hostImports } = report;
  return jsonText({
    library,
    signature: { ...signature },
    registryVersion,
    abi,
    releases,
    descriptorBytes,
    hostImports: hostImports?.map((wanted) => ({ ...wanted })) ?? null,
    plugins: plugins.map((plugin) => ({
      ...plugin,
      methodMetadata: plugin.methodMetadata.map((entries) =>
        entries.map((entry) => ({ ...entry })),
      ),
      traitMetadata: plugin.traitMetadata.map((entry) => ({ ...entry })),
    })),
  });
}
