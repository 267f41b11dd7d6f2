// Tasks of the type `fidius`: build and check each crate with plugins or interfaces; pack, sign and verify each package. They are
// offered by themselves, written into tasks.json by hand, and run by keys.

import { dirname, isAbsolute, join, relative, sep } from "node:path";
import * as vscode from "vscode";
import type { ProjectModel } from "../../model/plugin.ts";
import { programOnPath } from "../../system/programOnPath.ts";
import { readSettings } from "../platform/settings.ts";
import type { ProjectClient } from "../projectClient.ts";
import { taskCommand, taskLabel, taskNames, type TaskName } from "./taskCommand.ts";

const type = "fidius";

/** A task as tasks.json has it. */
interface FidiusTaskDefinition extends vscode.TaskDefinition {
  readonly task: TaskName;
  /** The package's folder below the workspace's; absent: that one. */
  readonly package?: string;
  readonly key?: string;
  readonly args?: readonly string[];
}

/** `distFolder` has fidius-call. */
export function provideFidiusTasks(project: ProjectClient, distFolder: string): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(type, {
    provideTasks: async () => {
      await project.whenReady();
      return offeredTasks(project.model, distFolder);
    },
    resolveTask: ({ definition, scope }) => {
      const folder = typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.[0];
      return isDefinition(definition) && folder !== undefined
        ? makeTask(definition, folder, distFolder)
        : undefined;
    },
  });
}

async function offeredTasks(model: ProjectModel, distFolder: string): Promise<vscode.Task[]> {
  const manifests = new Set(
    [...model.plugins, ...model.interfaces].map(({ crate }) => crate.manifestPath),
  );
  const crates = [...manifests].map(dirname);
  const packages = await foldersWith("**/package.toml");
  const keys = await vscode.workspace.findFiles("*.{secret,public}");
  const keyFor = (task: TaskName): string | undefined =>
    keys.find(({ path }) => path.endsWith(task === "sign" ? ".secret" : ".public"))?.fsPath;
  const wanted: (readonly [TaskName, string])[] = [
    ...crates.flatMap((folder) => [["build", folder] as const, ["check", folder] as const]),
    ...packages.flatMap((folder) => [
      ["pack", folder] as const,
      ...(["sign", "verify"] as const)
        .filter((task) => keyFor(task) !== undefined)
        .map((task) => [task, folder] as const),
    ]),
  ];
  return wanted.flatMap(([task, folder]) => {
    const workspace = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder));
    if (workspace === undefined) {
      return [];
    }
    const below = relative(workspace.uri.fsPath, folder).split(sep).join("/");
    const key = task === "sign" || task === "verify" ? keyFor(task) : undefined;
    const definition: FidiusTaskDefinition = {
      type,
      task,
      ...(below !== "" && { package: below }),
      ...(key !== undefined && { key: relative(workspace.uri.fsPath, key) }),
    };
    return [makeTask(definition, workspace, distFolder)];
  });
}

async function foldersWith(pattern: string): Promise<readonly string[]> {
  const found = await vscode.workspace.findFiles(pattern, "**/{target,node_modules}/**");
  return found.map(({ fsPath }) => dirname(fsPath)).toSorted();
}

function makeTask(
  definition: FidiusTaskDefinition,
  workspace: vscode.WorkspaceFolder,
  distFolder: string,
): vscode.Task {
  const root = workspace.uri.fsPath;
  const folder = within(root, definition.package ?? ".");
  const { cargoPath, profile, extraArgs, extraEnv, targetDirectory } = readSettings(
    vscode.Uri.file(folder),
  );
  const command = taskCommand(
    {
      task: definition.task,
      folder,
      ...(definition.key !== undefined && { key: within(root, definition.key) }),
      arguments: definition.args ?? [],
    },
    {
      cargo: cargoPath ?? "cargo",
      profile,
      cargoArguments: extraArgs,
      targetDirectory,
      fidius: programOnPath("fidius"),
      fidiusCall: [process.execPath, join(distFolder, "cli.cjs")],
    },
  );
  const task = new vscode.Task(
    definition,
    workspace,
    taskLabel(definition.task, definition.package ?? "."),
    type,
    typeof command === "string"
      ? new vscode.CustomExecution(() => Promise.resolve(new Refusal(command)))
      : new vscode.ProcessExecution(command.program, [...command.arguments], {
          cwd: root,
          env: command.isOwnNode ? { ELECTRON_RUN_AS_NODE: "1" } : { ...extraEnv },
        }),
    typeof command === "object" && command.isCompiler ? "$rustc" : [],
  );
  if (definition.task === "build" || definition.task === "check") {
    task.group = vscode.TaskGroup.Build;
  }
  return task;
}

function within(root: string, path: string): string {
  return isAbsolute(path) ? path : join(root, path);
}

function isDefinition(definition: vscode.TaskDefinition): definition is FidiusTaskDefinition {
  const { task, package: folder, key, args } = definition;
  return (
    taskNames.some((name) => name === task) &&
    isTextOrAbsent(folder) &&
    isTextOrAbsent(key) &&
    (args === undefined || (Array.isArray(args) && args.every((each) => typeof each === "string")))
  );
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}

/** A terminal that says why the task does not run, and fails. */
class Refusal implements vscode.Pseudoterminal {
  readonly #written = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number>();
  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;
  readonly #reason: string;

  constructor(reason: string) {
    this.#reason = reason;
  }

  open(): void {
    this.#written.fire(`${this.#reason}\r\n`);
    this.#closed.fire(1);
  }

  close(): void {
    this.#written.dispose();
    this.#closed.dispose();
  }
}
