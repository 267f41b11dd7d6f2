#!/usr/bin/env node
// Takes the arguments of a desktop VS Code and does with them what that would do, in the browser-served VS Code: opens the
// workspace with the extension, runs the tests in the extension host, ends with their exit code. The scripts tell it through the
// environment where the server and the browser are. With --remote-debugging-port=N the workbench's page can be driven there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "node:util";
import { chromium } from "playwright-core";
import { startVsCodeServer } from "../../../scripts/setup/vsCodeServer.mjs";
import { workbenchUrl } from "../../../scripts/setup/workbenchUrl.mjs";

const readyTimeoutMs = 120_000;

/** What the workbench says about itself that has nothing to do with the tests. */
const noise =
  /^\[\w|^(?:Resolv|Creating a socket|Updating additional)|service ?worker|vsda|ENOTFOUND|getaddrinfo|github|marketplace|gallery/iu;

process.exitCode = await main(process.argv.slice(2));

/** @param {readonly string[]} args */
async function main(args) {
  const userData = option(args, "user-data-dir") ?? fail("--user-data-dir");
  const workspace = args.find((arg) => !arg.startsWith("-")) ?? fail("a workspace");
  const extension = option(args, "extensionDevelopmentPath") ?? fail("--extensionDevelopmentPath");
  const debugPort = option(args, "remote-debugging-port");
  const server = await startVsCodeServer({
    vscode: {
      node: process.env["FIDIUS_VSCODE_NODE"] ?? fail("FIDIUS_VSCODE_NODE"),
      server: process.env["FIDIUS_VSCODE_SERVER"] ?? fail("FIDIUS_VSCODE_SERVER"),
    },
    dataFolder: userData,
    extensionsFolder: option(args, "extensions-dir"),
    settings: {
      .../** @type {Record<string, unknown>} */ (
        /** @type {unknown} */ (
          JSON.parse(readFileSync(join(userData, "User", "settings.json"), "utf8"))
        )
      ),
      "security.workspace.trust.enabled": !args.includes("--disable-workspace-trust"),
    },
  });
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? fail("CHROMIUM_PATH"),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(debugPort === undefined ? [] : [`--remote-debugging-port=${debugPort}`]),
    ],
  });
  const end = () => {
    void browser.close();
    server.child.kill("SIGTERM");
  };
  process.once("SIGINT", end).once("SIGTERM", end);
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const exited = exitCode(page);
    await page.goto(
      workbenchUrl({
        port: server.port,
        folder: workspace,
        extension,
        tests: option(args, "extensionTestsPath"),
      }),
    );
    await page.locator(".monaco-workbench").waitFor({ timeout: readyTimeoutMs });
    return await Promise.race([exited, server.ended.then(() => 1)]);
  } finally {
    await browser.close();
    server.child.kill("SIGTERM");
    await server.ended;
  }
}

/**
 * Resolves with the tests' exit code; shows what they print.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<number>}
 */
function exitCode(page) {
  return new Promise((resolve) => {
    void page.exposeFunction(
      "codeAutomationLog",
      (/** @type {string} */ type, /** @type {readonly unknown[]} */ args) => {
        const text = format(...args);
        if (type !== "warn" && !noise.test(text)) {
          console.log(text);
        }
      },
    );
    void page.exposeFunction("codeAutomationExit", resolve);
    page.once("crash", () => {
      console.error("The workbench's page crashed.");
      resolve(1);
    });
    page.once("close", () => {
      resolve(1);
    });
  });
}

/**
 * @param {readonly string[]} args
 * @param {string} name
 */
function option(args, name) {
  const prefix = `--${name}=`;
  return args.find((arg) => arg.startsWith(prefix))?.slice(prefix.length);
}

/**
 * @param {string} what
 * @returns {never}
 */
function fail(what) {
  throw new Error(`The launcher needs ${what}.`);
}
