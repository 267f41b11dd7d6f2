// A process that checks the inputs of some seeds, one after the other: `worker.ts <kind> <first seed> <count> <folder>`. It says
// which seed is next before it looks at it, so that one at which it hangs, or which it does not survive, is known.

import { checkArchive, checkFrames, checkJson, checkManifests } from "./mutations.ts";
import { checkWorkspace } from "./workspaces.ts";

const [kind = "", first = "", count = "", folder = ""] = process.argv.slice(2);

const checks: Readonly<Record<string, (seed: number) => unknown>> = {
  archives: (seed) => checkArchive(seed, folder),
  frames: checkFrames,
  json: checkJson,
  manifests: checkManifests,
  workspaces: checkWorkspace,
};

/** Of processor time, for one input: some hundred times what the dearest takes. */
const mostSeconds = 10;

const check = checks[kind];
if (check === undefined) {
  throw new Error(`no inputs are called ${kind}`);
}
for (let seed = Number(first); seed < Number(first) + Number(count); seed += 1) {
  process.stdout.write(`${String(seed)}\n`);
  const before = process.cpuUsage();
  await check(seed);
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  if (seconds > mostSeconds) {
    throw new Error(`it took ${seconds.toFixed(1)} s of processor time`);
  }
}
process.stdout.write("end\n");
