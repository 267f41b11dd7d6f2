// The interface of the workspace that a new plugin implements or a new host calls.

import { dirname } from "node:path";
import { asTable, parseTomlValues, type TomlTable } from "../cargo/manifest/tomlDocument.ts";
import { createDiskFiles } from "../cargo/manifest/manifestFiles.ts";
import { nullLogger } from "../model/logger.ts";
import type { InterfaceSchema } from "../model/plugin.ts";
import { err, ok, type Result } from "../model/result.ts";
import { createProject } from "../project/project.ts";
import { sourceLike, type PackageSource } from "./fidiusDependency.ts";
import type { NewCrate } from "./newCrate.ts";
import type { OpenTexts, WorkspacePlace } from "./workspacePlace.ts";

export interface FoundCrateInterface {
  readonly schema: InterfaceSchema;
  /** Of its crate. */
  readonly folder: string;
  readonly manifest: TomlTable;
  /** Where its crate has Fidius from, seen from the new crate; undefined where it has it from another crate. */
  readonly fidius: PackageSource | undefined;
}

/**
 * The interface that the request names, or the only one that other crates can link; undefined where there is none to take. The error is
 * a sentence.
 */
export function findInterface(
  { kind, folder, interfaceName, methods }: NewCrate,
  place: WorkspacePlace | null,
  openTexts: OpenTexts,
): Result<FoundCrateInterface | undefined, string> {
  if (kind === "interface" || methods !== undefined) {
    return ok(undefined);
  }
  const all = place === null ? [] : interfacesOf(place.folder, openTexts);
  const linkable = all.filter(isLinkable);
  const chosen =
    interfaceName === undefined ? linkable : all.filter((each) => isNamed(each, interfaceName));
  const [first, ...others] = chosen;
  if (first === undefined) {
    return interfaceName === undefined
      ? ok(undefined)
      : err(noneOf(interfaceName, linkable, place));
  }
  if (others.length > 0) {
    return err(
      `There are several interfaces: ${chosen.map(nameOf).join(", ")}. Say which one is meant.`,
    );
  }
  if (!isLinkable(first)) {
    return err(
      `${nameOf(first)} is declared in ${first.crate.name}, which other crates cannot link. Move the interface to a library of its own first: fidius-call new interface.`,
    );
  }
  const text = createDiskFiles((file) => openTexts.get(file)).read(first.crate.manifestPath) ?? "";
  const manifest = parseTomlValues(text) ?? {};
  const crateFolder = dirname(first.crate.manifestPath);
  const written = asTable(manifest["dependencies"])?.["fidius"];
  return ok({
    schema: first,
    folder: crateFolder,
    manifest,
    fidius: sourceLike(written, crateFolder, folder),
  });
}

function interfacesOf(workspaceFolder: string, openTexts: OpenTexts): readonly InterfaceSchema[] {
  const project = createProject({
    folders: [workspaceFolder],
    isTrusted: false,
    logger: nullLogger,
  });
  try {
    for (const [file, text] of openTexts) {
      project.setOpenText(file, text);
    }
    return project
      .model()
      .interfaces.filter(({ crate }) => crate.workspaceRoot === workspaceFolder);
  } finally {
    project.dispose();
  }
}

/** Other crates can have its crate as a dependency. */
function isLinkable({ crate }: InterfaceSchema): boolean {
  return (
    crate.target === undefined &&
    crate.crateTypes.some((type) => type === "lib" || type === "rlib" || type === "dylib")
  );
}

function isNamed({ id, name, crate }: InterfaceSchema, wanted: string): boolean {
  return [id, name, `${crate.name}::${name}`, `${crate.libraryName}::${name}`].includes(wanted);
}

function nameOf({ crate, name }: InterfaceSchema): string {
  return `${crate.name}::${name}`;
}

function noneOf(
  wanted: string,
  interfaces: readonly InterfaceSchema[],
  place: WorkspacePlace | null,
): string {
  const where =
    place === null
      ? "and the folder is in no cargo workspace"
      : interfaces.length === 0
        ? "and this workspace has none at all"
        : `and this workspace has ${interfaces.map(nameOf).join(", ")}`;
  return `There is no interface ${JSON.stringify(wanted)}, ${where}. Give the name of an interface of the workspace, or make one first: fidius-call new interface.`;
}
