// The project as Wine's Node sees it: a copy in .cache/windows/project with koffi's native part for Windows among its packages.
// Node 22 strips types by itself; what it does not know of the language yet is written for it.

import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { root } from "../run.mjs";
import { windowsCache, windowsKoffi } from "../setup/wine.mjs";

/** What the tests read of the project. */
const parts = readdirSync(root).filter(
  (name) =>
    !/^(?:\.git|\.cache|\.vscode-test|node_modules|target|coverage|test-results)$/u.test(name),
);

/** `using x = …`, which Node 22 does not know. */
const unknownSyntax = /\busing \w+ = /u;

/**
 * Makes the copy anew.
 * @returns {Promise<string>} its folder
 */
export async function makeWindowsProject() {
  const project = join(windowsCache, "project");
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  for (const part of parts) {
    cpSync(join(root, part), join(project, part), {
      recursive: true,
      filter: (source) => !/^(?:target|node_modules)$/u.test(basename(source)),
    });
  }
  for (const folder of ["src", "test"]) {
    await lower(join(project, folder));
  }
  linkPackages(join(project, "node_modules"));
  return project;
}

/** @param {string} folder */
async function lower(folder) {
  const { transform } = await import("esbuild");
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const file = join(folder, name);
    if (!name.endsWith(".ts") || !statSync(file).isFile()) {
      continue;
    }
    const text = readFileSync(file, "utf8");
    if (unknownSyntax.test(text)) {
      const tsconfigRaw = { compilerOptions: { verbatimModuleSyntax: true } };
      const { code } = await transform(text, { loader: "ts", target: "node22", tsconfigRaw });
      writeFileSync(file, code);
    }
  }
}

/**
 * Every package of the project, and koffi's part for Windows.
 * @param {string} folder
 */
function linkPackages(folder) {
  const installed = join(root, "node_modules");
  mkdirSync(folder);
  for (const name of readdirSync(installed).filter((entry) => !entry.startsWith("."))) {
    if (name !== "@koromix") {
      symlinkSync(join(installed, name), join(folder, name));
    }
  }
  mkdirSync(join(folder, "@koromix"));
  symlinkSync(windowsKoffi(), join(folder, "@koromix", basename(windowsKoffi())));
}
