// What level `windows` runs of the other levels, and tests of its own: folders and tests that were seen to pass in Wine. Tests that
// hold what only POSIX has say so where they stand; files whose every test does are named here, with the reason.

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
  ...["files", "history", "host", "media", "model", "project", "protocol", "runner", "scripts"],
];

/** @type {readonly string[]} */
const notInWine = [
  // Their files in memory have POSIX paths.
  ...["cargo/graph/features", "cargo/process/findCargo", "cargo/manifest/manifestGraph"],
  ...["cargo/manifest/targetNodes", "cli/terminal", "diagnostics/fidiusVersions"],
  ...["project/packages/metadataRoots", "diagnostics/hostFeature"],
  // Fails there for a reason that is not known yet.
  "diagnostics/ruleExamples",
  // They ask git or a cargo that is a shell script.
  ...["calls/age/newerSources", "project/cargoFailures"],
  // Pipes, devices and modes of files.
  ...["files/makeFolder", "files/regularFile"],
  // Three hundred files take longer than a test may.
  "calls/age/libraryRecords",
];

/** @param {readonly string[]} names @returns {readonly string[]} */
const hostTests = (...names) => names.map((name) => `test/host/${name}.test.ts`);

/** @type {readonly WindowsArea[]} */
export const windowsAreas = [
  {
    name: "unit",
    files: unitFolders.map((folder) => `test/unit/${folder}/**/*.test.ts`),
    without: notInWine.map((name) => `test/unit/${name}.test.ts`),
    minutes: 10,
  },
  { name: "faults", files: hostTests("faults"), only: "faults of a plugin cause", minutes: 10 },
  { name: "libraries", files: hostTests("malformed", "changedLibraries"), minutes: 10 },
  {
    name: "calls",
    files: hostTests("calls", "guards", "preflight", "instances", "attributed"),
    minutes: 10,
  },
  { name: "interfaces", files: hostTests("olderLibraries", "changedInterfaces"), minutes: 10 },
  { name: "lifecycle", files: hostTests("lifecycle", "debugger"), minutes: 10 },
  {
    name: "streams",
    files: hostTests("outputStreams", "inputStreams", "streamsCutShort", "streamsOnInstances"),
    minutes: 10,
  },
  { name: "functions", files: hostTests("hostFunctions"), minutes: 10 },
  { name: "builds", files: ["test/windows/build.test.ts"], minutes: 10 },
  { name: "server", files: ["test/windows/server.test.ts"], minutes: 5 },
];
