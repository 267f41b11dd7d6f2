// Files that are none: wherever the command line takes the name of a file, a pipe, a device, a folder, a circle of links or a file
// without an end is one sentence in good time; what a user hands over on purpose is read.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { distFolder, fixtureLibrary, fixturesFolder } from "../support/fixtureLibraries.ts";
import { cacheOfProcesses, removeCache, runCli, type CliResult } from "./cliProcess.ts";
import { pluginManifest, pluginSource, TemporaryWorkspace } from "./temporaryWorkspace.ts";

/** A refusal that takes longer waited for something. */
const goodTimeMs = 60_000;

describe("fidius-call and files that are none", function () {
  this.timeout(120_000);
  let folder: string;
  let streams: string;
  let configured: string;
  let hostcall: string;
  const at = (name: string): string => join(folder, name);

  before(async function () {
    this.timeout(600_000);
    [streams, configured, hostcall] = [
      await fixtureLibrary("streams"),
      await fixtureLibrary("configured"),
      await fixtureLibrary("hostcall"),
    ];
    folder = await mkdtemp(join(tmpdir(), "fidius-cli-files-"));
    execFileSync("mkfifo", ["pipe", "pipe.mjs", "pipe.json"].map(at));
    await mkdir(at("folder"));
    await symlink("circle", at("circle"));
    await writeFile(at("latin"), Buffer.from('["caf\xe9"]\n', "latin1"));
    await writeFile(at("endless"), "");
    await truncate(at("endless"), 2 ** 41);
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await removeCache();
  });

  const none: readonly (readonly [string, () => string, RegExp])[] = [
    ["a pipe", () => at("pipe"), /it is a named pipe/],
    ["a device", () => "/dev/zero", /it is a device/],
    ["a folder", () => at("folder"), /it is a folder/],
    ["a circle of links", () => at("circle"), /its symbolic links lead in a circle/],
    ["a file of two terabytes", () => at("endless"), /it is larger than/],
    ["no file", () => at("gone"), /there is no such file/],
  ];
  const notUtf8 = ["Latin-1", () => at("latin"), /it is no UTF-8 text, which line 1/] as const;

  const place = (fixture: string, library: string): readonly string[] => [
    "--manifest-path",
    join(fixturesFolder, fixture),
    "--library",
    library,
  ];
  const options: readonly (readonly [string, (file: string) => readonly string[]])[] = [
    ["--args-file", (file) => ["call", "BasicCalculator.add", "--args-file", file]],
    [
      "--config-file",
      (file) => [
        "call",
        "Greeter.calls",
        ...place("configured", configured),
        "--config-file",
        file,
      ],
    ],
    [
      "--host-functions",
      (file) => [
        ...["call", "Asker.now", ...place("hostcall", hostcall)],
        ...["--args", "[]", "--host-functions", file],
      ],
    ],
  ];

  async function refused(args: readonly string[], reason: RegExp): Promise<CliResult> {
    const startedAt = performance.now();
    const result = await runCli(args);
    assert.ok(performance.now() - startedAt < goodTimeMs, args.join(" "));
    assert.notEqual(result.exitCode, 0);
    assert.notEqual(result.error?.kind, "internal");
    assert.match(JSON.stringify(result.error), reason, args.join(" "));
    return result;
  }

  for (const [what, path, reason] of [...none, notUtf8]) {
    it(`names ${what} given to the options that take text`, async () => {
      for (const [, args] of options) {
        assert.equal((await refused(args(path()), reason)).exitCode, 1);
      }
    });
  }

  for (const [what, path, reason] of none) {
    it(`names ${what} where arguments, libraries and keys are expected`, async () => {
      const reference = JSON.stringify([{ $file: path() }]);
      await refused(["call", "Tour.reverse", "--args", reference], reason);
      const there = reason.source.includes("there is no such file")
        ? /There is nothing|does not exist/
        : reason;
      await refused(["inspect", path()], what === "a folder" ? /is no package/ : there);
      await refused(["inspect", streams, "--trusted-key", path()], reason);
    });
  }

  it("names what is no stream of items", async () => {
    const call = ["call", "AllStreams.sum", ...place("streams", streams), "--args", "[0]"];
    for (const [what, path, reason] of [...none, notUtf8]) {
      if (what !== "a file of two terabytes") {
        await refused([...call, "--input", path()], reason);
      }
    }
    await writeFile(at("second-line"), Buffer.from("1\n2\n\xff\n", "latin1"));
    const later = await refused([...call, "--input", at("second-line")], /which line 3 shows/);
    assert.equal(later.exitCode, 1);
    const endless = await refused(
      [...call, "--input", at("endless")],
      /line 1 is longer than 256 MiB/,
    );
    assert.equal(endless.exitCode, 1);
  });

  it("says how a pipe is handed over", async () => {
    const { error } = await runCli(["call", "BasicCalculator.add", "--args-file", at("pipe")]);
    assert.equal(
      error?.message,
      `The file of --args-file, ${at("pipe")}, cannot be read: it is a named pipe, which may never end. Give a regular file, or say that you mean it: --args-file - < ${at("pipe")}.`,
    );
  });

  it("names a module of host functions that is a pipe", async () => {
    const call = ["call", "Asker.now", ...place("hostcall", hostcall), "--args", "[]"];
    await refused([...call, "--host-functions", at("pipe.mjs")], /it is a named pipe/);
    await refused([...call, "--host-functions", at("pipe.json")], /it is a named pipe/);
  });

  /** A whole command line, by a shell that has pipes. */
  async function inShell(
    command: string,
  ): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
    const child = spawn("bash", ["-c", command], {
      cwd: folder,
      env: {
        ...process.env,
        XDG_CACHE_HOME: await cacheOfProcesses(),
        CALL: `${process.execPath} ${join(distFolder(), "cli.cjs")} call`,
        STREAMS: place("streams", streams).join(" "),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const closed = once(child, "close") as Promise<[number | null]>;
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = await closed;
    return { code, stdout: stdout.trim(), stderr };
  }

  it("reads what a shell hands over: <(…), - and /dev/stdin", async () => {
    const sum = "$CALL AllStreams.sum $STREAMS";
    for (const [command, expected] of [
      [`${sum} --args-file <(echo '[3]') --input <(printf '1\\n2\\n')`, "6"],
      [`echo '[4]' | ${sum} --args-file - --input /dev/null`, "4"],
      [`echo '[4]' | ${sum} --args-file /dev/stdin --input /dev/null`, "4"],
      [`printf '1\\n2\\n' | ${sum} --args '[1]' --input -`, "4"],
      [`printf '1\\n2\\n' > items; ${sum} --args '[1]' --input /dev/stdin < items`, "4"],
      [`(sleep 0.2; echo 5) > pipe & ${sum} --args '[0]' --input - < pipe`, "5"],
      [`${sum} --args-file /dev/fd/5 --input /dev/null 5< <(sleep 0.2; echo '[7]')`, "7"],
    ] as const) {
      const { code, stdout, stderr } = await inShell(command);
      assert.deepEqual([code, stdout], [0, expected], `${command}\n${stderr}`);
    }
  });

  it("does not wait longer for arguments than the time limit allows", async () => {
    const { code, stderr } = await inShell(
      `$CALL AllStreams.sum $STREAMS --timeout 300ms --args-file <(exec sleep 60 2>/dev/null)`,
    );
    assert.equal(code, 7, stderr);
    assert.match(
      stderr,
      /--args-file was not read to its end within 300 ms: \/dev\/fd\/\d+ is still open/,
    );
  });

  it("bounds what stdin may hold", async () => {
    const { code, stderr } = await inShell(
      `$CALL AllStreams.sum $STREAMS --args-file - < /dev/zero`,
    );
    assert.equal(code, 1, stderr);
    assert.match(stderr, /stdin, cannot be read: it is larger than 256 MiB/);
  });
});

describe("fidius-call and packages with files that are none", function () {
  this.timeout(120_000);
  let workspace: TemporaryWorkspace;
  after(removeCache);

  beforeEach(async () => {
    workspace = await TemporaryWorkspace.create({
      "Cargo.toml": '[workspace]\nresolver = "2"\nmembers = ["sound", "broken"]\n',
      "sound/Cargo.toml": pluginManifest("sound"),
      "sound/src/lib.rs": pluginSource("Sound", "fn hello(&self) -> u8 { 1 }"),
      "broken/Cargo.toml": pluginManifest("broken"),
      "broken/src/lib.rs": pluginSource("Broken", "fn hello(&self) -> u8 { 2 }"),
    });
  });
  afterEach(() => workspace.dispose());

  async function replaceByPipe(path: string): Promise<void> {
    await rm(join(workspace.folder, path), { force: true });
    execFileSync("mkfifo", [join(workspace.folder, path)]);
  }

  async function listed(
    options: readonly string[] = ["--no-build"],
  ): Promise<{ plugins: string; notices: string }> {
    const startedAt = performance.now();
    const result = await runCli(["list", "--json", ...options, workspace.folder]);
    assert.ok(performance.now() - startedAt < goodTimeMs);
    assert.equal(result.exitCode, 0, result.stderr);
    const model = JSON.parse(result.stdout) as { plugins: { name: string }[]; notices?: unknown };
    return {
      plugins: model.plugins.map(({ name }) => name).join(" "),
      notices: JSON.stringify(model.notices ?? []),
    };
  }

  it("lists what can be read beside a manifest that is a pipe, and says so", async () => {
    await replaceByPipe("broken/Cargo.toml");
    const { plugins, notices } = await listed();
    assert.equal(plugins, "Sound");
    assert.match(notices, /This Cargo\.toml cannot be read: it is a named pipe/);
  });

  it("lists what can be read beside a source that is a pipe, and has no compiler wait for it", async () => {
    await replaceByPipe("broken/src/lib.rs");
    assert.equal((await listed([])).plugins, "Sound");
  });

  it("refuses to start cargo where it would hang at a setting, a lock file or a manifest", async () => {
    await mkdir(join(workspace.folder, ".cargo"));
    for (const path of [".cargo/config.toml", "rust-toolchain.toml", "Cargo.lock"]) {
      await replaceByPipe(path);
      const startedAt = performance.now();
      const result = await runCli(["call", "Sound.hello", "--manifest-path", workspace.folder]);
      assert.ok(performance.now() - startedAt < goodTimeMs);
      assert.equal(result.exitCode, 2, result.stderr);
      assert.match(result.stderr, /cannot be read: it is a named pipe/);
      await rm(join(workspace.folder, path));
    }
  });
});
