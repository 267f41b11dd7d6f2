// What level `windows` runs of the other levels: folders and tests that were seen to pass in Wine. Tests that hold what only
// POSIX has say so where they stand; files whose every test does are named here, with the reason.

/**
 * @typedef {object} WindowsArea
 * @property {string} name
 * @property {readonly string[]} files globs of tests
 * @property {readonly string[]} [without] globs of tests that do not run
 * @property {string} [only] what the titles begin with
 * @property {number} minutes after which it is ended
 */

/** @type {readonly string[]} */
const unitFolders = [
  ...["abi", "bridge", "calls", "cargo", "cli", "codec", "diagnostics", "drift", "extension"],
  ...["files", "history", "host", "media", "model", "project", "protocol"],
];

/** @type {readonly string[]} */
const notInWine = [
  // Their files in memory have POSIX paths.
  ...["cargo/features", "cargo/findCargo", "cargo/manifestGraph", "cargo/targetNodes"],
  ...["cli/terminal", "diagnostics/fidiusVersions", "project/metadataRoots"],
  // They ask git or a cargo that is a shell script.
  ...["calls/age/newerSources", "project/cargoFailures"],
  // Pipes, devices and modes of files.
  ...["files/makeFolder", "files/regularFile"],
  // Three hundred files take longer than a test may.
  "calls/age/libraryRecords",
];

/** @type {readonly WindowsArea[]} */
export const windowsAreas = [
  {
    name: "unit",
    files: unitFolders.map((folder) => `test/unit/${folder}/**/*.test.ts`),
    without: notInWine.map((name) => `test/unit/${name}.test.ts`),
    minutes: 30,
  },
  {
    name: "faults",
    files: ["test/host/faults.test.ts"],
    only: "faults of a plugin cause",
    minutes: 20,
  },
  { name: "debugger", files: ["test/host/debugger.test.ts"], minutes: 15 },
];
