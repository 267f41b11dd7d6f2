// Runs the suites of test/vscode/ in a real VS Code, on the unpacked VSIX. Each folder of suites is a session: one start of VS Code
// on a fresh copy of a workspace. The desktop VS Code or the launcher beside this file runs them; both take the same
// arguments.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import * as esbuild from "esbuild";
import { unpackZip } from "../../scripts/zip.mjs";
import { vsixFile } from "../../scripts/packageVsix.mjs";
import { installDebuggers } from "./debuggerExtensions.ts";
import { testTargetFolder } from "../support/fixtureLibraries.ts";

const root = resolve(import.meta.dirname, "../..");
const cache = join(root, ".cache", "vscode");

interface Session {
  /** Folder of its suites. */
  readonly name: string;
  /** Restricted Mode when false. */
  readonly isTrusted: boolean;
  /** Folder of the project whose copy is opened. */
  readonly workspace: string;
  /** Extensions with debuggers are installed. */
  readonly hasDebuggers?: true;
}

const sessions: readonly Session[] = [
  { name: "trusted", isTrusted: true, workspace: "examples" },
  { name: "fixtures", isTrusted: true, workspace: "test/fixtures" },
  { name: "debugging", isTrusted: true, workspace: "test/fixtures", hasDebuggers: true },
  { name: "bridge", isTrusted: true, workspace: "test/bridge/fixture" },
  { name: "restricted", isTrusted: false, workspace: "examples" },
];

process.exitCode = await main();

async function main(): Promise<number> {
  if (!existsSync(vsixFile())) {
    process.stdout.write(`There is no ${vsixFile()}. Run npm run package first.\n`);
    return 1;
  }
  // Outside of the project, where no module of the project can stand in for one that was not packed.
  const unpacked = await mkdtemp(join(tmpdir(), "fidius-vsix-"));
  try {
    unpackZip(vsixFile(), unpacked);
    const program = await vsCodeProgram();
    let exitCode = 0;
    const named = process.argv.slice(2);
    for (const session of sessions) {
      if (named.length > 0 && !named.includes(session.name)) {
        continue;
      }
      const code = await runSession(session, join(unpacked, "extension"), program);
      exitCode = Math.max(exitCode, code);
    }
    return exitCode;
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}

async function vsCodeProgram(): Promise<string> {
  return process.env["FIDIUS_VSCODE_SERVER"] === undefined
    ? await downloadAndUnzipVSCode({ cachePath: join(root, ".vscode-test") })
    : join(import.meta.dirname, "launcher", "launcher.mjs");
}

/** Starts VS Code for one folder of suites; the exit code that the suites ended with. */
async function runSession(session: Session, extension: string, program: string): Promise<number> {
  const folder = join(cache, session.name);
  await rm(folder, { recursive: true, force: true });
  const workspace = join(folder, "workspace");
  await cp(join(root, session.workspace), workspace, {
    recursive: true,
    filter: (path) => basename(path) !== "target",
  });
  if (!session.isTrusted) {
    await setTrap(workspace);
  }
  const userData = join(folder, "user-data");
  await mkdir(join(userData, "User"), { recursive: true });
  await writeFile(
    join(userData, "User", "settings.json"),
    JSON.stringify({
      "security.workspace.trust.enabled": !session.isTrusted,
      "security.workspace.trust.startupPrompt": "never",
      "security.workspace.trust.banner": "never",
      "workbench.colorTheme": "Default Dark Modern",
      // Whatever takes the focus while a test picks something must not close the list.
      "workbench.quickOpen.closeOnFocusLost": false,
    }),
  );
  if (session.hasDebuggers === true) {
    await installDebuggers(join(folder, "extensions"));
  }
  const debugPort = await freePort();
  const extensionTestsPath = await bundleSuites(session);
  const launchArgs = [
    workspace,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${join(folder, "extensions")}`,
    `--remote-debugging-port=${String(debugPort)}`,
  ];
  const environment = {
    CARGO_TARGET_DIR: testTargetFolder(),
    FIDIUS_TEST_COUNTS: `${process.env["FIDIUS_TEST_COUNTS"] ?? join(folder, "counts")}.${session.name}`,
    FIDIUS_TEST_DEBUG_PORT: String(debugPort),
    FIDIUS_TEST_RESULTS: join(root, "test-results"),
  };
  try {
    if (!session.isTrusted) {
      // runTests() always disables Workspace Trust.
      const tests = [
        `--extensionDevelopmentPath=${extension}`,
        `--extensionTestsPath=${extensionTestsPath}`,
      ];
      return await start(program, [...launchArgs, ...tests], environment);
    }
    return await runTests({
      vscodeExecutablePath: program,
      extensionDevelopmentPath: extension,
      extensionTestsPath,
      launchArgs,
      extensionTestsEnv: environment,
    });
  } catch (error) {
    process.stdout.write(`${session.name}: ${String(error)}\n`);
    return 1;
  }
}

function start(
  program: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<number> {
  return new Promise((resolveCode, reject) => {
    const env = { ...process.env, ...variables };
    const child = spawn(program, [...args, "--no-sandbox"], { env, stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", (code) => {
      resolveCode(code ?? 1);
    });
  });
}

/** Makes cargo leave a trace in the workspace, whatever it is started for: it asks the compiler for its version first. */
async function setTrap(workspace: string): Promise<void> {
  const compiler = join(workspace, "rustc-with-trace");
  const trace = join(workspace, "rustc-was-run");
  await writeFile(compiler, `#!/bin/sh\ntouch '${trace}'\nexec rustc "$@"\n`, { mode: 0o755 });
  await mkdir(join(workspace, ".cargo"));
  await writeFile(
    join(workspace, ".cargo", "config.toml"),
    `[build]\nrustc = ${JSON.stringify(compiler)}\n`,
  );
}

/** Bundles a session's suites into one module that VS Code's extension host can load; its path. */
async function bundleSuites(session: Session): Promise<string> {
  const folder = join(import.meta.dirname, session.name);
  const suites = (await readdir(folder)).filter((file) => file.endsWith(".test.ts")).sort();
  const outfile = join(cache, session.name, "suites.cjs");
  const requires = suites.map((file) => `require(${JSON.stringify(`./${session.name}/${file}`)});`);
  await esbuild.build({
    stdin: {
      contents: `import { runMocha } from "./runMocha.ts";
        export function run() { return runMocha(() => { ${requires.join(" ")} }); }`,
      resolveDir: import.meta.dirname,
      sourcefile: "suites.ts",
    },
    bundle: true,
    outfile,
    platform: "node",
    format: "cjs",
    target: "node20",
    sourcemap: "inline",
    external: ["vscode", "mocha", "playwright-core"],
    logLevel: "warning",
  });
  return outfile;
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        resolvePort(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });
}
