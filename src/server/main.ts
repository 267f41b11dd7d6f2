#!/usr/bin/env node
// Entry of the server process: `--stdio` for any editor, `--node-ipc` for VS Code. Nothing else happens here.

import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import packageJson from "../../package.json" with { type: "json" };
import { connectionLogger } from "./connectionLogger.ts";
import { pagesIn } from "./pages.ts";
import { startServer } from "./server.ts";

// Room for what is made and dropped while a workspace is read would grow to three times 16 MB, and stay. Without that the memory is
// a third smaller, and reading takes no longer.
setFlagsFromString("--semi-space-growth-factor=1");

const connection = createConnection(ProposedFeatures.all);
startServer({
  connection,
  logger: connectionLogger(connection),
  version: packageJson.version,
  pageOf: pagesIn(join(__dirname, "../docs/diagnostics")),
});
connection.listen();
