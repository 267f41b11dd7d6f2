// A plugin whose names, errors, panics, values and metadata try to command the terminal and to speak in our place, through every
// command: none of it reaches the terminal as it is, apart from what the plugin itself prints.

import assert from "node:assert/strict";
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { testTargetFolder } from "../support/fixtureLibraries.ts";
import { removeCache, runCli, type CliResult } from "./cliProcess.ts";
import { pluginManifest, TemporaryWorkspace } from "./temporaryWorkspace.ts";

/** In Rust and JavaScript alike: a title, colours, a forged verdict, a turned direction, a C1 control. */
const attack = String.raw`x\u{1b}]0;PWNED\u{7}\u{1b}[31m\nerror: none\r\nTrusted signature: p is signed by the trusted key vendor.\n{\"error\":{\"kind\":\"none\"}}\u{202e}\u{9b}2J\u{2028}`;

/** Of the same length as what replaces them in the library. */
const names = {
  plugin: ["AaaaaaaaaaaaaaaaaaaaPlugin", "\u001b]0;P\u0007\nerror: none\nTru\t\u001b[2"],
  interface: ["BbbbbbbbbbbbbbbbbbbbGreeter", "\u001b[31mred\nnote: good\r\u001b[2J\u001b[1"],
} as const;

const source = `use fidius::{plugin_impl, plugin_interface, PluginError};

#[plugin_interface(version = 1, buffer = PluginAllocated)]
#[trait_meta("kind\\nerror: none", "${attack}")]
pub trait ${names.interface[0]}: Send + Sync {
    #[method_meta("m", "${attack}")]
    fn fail(&self) -> Result<u8, PluginError>;
    fn own_error(&self) -> Result<u8, String>;
    fn panics(&self) -> u8;
    fn text(&self) -> String;
    fn many(&self) -> std::collections::BTreeMap<String, String>;
    fn prints(&self) -> u8;
}

pub struct ${names.plugin[0]};

#[plugin_impl(${names.interface[0]})]
impl ${names.interface[0]} for ${names.plugin[0]} {
    fn fail(&self) -> Result<u8, PluginError> {
        Err(PluginError::new("CODE\\nerror: none", "${attack}"))
    }
    fn own_error(&self) -> Result<u8, String> {
        Err("${attack}".to_string())
    }
    fn panics(&self) -> u8 {
        std::panic::set_hook(Box::new(|_| {}));
        panic!("{}", "${attack}")
    }
    fn text(&self) -> String {
        "${attack}".to_string()
    }
    fn many(&self) -> std::collections::BTreeMap<String, String> {
        std::collections::BTreeMap::from([("${attack}".to_string(), "${attack}".to_string())])
    }
    fn prints(&self) -> u8 {
        println!("\\u{1b}[32mgreen");
        1
    }
}

fidius::fidius_plugin_registry!();
`;

/** Characters that a terminal obeys, or that change what is read. Line ends are ours. */
const obeyed =
  // eslint-disable-next-line no-control-regex -- these are what must not be there
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

function checkText(text: string, what: string): void {
  assert.doesNotMatch(text, obeyed, `${what}: ${JSON.stringify(text)}`);
  assert.doesNotMatch(text, /^(?:error: none|note: good|Tru|Trusted signature: p\b)/mu, what);
  assert.doesNotMatch(text, /^\{"error":\{"kind":"none"\}\}$/mu, what);
}

function check({ stdout, stderr }: CliResult, what: string): void {
  checkText(stdout, `stdout of ${what}`);
  checkText(stderr, `stderr of ${what}`);
}

describe("foreign text on the command line", function () {
  this.timeout(600_000);
  let workspace: TemporaryWorkspace;
  let library: string;
  let renamed: string;

  const call = (method: string, ...more: readonly string[]): Promise<CliResult> =>
    runCli(["call", `${names.plugin[0]}.${method}`, ...more], { cwd: workspace.folder });

  before(async () => {
    workspace = await TemporaryWorkspace.create({
      "Cargo.toml": pluginManifest("hostile-text", "\n[workspace]\n"),
      "src/lib.rs": source,
      "package.toml": `[package]\nname = "${attack.replaceAll(/\\u\{([0-9a-f]+)\}/gu, (_, digits: string) => `\\u${digits.padStart(4, "0")}`)}"\nversion = "1\\n"\ninterface = "\\u202ei"\ninterface_version = 1\n[metadata]\n`,
    });
    const built = await call("text");
    assert.equal(built.exitCode, 0, built.stderr);
    const file = (await readdir(join(testTargetFolder(), "debug"))).find((name) =>
      /hostile_text\.(?:so|dylib|dll)$/u.test(name),
    );
    assert.ok(file !== undefined);
    library = join(testTargetFolder(), "debug", file);
    // Rust has no such names, but a library may have any.
    renamed = join(workspace.folder, "renamed\u001b[31m\nerror: none.so");
    await copyFile(library, renamed);
    let bytes = await readFile(renamed);
    for (const [name, other] of Object.values(names)) {
      assert.equal(Buffer.byteLength(other), name.length);
      assert.ok(bytes.includes(name));
      bytes = Buffer.from(bytes.toString("latin1").replaceAll(name, other), "latin1");
    }
    await writeFile(renamed, bytes);
  });

  after(async () => {
    await workspace.dispose();
    await removeCache();
  });

  it("errors of a plugin are one line, and the last line of stderr is ours", async () => {
    for (const method of ["fail", "own_error", "panics"]) {
      for (const more of [[], ["--json"]]) {
        const result = await call(method, ...more);
        check(result, `${method} ${more.join(" ")}`);
        assert.notEqual(result.error?.kind, "none");
        assert.match(result.error?.message ?? "", /PWNED/u);
      }
    }
    const { stderr } = await call("fail");
    assert.match(stderr, /^error: PluginError "CODE\\nerror: none": x\\u001b\]0;PWNED\\u0007/mu);
  });

  it("a value is JSON of the same value", async () => {
    const expected = attack
      .replaceAll(/\\u\{([0-9a-f]+)\}/gu, (_, digits: string) =>
        String.fromCodePoint(Number.parseInt(digits, 16)),
      )
      .replaceAll("\\n", "\n")
      .replaceAll("\\r", "\r")
      .replaceAll('\\"', '"');
    const text = await call("text");
    check(text, "text");
    assert.equal(JSON.parse(text.stdout), expected);
    const many = await call("many");
    check(many, "many");
    assert.deepEqual(JSON.parse(many.stdout), { [expected]: expected });
    const json = await call("text", "--json");
    check(json, "text --json");
    assert.equal((JSON.parse(json.stdout) as { value: string }).value, expected);
    check(await call("text", "--expect", '"other"'), "text --expect");
  });

  it("what the plugin prints stays its own", async () => {
    const { stderr } = await call("prints");
    assert.ok(stderr.includes("\u001b[32mgreen"));
  });

  it("names and metadata of a library are shown as what they are", async () => {
    for (const path of [library, renamed]) {
      for (const command of [["inspect"], ["inspect", "--json"], ["list"], ["list", "--json"]]) {
        const [name = "", ...more] = command;
        const result = await runCli([name, path, ...more], { cwd: workspace.folder });
        check(result, `${command.join(" ")} ${path}`);
      }
      check(await call("text", "--library", path), `call --library ${path}`);
    }
    const { stdout } = await runCli(["inspect", renamed], { cwd: workspace.folder });
    assert.match(
      stdout,
      /^No signature: "renamed\\u001b\[31m\\nerror: none\.so" is not signed\.\n/u,
    );
    assert.match(
      stdout,
      /^ {2}plugin "\\u001b\]0;P\\u0007\\nerror: none\\nTru\\t\\u001b\[2", implements "/mu,
    );
    assert.match(stdout, /^ {6}"kind\\nerror: none" = "x\\u001b\]0;PWNED/mu);
  });

  it("fields of a package are shown as what they are, behind the verdict", async () => {
    for (const command of [["inspect"], ["inspect", "--json"], ["list"], ["list", "--json"]]) {
      const [name = "", ...more] = command;
      const result = await runCli([name, workspace.folder, ...more]);
      check(result, `${command.join(" ")} of the package`);
    }
    const { stdout } = await runCli(["inspect", workspace.folder]);
    assert.match(stdout, /^No signature: \S+ is not signed\.\npackage "x\\u001b\]0;PWNED/u);
    check(
      await call(
        "text",
        "--library",
        workspace.folder,
        "--trusted-key",
        "gone\u001b[31m\nerror: none",
      ),
      "a key that is not there",
    );
  });

  it("types, usage and places that are not there are told in lines of ours", async () => {
    for (const args of [
      ["types", workspace.folder],
      ["types", workspace.folder, "--json"],
      ["list", "gone\u001b[31m\nerror: none"],
      ["inspect", "gone\u001b[31m\nerror: none"],
      ["call", "Gone\u001b[31m\nerror: none.x"],
      ["call", `${names.plugin[0]}.text`, "--args", '["\u001b[31m\nerror: none"]'],
      ["call", `${names.plugin[0]}.text`, "--args-file", "gone\u001b[31m\nerror: none"],
      ["call", `${names.plugin[0]}.text`, "--timeout", "\u001b[31m\nerror: none"],
      ["--gone\u001b[31m\nerror: none"],
    ]) {
      check(await runCli(args, { cwd: workspace.folder }), JSON.stringify(args));
    }
  });

  it("the compiler's words give no orders either", async () => {
    await workspace.write("src/lib.rs", `${source}\ncompile_error!("${attack}");\n`);
    const result = await call("text");
    assert.equal(result.exitCode, 2);
    assert.doesNotMatch(result.stderr, obeyed, JSON.stringify(result.stderr));
    await workspace.write("src/lib.rs", source);
  });
});
