// Opens the file that answers host functions, made with an answer for every function when there is none.

import { join } from "node:path";
import * as vscode from "vscode";
import { hostFunctionFileName, hostFunctionTemplate } from "../../calls/hostFunctionFile.ts";
import type { HostInterfaceSchema } from "../../model/plugin.ts";

/** The file beside the package's Cargo.toml; an existing one is opened as it is. */
export async function openHostFunctionFile(
  packageFolder: string,
  interfaces: readonly HostInterfaceSchema[],
): Promise<void> {
  const uri = vscode.Uri.file(join(packageFolder, hostFunctionFileName));
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const text = hostFunctionTemplate(interfaces);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  }
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
}
