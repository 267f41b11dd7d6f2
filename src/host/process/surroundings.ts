// The process's working directory and environment: put back after every call, because they outlive it (R19).

import koffi from "koffi";
import type { Surroundings } from "../../protocol/host.ts";
import { watchEnvironment } from "./environmentWatch.ts";

/** Keeps the surroundings that calls are to find. */
export interface SurroundingsKeeper {
  /** Enters a directory; false when that is not possible. Calls will find it as their working directory. */
  enter(workingDirectory: string): boolean;
  /** A request begins: the plugin is to find the directory that was entered. */
  resume(): void;
  /** A request has ended. Windows keeps a process's directory from being moved or removed, so that nothing waits in it there. */
  rest(): void;
  /** Puts back what a call changed and says what that was; null when nothing. */
  restore(): Surroundings | null;
}

const leavesDirectory = process.platform === "win32";

/** Remembers the present environment. */
export function keepSurroundings(): SurroundingsKeeper {
  const environment = new Map(Object.entries(process.env));
  const readDirectory = directoryReader();
  const hasChanged = watchEnvironment();
  const home = process.cwd();
  let wanted = home;
  let entered = readDirectory();

  function restoreDirectory(): string | null {
    const found = readDirectory();
    if (found === entered) {
      return null;
    }
    try {
      process.chdir(wanted);
    } catch {
      // The directory itself is gone: the next call finds the one the plugin chose, and its note says so.
      entered = found;
    }
    return found;
  }

  return {
    enter: (workingDirectory) => {
      try {
        process.chdir(workingDirectory);
      } catch {
        return false;
      }
      wanted = workingDirectory;
      entered = readDirectory();
      return true;
    },
    resume: () => {
      if (leavesDirectory && wanted !== home) {
        try {
          process.chdir(wanted);
        } catch {
          // It is gone: calls run where the process waits.
        }
        entered = readDirectory();
      }
    },
    rest: () => {
      if (leavesDirectory && wanted !== home) {
        process.chdir(home);
      }
    },
    restore: () => {
      const workingDirectory = restoreDirectory();
      const variables = hasChanged() ? restoreVariables(environment) : [];
      if (variables.length > 0) {
        // What was put back is another change.
        hasChanged();
      }
      return workingDirectory === null && variables.length === 0
        ? null
        : { workingDirectory, variables };
    },
  };
}

function restoreVariables(wanted: ReadonlyMap<string, string | undefined>): readonly string[] {
  const changed: string[] = [];
  let seen = 0;
  for (const [name, value] of Object.entries(process.env)) {
    if (wanted.get(name) === value) {
      seen += 1;
    } else {
      changed.push(name);
    }
  }
  if (changed.length === 0 && seen === wanted.size) {
    return changed;
  }
  for (const name of wanted.keys()) {
    if (process.env[name] === undefined) {
      changed.push(name);
    }
  }
  for (const name of changed) {
    const value = wanted.get(name);
    if (value === undefined) {
      Reflect.deleteProperty(process.env, name);
    } else {
      process.env[name] = value;
    }
  }
  return changed;
}

/** UTF-16 units of the longest path that Windows knows, with its end. */
const longestWindowsPath = 32_768;

/** Node caches the working directory, so a plugin's own chdir is only seen by asking the system. */
function directoryReader(): () => string {
  if (process.platform === "win32") {
    const read = koffi
      .load("kernel32.dll")
      .func("uint32_t GetCurrentDirectoryW(uint32_t units, void *target)") as (
      units: number,
      target: Uint8Array,
    ) => number;
    const wide = Buffer.alloc(2 * longestWindowsPath);
    return () => wide.toString("utf16le", 0, 2 * read(longestWindowsPath, wide));
  }
  const getcwd = koffi.load(null).func("getcwd", "void *", ["void *", "size_t"]) as (
    target: Uint8Array,
    size: number,
  ) => unknown;
  const target = Buffer.alloc(4096);
  return () => {
    getcwd(target, target.length);
    return target.toString("utf8", 0, target.indexOf(0));
  };
}
