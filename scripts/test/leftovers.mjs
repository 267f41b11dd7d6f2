// Finds programs that a test level started and left running: all of them carry the level's mark in their environment.

import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const graceMs = 5000;

/**
 * Ends what is still running after a short grace, and tells what it was. Only Linux shows environments; elsewhere
 * nothing is found.
 * @param {string} mark value of FIDIUS_TEST_RUN in the environment of everything that the level started
 * @returns {Promise<string[]>}
 */
export async function endLeftovers(mark) {
  if (process.platform !== "linux") {
    return [];
  }
  const giveUpAt = performance.now() + graceMs;
  let found = findMarked(mark);
  while (found.length > 0 && performance.now() < giveUpAt) {
    await delay(100);
    found = findMarked(mark);
  }
  for (const { pid } of found) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // it has ended meanwhile
    }
  }
  return found.map(({ pid, command }) => `${command} (pid ${pid})`);
}

/** @param {string} mark */
function findMarked(mark) {
  const variable = `FIDIUS_TEST_RUN=${mark}`;
  /** @type {{ pid: number; command: string }[]} */
  const found = [];
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) {
      continue;
    }
    try {
      if (readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(variable)) {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ").trim();
        found.push({ pid, command: command.slice(0, 200) });
      }
    } catch {
      // it has ended, or belongs to someone else
    }
  }
  return found;
}
