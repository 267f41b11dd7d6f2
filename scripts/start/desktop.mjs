// Opens a desktop VS Code with the extension loaded: the installed one, else one that is downloaded into .vscode-test/.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { findProgram, root } from "../run.mjs";

/**
 * @param {string} folder what to open
 * @returns {Promise<boolean>} false when there is no desktop VS Code and none can be downloaded
 */
export async function openDesktop(folder) {
  const program = findProgram("code") ?? (await download());
  if (program === undefined) {
    return false;
  }
  console.log(`\nOpening VS Code on ${folder}`);
  const args = ["--new-window", `--extensionDevelopmentPath=${root}`, folder];
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    args.push("--no-sandbox"); // Chromium's sandbox refuses root
  }
  if (isRoot || program.includes(".vscode-test")) {
    const profile = join(root, ".vscode-test", "start");
    args.push(`--user-data-dir=${profile}`, `--extensions-dir=${join(profile, "extensions")}`);
  }
  // VS Code is the user's from here on: it outlives this script.
  const isScript = process.platform === "win32" && !program.endsWith(".exe");
  const child = spawn(program, args, { detached: true, stdio: "ignore", shell: isScript });
  return await new Promise((resolve) => {
    child.once("error", () => {
      resolve(false);
    });
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}

/** @returns {Promise<string | undefined>} */
async function download() {
  const { downloadAndUnzipVSCode } = await import("@vscode/test-electron");
  try {
    return await downloadAndUnzipVSCode({
      cachePath: join(root, ".vscode-test"),
      extensionDevelopmentPath: root,
    });
  } catch (error) {
    console.log(
      `No desktop VS Code: none is installed, and the download failed (${String(error)}).`,
    );
    return undefined;
  }
}
