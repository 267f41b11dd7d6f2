// Programs that come from the operating system's packages: installed where that is possible, else named.

import { findProgram, run } from "../run.mjs";
import { SetupFailure } from "./failure.mjs";

/**
 * Makes sure that programs are on PATH.
 * @param {Readonly<Record<string, string>>} packages program → Debian package that has it
 * @param {string} purpose what they are for, in the words of "… is needed for <purpose>"
 */
export async function requirePrograms(packages, purpose) {
  const missing = Object.entries(packages).filter(
    ([program]) => findProgram(program) === undefined,
  );
  if (missing.length === 0) {
    return;
  }
  const programs = missing.map(([program]) => program).join(", ");
  const names = [...new Set(missing.map(([, name]) => name))];
  const advice = `Install it with \`sudo apt-get install ${names.join(" ")}\`, or your system's equivalent, and run this again.`;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || findProgram("apt-get") === undefined) {
    throw new SetupFailure(`${programs} is missing; it is needed for ${purpose}. ${advice}`);
  }
  console.log(`Installing ${names.join(", ")} for ${purpose}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "-y", "--no-install-recommends", ...names];
  let { reason } = await run("apt-get", install, { env });
  if (reason !== "") {
    await run("apt-get", ["update"], { env });
    ({ reason } = await run("apt-get", install, { env }));
  }
  if (reason !== "") {
    throw new SetupFailure(
      `${programs} could not be installed for ${purpose}: ${reason}. ${advice}`,
    );
  }
}
