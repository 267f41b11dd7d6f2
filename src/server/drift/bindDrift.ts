// Comparing interfaces as a feature of the server: its commands, and its lenses.

import { type Connection, MessageType, ShowMessageNotification } from "vscode-languageserver";
import { join } from "node:path";
import { cacheFolder } from "../../files/cacheFolder.ts";
import type { Disposable } from "../../model/disposable.ts";
import { oneLine } from "../../model/text/foreignText.ts";
import type { Logger } from "../../model/logger.ts";
import type { Project } from "../../project/project.ts";
import { type CompareAnswer, type CompareBases, serverCommands } from "../../protocol/lsp.ts";
import { DriftReports } from "../../revisions/driftReports.ts";
import type { ServerSettings } from "../settings.ts";
import {
  compareBases,
  compareInterfaces,
  type ComparePorts,
  readTarget,
} from "./compareInterfaces.ts";
import { DriftLenses } from "./driftLenses.ts";

export interface DriftFeature extends Disposable, Pick<DriftLenses, "lenses"> {
  /** Answers the commands that compare. */
  execute(command: CompareCommand, argument: unknown): Promise<CompareAnswer | CompareBases>;
  /** Git may run from now on. */
  grantTrust(): void;
}

type CompareCommand = typeof serverCommands.bases | typeof serverCommands.compare;

interface DriftParts {
  readonly connection: Connection;
  readonly logger: Logger;
  readonly project: Project;
  readonly settings: ServerSettings;
  readonly refreshLenses: () => void;
}

export function bindDrift({
  connection,
  logger,
  project,
  settings,
  refreshLenses,
}: DriftParts): DriftFeature {
  const lifetime = new AbortController();
  let { isTrusted } = settings;
  const reports = new DriftReports(cacheFolder().folder, (folder) => ({
    isTrusted,
    cargoPath: settings.cargoPath,
    choice: settings.choices(join(folder, "Cargo.toml")),
    logger,
  }));
  const ports: ComparePorts = {
    reports,
    snapshot: () => project.snapshot(),
    isTrusted: () => isTrusted,
    signal: lifetime.signal,
  };
  const lenses = new DriftLenses(settings, ports, refreshLenses);
  return {
    execute: (command, argument) => execute(command, argument, ports, connection),
    lenses: (file, snapshot) => lenses.lenses(file, snapshot),
    grantTrust: () => {
      isTrusted = true;
      refreshLenses();
    },
    dispose: () => {
      lifetime.abort();
    },
  };
}

async function execute(
  command: CompareCommand,
  argument: unknown,
  ports: ComparePorts,
  connection: Connection,
): Promise<CompareAnswer | CompareBases> {
  const asked = readTarget(argument);
  if (!asked.ok) {
    return { kind: "failed", message: asked.error };
  }
  if (command === serverCommands.bases) {
    return compareBases(asked.value, ports);
  }
  const answer = await compareInterfaces(asked.value, ports);
  if (asked.value.isShown === true) {
    await showAnswer(answer, connection);
  }
  return answer;
}

/** For editors that do nothing with what a command gives. */
async function showAnswer(answer: CompareAnswer, connection: Connection): Promise<void> {
  const isFine = answer.kind === "compared" && answer.breaking === 0;
  await connection.sendNotification(ShowMessageNotification.type, {
    type: isFine ? MessageType.Info : MessageType.Warning,
    message: answer.kind === "compared" ? answer.markdown : oneLine(answer.message),
  });
}
