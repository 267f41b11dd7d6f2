// The invoke panel's page: connects to the extension, keeps PanelState in signals, draws it, and gives drafts back.
//
// The HTML it needs (made by the extension, `media` = webview URI of dist/media, one fresh `nonce` per page):
//   <!doctype html><html lang="en"><head><meta charset="utf-8">
//   <meta name="viewport" content="width=device-width, initial-scale=1">
//   <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}';
//     style-src ${webview.cspSource} 'nonce-${nonce}'; font-src ${webview.cspSource}">
//   <title>Invoke</title>
//   <link rel="stylesheet" href="${media}/codicon.css" id="vscode-codicon-stylesheet" nonce="${nonce}">
//   <link rel="stylesheet" href="${media}/panel.css" nonce="${nonce}">
//   </head><body><div id="root"></div>
//   <script type="module" nonce="${nonce}" src="${media}/panel.js"></script></body></html>
// The chunks that panel.js imports take over its nonce, so `script-src` needs no source of files. Nothing is fetched, no
// image, no inline style. enableScripts and localResourceRoots [dist/media] are all it needs; keep enableFindWidget on.
//
// setState holds SavedState below: its `target` tells a serializer which method to restore.
// For tests: see media/testHooks.md.

import "@vscode-elements/elements/dist/vscode-badge/index.js";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import { h, render } from "preact";
import { App } from "./app.tsx";
import { showForeignTexts } from "./foreignTexts.ts";
import { PanelContext } from "./panelStore.ts";
import { connectPanel } from "./session.ts";
import "./styles/panel.css";

showForeignTexts();
const root = document.getElementById("root");
if (root !== null) {
  const panel = connectPanel(acquireVsCodeApi());
  render(h(PanelContext.Provider, { value: panel }, h(App, null)), root);
}
