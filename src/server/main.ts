// Entry of the server process: `--stdio` for any editor, `--node-ipc` for VS Code. Nothing else happens here.

import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import packageJson from "../../package.json" with { type: "json" };
import { connectionLogger } from "./connectionLogger.ts";
import { startServer } from "./server.ts";

const connection = createConnection(ProposedFeatures.all);
startServer({
  connection,
  logger: connectionLogger(connection),
  version: packageJson.version,
});
connection.listen();
