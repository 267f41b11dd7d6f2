// One run of cargo: argument array, cleaned environment, own process group, streamed output, an end that is certain.
// It knows nothing of what cargo is asked to do.

import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { endProcessTree } from "../../system/endProcessTree.ts";
import { endlessInput } from "./endlessInput.ts";
import { cargoFolder } from "./openedPackage.ts";

export interface CargoRun {
  readonly cargo: string;
  readonly arguments: readonly string[];
  /** The crate's or workspace's folder; for an opened package cargo runs beside it. */
  readonly workingDirectory: string;
  /** The whole environment, see `cargoEnvironment`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onStdout: (text: string) => void;
  readonly onStderr: (text: string) => void;
}

export type CargoExit =
  | { readonly kind: "exited"; readonly exitCode: number | null; readonly signal: string | null }
  | { readonly kind: "cancelled" }
  /** It would have hung at a file that it reads; the message is a sentence. */
  | { readonly kind: "refused"; readonly message: string }
  /** The program could not be started at all. */
  | { readonly kind: "notStarted"; readonly message: string };

/** How long cargo gets to end itself after the first signal. */
const graceMs = 3_000;

/** Runs cargo to its end. Aborting the signal ends its whole process group: SIGINT first, SIGKILL after three seconds. */
export function runCargo(run: CargoRun): Promise<CargoExit> {
  if (run.signal.aborted) {
    return Promise.resolve({ kind: "cancelled" });
  }
  const message = endlessInput(run.workingDirectory, run.environment);
  if (message !== undefined) {
    return Promise.resolve({ kind: "refused", message });
  }
  return new Promise((resolve) => {
    const child = spawn(run.cargo, run.arguments, {
      cwd: cargoFolder(run.workingDirectory),
      env: run.environment,
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own, so that rustc and build scripts end with it.
      detached: process.platform !== "win32",
      windowsHide: true,
      shell: false,
    });
    let isCancelled = false;
    let killTimer: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      isCancelled = true;
      endProcessTree(child, "SIGINT");
      killTimer = setTimeout(() => {
        endProcessTree(child, "SIGKILL");
      }, graceMs);
    };
    const finish = (exit: CargoExit): void => {
      clearTimeout(killTimer);
      run.signal.removeEventListener("abort", cancel);
      resolve(isCancelled ? { kind: "cancelled" } : exit);
    };
    run.signal.addEventListener("abort", cancel, { once: true });
    forward(child.stdout, run.onStdout);
    forward(child.stderr, run.onStderr);
    child.once("error", (error) => {
      if (child.pid === undefined) {
        finish({ kind: "notStarted", message: error.message });
      }
    });
    child.once("exit", () => {
      // After a cancel nothing of the group may outlive cargo, and their pipes would keep "close" from coming.
      if (isCancelled) {
        endProcessTree(child, "SIGKILL");
      }
    });
    child.once("close", (exitCode, signal) => {
      finish({ kind: "exited", exitCode, signal });
    });
  });
}

/** Variables of the editor's own process that would change what cargo or rustc do, or leak into build scripts. */
const foreignVariable = /^(?:NODE_OPTIONS$|ELECTRON_|VSCODE_)/iu;

/** This process's environment without the editor's own variables, with `additions` on top. */
export function cargoEnvironment(
  additions: Readonly<Record<string, string>>,
  base: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<string, string>> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(base)) {
    if (value !== undefined && !foreignVariable.test(name)) {
      environment[name] = value;
    }
  }
  return { ...environment, ...additions };
}

function forward(stream: NodeJS.ReadableStream, receive: (text: string) => void): void {
  const decoder = new StringDecoder("utf8");
  stream.on("data", (chunk: Buffer) => {
    receive(decoder.write(chunk));
  });
  stream.on("end", () => {
    const rest = decoder.end();
    if (rest !== "") {
      receive(rest);
    }
  });
}
