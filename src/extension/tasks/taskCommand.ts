// The command line of a Fidius task: cargo's for builds and checks; for packages the `fidius` program, else fidius-call, which comes
// with the extension.

export const taskNames = ["build", "check", "pack", "sign", "verify"] as const;

export type TaskName = (typeof taskNames)[number];

/** What tasks.json says of a task. */
export interface TaskRequest {
  readonly task: TaskName;
  /** The package's folder, absolute. */
  readonly folder: string;
  /** The file with the key that signs, or that is trusted. */
  readonly key?: string;
  /** More words at the end of the command line. */
  readonly arguments: readonly string[];
}

/** What a task runs with. */
export interface TaskTools {
  readonly cargo: string;
  readonly profile: string;
  readonly cargoArguments: readonly string[];
  readonly targetDirectory: string | null;
  /** The `fidius` program; undefined when there is none. */
  readonly fidius: string | undefined;
  /** How fidius-call is started: a program and its first words. */
  readonly fidiusCall: readonly [program: string, ...first: string[]];
}

export interface TaskCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  /** The program is the editor's own, which has to be told to be Node. */
  readonly isOwnNode: boolean;
  /** Its output is the compiler's. */
  readonly isCompiler: boolean;
}

/** The command line; a string is the sentence that says why there is none. */
export function taskCommand(request: TaskRequest, tools: TaskTools): TaskCommand | string {
  const { task, folder, key, arguments: added } = request;
  if (task === "build" || task === "check") {
    const { profile, cargoArguments, targetDirectory } = tools;
    return {
      program: tools.cargo,
      arguments: [
        task,
        "--manifest-path",
        `${folder}/Cargo.toml`,
        ...(profile === "dev" ? [] : ["--profile", profile]),
        ...(targetDirectory === null ? [] : ["--target-dir", targetDirectory]),
        ...cargoArguments,
        ...added,
      ],
      isOwnNode: false,
      isCompiler: true,
    };
  }
  if (key === undefined && task !== "pack") {
    return task === "sign"
      ? "Signing needs a key. Name its file as `key` in the task, or make one with `fidius-call keygen`."
      : "Checking a signature needs the public key that is trusted. Name its file as `key` in the task.";
  }
  const { fidius, fidiusCall } = tools;
  if (fidius !== undefined) {
    const withKey = key === undefined ? [] : ["--key", key];
    return {
      program: fidius,
      arguments: ["package", task, folder, ...withKey, ...added],
      isOwnNode: false,
      isCompiler: false,
    };
  }
  const [program, ...first] = fidiusCall;
  const option = task === "verify" ? "--trusted-key" : "--key";
  return {
    program,
    arguments: [...first, task, folder, ...(key === undefined ? [] : [option, key]), ...added],
    isOwnNode: true,
    isCompiler: false,
  };
}

/** What a task is called in lists and in keybindings, behind `fidius: `. */
export function taskLabel(task: TaskName, packageFolder: string): string {
  return packageFolder === "" || packageFolder === "." ? task : `${task} ${packageFolder}`;
}
