// Entry of the server process: `--stdio` for any editor, `--node-ipc` for VS Code. Nothing else happens here.

import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import packageJson from "../../package.json" with { type: "json" };
import { loadRustParser } from "../project/rustParser.ts";
import { connectionLogger } from "./connectionLogger.ts";
import { startServer } from "./server.ts";

// The bundle is CommonJS and has the parser's files beside it.
const connection = createConnection(ProposedFeatures.all);
startServer({
  connection,
  loadParser: () => loadRustParser(__dirname),
  logger: connectionLogger(connection),
  version: packageJson.version,
});
connection.listen();
