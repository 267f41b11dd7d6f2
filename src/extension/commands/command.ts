// What a command is made of: its id, and what it does with the services of the extension.

import type { BuildService } from "../build/buildService.ts";
import type { commandIds } from "../commandIds.ts";
import type { Comparisons } from "../drift/comparisons.ts";
import type { HereCalls } from "../here/hereCalls.ts";
import type { WatchedCalls } from "../here/watchedCalls.ts";
import type { HistoryTree } from "../history/historyTree.ts";
import type { WorkspaceHistory } from "../history/workspaceHistory.ts";
import type { LibraryServices } from "../libraries/libraryServices.ts";
import type { ExtensionLog } from "../platform/log.ts";
import type { PanelManager } from "../panel/panelManager.ts";
import type { ProjectClient } from "../projectClient.ts";
import type { RecentMethods } from "../recentMethods.ts";
import type { Trust } from "../platform/trust.ts";

export interface CommandServices extends LibraryServices {
  readonly project: ProjectClient;
  readonly builds: BuildService;
  readonly panels: PanelManager;
  readonly here: HereCalls;
  readonly watched: WatchedCalls;
  readonly comparisons: Comparisons;
  readonly recent: RecentMethods;
  readonly history: WorkspaceHistory;
  readonly historyTree: HistoryTree;
  readonly trust: Trust;
  readonly log: ExtensionLog;
  /** How many processes it ended. */
  readonly restartHost: () => Promise<number>;
}

export interface Command {
  readonly id: (typeof commandIds)[keyof typeof commandIds];
  /** As the palette shows it, for error messages. */
  readonly title: string;
  /** Starts programs: refused in Restricted Mode, whatever menus show. */
  readonly needsTrust: boolean;
  /** `selection`: from a view, everything that is selected in it, the item itself among it. */
  readonly run: (
    services: CommandServices,
    argument: unknown,
    selection: unknown,
  ) => void | Promise<void>;
}
