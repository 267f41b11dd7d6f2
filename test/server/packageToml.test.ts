// package.toml as an editor shows it: diagnostics with their pages, quick fixes, completions and hovers.

import assert from "node:assert/strict";
import { LspClient, textAt } from "./lspClient.ts";
import { greeterSource, manifest, TestFolder } from "./workspace.ts";

const complete = `[package]
name = "demo"
version = "0.1.0"
interface = "demo"
interface_version = 1

[metadata]
`;

describe("package.toml", () => {
  let files: TestFolder;
  let client: LspClient;
  let file: string;

  before(async () => {
    files = new TestFolder({
      "Cargo.toml": manifest("demo", `fidius = { version = "0.5", features = ["async"] }`),
      "src/lib.rs": greeterSource.replace("version = 1", "version = 3"),
      "package.toml": complete.replace("interface_version = 1", "interface_version = 3"),
      "module/package.toml": complete,
      "other/package.toml": '[package]\nname = "someone"\n',
    });
    file = files.path("package.toml");
    client = await LspClient.start({ folders: [files.folder], options: { isTrusted: false } });
    await client.open(file, " ", true);
  });

  after(async () => {
    await client[Symbol.asyncDispose]();
    files[Symbol.dispose]();
  });

  async function write(text: string): Promise<void> {
    const document = client.document(file);
    if (document.getText() !== text) {
      const range = { start: document.positionAt(0), end: document.positionAt(Infinity) };
      await client.change(file, [{ range, newText: text }]);
    }
  }

  /** Types a text and asks for completions at its `|`. */
  async function labels(source: string): Promise<readonly string[]> {
    const at = source.indexOf("|");
    await write(source.slice(0, at) + source.slice(at + 1));
    const position = client.document(file).positionAt(at);
    return (await client.completions(file, position)).map(({ label, textEdit }) =>
      textEdit?.newText === label ? label : `${label} → ${textEdit?.newText ?? ""}`,
    );
  }

  it("has diagnostics as it is typed, each with its page", async () => {
    const text = complete.replace('"demo"', "7").replace("\n[metadata]", "runtim = 1\n[meta]");
    await write(text);
    const found = client.diagnostics(file);
    assert.deepEqual(
      found.map(({ code, range }) => `${String(code)}: ${textAt(text, range)}`).toSorted(),
      [
        "package-key-unknown: meta",
        "package-key-unknown: runtim",
        "package-metadata-missing: [package]",
        "package-value-invalid: 7",
        "package-version-differs: 1",
      ],
    );
    for (const { code, codeDescription } of found) {
      assert.match(
        codeDescription?.href ?? "",
        new RegExp(`/docs/diagnostics/${String(code)}.md$`, "u"),
      );
    }
  });

  it("is completed: tables, keys that are missing, values of the crate", async () => {
    assert.deepEqual(await labels("[|"), [
      "package → package]",
      "metadata → metadata]",
      "python → python]",
      "wasm → wasm]",
    ]);
    assert.deepEqual(await labels('[package]\nname = "x"\n|\n\n[metadata]\n'), [
      'version → version = "0.1.0"',
      'interface → interface = "demo"',
      "interface_version → interface_version = 3",
      'extension → extension = "$1"',
      'runtime → runtime = "${1|rust,python,wasm|}"',
      "[python]",
      "[wasm]",
    ]);
    assert.deepEqual(await labels('[package]\nruntime = "|"\n'), ["rust", "python", "wasm"]);
    assert.deepEqual(await labels("[package]\nruntime = |\n"), [
      'rust → "rust"',
      'python → "python"',
      'wasm → "wasm"',
    ]);
    assert.deepEqual(await labels("[package]\ninterface_version = |\n"), ["3"]);
    assert.deepEqual((await labels('[wasm]\ncapabilities = ["env:A",\n  "st|"]\n')).slice(0, 3), [
      "args",
      "stdin",
      "stdout",
    ]);
    assert.deepEqual(await labels("[metadata]\nname = |\n"), []);
  });

  it("has hovers on tables and keys", async () => {
    await write(complete);
    const at = async (word: string): Promise<string> =>
      (await client.hover(file, client.document(file).positionAt(complete.indexOf(word) + 1))) ??
      "";
    assert.match(await at("interface_version"), /a whole number, and Fidius needs it/u);
    assert.match(await at("interface_version"), /implements `Greeter` of `demo`, version 3/u);
    assert.match(await at("metadata"), /even an empty one/u);
  });

  it("of a Python package is looked at once it is open, and one of another tool never", async () => {
    const module = files.path("module/package.toml");
    await client.open(
      module,
      complete.replace("\n[metadata]", 'runtime = "phyton"\n\n[metadata]'),
      true,
    );
    assert.deepEqual(
      client.diagnostics(module).map(({ code }) => code),
      ["package-runtime-unknown"],
    );
    const other = files.path("other/package.toml");
    await client.open(other, '[package]\nname = "someone"\nkey = 1\n', true);
    await client.settled();
    assert.deepEqual(client.diagnostics(other), []);
  });
});
