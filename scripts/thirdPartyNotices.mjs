// The notices of everything by others that ships: each package that esbuild put into a bundle, and those that are copied beside
// the bundles, with version, licence and the licence's text. A licence that is not on the list ends the build.

import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nativeKoffiFolder } from "./nativeKoffi.mjs";
import { readJson } from "./readJson.mjs";
import { root } from "./run.mjs";

/** In the project's folder and in the VSIX. */
export const noticesName = "ThirdPartyNotices.txt";

/** Licences that ask for nothing but their text and the names of the authors. */
const allowedLicences = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Unlicense",
]);

/** Licences of single packages beyond those, each with its reason. */
const allowedPackages = new Map([
  // Icons, shipped unchanged: the licence asks for the authors' names and its text. What is code in it is MIT.
  ["@vscode/codicons", "CC-BY-4.0"],
]);

const licenceFile = /^(?:licen[cs]e|copying|notice|third-?party-?notices?)(?:[.-].*)?$/iu;

/** A line that can stand in no licence, so that the packages can be read back. */
const rule = "=".repeat(96);

/**
 * @typedef {object} ThirdParty
 * @property {string} name
 * @property {string} version
 * @property {string} licence as its package.json says; empty when it does not
 * @property {string} text of its licence files
 */

/**
 * Folders of the packages that any bundle has something of, relative to the project.
 * @param {readonly Pick<import("esbuild").Metafile, "outputs">[]} metafiles
 * @returns {string[]}
 */
export function bundledFolders(metafiles) {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap((output) => Object.keys(output.inputs));
  const folders = inputs.map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(input)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

/**
 * Folders of the packages that are copied: by esbuild.mjs and by stageKoffi.mjs.
 * @param {string} [target]
 * @returns {string[]}
 */
export function copiedFolders(target) {
  return ["node_modules/@vscode/codicons", "node_modules/koffi", nativeKoffiFolder(target)];
}

/**
 * @param {string} folder relative to the project
 * @returns {ThirdParty}
 */
export function readThirdParty(folder) {
  const manifest = /** @type {{ name: string; version: string; license?: unknown }} */ (
    readJson(join(root, folder, "package.json"))
  );
  return {
    name: manifest.name,
    version: manifest.version,
    licence: typeof manifest.license === "string" ? manifest.license : "",
    text: licenceText(folder),
  };
}

/**
 * @param {string} folder relative to the project
 * @returns {string}
 */
function licenceText(folder) {
  const files = readdirSync(join(root, folder)).filter((name) => licenceFile.test(name));
  if (files.length === 0 && folder.includes("/@koromix/koffi-")) {
    // koffi's native parts are packages without a licence's text, made of koffi's sources and of Node's headers.
    const parts = ["", "/vendor/node-addon-api", "/vendor/node-api-headers"];
    return parts.map((part) => licenceText(`node_modules/koffi${part}`)).join("\n\n");
  }
  return files
    .sort()
    .map((name) => readFileSync(join(root, folder, name), "utf8").replace(/^\uFEFF/u, ""))
    .map((text) => text.replace(/\r\n?/gu, "\n").trim())
    .join("\n\n");
}

/**
 * What keeps the packages from being shipped, one sentence each.
 * @param {readonly ThirdParty[]} packages
 * @returns {string[]}
 */
export function licenceProblems(packages) {
  return packages.flatMap(({ name, version, licence, text }) => {
    if (!allowedLicences.has(licence) && allowedPackages.get(name) !== licence) {
      const is = licence === "" ? "names no licence" : `is under ${licence}`;
      return [
        `${name} ${version} ${is}, which is not on the list in scripts/thirdPartyNotices.mjs: take another package, or add the licence with its reason.`,
      ];
    }
    return text === ""
      ? [`${name} ${version} has no licence file, so its notice has no text: take another package.`]
      : [];
  });
}

/**
 * @param {readonly ThirdParty[]} packages
 * @returns {string}
 */
export function noticesText(packages) {
  const parts = packages.map(
    ({ name, version, licence, text }) =>
      `${rule}\n${name} ${version}\nLicence: ${licence}\n\n${text}\n`,
  );
  return `Fidius for VS Code contains software and icons by others, under the licences below.\n\n${parts.join("\n")}`;
}

/**
 * Name and version of each package that a text of notices lists.
 * @param {string} text
 * @returns {string[]}
 */
export function listedPackages(text) {
  return text
    .split(`${rule}\n`)
    .slice(1)
    .map((part) => part.slice(0, part.indexOf("\n")));
}

/**
 * The packages of a tree, each once.
 * @param {readonly Pick<import("esbuild").Metafile, "outputs">[]} metafiles
 * @param {string} [target] this platform when left out
 * @returns {ThirdParty[]}
 */
export function thirdParties(metafiles, target) {
  const folders = [...new Set([...bundledFolders(metafiles), ...copiedFolders(target)])];
  const packages = new Map(
    folders
      .filter((folder) => existsSync(join(root, folder, "package.json")))
      .map((folder) => readThirdParty(folder))
      .map((thirdParty) => [`${thirdParty.name} ${thirdParty.version}`, thirdParty]),
  );
  return [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, thirdParty]) => thirdParty);
}

/**
 * Writes the notices of what was built.
 * @param {readonly import("esbuild").Metafile[]} metafiles
 * @param {string} [target] this platform when left out
 * @returns {string[]} what keeps it from being shipped
 */
export function writeNotices(metafiles, target) {
  const packages = thirdParties(metafiles, target);
  writeFileSync(join(root, noticesName), noticesText(packages));
  return licenceProblems(packages);
}
