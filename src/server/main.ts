// Entry of the server process: `--stdio` for any editor, `--node-ipc` for VS Code. Nothing else happens here.

import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import packageJson from "../../package.json" with { type: "json" };
import { connectionLogger } from "./connectionLogger.ts";
import { startServer } from "./server.ts";

// What is made and dropped while a workspace is read would take three times 16 MB for good. With less room the memory is a third
// smaller, and reading takes no longer.
setFlagsFromString("--max-semi-space-size=4");

const connection = createConnection(ProposedFeatures.all);
startServer({
  connection,
  logger: connectionLogger(connection),
  version: packageJson.version,
});
connection.listen();
