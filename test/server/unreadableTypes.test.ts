// Types that bincode cannot carry are warnings where a method names them, before any build or call; those that are only not known,
// and can be given as bytes, are not.

import assert from "node:assert/strict";
import { DiagnosticSeverity, type Diagnostic } from "vscode-languageserver";
import { LspClient, textAt } from "./lspClient.ts";
import { manifest, TestFolder } from "./workspace.ts";

const source = `use fidius::plugin_interface;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct Order {
    pub id: u64,
    pub extra: serde_json::Value,
    pub price: rust_decimal::Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub total: rust_decimal::Decimal,
    #[serde(with = "time::serde::rfc3339::option")]
    pub paid: Option<time::OffsetDateTime>,
    pub meta: mystery::Meta,
}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Shop: Send + Sync {
    fn place(&self, order: Order, note: Option<serde_json::Value>) -> rust_decimal::Decimal;
}
`;

const dependencies = [
  `fidius = "0.5"`,
  `mystery = "1"`,
  `rust_decimal = { version = "1", features = ["serde-with-str"] }`,
  `serde = "1"`,
  `serde_json = "1"`,
  `time = { version = "0.3", features = ["serde-well-known"] }`,
];

function shown(diagnostics: readonly Diagnostic[], severity: DiagnosticSeverity): string[] {
  return diagnostics
    .filter((diagnostic) => diagnostic.severity === severity)
    .sort((a, b) => a.range.start.line - b.range.start.line)
    .map(({ code, range, relatedInformation = [] }) => {
      const reasons = relatedInformation.map(({ location }) => textAt(source, location.range));
      const because = reasons.length === 0 ? "" : ` because of ${reasons.join(", ")}`;
      return `${String(code)}: ${textAt(source, range)}${because}`;
    });
}

describe("types that bincode cannot carry", () => {
  it("are warnings at the argument that names them, with the field that is the reason, and in the schema that the form is made of", async () => {
    using files = new TestFolder({
      "Cargo.toml": manifest("shop", ...dependencies),
      "src/lib.rs": source,
    });
    const options = { isTrusted: false } as const;
    await using client = await LspClient.start({ folders: [files.folder], options });
    const diagnostics = client.diagnostics(files.path("src/lib.rs"));
    assert.deepEqual(shown(diagnostics, DiagnosticSeverity.Warning), [
      "type-not-bincode: Order because of serde_json::Value",
      "type-not-bincode: Order because of rust_decimal::Decimal",
      "type-not-bincode: Order because of Option<time::OffsetDateTime>",
      "type-not-bincode: Option<serde_json::Value>",
    ]);
    const [onValue] = diagnostics.filter(({ code }) => code === "type-not-bincode");
    assert.equal(
      onValue?.message,
      "A call that passes `serde_json::Value` fails before the method runs: it asks the format what comes next, which bincode cannot tell. Pass a String of JSON instead.",
    );
    assert.deepEqual(shown(diagnostics, DiagnosticSeverity.Information), [
      "unknown-type: mystery::Meta",
    ]);
    const model = await client.project();
    const [shop] = model.interfaces;
    const order = Object.values(shop?.types ?? {}).find(({ name }) => name === "Order");
    assert.ok(order?.kind === "struct" && order.body.kind === "struct");
    const warned = order.body.fields.filter(({ type }) => (type.warnings ?? []).length > 0);
    assert.deepEqual(
      warned.map(({ name }) => name),
      ["extra", "price", "paid"],
    );
  });
});
