// Writes a bridge's workspace: a copy of the interface package whose trait tells its types, the runtime and the program.
// Files that did not change stay untouched, so that cargo compiles again only what did.

import { copyFile, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import type { CargoMetadata, MetadataPackage } from "../cargo/graph/metadata.ts";
import type { TomlTable } from "../cargo/manifest/tomlDocument.ts";
import { parseTomlDocument } from "../cargo/manifest/tomlDocument.ts";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem } from "../files/fileProblem.ts";
import { readRegularFile, readRegularText } from "../files/regularFile.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { SourceSpan } from "../model/text/span.ts";
import { builtPackages, type BridgedBuild } from "./bridgedBuild.ts";
import { entryName, type GeneratedSource } from "./generatedSource.ts";
import {
  packageManifest,
  programManifest,
  runtimeManifest,
  runtimeVersions,
  workspaceManifest,
} from "./overlayManifest.ts";

export interface Overlay {
  readonly folder: string;
  readonly programName: string;
  /** The copy of the trait's file, and the line in it (from 0) where the generated code begins. */
  readonly traitFile: string;
  readonly firstLine: number;
}

export interface OverlayRequest {
  readonly folder: string;
  readonly programName: string;
  readonly metadata: CargoMetadata;
  readonly item: MetadataPackage;
  readonly build: BridgedBuild;
  /** The trait, as it is on disk. */
  readonly traitSpan: SourceSpan;
  readonly generated: GeneratedSource;
  /** Folder with the runtime's sources. */
  readonly runtimeFolder: string;
}

/**
 * The copy of the package. Cargo tells packages of one name apart by their path inside of the workspace, so in a target
 * folder that all bridges share each copy needs a path of its own; else one bridge is linked with the types of another.
 */
export function packageFolderOf(folder: string): string {
  return join(folder, `package-${basename(folder)}`);
}

/** Writes or updates the workspace in `request.folder`; an error where a source of the package cannot be read. What cannot be written throws. */
export async function writeOverlay(request: OverlayRequest): Promise<Result<Overlay, string>> {
  const { folder, programName, metadata, item, traitSpan } = request;
  const packageFolder = packageFolderOf(folder);
  const source = dirname(item.manifest_path);
  const traitCopy = join(packageFolder, relative(source, traitSpan.file));
  const library = item.targets.find(({ kind }) =>
    kind.some((name) => /^(?:lib|rlib|dylib|cdylib|staticlib)$/u.test(name)),
  );
  const script = item.targets.find(({ kind }) => kind.includes("custom-build"));
  const rootCopy = join(packageFolder, relative(source, library?.src_path ?? "src/lib.rs"));
  const edited = new Set([join(packageFolder, "Cargo.toml"), traitCopy, rootCopy]);
  await copyTree(source, packageFolder, edited);
  const rootFile = library?.src_path ?? traitSpan.file;
  const root = await readRegularText(rootFile, { limit: fileLimits.source });
  if (!root.ok) {
    return err(describeFileProblem(rootFile, root.error));
  }
  if (rootCopy !== traitCopy) {
    await writeChanged(rootCopy, softened(root.value));
  }
  const trait = await readRegularText(traitSpan.file, { limit: fileLimits.source });
  if (!trait.ok) {
    return err(describeFileProblem(traitSpan.file, trait.error));
  }
  const text = trait.value;
  const end = offsetOf(text, traitSpan.end);
  const before = softened(text.slice(0, end));
  await writeChanged(traitCopy, `${before}${request.generated.text}${text.slice(end)}`);
  await writeChanged(
    join(packageFolder, "Cargo.toml"),
    packageManifest(
      item,
      {
        name: library?.name.replaceAll("-", "_") ?? item.name,
        path: posix(relative(packageFolder, rootCopy)),
      },
      script === undefined ? undefined : posix(relative(source, script.src_path)),
    ),
  );
  await writeRest(request, metadata);
  return ok({
    folder,
    programName,
    traitFile: traitCopy,
    firstLine: before.split("\n").length - 1,
  });
}

async function writeRest(request: OverlayRequest, metadata: CargoMetadata): Promise<void> {
  const { folder, programName, item, build, runtimeFolder } = request;
  const copyName = basename(packageFolderOf(folder));
  for (const name of await readdir(runtimeFolder)) {
    await writeChanged(join(folder, "runtime", name), await ownText(join(runtimeFolder, name)));
  }
  await writeChanged(
    join(folder, "runtime/Cargo.toml"),
    runtimeManifest(runtimeVersions(metadata)),
  );
  const userManifest = join(metadata.workspace_root, "Cargo.toml");
  const manifest = await readRegularText(userManifest, { limit: fileLimits.manifest });
  const parsed = parseTomlDocument(manifest.ok ? manifest.value : "");
  const userRoot: TomlTable = parsed.ok ? parsed.value.root : {};
  const resolver = resolverOf(userRoot, item);
  await writeChanged(
    join(folder, "Cargo.toml"),
    workspaceManifest(resolver, userRoot, metadata, copyName),
  );
  const packages = builtPackages(metadata, item, build, resolver === "1" ? "1" : "2");
  await writeChanged(
    join(folder, "program/Cargo.toml"),
    programManifest(programName, item, packages, copyName),
  );
  await writeChanged(join(folder, "program/main.rs"), programSource);
  const lockFile = join(metadata.workspace_root, "Cargo.lock");
  const lock = await readRegularText(lockFile, { limit: fileLimits.manifest });
  const lockCopy = join(folder, "user.lock");
  // Cargo changes its own copy; it is replaced only when the user's has changed.
  if (lock.ok && (await writeChanged(lockCopy, lock.value))) {
    await copyFile(lockCopy, join(folder, "Cargo.lock"));
  }
}

/** A file that ships with us. */
async function ownText(file: string): Promise<string> {
  const text = await readRegularText(file, { limit: fileLimits.own });
  if (!text.ok) {
    throw new Error(describeFileProblem(file, text.error));
  }
  return text.value;
}

function resolverOf(userRoot: TomlTable, item: MetadataPackage): string {
  const workspace = userRoot["workspace"];
  const own = userRoot["package"];
  for (const part of [workspace, own]) {
    if (typeof part === "object" && "resolver" in part && typeof part["resolver"] === "string") {
      return part["resolver"];
    }
  }
  const isVirtual = own === undefined;
  return isVirtual || Number(item.edition) < 2021 ? "1" : "2";
}

const programSource = `use bridged as _;

extern "C" {
    fn ${entryName}(bridge: *mut ());
}

fn main() -> std::io::Result<()> {
    let mut bridge = fidius_bridge_runtime::Bridge::default();
    unsafe { ${entryName}((&mut bridge as *mut fidius_bridge_runtime::Bridge).cast()) };
    bridge.serve()
}
`;

/** Lints that nothing may relax would refuse the generated code. The length stays, so that places stay. */
function softened(text: string): string {
  return text.replaceAll(
    /#!\[\s*forbid(\s*\()/gu,
    (whole: string, open: string) => `#![${"deny".padEnd(whole.length - open.length - 3)}${open}`,
  );
}

function offsetOf(
  text: string,
  place: { readonly line: number; readonly character: number },
): number {
  let offset = 0;
  for (let line = 0; line < place.line; line++) {
    const end = text.indexOf("\n", offset);
    if (end < 0) {
      return text.length;
    }
    offset = end + 1;
  }
  return offset + place.character;
}

function posix(path: string): string {
  return path.replaceAll("\\", "/");
}

/** Writes a file unless it has that text already; whether it wrote. */
async function writeChanged(file: string, text: string): Promise<boolean> {
  const old = await readRegularText(file, { limit: fileLimits.own });
  if (old.ok && old.value === text) {
    return false;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return true;
}

/** Makes `target` a copy of the package in `source`; `edited` files are left to others. */
async function copyTree(
  source: string,
  target: string,
  edited: ReadonlySet<string>,
  isRoot = true,
): Promise<void> {
  await mkdir(target, { recursive: true });
  const entries = await readdir(source, { withFileTypes: true });
  const names = new Set(entries.map(({ name }) => name));
  // Target folders, and packages of their own.
  if (!isRoot && (names.has("CACHEDIR.TAG") || names.has("Cargo.toml"))) {
    return;
  }
  for (const entry of entries) {
    const isLeftOut = [/^\.git/u, /^Cargo\.lock$/u, /^(?:target|node_modules)$/u].some((pattern) =>
      pattern.test(entry.name),
    );
    if (!isLeftOut && !edited.has(join(target, entry.name))) {
      await copyEntry(join(source, entry.name), join(target, entry.name), edited);
    }
  }
  for (const name of await readdir(target)) {
    if (!names.has(name) && !edited.has(join(target, name))) {
      await rm(join(target, name), { recursive: true, force: true });
    }
  }
}

async function copyEntry(from: string, to: string, edited: ReadonlySet<string>): Promise<void> {
  // Links are followed; one that leads nowhere is nobody's source.
  const status = await stat(from).catch(() => null);
  if (status?.isDirectory() === true) {
    await copyTree(from, to, edited, false);
  } else if (status?.isFile() === true) {
    await copyChanged(from, to);
  }
}

/** Size and date prove nothing: a tool may keep both. The copy is as new as the change, so that cargo sees it. */
async function copyChanged(from: string, to: string): Promise<void> {
  const source = await readRegularFile(from, { limit: fileLimits.source });
  const target = await readRegularFile(to, { limit: fileLimits.source });
  if (source.ok && target.ok && source.value.equals(target.value)) {
    return;
  }
  await rm(to, { force: true });
  await copyFile(from, to);
}
