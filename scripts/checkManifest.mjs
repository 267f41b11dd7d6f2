// package.json against the code, the texts and the files it speaks of: what VS Code would only tell at run time, or never.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "./readJson.mjs";
import { root } from "./run.mjs";

/** @typedef {{ title: string; problem: string }} Check */

/**
 * @typedef {object} Manifest
 * @property {string} version
 * @property {string} main
 * @property {string} [icon]
 * @property {Record<string, string>} bin
 * @property {{ vscode: string }} engines
 * @property {Record<string, string>} devDependencies
 * @property {{ untrustedWorkspaces: { restrictedConfigurations?: string[] } }} capabilities
 * @property {Contributions} contributes
 */

/**
 * @typedef {object} Contributions
 * @property {{ command: string; title: string }[]} commands
 * @property {Record<string, { command?: string; submenu?: string }[]>} menus
 * @property {{ command: string }[]} [keybindings]
 * @property {Record<string, { id: string; icon?: string }[]>} views
 * @property {Record<string, { id: string; icon: string }[]>} viewsContainers
 * @property {{ properties: Record<string, object> }[]} configuration
 */

/**
 * All checks of the manifest.
 * @returns {readonly Check[]}
 */
export function checkManifest() {
  const text = readFileSync(join(root, "package.json"), "utf8");
  const manifest = /** @type {Manifest} */ (readJson(join(root, "package.json")));
  const settings = manifest.contributes.configuration.flatMap(({ properties }) =>
    Object.keys(properties),
  );
  return [
    ...checkTexts(text),
    ...checkCommands(manifest.contributes),
    checkApiVersion(manifest),
    none(
      "settings that Restricted Mode ignores are declared",
      (manifest.capabilities.untrustedWorkspaces.restrictedConfigurations ?? []).filter(
        (name) => !settings.includes(name),
      ),
    ),
    none("the code reads every setting", unusedSettings(settings)),
    none(
      "icons exist",
      icons(manifest).filter((file) => !existsSync(join(root, file))),
    ),
    checkPrograms(manifest),
    checkChangelog(manifest.version),
    none("every test file belongs to a level", strayTests()),
  ];
}

/**
 * @param {string} title
 * @param {readonly string[]} offenders
 * @returns {Check}
 */
function none(title, offenders) {
  return { title, problem: offenders.join(", ") };
}

/** @param {string} manifestText */
function checkTexts(manifestText) {
  const texts = /** @type {Record<string, string>} */ (readJson(join(root, "package.nls.json")));
  const used = new Set([...manifestText.matchAll(/"%([\w.]+)%"/gu)].map(([, key]) => key ?? ""));
  return [
    none(
      "every text has its words in package.nls.json",
      [...used].filter((key) => !texts[key]),
    ),
    none(
      "package.nls.json has no other texts",
      Object.keys(texts).filter((key) => !used.has(key)),
    ),
  ];
}

/** @param {Contributions} contributes */
function checkCommands({ commands, menus, keybindings = [] }) {
  const code = sources("src/extension");
  const ids = commands.map(({ command }) => command);
  const mentioned = [...Object.values(menus).flat(), ...keybindings].flatMap(({ command }) =>
    command === undefined ? [] : [command],
  );
  return [
    none(
      "every command has a handler",
      ids.filter((id) => !code.includes(`"${id}"`)),
    ),
    none(
      "menus and keys name declared commands",
      mentioned.filter((id) => !ids.includes(id)),
    ),
    none(
      "command titles are translatable",
      commands.filter(({ title }) => !/^%.+%$/u.test(title)).map(({ command }) => command),
    ),
  ];
}

/**
 * Types of a newer VS Code than the oldest supported one would let calls compile that fail there.
 * @param {Manifest} manifest
 * @returns {Check}
 */
function checkApiVersion({ engines, devDependencies }) {
  const minor = (/** @type {string} */ range) => /\d+\.\d+/u.exec(range)?.[0];
  const types = devDependencies["@types/vscode"] ?? "";
  return {
    title: "types and engine are of the same VS Code",
    problem:
      minor(types) === minor(engines.vscode)
        ? ""
        : `@types/vscode is ${types}, engines.vscode is ${engines.vscode}`,
  };
}

/** @param {readonly string[]} settings */
function unusedSettings(settings) {
  const code = sources("src/extension") + sources("src/server");
  return settings.filter((name) => {
    const short = name.replace(/^fidius\./u, "");
    // vscode-languageclient reads this one itself.
    return name !== "fidius.trace.server" && !code.includes(short);
  });
}

/** @param {Manifest} manifest */
function icons({ icon, contributes }) {
  const { views, viewsContainers } = contributes;
  return [
    { icon },
    ...Object.values(views).flat(),
    ...Object.values(viewsContainers).flat(),
  ].flatMap((item) => (item.icon === undefined || item.icon.startsWith("$(") ? [] : [item.icon]));
}

/**
 * @param {Manifest} manifest
 * @returns {Check}
 */
function checkPrograms({ main, bin }) {
  const bundled = readFileSync(join(root, "scripts", "bundles.mjs"), "utf8");
  const programs = [main, ...Object.values(bin)];
  return none(
    "main and bin are bundled",
    programs.filter((file) => {
      const name = /^\.\/dist\/(\w+)\.cjs$/u.exec(file)?.[1];
      return name === undefined || !new RegExp(`\\b${name}: "src/`, "u").test(bundled);
    }),
  );
}

/**
 * @param {string} version
 * @returns {Check}
 */
function checkChangelog(version) {
  const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  const hasSection = changelog.includes("## [Unreleased]") || changelog.includes(`## [${version}]`);
  return {
    title: "the changelog has a section for this version",
    problem: hasSection ? "" : `neither Unreleased nor ${version}`,
  };
}

/** Test files in folders that `npm test` does not look into. */
function strayTests() {
  const levels = readFileSync(join(root, "scripts", "test", "levels.mjs"), "utf8");
  return readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".test.ts") && !levels.includes(`"${file.split(/[\\/]/u)[0] ?? ""}"`),
  );
}

/** @param {string} folder */
function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(root, folder, file), "utf8"))
    .join("\n");
}
