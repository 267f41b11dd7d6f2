// The platforms that a VSIX is made for, in the words of `vsce package --target`: all that koffi serves.

/**
 * @typedef {object} PlatformKoffi
 * @property {string} koffi the npm package with koffi's native part
 * @property {string} part the folder in it; a package for Linux holds one for glibc and one for musl
 */

/** @type {Readonly<Record<string, PlatformKoffi>>} */
export const vsceTargets = {
  "win32-x64": { koffi: "@koromix/koffi-win32-x64", part: "win32_x64" },
  "win32-arm64": { koffi: "@koromix/koffi-win32-arm64", part: "win32_arm64" },
  "linux-x64": { koffi: "@koromix/koffi-linux-x64", part: "linux_x64" },
  "linux-arm64": { koffi: "@koromix/koffi-linux-arm64", part: "linux_arm64" },
  "linux-armhf": { koffi: "@koromix/koffi-linux-arm", part: "linux_armhf" },
  "alpine-x64": { koffi: "@koromix/koffi-linux-x64", part: "musl_x64" },
  "alpine-arm64": { koffi: "@koromix/koffi-linux-arm64", part: "musl_arm64" },
  "darwin-x64": { koffi: "@koromix/koffi-darwin-x64", part: "darwin_x64" },
  "darwin-arm64": { koffi: "@koromix/koffi-darwin-arm64", part: "darwin_arm64" },
};

/** FIDIUS_TARGET, or this machine's platform. */
export function vsceTarget() {
  const processor = process.platform === "linux" && process.arch === "arm" ? "armhf" : process.arch;
  const own = `${isMusl() ? "alpine" : process.platform}-${processor}`;
  return process.env["FIDIUS_TARGET"] ?? own;
}

/**
 * What koffi needs on a platform.
 * @param {string} target
 * @returns {PlatformKoffi}
 */
export function platformKoffi(target = vsceTarget()) {
  const found = vsceTargets[target];
  if (found === undefined) {
    const names = Object.keys(vsceTargets).join(", ");
    throw new Error(`There is no VSIX for ${target}. The platforms are: ${names}.`);
  }
  return found;
}

function isMusl() {
  if (process.platform !== "linux") {
    return false;
  }
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    process.report.getReport()
  );
  return header.glibcVersionRuntime === undefined;
}
