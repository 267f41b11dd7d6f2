// `fidius-call inspect`: what a built library says of itself, whatever Fidius release it was built with; what a package is;
// and who signed it.

import { basename } from "node:path";
import { libraryText } from "../../calls/libraryText.ts";
import { packageText } from "../../calls/packageText.ts";
import type { LibraryReport } from "../../model/libraryReport.ts";
import type { LoadFailure } from "../../model/outcome.ts";
import type { PackageInfo, SignatureState } from "../../model/packageInfo.ts";
import type { Result } from "../../model/result.ts";
import type { OpenedPath } from "../../packages/openPackage.ts";
import { describeSignature } from "../../packages/signatureText.ts";
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
  const signature = describeSignature(name, opened.signature);
  if (opened.kind === "package") {
    const { info } = opened;
    terminal.result(
      isJson ? packageJson(opened.folder, info, opened.signature) : packageText(info, signature),
    );
    return undefined;
  }
  const inspected = await ports.inspect(opened.file);
  if (!inspected.ok) {
    const { kind, message } = inspected.error;
    return { exitCode: exitCodes.load, kind: "loadFailed", message, details: { reason: kind } };
  }
  terminal.result(
    isJson
      ? libraryJson(opened.file, inspected.value, opened.signature)
      : libraryText(name, inspected.value, signature),
  );
  return undefined;
}

function packageJson(folder: string, info: PackageInfo, signature: SignatureState): string {
  return jsonText({ package: { ...info }, folder, signature: { ...signature } });
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
