// A panel whose plugin may call its host, for the suites of its answers. The file is text in the page; what edits and reads it is
// the extension's own code.

import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { HostInterfaceSchema, MethodSchema } from "../../src/model/plugin.ts";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import type { PanelHostInterface } from "../../src/protocol/panelHostFunctions.ts";
import type { FakeHostFunctions } from "./fakeHostFunctions.ts";
import * as fixture from "./fixture.ts";
import type { OpenOptions, PanelOpener, PanelPage } from "./panelPage.ts";

const unit: TypeSchema = { rustType: "()", kind: "unit" };

function functionOf(
  name: string,
  args: Readonly<Record<string, TypeSchema>>,
  returns: TypeSchema,
  canFail = false,
): MethodSchema {
  const shown = fixture.panelState({ name, args, returns }).method;
  assert.ok(shown !== null);
  return canFail ? shown : { ...shown, returns: { kind: "value", type: returns } };
}

/** A plugin that asks for nothing. */
export const state = fixture.panelState({ args: {} });
export const store: HostInterfaceSchema = {
  id: "iface::Store",
  name: "Store",
  doc: "What the host keeps for its plugins.",
  crate: state.plugin!.crate,
  version: 3,
  hash: "00000000000000aa",
  methods: [
    { ...functionOf("lookup", { key: fixture.text }, fixture.text, true), doc: "Under a key." },
    functionOf("length", { bytes: fixture.bytes }, fixture.int("u64")),
    functionOf("load", {}, fixture.bytes, true),
    functionOf("report", {}, fixture.named("Report"), true),
    functionOf("small", {}, fixture.int("u8")),
    functionOf("note", { text: fixture.text }, unit),
  ],
  types: state.plugin!.types,
  nameSpan: state.method!.nameSpan,
};

export const shownStore: Omit<PanelHostInterface, "setup"> = {
  name: "Store",
  version: 3,
  schemaId: store.id,
  isImported: true,
  isBound: false,
  note: null,
};

/** The panel of a test, and the file that it edits. */
export class HostFunctionsPage {
  readonly #lab: PanelOpener;
  #panel: PanelPage | null = null;

  constructor(lab: PanelOpener) {
    this.#lab = lab;
  }

  get panel(): PanelPage {
    assert.ok(this.#panel !== null, "a test opens its panel first");
    return this.#panel;
  }

  /** Opens the panel and its section, on a file with this text. */
  async open(
    text: string | null,
    more: Partial<FakeHostFunctions> = {},
    options: OpenOptions = {},
  ): Promise<void> {
    await this.openClosed(text, more, options);
    await this.byId("host-functions-toggle").click();
  }

  /** The same with the section closed, as it is at first. */
  async openClosed(
    text: string | null,
    more: Partial<FakeHostFunctions> = {},
    options: OpenOptions = {},
  ): Promise<void> {
    this.#panel = await this.#lab.open({ ...state, hostInterfaces: [store] }, options);
    await this.setFile(text, more);
  }

  /** Another text of the file, as if it were edited elsewhere. */
  async setFile(text: string | null, more: Partial<FakeHostFunctions> = {}): Promise<void> {
    // unknown, because Playwright's types cannot follow a recursive JSON type.
    const given: unknown = {
      text,
      schemas: [store],
      interfaces: [shownStore],
      readOnly: null,
      ...more,
    };
    await this.panel.page.evaluate((next) => {
      fake.hostFunctions = next as FakeHostFunctions;
      fake.sendHostFunctions();
    }, given);
    await this.byId("host-functions").waitFor();
  }

  fileText(): Promise<string | null> {
    return this.panel.page.evaluate(() => fake.hostFunctions?.text ?? null);
  }

  /** Waits for the text of the file. */
  async fileIs(expected: string): Promise<void> {
    await this.panel.page
      .waitForFunction((wanted) => fake.hostFunctions?.text === wanted, expected)
      .catch(async () => {
        assert.equal(await this.fileText(), expected);
      });
  }

  byId(testId: string): Locator {
    return this.panel.page.getByTestId(testId);
  }

  functionAt(name: string): Locator {
    return this.panel.page.locator(`[data-host-function="Store.${name}"]`);
  }

  /** Chooses the kind of a function's answer. */
  choose(name: string, label: string): Promise<void> {
    return this.functionAt(name)
      .getByTestId("answer-kind")
      .getByLabel(label, { exact: true })
      .check();
  }
}
