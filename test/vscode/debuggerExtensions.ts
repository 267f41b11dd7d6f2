// Debuggers for the sessions in VS Code, installed where it looks for extensions: one under the id of LLDB DAP with lldb's real
// adapter, which is all that matters of it, and one under the id of C/C++ whose adapter cannot be started.

import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

interface DebuggerManifest {
  readonly publisher: string;
  readonly name: string;
  readonly type: string;
  readonly program: string;
}

const version = "0.0.1";

/** Fills a folder of extensions. */
export async function installDebuggers(extensions: string): Promise<void> {
  const adapter = process.env["FIDIUS_DEBUG_ADAPTER"];
  if (adapter === undefined) {
    throw new Error("FIDIUS_DEBUG_ADAPTER does not name lldb-dap; npm test sets it.");
  }
  const program = "./adapter";
  const lldb = {
    publisher: "llvm-vs-code-extensions",
    name: "lldb-dap",
    type: "lldb-dap",
    program,
  };
  const broken = { publisher: "ms-vscode", name: "cpptools", type: "cppdbg", program: "./missing" };
  const entries = [await install(extensions, lldb), await install(extensions, broken)];
  await symlink(adapter, join(extensions, folderOf(lldb), program));
  await writeFile(join(extensions, "extensions.json"), JSON.stringify(entries));
}

function folderOf({ publisher, name }: DebuggerManifest): string {
  return `${publisher}.${name}-${version}`;
}

/** Writes the extension; its entry in the list of installed ones. */
async function install(extensions: string, manifest: DebuggerManifest): Promise<object> {
  const { publisher, name, type, program } = manifest;
  const relativeLocation = folderOf(manifest);
  const path = join(extensions, relativeLocation);
  await mkdir(path, { recursive: true });
  const text = JSON.stringify({
    ...{ name, publisher, version, engines: { vscode: "*" } },
    contributes: {
      breakpoints: [{ language: "rust" }],
      debuggers: [{ type, label: name, program, languages: ["rust"] }],
    },
  });
  await writeFile(join(path, "package.json"), text);
  const identifier = { id: `${publisher}.${name}` };
  return { identifier, version, relativeLocation, location: { $mid: 1, path, scheme: "file" } };
}
