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
  await installPackages([...new Set(missing.map(([, name]) => name))], purpose, programs);
}

/**
 * Installs Debian packages.
 * @param {readonly string[]} names
 * @param {string} purpose as above
 * @param {string} missing what is not there yet, for the message to those whose machine cannot install it
 */
export async function installPackages(names, purpose, missing = names.join(", ")) {
  const advice = `Install it with \`sudo apt-get install ${names.join(" ")}\`, or your system's equivalent, and run this again.`;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || findProgram("apt-get") === undefined) {
    throw new SetupFailure(`${missing} is missing; it is needed for ${purpose}. ${advice}`);
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
      `${missing} could not be installed for ${purpose}: ${reason}. ${advice}`,
    );
  }
}
