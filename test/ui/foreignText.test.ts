// Names, documentation, notes and errors of others on the panel's page: text that does nothing, whatever it holds.

import assert from "node:assert/strict";
import type { CallResult } from "../../src/model/outcome.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

const hostile =
  "<img src=x onerror=alert(1)>[click](command:x)$(verified)\u001b]0;forged\u0007\u009b31m\u200f\u202etxet";

/** The part of it that says whether it was escaped. */
const escaped = String.raw`\u001b]0;forged\u0007\u009b31m\u200f\u202etxet`;

const { plugin, method, ...rest } = fixture.panelState(fixture.calculator);
assert.ok(plugin !== null && method !== null);

const hostileMethod = {
  ...method,
  doc: hostile,
  metadata: [{ key: `key ${hostile}`, value: `value ${hostile}` }],
};

const hostileState = {
  ...rest,
  title: `Calculator::${hostile}`,
  method: hostileMethod,
  plugin: {
    ...plugin,
    name: hostile,
    interfaceName: hostile,
    methods: [hostileMethod],
    crate: { ...plugin.crate, name: hostile, version: hostile },
    library: { file: `/x/${hostile}`, slotOrder: "assumed" as const, otherInterfaceIds: [hostile] },
  },
};

const failures: readonly CallResult[] = [
  {
    kind: "pluginError",
    error: { code: hostile, message: hostile, details: hostile },
    value: null,
    bytes: new Uint8Array(3),
  },
  {
    kind: "pluginError",
    error: { code: "E", message: "m", details: JSON.stringify({ [hostile]: hostile }) },
    value: null,
    bytes: new Uint8Array(3),
  },
  {
    kind: "panic",
    panic: {
      message: hostile,
      location: { file: hostile, line: 1, column: 1 },
      backtrace: `0: ${hostile}\n   at src/lib.rs:31:9`,
    },
  },
  { kind: "loadFailed", failure: { kind: "badMagic", message: hostile } },
  { kind: "notImplemented", message: hostile },
];

const obeyed =
  // eslint-disable-next-line no-control-regex -- these are what must not be there
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]|^<(?:img|a)>$/u;

/** Everything that a person reads of the page or hears of it, with what was made of it beside texts. */
async function readable({ page }: PanelPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node instanceof Text && node.parentElement?.closest("script, style") === null) {
        found.push(node.data);
      } else if (node instanceof Element) {
        found.push(
          ...["title", "aria-label", "placeholder"].flatMap(
            (name) => node.getAttribute(name) ?? [],
          ),
          // The editor puts pictures of its own beside its marks.
          ...(node.matches("a, img:not(.cm-widgetBuffer)") ? [`<${node.localName}>`] : []),
        );
      }
    }
    return found;
  });
}

async function assertHarmless(panel: PanelPage, places: number): Promise<void> {
  const texts = await readable(panel);
  for (const text of texts) {
    assert.doesNotMatch(text, obeyed, JSON.stringify(text));
  }
  const shown = texts.filter((text) => text.includes(escaped));
  assert.ok(shown.length >= places, `${String(shown.length)}: ${shown.join("\n")}`);
}

describe("what others wrote, in the panel", () => {
  const lab = usePanelLab();

  it("is text in title, names, documentation and metadata", async () => {
    const panel = await lab.open(hostileState);
    await panel.panel.waitFor();
    await assertHarmless(panel, 7);
  });

  for (const [at, result] of failures.entries()) {
    const what =
      result.kind === "pluginError" && at === 1 ? "the details of an error" : result.kind;
    it(`is text in ${what}, and in notes`, async () => {
      const panel = await lab.open(fixture.panelState(fixture.calculator));
      await panel.sendOutcome(fixture.outcome(result, { notes: [hostile] }));
      await panel.page.getByTestId("notes").waitFor();
      await assertHarmless(panel, 2);
    });
  }

  it("is text in what a plugin printed, whose colours stay", async () => {
    const panel = await lab.open(fixture.panelState(fixture.calculator));
    const stdout = `\u001b[31mred\u001b[0m ${hostile}\n`;
    await panel.sendOutcome(
      fixture.okOutcome(fixture.text, hostile, {
        output: { stdout, stderr: "", droppedBytes: 0 },
      }),
    );
    await panel.page.getByTestId("response-tab-logs").click();
    await panel.page.locator(".ansi-colour-red", { hasText: "red" }).waitFor();
    await assertHarmless(panel, 0);
  });

  it("is text in a result and its JSON, where marks stand for what would turn it", async () => {
    const panel = await lab.open(fixture.panelState({ returns: fixture.text }));
    await panel.sendOutcome(fixture.okOutcome(fixture.text, hostile));
    await panel.page.getByTestId("tree-row").first().waitFor();
    await assertHarmless(panel, 1);
    await panel.page.getByTestId("response-tab-json").click();
    await panel.page.getByTestId("result-json").locator(".cm-specialChar").first().waitFor();
    await assertHarmless(panel, 0);
  });
});
