// The panel for everybody: names and roles, contrast in every theme, narrow and magnified, without motion.

import assert from "node:assert/strict";
import type { PanelState } from "../../src/protocol/panel.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type OpenOptions, type PanelPage, type Theme } from "./panelPage.ts";

describe("panel: accessibility", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  const byId = (testId: string) => panel.page.getByTestId(testId);
  async function open(
    parts: fixture.MethodParts,
    more: Partial<PanelState> = {},
    options: OpenOptions = {},
  ): Promise<void> {
    panel = await lab.open(fixture.panelState(parts, more), options);
  }

  it("is named, labelled and linked for assistive technology", async () => {
    await open(fixture.everything, {
      asyncFix: { message: "missing" },
    });
    await byId("fill").click();
    await byId("fill-example").click();
    await panel.input("/small").fill("999");
    await panel.invoke.click();
    await byId("problem-summary").waitFor();
    await panel.sendOutcome(fixture.notedReport());
    await byId("tree").waitFor();
    assert.deepEqual(await audit(panel), []);
  });

  it("never scrolls sideways: narrow, and at 200 % zoom", async () => {
    for (const options of [{ width: 320 }, { width: 479 }, { width: 600, scale: 2 }]) {
      await open(fixture.everything, {}, { ...options, height: 700 });
      await byId("fill").click();
      await byId("fill-example").click();
      const overflow = () =>
        panel.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
      assert.equal(await overflow(), 0, `request at ${options.width} px`);
      await panel.sendOutcome(fixture.notedReport());
      await byId("tree").waitFor();
      assert.equal(await overflow(), 0, `response at ${options.width} px`);
      if (options.width < 480) {
        assert.equal(await byId("request").isVisible(), false, "one pane at a time");
        await byId("narrow-tab-request").click();
        assert.equal(await byId("request").isVisible(), true);
      }
    }
  });

  it("stands still when motion is to be reduced", async () => {
    await open(fixture.calculator, { build: "building" }, { reducedMotion: "reduce" });
    const animated = await panel.page.evaluate(() => document.getAnimations().length);
    assert.equal(animated, 0);
  });

  const themes: readonly Theme[] = ["dark", "light", "hc-dark", "hc-light"];
  for (const theme of themes) {
    it(`has readable text in ${theme}`, async () => {
      await open(
        fixture.calculator,
        { asyncFix: { message: "The feature is missing." } },
        { theme },
      );
      await byId("fill").click();
      await byId("fill-example").click();
      await panel.sendOutcome(fixture.notedReport());
      await byId("tree").waitFor();
      await panel.screenshot(`panel-${theme}`);
      assert.deepEqual(await weakTexts(panel), []);
    });
  }
});

/** What assistive technology would miss: names, ids, references, sizes, order of headings. */
async function audit({ page }: PanelPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const isShown = (element: Element) => element.checkVisibility();
    const say = (element: Element, problem: string) =>
      found.push(`${problem}: ${element.outerHTML.slice(0, 160)}`);
    const nameOf = (element: HTMLElement) =>
      element.getAttribute("aria-label") ??
      (element.getAttribute("aria-labelledby") === null ? undefined : "labelled") ??
      ((element as HTMLInputElement).labels?.length ? "label" : element.innerText.trim());
    for (const element of document.querySelectorAll<HTMLElement>(
      "button, input, textarea, select, vscode-button, [role=tree], [role=group], [role=radiogroup], [role=tablist], [role=listbox]",
    )) {
      if (isShown(element) && nameOf(element) === "") {
        say(element, "no name");
      }
    }
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) {
      found.push(`id twice: ${id}`);
    }
    const references = [
      "aria-controls",
      "aria-describedby",
      "aria-labelledby",
      "aria-activedescendant",
      "for",
    ];
    for (const name of references) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        for (const id of (element.getAttribute(name) ?? "").split(/\s+/)) {
          if (document.getElementById(id) === null) {
            say(element, `${name} points nowhere`);
          }
        }
      }
    }
    for (const element of document.querySelectorAll(
      "button:not(.link-button), vscode-button, select",
    )) {
      const { width, height } = element.getBoundingClientRect();
      if (isShown(element) && (width < 24 || height < 24)) {
        say(element, `smaller than 24 px (${width} × ${height})`);
      }
    }
    const levels = [...document.querySelectorAll("h1, h2, h3")]
      .filter(isShown)
      .map((heading) => Number(heading.tagName[1]));
    if (levels[0] !== 1 || levels.some((level, at) => level > (levels[at - 1] ?? 0) + 1)) {
      found.push(`headings out of order: ${levels.join(" ")}`);
    }
    if (document.querySelectorAll("main").length !== 1 || document.documentElement.lang !== "en") {
      found.push("landmark or language is missing");
    }
    return found;
  });
}

/** Texts whose contrast with what is behind them is below WCAG's 4.5, leaving out what is switched off. */
async function weakTexts({ page }: PanelPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    type Colour = readonly [number, number, number, number];
    const parse = (text: string): Colour => {
      const parts = (/\(([^)]+)\)/.exec(text)?.[1] ?? "0,0,0,0")
        .split(/[,/ ]+/)
        .filter(Boolean)
        .map(Number);
      return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0, parts[3] ?? 1];
    };
    const over = (top: Colour, below: Colour): Colour => {
      const mix = (at: 0 | 1 | 2) => top[at] * top[3] + below[at] * (1 - top[3]);
      return [mix(0), mix(1), mix(2), 1];
    };
    const backgroundOf = (element: Element): Colour => {
      const layers: Colour[] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        layers.push(parse(getComputedStyle(at).backgroundColor));
      }
      return layers.reduceRight((below, top) => over(top, below), [255, 255, 255, 1] as Colour);
    };
    const light = (colour: Colour) => {
      const part = (value: number) => {
        const share = value / 255;
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2]);
    };
    const weak: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? "";
      if (
        element === null ||
        text === "" ||
        !element.checkVisibility() ||
        element.closest("vscode-button, vscode-badge, script, style") !== null
      ) {
        continue;
      }
      const background = backgroundOf(element);
      const style = getComputedStyle(element);
      const ink = parse(style.color);
      const foreground = over([ink[0], ink[1], ink[2], ink[3] * Number(style.opacity)], background);
      const [a, b] = [light(foreground), light(background)];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (contrast < 4.5) {
        weak.push(`${contrast.toFixed(2)}: "${text.slice(0, 40)}" ${element.className}`);
      }
    }
    return weak;
  });
}
