// Why a file is not read, in the words of everybody: readers put the reason and the advice into their own sentence.

import type { Stats } from "node:fs";

export interface FileProblem {
  readonly kind:
    | "absent"
    | "folder"
    | "pipe"
    | "socket"
    | "device"
    | "denied"
    | "linkLoop"
    | "tooLarge"
    | "changed"
    | "notText"
    | "cancelled"
    | "failed";
  /** Continues "… cannot be read: ". */
  readonly reason: string;
  /** What its user can do: a sentence. */
  readonly advice: string;
}

/** One sentence and the advice. `what` names the file as its user knows it. */
export function describeFileProblem(what: string, { reason, advice }: FileProblem): string {
  return `${what} cannot be read: ${reason}. ${advice}`;
}

const texts = {
  absent: ["there is no such file", "Check the path."],
  folder: ["it is a folder", "Give the path of a file."],
  pipe: ["it is a named pipe, which may never end", "Give the path of a regular file."],
  socket: ["it is a socket", "Give the path of a regular file."],
  device: ["it is a device, which may never end", "Give the path of a regular file."],
  denied: ["access is denied", "Allow your user to read it."],
  linkLoop: ["its symbolic links lead in a circle", "Correct the links."],
  changed: ["it changes while it is read", "Try again when nothing writes to it."],
  cancelled: ["it was not read to its end in time", "Give a smaller file, or more time."],
} as const;

/** A problem whose words depend on nothing but its kind. */
export function fileProblem(kind: keyof typeof texts): FileProblem {
  const [reason, advice] = texts[kind];
  return { kind, reason, advice };
}

/** More bytes than `limit`. */
export function tooLarge(limit: number): FileProblem {
  const reason = `it is larger than ${sizeText(limit)}, the most that is read of such a file`;
  return { kind: "tooLarge", reason, advice: "Give a smaller file." };
}

/** Bytes that are no UTF-8, for the first time in `line`, counted from 1. */
export function notText(line: number): FileProblem {
  const reason = `it is no UTF-8 text, which line ${line} shows first`;
  return { kind: "notText", reason, advice: "Save it in UTF-8." };
}

/** What speaks against reading a file of this kind and size; undefined when nothing does. */
export function problemOfStats(stats: Stats, limit: number): FileProblem | undefined {
  if (stats.isFile()) {
    return stats.size > limit ? tooLarge(limit) : undefined;
  }
  if (stats.isDirectory()) {
    return fileProblem("folder");
  }
  if (stats.isFIFO()) {
    return fileProblem("pipe");
  }
  return fileProblem(stats.isSocket() ? "socket" : "device");
}

/** The problem behind what the file system threw. */
export function problemOfError(error: unknown): FileProblem {
  switch (codeOf(error)) {
    case "ENOENT":
    case "ENOTDIR":
      return fileProblem("absent");
    case "EISDIR":
      return fileProblem("folder");
    case "EACCES":
    case "EPERM":
      return fileProblem("denied");
    case "ELOOP":
      return fileProblem("linkLoop");
    case "ABORT_ERR":
      return fileProblem("cancelled");
    default: {
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: "failed", reason, advice: "Check the disk and the path." };
    }
  }
}

/** The code that Node gives what the system refuses; empty for other errors. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "";
}

/** In the largest unit that gives a whole number. */
export function sizeText(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && value % 1024 === 0 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value} ${units[unit] ?? ""}`;
}
