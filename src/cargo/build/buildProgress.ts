// Reads cargo's stderr: its progress bar (`Building [==> ] 34/120: serde_derive, …`), the wait for another cargo's lock,
// and the lines worth keeping for the log.

export interface BuildProgress {
  /** cargo's own counts of compile units; null until cargo has made its plan. */
  readonly done: number | null;
  readonly total: number | null;
  /** The crate that is being compiled (the first of several). */
  readonly crateName: string | null;
  /** Another cargo holds the lock of the target folder or of the package cache. */
  readonly isWaitingForLock: boolean;
}

export interface StderrLine {
  readonly progress: BuildProgress | undefined;
  /** A line for the log; undefined when it was only the progress bar. */
  readonly text: string | undefined;
}

const escapeSequence = new RegExp(String.raw`\u001B\[[0-9;?]*[A-Za-z]`, "gu");
const bar = /^\s*Building\s+\[[=> ]*\]\s+(\d+)\/(\d+)(?::\s*(.*?))?\s*$/u;
const barStart = /^\s*(?:Building|Updating|Fetch|Downloading|Finished)?\s*\[[=> ]*\]/u;

export const idleProgress: BuildProgress = {
  done: null,
  total: null,
  crateName: null,
  isWaitingForLock: false,
};

/** Understands one line of stderr (cut at `\r` and `\n`), given the progress so far. */
export function readStderrLine(line: string, previous: BuildProgress): StderrLine {
  const plain = line.replaceAll(escapeSequence, "").trimEnd();
  const match = bar.exec(plain);
  if (match !== null) {
    const names = match[3] ?? "";
    return {
      progress: {
        done: Number(match[1]),
        total: Number(match[2]),
        crateName: firstCrate(names) ?? previous.crateName,
        isWaitingForLock: false,
      },
      text: undefined,
    };
  }
  if (/^\s*Blocking waiting for file lock/u.test(plain)) {
    return { progress: { ...previous, isWaitingForLock: true }, text: plain };
  }
  const text = plain.trim() === "" || barStart.test(plain) ? undefined : plain;
  const isMoving = previous.isWaitingForLock && text !== undefined;
  return { progress: isMoving ? { ...previous, isWaitingForLock: false } : undefined, text };
}

/** `serde, plug(build.rs)` → `serde`; a name the bar had to cut off with `...` counts as far as it goes. */
function firstCrate(names: string): string | undefined {
  const first = names
    .split(",")[0]
    ?.replace(/\(.*$/u, "")
    .replace(/\.\.\.$/u, "")
    .trim();
  return first === undefined || first === "" ? undefined : first;
}
