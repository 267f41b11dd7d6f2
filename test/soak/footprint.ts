// What a process holds: memory, descriptors, threads, children. Read from /proc; and whether a series of such figures grows.

import { readdirSync, readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const mebibyte = 1024 * 1024;

/** Resident memory of a process, in MiB. */
export function residentMebibytes(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}

export function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${String(pid)}/fd`).length;
}

export function threadsOf(pid: number): number {
  return readdirSync(`/proc/${String(pid)}/task`).length;
}

/** Children of this process that live, and those that ended and were never asked for. */
export function childrenOf(pid: number): { readonly alive: number; readonly zombies: number } {
  const states = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/stat`, "utf8");
        const [state = "", parent = ""] = status.slice(status.lastIndexOf(")") + 2).split(" ");
        return Number(parent) === pid ? [state] : [];
      } catch {
        return [];
      }
    });
  const zombies = states.filter((state) => state === "Z").length;
  return { alive: states.length - zombies, zombies };
}

/** Bytes in use of this process's heap when everything unused is gone, and outside of it (buffers). */
export function usedMebibytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / mebibyte;
}

/** Growth per sample, by the line of least squares. */
function slope(samples: readonly number[]): number {
  const middle = (samples.length - 1) / 2;
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  let [up, down] = [0, 0];
  for (const [index, value] of samples.entries()) {
    up += (index - middle) * (value - mean);
    down += (index - middle) ** 2;
  }
  return up / down;
}

/** How much a figure grows over the second half of its samples, by the slope; the first half warms up. */
export function growthInSecondHalf(samples: readonly number[]): number {
  const half = samples.slice(Math.floor(samples.length / 2));
  return slope(half) * (half.length - 1);
}
