// The page of the invoke panel: a root element, the bundle, and a Content-Security-Policy that lets in nothing else.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** Options of the webview: scripts only from `mediaFolder`. */
export function panelOptions(mediaFolder: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [mediaFolder] };
}

/** The HTML with a fresh nonce. `title` names the page for assistive technology. */
export function panelHtml(webview: vscode.Webview, mediaFolder: vscode.Uri, title: string): string {
  const nonce = randomBytes(18).toString("base64url");
  const uriOf = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(mediaFolder, file)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <title>${escapeHtml(title)}</title>
  <link rel="stylesheet" href="${uriOf("codicon.css")}" id="vscode-codicon-stylesheet" nonce="${nonce}">
  <link rel="stylesheet" href="${uriOf("panel.css")}" nonce="${nonce}">
</head>
<body>
  <div id="root"></div>
  <script type="module" nonce="${nonce}" src="${uriOf("panel.js")}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
