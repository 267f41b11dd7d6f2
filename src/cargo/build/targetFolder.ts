// What is told of a target folder that cannot be written to, by cargo or by us: a folder in the way, a full or read-only disk.

import { describeFolderProblem, isSystemError } from "../../files/folderFailure.ts";
import { makeFolder } from "../../files/makeFolder.ts";
import { isOpenedPackage } from "../process/openedPackage.ts";
import type { BuildError, BuildRequest } from "./builtLibrary.ts";
import { err, type Result } from "../../model/result.ts";

type TargetOf = Pick<BuildRequest, "crate">;

/** Does what writes to `folder`, which is in the target folder; what the file system has against it is a value. */
export async function writingTarget<T>(
  folder: string,
  of: TargetOf,
  write: () => Promise<T>,
): Promise<T | Result<never, BuildError>> {
  try {
    makeFolder(folder, 0o777);
    return await write();
  } catch (error) {
    if (!isSystemError(error)) {
      throw error;
    }
    const place = { folder, alternative: otherFolder(of) };
    return err({
      kind: "folderUnusable",
      message: describeFolderProblem("folder of builds", place, error),
    });
  }
}

/** The same from what cargo and rustc say; undefined when they are about something else. */
export function targetProblem(
  lines: readonly string[],
  of: TargetOf,
): Extract<BuildError, { kind: "folderUnusable" }> | undefined {
  const first = Math.max(lines.findIndex(isError), 0);
  const own = lines.slice(first, first + ownLines).join(" ");
  const known =
    diskTroubles.find(({ code }) => lines.some((line) => line.includes(code))) ??
    folderTroubles.find(({ code }) => own.includes(code) && ownWords.test(own));
  if (known === undefined) {
    return undefined;
  }
  const place = lines.findIndex((line, index) => index >= first && line.includes(known.code));
  const quoted = [lines[first], lines[place]].map((line = "") => line.trim());
  return {
    kind: "folderUnusable",
    message: `A folder that the build writes to cannot be used: ${known.reason}. ${known.advice} ${otherFolder(of)} cargo says: ${[...new Set(quoted)].join(": ")}`,
  };
}

function isError(line: string): boolean {
  return /^\s*error(?:\[|:)/u.test(line);
}

interface Trouble {
  /** The system's number, since its words are in the user's language. */
  readonly code: string;
  readonly reason: string;
  readonly advice: string;
}

function trouble(code: number, reason: string, advice: string): Trouble {
  return { code: `(os error ${String(code)})`, reason, advice };
}

const full = ["no space is left on its disk", "Make room there."] as const;
const readOnly = ["its disk is read-only", "Make the folder writable."] as const;
const overQuota = ["your user's quota on its disk is used up", "Make room there."] as const;
const inTheWay = ["a file is in its way", "Move that file away."] as const;

/** Whatever was to be written, it is the disk's fault. */
const diskTroubles: readonly Trouble[] =
  process.platform === "win32"
    ? [trouble(112, ...full), trouble(19, ...readOnly)]
    : [
        trouble(28, ...full),
        trouble(30, ...readOnly),
        trouble(process.platform === "darwin" ? 69 : 122, ...overQuota),
      ];

/** These may be about sources too, unless it is cargo that makes or locks a folder of its own. */
const folderTroubles: readonly Trouble[] =
  process.platform === "win32"
    ? [trouble(5, "your user may not write there", "Make the folder writable.")]
    : [
        trouble(13, "your user may not write there", "Make the folder writable."),
        trouble(17, ...inTheWay),
        trouble(20, ...inTheWay),
        trouble(2, "it cannot be made there", "Make it yourself."),
      ];

/** Cargo's first error and its cause; what build scripts print comes later. */
const ownLines = 4;
const ownWords = /failed to create directory|failed to open:? .*\.cargo-lock|\) at path "/u;

function otherFolder({ crate }: TargetOf): string {
  return isOpenedPackage(crate.workspaceRoot)
    ? "An opened package is built in the cache folder."
    : "Another target folder can be named in CARGO_TARGET_DIR or the setting fidius.cargo.targetDir.";
}
