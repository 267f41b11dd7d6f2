// Runs the suites of test/vscode/ in a real VS Code, on the unpacked VSIX. Each folder of suites is a session: one start of VS Code
// on a fresh copy of a workspace. The desktop VS Code or the launcher beside this file runs them; both take the same
// arguments.

import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
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
  readonly name: string;
  /** Folder of its suites, where that is not its name. */
  readonly folder?: string;
  /** The suites that it runs, without `.test.ts`: all of the folder when left out. */
  readonly suites?: readonly string[];
  /** Runs on the oldest VS Code that `engines.vscode` admits. */
  readonly isOldest?: boolean;
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
  {
    name: "oldest",
    folder: "trusted",
    suites: ["activation", "invoke", "missingAsyncFeature"],
    isTrusted: true,
    workspace: "examples",
    isOldest: true,
  },
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
    let exitCode = 0;
    const named = process.argv.slice(2);
    for (const session of sessions) {
      if (named.length > 0 && !named.includes(session.name)) {
        continue;
      }
      const code = await runSession(session, join(unpacked, "extension"));
      exitCode = Math.max(exitCode, code);
    }
    return exitCode;
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}

/** The VS Code of a session, and what its environment tells the launcher. */
async function vsCodeOf({
  isOldest = false,
}: Session): Promise<{ program: string; environment: Readonly<Record<string, string>> }> {
  const { FIDIUS_OLDEST_VSCODE_NODE: node, FIDIUS_OLDEST_VSCODE_SERVER: server } = process.env;
  if (process.env["FIDIUS_VSCODE_SERVER"] === undefined) {
    const cachePath = join(root, ".vscode-test");
    const version = isOldest ? oldestVersion() : "stable";
    return { program: await downloadAndUnzipVSCode({ cachePath, version }), environment: {} };
  }
  const program = join(import.meta.dirname, "launcher", "launcher.mjs");
  if (!isOldest) {
    return { program, environment: {} };
  }
  if (node === undefined || server === undefined) {
    throw new Error("The environment does not tell where the oldest VS Code is.");
  }
  return { program, environment: { FIDIUS_VSCODE_NODE: node, FIDIUS_VSCODE_SERVER: server } };
}

/** The version that `engines.vscode` of package.json begins with. */
function oldestVersion(): string {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    engines: { vscode: string };
  };
  return engines.vscode.replace("^", "");
}

/** Starts VS Code for one folder of suites; the exit code that the suites ended with. */
async function runSession(session: Session, extension: string): Promise<number> {
  const { program, environment: ofVsCode } = await vsCodeOf(session);
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
    ...ofVsCode,
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
  const { name, folder = name, suites: wanted } = session;
  const suites = (await readdir(join(import.meta.dirname, folder)))
    .filter((file) => file.endsWith(".test.ts"))
    .filter((file) => wanted?.includes(file.replace(".test.ts", "")) ?? true)
    .sort();
  const outfile = join(cache, name, "suites.cjs");
  const requires = suites.map((file) => `require(${JSON.stringify(`./${folder}/${file}`)});`);
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
    // The Node of the oldest VS Code gives no default export where a CommonJS module requires an ES module.
    alias: { mocha: "mocha/lib/mocha.cjs" },
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
