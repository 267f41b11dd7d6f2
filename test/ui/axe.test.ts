// axe-core finds nothing to mend, in every state of the panel and in all four themes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import type { AxeResults } from "axe-core";
import type { CallResult } from "../../src/model/outcome.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage, type Theme } from "./panelPage.ts";

const source = path.join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js");

/** What axe-core finds, a line for each rule that an element breaks. */
async function findings({ page }: PanelPage): Promise<readonly string[]> {
  const isThere = await page.evaluate(() => "axe" in globalThis);
  if (!isThere) {
    await page.evaluate(await readFile(source, "utf8"));
  }
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: Document, options: object): Promise<AxeResults> };
    };
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`,
      ),
    );
  });
}

const failures: readonly CallResult[] = [
  {
    kind: "panic",
    panic: {
      message: "index out of bounds",
      location: { file: "src/lib.rs", line: 31, column: 9 },
      frames: [
        {
          function: "basic::add",
          origin: "own",
          location: { file: "src/lib.rs", line: 31, column: 9 },
        },
        { function: "std::panicking", origin: "toolchain" },
      ],
    },
  },
  {
    kind: "crashed",
    death: {
      kind: "memoryFault",
      exitCode: null,
      signal: "SIGSEGV",
      message: "Plugin process ended: SIGSEGV.",
    },
  },
  { kind: "timedOut", afterMs: 30_000 },
  { kind: "cancelled", afterMs: 3_100 },
  { kind: "loadFailed", failure: { kind: "notFound", message: "libfoo.so.1 was not found." } },
  { kind: "wireError", message: "Could not decode.", offset: 1, bytes: Uint8Array.of(1, 2, 3) },
];

describe("panel: axe-core", () => {
  const lab = usePanelLab();

  for (const theme of [
    "dark",
    "light",
    "hc-dark",
    "hc-light",
  ] as const satisfies readonly Theme[]) {
    it(`finds nothing in ${theme}`, async () => {
      const panel = await lab.open(
        fixture.panelState(
          { ...fixture.everything, doc: "Adds `terms` up.\n\n```\nadd(1)\n```" },
          { asyncFix: { message: "The feature is missing." } },
        ),
        { theme },
      );
      const byId = (id: string) => panel.page.getByTestId(id);
      const found: string[] = [];
      const look = async (state: string): Promise<void> => {
        found.push(...(await findings(panel)).map((finding) => `${state}: ${finding}`));
      };
      await look("before the first call");
      await byId("fill").click();
      await look("with a menu");
      await byId("fill-example").click();
      await panel.input("/small").fill("999");
      await panel.invoke.click();
      await byId("problem-summary").waitFor();
      await look("with a problem");
      await byId("request-tab-json").click();
      await panel.page.locator(".request .cm-content").waitFor();
      await look("with JSON");
      await byId("request-tab-form").click();
      await panel.sendPhase({ kind: "calling", startedAtMs: Date.now() });
      await look("while it calls");
      await panel.sendOutcome(fixture.notedReport());
      await byId("tree").waitFor();
      await byId("tree").press("Control+f");
      await byId("find").fill("unit");
      await look("with a result");
      await byId("tree-row").first().click({ button: "right" });
      await look("with a node's menu");
      await panel.page.keyboard.press("Escape");
      for (const tab of ["json", "hex", "logs"]) {
        await byId(`response-tab-${tab}`).click();
        await look(`with ${tab}`);
      }
      await byId("response-tab-value").click();
      for (const result of failures) {
        await panel.sendOutcome(fixture.outcome(result));
        await byId("headline").waitFor();
        await look(result.kind);
      }
      assert.deepEqual(found, []);
    });
  }
});
