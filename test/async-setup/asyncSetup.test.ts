// Every variant of the async set-up: cargo refuses it (or not), the server says so in the right places, its preferred quick
// fix changes just the lines that a person would, and then cargo takes it.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { CodeAction, Diagnostic, WorkspaceEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { LspClient, textAt } from "../server/lspClient.ts";
import type { LineChange, Variant } from "./variant.ts";
import { sharedInterfaces, variants } from "./variants.ts";
import { type GeneratedWorkspace, writeWorkspace } from "./workspace.ts";

const ourCodes: ReadonlySet<string> = new Set([
  "missing-async-feature",
  "missing-fidius-dependency",
  "companion-not-in-scope",
  "missing-tokio-dependency",
  "missing-tokio-feature",
  "foreign-runtime",
  "manifest",
]);

for (const isTrusted of [false, true]) {
  describe(`the async set-up, ${isTrusted ? "with" : "without"} cargo metadata`, function () {
    let workspace: GeneratedWorkspace;
    let client: LspClient;

    before(async function () {
      this.timeout(600_000);
      workspace = writeWorkspace("workspace", [
        ...sharedInterfaces,
        ...variants.flatMap((variant) => [
          variant.plugin,
          ...(variant.interface === undefined ? [] : [variant.interface]),
        ]),
      ]);
      // Fidius and tokio are compiled here, in nobody's time limit but this one's; it also writes the lock file.
      const verdict = await workspace.check("ok_tokio");
      assert.ok(verdict.compiles, verdict.output);
      client = await LspClient.start({ folders: [workspace.folder], options: { isTrusted } });
      if (isTrusted) {
        await client.nextChange(); // cargo metadata answered
      }
    });

    after(async () => {
      await client[Symbol.asyncDispose]();
    });

    for (const variant of variants) {
      it(variant.plugin.name, async () => {
        await new VariantCheck(workspace, client, variant, isTrusted).run();
      });
    }
  });
}

class VariantCheck {
  readonly #workspace: GeneratedWorkspace;
  readonly #client: LspClient;
  readonly #variant: Variant;
  readonly #asksCargo: boolean;

  constructor(
    workspace: GeneratedWorkspace,
    client: LspClient,
    variant: Variant,
    asksCargo: boolean,
  ) {
    this.#workspace = workspace;
    this.#client = client;
    this.#variant = variant;
    this.#asksCargo = asksCargo;
  }

  async run(): Promise<void> {
    const { plugin, errors } = this.#variant;
    if (this.#asksCargo) {
      const before = await this.#workspace.check(plugin.name);
      assert.equal(before.compiles, errors.length === 0, before.output);
      assert.deepEqual(before.errorCodes, errors, before.output);
    }
    this.#checkDiagnostics();
    await this.#checkBuildFeatures();
    if (this.#variant.diagnostics.length === 0) {
      return;
    }
    const fixes = await this.#preferredFixes();
    const texts = textsAfter(fixes);
    for (const change of this.#variant.changes) {
      this.#checkChange(change, texts);
    }
    assert.deepEqual(
      [...texts.keys()].sort(),
      this.#variant.changes.map(({ file }) => this.#file(file)).sort(),
      "files that the fix changes",
    );
    if (this.#asksCargo) {
      await this.#applyAndCheck(texts);
    }
  }

  #file(relative: string): string {
    return path.join(this.#workspace.folder, relative);
  }

  get #source(): string {
    return this.#file(`packages/${this.#variant.plugin.name}/src/lib.rs`);
  }

  #ours(file: string): readonly Diagnostic[] {
    return this.#client.diagnostics(file).filter(({ code }) => ourCodes.has(String(code)));
  }

  #checkDiagnostics(): void {
    const { diagnostics, plugin } = this.#variant;
    const own = this.#file(`packages/${plugin.name}/Cargo.toml`);
    assert.deepEqual(
      found(this.#source, this.#ours(this.#source)),
      diagnostics
        .flatMap(({ code, inSource }) => inSource.map((text) => `${code}: ${text}`))
        .sort(),
    );
    const manifests = new Set([
      own,
      ...diagnostics.flatMap(({ inManifest }) =>
        inManifest === undefined ? [] : [this.#file(inManifest.file)],
      ),
    ]);
    for (const manifest of manifests) {
      assert.deepEqual(
        found(manifest, this.#ours(manifest)),
        diagnostics
          .flatMap(({ code, inManifest }) =>
            inManifest !== undefined && this.#file(inManifest.file) === manifest
              ? [`${code}: ${inManifest.text}`]
              : [],
          )
          .sort(),
      );
    }
  }

  /** What the model tells the builder to pass makes the unedited manifest compile. */
  async #checkBuildFeatures(): Promise<void> {
    const { diagnostics, plugin } = this.#variant;
    const { plugins } = await this.#client.project();
    const schema = plugins.find(({ crate }) => crate.name === plugin.name);
    assert.ok(schema, "the plugin is in the model");
    const codes = new Set(diagnostics.map(({ code }) => code));
    const isPassable = [...codes].every((code) =>
      ["missing-async-feature", "missing-tokio-feature"].includes(code),
    );
    if (diagnostics.length === 0 || codes.has("companion-not-in-scope")) {
      assert.deepEqual(schema.missingAsyncFeatures, []);
      return;
    }
    if (isPassable) {
      assert.notDeepEqual(schema.missingAsyncFeatures, []);
      if (this.#asksCargo) {
        const built = await this.#workspace.check(plugin.name, [
          "--features",
          schema.missingAsyncFeatures.join(","),
          ...(schema.missingAsyncPackages ?? []).flatMap((name) => ["--package", name]),
        ]);
        assert.ok(built.compiles, built.output);
      }
    }
  }

  /** The preferred fixes of the source's diagnostics, asked for where they stand. */
  async #preferredFixes(): Promise<readonly CodeAction[]> {
    const byTitle = new Map<string, CodeAction>();
    for (const { range } of this.#ours(this.#source)) {
      for (const action of await this.#client.codeActions(this.#source, range)) {
        if (action.isPreferred === true) {
          byTitle.set(action.title, action);
        }
      }
    }
    const preferred = [...byTitle.values()];
    assert.equal(preferred.length, this.#variant.diagnostics.length, "preferred fixes");
    for (const { inManifest } of this.#variant.diagnostics) {
      if (inManifest !== undefined) {
        const manifest = this.#file(inManifest.file);
        const [line = assert.fail("no diagnostic on the manifest")] = this.#ours(manifest);
        const there = await this.#client.codeActions(manifest, line.range);
        assert.ok(there.some(({ isPreferred, edit }) => isPreferred === true && edit));
      }
    }
    return preferred;
  }

  #checkChange({ file, removed, added }: LineChange, texts: ReadonlyMap<string, string>): void {
    const before = readFileSync(this.#file(file), "utf8");
    const after = texts.get(this.#file(file)) ?? assert.fail(`${file} is not changed`);
    const carriageReturns = (text: string): number => text.split("\r\n").length;
    if (before.includes("\r\n")) {
      assert.equal(carriageReturns(after), after.split("\n").length, "every line ends as before");
    }
    assert.deepEqual(lineDifference(before, after), { removed, added });
  }

  async #applyAndCheck(texts: ReadonlyMap<string, string>): Promise<void> {
    for (const [file, text] of texts) {
      writeFileSync(file, text);
    }
    await this.#client.filesChanged([...texts.keys()]);
    await this.#client.until(() =>
      [this.#source, ...texts.keys()].every((file) => this.#ours(file).length === 0),
    );
    const after = await this.#workspace.check(this.#variant.plugin.name);
    assert.ok(after.compiles, after.output);
  }
}

/** Diagnostics as `code: text under the range`. */
function found(file: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  const text = readFileSync(file, "utf8");
  return diagnostics.map(({ code, range }) => `${String(code)}: ${textAt(text, range)}`).sort();
}

/** The files after the edits of several actions that were computed on the same texts. */
function textsAfter(actions: readonly CodeAction[]): ReadonlyMap<string, string> {
  const edits = new Map<string, { range: Diagnostic["range"]; newText: string }[]>();
  for (const { edit } of actions) {
    for (const change of documentChanges(edit)) {
      const file = fileURLToPath(change.textDocument.uri);
      edits.set(file, [...(edits.get(file) ?? []), ...change.edits]);
    }
  }
  return new Map(
    [...edits].map(([file, list]) => {
      const document = TextDocument.create("", "", 0, readFileSync(file, "utf8"));
      return [file, TextDocument.applyEdits(document, list)];
    }),
  );
}

interface DocumentEdit {
  readonly textDocument: { readonly uri: string };
  readonly edits: readonly { range: Diagnostic["range"]; newText: string }[];
}

function documentChanges(edit: WorkspaceEdit | undefined): readonly DocumentEdit[] {
  return (edit?.documentChanges ?? []).flatMap((change) =>
    "textDocument" in change ? [change as DocumentEdit] : [],
  );
}

/** Lines that went and lines that came, each as often as it did. */
function lineDifference(
  before: string,
  after: string,
): { removed: readonly string[]; added: readonly string[] } {
  const linesOf = (text: string): string[] => text.split(/\r?\n/);
  const surplus = (lines: string[], others: string[]): string[] => {
    const left = [...others];
    return lines.filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) {
        left.splice(at, 1);
      }
      return at < 0;
    });
  };
  return {
    removed: surplus(linesOf(before), linesOf(after)),
    added: surplus(linesOf(after), linesOf(before)),
  };
}
