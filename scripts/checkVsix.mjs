// What must, may and must not be in a VSIX, and how big it may be.

import { statSync } from "node:fs";
import {
  bundledFolders,
  listedPackages,
  noticesName,
  readThirdParty,
} from "./thirdPartyNotices.mjs";
import { nativeKoffiFolder } from "./nativeKoffi.mjs";
import { platformKoffi } from "./vsceTarget.mjs";
import { readZip } from "./zip.mjs";

const maxBytes = 1.8 * 1024 * 1024;
/** Beside the pages of the diagnostics, which open one by one. */
const maxFiles = 125;

const required = [
  "extension/package.json",
  "extension/package.nls.json",
  "extension/readme.md",
  "extension/changelog.md",
  "extension/LICENSE.txt",
  `extension/${noticesName}`,
  "extension/dist/extension.cjs",
  "extension/dist/server.cjs",
  "extension/dist/host.cjs",
  "extension/dist/debuggers.cjs",
  "extension/dist/hostFunctions.cjs",
  "extension/dist/cli.cjs",
  "extension/dist/bridge/lib.rs",
  "extension/dist/bridge/made.rs",
  "extension/dist/bridge/reader.rs",
  "extension/dist/bridge/trace.rs",
  "extension/dist/media/panel.js",
  "extension/dist/media/codicon.css",
  "extension/dist/media/codicon.ttf",
  "extension/dist/node_modules/koffi/index.cjs",
  "extension/dist/node_modules/koffi/src/koffi/index.cjs",
  "extension/dist/node_modules/koffi/package.json",
  "extension/media/fidius.svg",
];

/** Everything outside of these was packed by mistake. */
const allowed = [
  /^extension\/(?:package\.json|package\.nls\.json|readme\.md|changelog\.md|LICENSE\.txt|ThirdPartyNotices\.txt)$/u,
  /^extension\/dist\/(?:extension|server|host|debuggers|hostFunctions|cli|shared-[A-Z0-9]+)\.cjs$/u,
  // The Rust side of the bridge, which is compiled with the user's crates.
  /^extension\/dist\/bridge\/\w+\.rs$/u,
  /^extension\/dist\/media\/[\w.-]+\.(?:js|css|ttf|svg)$/u,
  /^extension\/dist\/node_modules\/koffi\/(?:package\.json|LICENSE\.txt|[\w/]+\.cjs)$/u,
  /^extension\/dist\/node_modules\/@koromix\/koffi-[\w-]+\/(?:index\.js|package\.json|\w+\/koffi\.node)$/u,
  /^extension\/media\/(?:walkthrough\/)?[\w-]+\.(?:svg|png|schema\.json)$/u,
  /^extension\/docs\/images\/panel\.png$/u,
  /^extension\/docs\/diagnostics\/[\w-]+\.md$/u,
  /^(?:extension\.vsixmanifest|\[Content_Types\]\.xml)$/u,
];

/**
 * @param {string} file
 * @param {string} target
 * @param {readonly import("esbuild").Metafile[]} metafiles of the bundles made anew
 * @returns {{ title: string; problem: string }[]}
 */
export function checkVsix(file, target, metafiles) {
  const entries = readZip(file);
  const names = entries.map(({ name }) => name);
  const bytes = statSync(file).size;
  const files = names.filter((name) => !name.startsWith("extension/docs/diagnostics/")).length;
  const missing = required.filter((name) => !names.includes(name));
  const stray = names.filter((name) => !allowed.some((pattern) => pattern.test(name)));
  const natives = names.filter((name) => name.endsWith(".node"));
  const { koffi, part } = platformKoffi(target);
  const native = `extension/dist/node_modules/${koffi}/${part}/koffi.node`;
  return [
    {
      title: `${target}: the VSIX has all it needs`,
      problem: missing.length === 0 ? "" : `missing: ${missing.join(", ")}`,
    },
    {
      title: `${target}: the VSIX has nothing else`,
      problem: stray.length === 0 ? "" : `not expected: ${stray.join(", ")}`,
    },
    {
      title: `${target}: the VSIX has the native koffi of its platform and no other`,
      problem: natives.join() === native ? "" : `found: ${natives.join(", ") || "none"}`,
    },
    {
      title: `${target}: the VSIX says which platform it is for`,
      problem: platformProblem(entries, target),
    },
    {
      title: `${target}: the VSIX is small: ${(bytes / 1024 / 1024).toFixed(2)} MB, ${files} files`,
      problem:
        bytes <= maxBytes && files <= maxFiles
          ? ""
          : `at most ${maxBytes / 1024 / 1024} MB and ${maxFiles} files`,
    },
    {
      title: `${target}: the VSIX has the notices of all packages in it, and of no other`,
      problem: noticesProblem(entries, target, metafiles),
    },
  ];
}

/**
 * @param {ReturnType<typeof readZip>} entries
 * @param {string} target
 */
function platformProblem(entries, target) {
  const manifest = entries.find(({ name }) => name === "extension.vsixmanifest");
  const text = manifest?.read().toString("utf8") ?? "";
  const named = /TargetPlatform="([^"]*)"/u.exec(text)?.[1] ?? "none";
  return named === target ? "" : `it names ${named}`;
}

/**
 * The notices against the packages that bundles made anew take in, and those that lie in the VSIX as files.
 * @param {ReturnType<typeof readZip>} entries
 * @param {string} target
 * @param {readonly import("esbuild").Metafile[]} metafiles
 */
function noticesProblem(entries, target, metafiles) {
  const copied = entries.flatMap(({ name }) => {
    const koffi = /^extension\/dist\/(node_modules\/.+)\/package\.json$/u.exec(name)?.[1];
    const isNative = koffi?.startsWith("node_modules/@koromix/") === true;
    const isIcons = name === "extension/dist/media/codicon.ttf";
    const folder = isNative ? nativeKoffiFolder(target) : koffi;
    return folder ?? (isIcons ? "node_modules/@vscode/codicons" : []);
  });
  const packed = [...bundledFolders(metafiles), ...copied].map((folder) => readThirdParty(folder));
  const expected = new Set(packed.map(({ name, version }) => `${name} ${version}`));
  const notices = entries.find(({ name }) => name === `extension/${noticesName}`);
  const text = notices?.read().toString("utf8") ?? "";
  const listed = listedPackages(text);
  const problems = [
    ...[...expected].filter((name) => !listed.includes(name)).map((name) => `${name} is missing`),
    ...listed.filter((name) => !expected.has(name)).map((name) => `${name} is not in the VSIX`),
    ...packed.filter((one) => !text.includes(one.text)).map(({ name }) => `no licence of ${name}`),
  ];
  return problems.join(", ");
}
