// The panel in Chromium: serves dist/media and the fake extension with the real CSP, in any of VS Code's themes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from "playwright-core";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { PanelState, RunPhase } from "../../src/protocol/panel.ts";
import type { HistoryPlace } from "../../src/protocol/panelHistory.ts";
import type { StreamUpdate } from "../../src/protocol/panelStream.ts";

export type Theme = "dark" | "light" | "hc-dark" | "hc-light";

const root = path.resolve(import.meta.dirname, "../..");
const media = path.join(root, "dist/media");
const nonce = "testnonce0123456789";

const themes: Readonly<Record<Theme, { readonly file: string; readonly body: string }>> = {
  dark: { file: "dark-v2", body: "vscode-dark" },
  light: { file: "light-v2", body: "vscode-light" },
  "hc-dark": { file: "hc-dark", body: "vscode-high-contrast" },
  "hc-light": { file: "hc-light", body: "vscode-high-contrast vscode-high-contrast-light" },
};

/** What VS Code puts into every webview before the page's own styles (the parts that could disturb ours). */
const vscodeStyles = `
html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
  font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight);
  font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
a, a code { color: var(--vscode-textLink-foreground); }
a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
code { font-family: monospace; color: var(--vscode-textPreformat-foreground);
  background-color: var(--vscode-textPreformat-background); padding: 1px 3px; border-radius: 4px; }
kbd { background-color: var(--vscode-keybindingLabel-background); color: var(--vscode-keybindingLabel-foreground);
  border-style: solid; border-width: 1px; border-radius: 3px; box-shadow: inset 0 -1px 0 var(--vscode-widget-shadow);
  vertical-align: middle; padding: 1px 3px; }
::-webkit-scrollbar { width: 10px; height: 10px; }
::-webkit-scrollbar-thumb { background-color: var(--vscode-scrollbarSlider-background); }
`;

async function themeCss(theme: Theme): Promise<string> {
  const file = path.join(
    root,
    "node_modules/@vscode-elements/webview-playground/dist/themes",
    `${themes[theme].file}.js`,
  );
  const module = (await import(pathToFileURL(file).href)) as {
    readonly theme: readonly (readonly [string, string])[];
  };
  const lines = module.theme.map(([name, value]) => `${name}: ${value};`);
  return `:root { ${lines.join("\n")} }`;
}

function html(origin: string, theme: Theme): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${origin} 'nonce-${nonce}'; font-src ${origin}">
<title>Invoke</title>
<link rel="stylesheet" href="/vscode.css?theme=${theme}">
<link rel="stylesheet" href="/media/codicon.css" id="vscode-codicon-stylesheet" nonce="${nonce}">
<link rel="stylesheet" href="/media/panel.css" nonce="${nonce}">
</head><body class="${themes[theme].body}"><div id="root"></div>
<script nonce="${nonce}" src="/fake.js"></script>
<script type="module" nonce="${nonce}" src="/media/panel.js"></script></body></html>`;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".ttf": "font/ttf",
  ".map": "application/json",
};

/** Opens panels for the tests of a suite. */
export interface PanelOpener {
  open(state: PanelState | undefined, options?: OpenOptions): Promise<PanelPage>;
}

/** Registers the suite's set-up: one Chromium for its tests, every panel closed, with what it complained of, after its test. */
export function usePanelLab(): PanelOpener {
  let lab: PanelLab | undefined;
  let panels: PanelPage[] = [];
  before(async () => {
    lab = await PanelLab.start();
  });
  afterEach(async () => {
    const opened = panels;
    panels = [];
    for (const panel of opened) {
      await panel.close();
    }
  });
  after(async () => {
    await lab?.stop();
  });
  return {
    async open(state, options) {
      assert.ok(lab, "panels are opened by tests");
      const panel = await lab.open(state, options);
      panels.push(panel);
      return panel;
    },
  };
}

/** Chromium and the server of the panel's files. */
class PanelLab {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #origin: string;

  static async start(): Promise<PanelLab> {
    const fakeBundle = await esbuild.build({
      entryPoints: [path.join(root, "test/ui/fakeExtension.ts")],
      bundle: true,
      write: false,
      format: "iife",
      platform: "browser",
      target: "es2022",
    });
    const fake = fakeBundle.outputFiles[0]?.text ?? "";
    const server = createServer((request, response) => {
      void answer(request.url ?? "/", fake).then(
        ({ type, body }) => {
          response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(body);
        },
        () => {
          response.writeHead(404).end();
        },
      );
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const browser = await chromium.launch({
      executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--force-color-profile=srgb", "--font-render-hinting=none"],
    });
    return new PanelLab(server, browser);
  }

  constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
    const { port } = server.address() as AddressInfo;
    this.#origin = `http://127.0.0.1:${port}`;
  }

  async open(state: PanelState | undefined, options: OpenOptions = {}): Promise<PanelPage> {
    const context = await this.#browser.newContext({
      viewport: { width: options.width ?? 1200, height: options.height ?? 800 },
      reducedMotion: options.reducedMotion ?? "no-preference",
      deviceScaleFactor: options.scale ?? 1,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        errors.push(message.text());
      }
    });
    // unknown, because Playwright's types cannot follow a recursive JSON type.
    const start: unknown = jsonState(state);
    await page.addInitScript((given) => {
      globalThis.startState = (given ?? undefined) as PanelState | undefined;
    }, start);
    await page.goto(`${this.#origin}/?theme=${options.theme ?? "dark"}`);
    if (state !== undefined) {
      await page.getByTestId("header").waitFor();
    }
    return new PanelPage(context, page, errors, options.theme ?? "dark");
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export interface OpenOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly scale?: number;
  readonly reducedMotion?: "reduce" | "no-preference";
}

async function answer(url: string, fake: string): Promise<{ type: string; body: string | Buffer }> {
  const { pathname, searchParams, host } = new URL(url, "http://127.0.0.1");
  const theme = (searchParams.get("theme") ?? "dark") as Theme;
  if (pathname === "/") {
    return { type: "text/html", body: html("'self'", theme) };
  }
  if (pathname === "/fake.js") {
    return { type: "text/javascript", body: fake };
  }
  if (pathname === "/vscode.css") {
    return { type: "text/css", body: (await themeCss(theme)) + vscodeStyles };
  }
  if (pathname.startsWith("/media/") && host !== "") {
    const file = path.join(media, path.basename(pathname));
    return {
      type: contentTypes[path.extname(file)] ?? "application/octet-stream",
      body: await readFile(file),
    };
  }
  throw new Error("not found");
}

/** Playwright's channel to the page is JSON; bytes travel as lists of numbers. */
function jsonOutcome(outcome: CallOutcome): CallOutcome {
  const { result } = outcome;
  return "bytes" in result
    ? ({ ...outcome, result: { ...result, bytes: [...result.bytes] } } as unknown as CallOutcome)
    : outcome;
}

function jsonState(state: PanelState | undefined): PanelState | null {
  return state === undefined
    ? null
    : { ...state, lastOutcome: state.lastOutcome === null ? null : jsonOutcome(state.lastOutcome) };
}

/** One open panel. */
export class PanelPage {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #errors: string[];
  readonly #theme: Theme;

  constructor(context: BrowserContext, page: Page, errors: string[], theme: Theme) {
    this.#theme = theme;
    this.#context = context;
    this.page = page;
    this.#errors = errors;
  }

  /** The field at a JSON pointer. */
  field(pointer: string): Locator {
    return this.page.locator(`[data-testid="field"][data-pointer="${pointer}"]`);
  }

  /** The main control of a small field. */
  input(pointer: string): Locator {
    return this.field(pointer).getByTestId("input").first();
  }

  get panel(): Locator {
    return this.page.getByTestId("panel");
  }

  /** Waits until the panel is in a state: idle, building, running, ok and so on. */
  untilState(name: string): Promise<void> {
    return this.page.locator(`main[data-testid="panel"][data-state="${name}"]`).waitFor();
  }

  get invoke(): Locator {
    return this.page.getByTestId("invoke");
  }

  /** Adds a row to a list, and waits until its handle has the focus: what is typed before goes there too. */
  async addRow(list: string): Promise<void> {
    await this.field(list).getByTestId("add").first().click();
    await this.page.waitForFunction(
      () => document.activeElement?.getAttribute("data-testid") === "row-handle",
    );
  }

  /** Messages of one method that the panel sent, in order. */
  async received(method: string): Promise<readonly unknown[]> {
    return this.page.evaluate(
      (name) => fake.received.filter((each) => each.method === name).map((each) => each.params),
      method,
    );
  }

  /** Waits until the panel has sent `count` messages of a method, and gives the last one. */
  async waitForMessage(method: string, count = 1): Promise<unknown> {
    await this.page.waitForFunction(
      ([name, wanted]) => fake.received.filter((each) => each.method === name).length >= wanted,
      [method, count] as const,
    );
    return (await this.received(method)).at(-1);
  }

  async sendState(state: PanelState): Promise<void> {
    const next: unknown = jsonState(state);
    await this.page.evaluate((given) => {
      fake.sendState(given as PanelState);
    }, next);
  }

  async sendPhase(phase: RunPhase): Promise<void> {
    await this.page.evaluate((next) => {
      fake.sendPhase(next);
    }, phase);
  }

  /** With a call: of a remembered one, which is no news unless said so. */
  async sendOutcome(
    outcome: CallOutcome,
    call: HistoryPlace | null = null,
    isNews = call === null,
  ): Promise<void> {
    const next: unknown = jsonOutcome(outcome);
    await this.page.evaluate(
      ([given, place, news]) => {
        fake.sendOutcome(given as CallOutcome, place, news);
      },
      [next, call, isNews] as const,
    );
  }

  async sendStream(update: StreamUpdate | null): Promise<void> {
    // unknown, because Playwright's types cannot follow a recursive JSON type.
    const next: unknown = update;
    await this.page.evaluate((given) => {
      fake.sendStream(given as StreamUpdate | null);
    }, next);
  }

  /** The state in every width, for people who look at all of them; only where FIDIUS_PICTURES asks for it. */
  async pictures(state: string): Promise<void> {
    if (process.env["FIDIUS_PICTURES"] === undefined) {
      return;
    }
    const name = `${state.replaceAll(/\W+/gu, "-")}-${this.#theme}`;
    const before = this.page.viewportSize();
    for (const width of [320, 700, 1200]) {
      await this.page.setViewportSize({ width, height: 720 });
      const file = path.join(
        root,
        "test-results",
        "panel",
        "states",
        `${name}-${String(width)}.png`,
      );
      await this.page.screenshot({ path: file });
    }
    if (before !== null) {
      await this.page.setViewportSize(before);
    }
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(root, "test-results", "panel", `${name}.png`) });
  }

  /** Ends the page; errors, warnings and CSP violations on it are failures. */
  async close(): Promise<void> {
    const violations = await this.page.evaluate(() => fake.violations);
    await this.#context.close();
    const troubles = [...this.#errors, ...violations];
    if (troubles.length > 0) {
      throw new Error(`the page reported: ${troubles.join("\n")}`);
    }
  }
}
