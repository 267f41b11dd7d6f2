// Libraries and packages that the user opened, kept per workspace. A library's plugins get their types from the interfaces of
// the open crates, by name and hash; a package is a cargo package, whose folder the language server reads like any other.
// What is remembered of a library is what it said of itself, so a reload loads nothing.

import { basename } from "node:path";
import { fileState } from "../../cargo/build/fileState.ts";
import { isInside } from "../../cargo/manifest/manifestStore.ts";
import { nameText } from "../../model/text/foreignText.ts";
import { libraryPlugins, type InterfaceChoice } from "../../model/libraryPlugins.ts";
import type { LibraryReport } from "../../model/libraryReport.ts";
import type { LoadFailure } from "../../model/outcome.ts";
import type { PluginSchema, ProjectModel, UnmatchedPlugin } from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { OpenedPath } from "../../packages/openPackage.ts";
import { describeSignature, packageName } from "../../packages/signatureText.ts";
import type { KeyValueStore } from "../platform/keyValueStore.ts";

/** With the form of what is stored in its name: another form is another key. */
const storageKey = "fidius.openedLibraries.1";

/** One thing that is open. */
export type OpenedLibrary =
  | {
      readonly kind: "library";
      /** As it was chosen, and what the library's plugins are called on. */
      readonly path: string;
      /** State of the file when it was looked at. */
      readonly state: string;
      readonly report: LibraryReport;
      /** A sentence on who signed it. */
      readonly signature: string;
      /** The Fidius release, where only the user can know it (reference 4.1). */
      readonly fidiusVersion?: string;
    }
  | {
      readonly kind: "package";
      readonly path: string;
      /** The package itself; for an archive where it was unpacked. */
      readonly folder: string;
      /** Where it is built: outside of itself. Absent in what earlier versions kept. */
      readonly targetDirectory?: string;
      readonly signature: string;
    };

type OpenedPackage = Extract<OpenedLibrary, { readonly kind: "package" }>;
type OpenedFile = Extract<OpenedLibrary, { readonly kind: "library" }>;

type FoundPackage = Extract<OpenedPath, { readonly kind: "package" }>;

export interface OpenedLibraryPorts {
  readonly store: KeyValueStore;
  /** What a path is, and who signed it, by the keys and rules of the settings. */
  readonly openPath: (path: string) => Promise<Result<OpenedPath, string>>;
  /** Loads a library in a host process. */
  readonly inspect: (library: string) => Promise<Result<LibraryReport, LoadFailure>>;
  /** Asks which release built a library that does not say; undefined when nobody knows. */
  readonly askRelease: (library: string) => PromiseLike<string | undefined>;
  /** What the user chose for the plugins of a library. */
  readonly choicesOf: (path: string) => readonly InterfaceChoice[];
  readonly onDidChange: () => Promise<void>;
}

export class OpenedLibraries {
  readonly #ports: OpenedLibraryPorts;

  constructor(ports: OpenedLibraryPorts) {
    this.#ports = ports;
  }

  /** In the order of their opening. */
  get list(): readonly OpenedLibrary[] {
    const stored = this.#ports.store.get(storageKey);
    return Array.isArray(stored) ? stored.filter(isOpenedLibrary) : [];
  }

  /** Folders that the language server reads beside those of the workspace. */
  get packageFolders(): readonly string[] {
    return this.list.flatMap((opened) => (opened.kind === "package" ? [opened.folder] : []));
  }

  /** Opens a path, or looks at it anew. The error is a whole sentence; nothing changes then. */
  async open(path: string): Promise<Result<OpenedLibrary, string>> {
    const found = await this.#ports.openPath(path);
    return found.ok ? this.#look(path, found.value) : found;
  }

  /** The opened package that a crate lies in; undefined for one of the workspace. */
  packageOf(manifestPath: string): OpenedPackage | undefined {
    return this.list.find(
      (opened): opened is OpenedPackage =>
        opened.kind === "package" && isInside(opened.folder, manifestPath),
    );
  }

  async close(path: string): Promise<void> {
    await this.#store(this.list.filter((opened) => opened.path !== path));
  }

  /**
   * The library to call, its signature checked again: the file may be another one by now. The error is a whole sentence. A
   * file that changed is looked at anew, so that its plugins and their types are those of the file that is called.
   */
  async ready(path: string): Promise<Result<{ readonly notes: readonly string[] }, string>> {
    const found = await this.#ports.openPath(path);
    if (!found.ok) {
      return found;
    }
    const known = this.list.find((opened) => opened.path === path);
    if (known?.kind === "library" && known.state !== fileState(path)) {
      const renewed = await this.#look(path, found.value);
      if (!renewed.ok) {
        return renewed;
      }
    }
    if (found.value.kind === "package") {
      return this.#readyPackage(path, known, found.value);
    }
    const { signature } = found.value;
    return ok({
      notes:
        signature.kind === "unsigned"
          ? []
          : [describeSignature(nameText(basename(path)), signature)],
    });
  }

  /** What is built is what was checked just now: a package of another content lies in another folder, and is read anew first. */
  async #readyPackage(
    path: string,
    known: OpenedLibrary | undefined,
    found: FoundPackage,
  ): Promise<Result<{ readonly notes: readonly string[] }, string>> {
    if (known?.kind === "package" && known.folder !== found.folder) {
      const renewed = await this.#look(path, found);
      const name = nameText(basename(path));
      return renewed.ok
        ? err(`${name} has changed since it was opened, and is read anew. Call again.`)
        : renewed;
    }
    const { info, signature } = found;
    // Its user was told when it was opened.
    return ok({
      notes: signature.kind === "unsigned" ? [] : [describeSignature(packageName(info), signature)],
    });
  }

  /** Plugins of all open libraries whose interface has a source here. */
  plugins(model: ProjectModel): readonly PluginSchema[] {
    return this.list.flatMap((opened) =>
      opened.kind === "library" ? this.#pluginsOf(opened, model) : [],
    );
  }

  #pluginsOf(opened: OpenedFile, model: ProjectModel): readonly PluginSchema[] {
    return pluginsOfLibrary(opened, model, this.#ports.choicesOf(opened.path)).plugins;
  }

  /** Keeps what a path turned out to be, with what a library says of itself. */
  async #look(path: string, found: OpenedPath): Promise<Result<OpenedLibrary, string>> {
    const opened =
      found.kind === "package" ? openedPackage(path, found) : await this.#openLibrary(found);
    if (opened.ok) {
      await this.#keep(opened.value);
    }
    return opened;
  }

  async #openLibrary({
    file,
    signature,
  }: Extract<OpenedPath, { readonly kind: "library" }>): Promise<Result<OpenedLibrary, string>> {
    const state = fileState(file);
    const inspected = await this.#ports.inspect(file);
    if (!inspected.ok) {
      return err(inspected.error.message);
    }
    const report = inspected.value;
    const before = this.list.find(({ path }) => path === file);
    const known = before?.kind === "library" ? before.fidiusVersion : undefined;
    const fidiusVersion = hidesRelease(report)
      ? (known ?? (await this.#ports.askRelease(file)))
      : undefined;
    return ok({
      kind: "library",
      path: file,
      state,
      report,
      signature: describeSignature(nameText(basename(file)), signature),
      ...(fidiusVersion === undefined ? {} : { fidiusVersion }),
    });
  }

  async #keep(opened: OpenedLibrary): Promise<void> {
    const { list } = this;
    const isKnown = list.some(({ path }) => path === opened.path);
    await this.#store(
      isKnown
        ? list.map((known) => (known.path === opened.path ? opened : known))
        : [...list, opened],
    );
  }

  async #store(list: readonly OpenedLibrary[]): Promise<void> {
    await this.#ports.store.update(storageKey, list);
    await this.#ports.onDidChange();
  }
}

/** Plugins of one library with full types, and those of its registry whose interface no open crate declares. */
export function pluginsOfLibrary(
  { path, report, fidiusVersion }: OpenedFile,
  { interfaces, dependencyInterfaces = [], plugins }: ProjectModel,
  choices: readonly InterfaceChoice[] = [],
): { readonly plugins: readonly PluginSchema[]; readonly unmatched: readonly UnmatchedPlugin[] } {
  const visible = plugins.filter(({ library }) => library?.file === undefined);
  const found = libraryPlugins({
    report,
    interfaces: [...interfaces, ...dependencyInterfaces],
    visible,
    owner: null,
    acceptsOutdated: false,
    choices,
  });
  return {
    unmatched: found.unmatched,
    plugins: found.plugins.map((plugin) => ({
      ...plugin,
      // Its source may be open too, under the id without the path.
      id: `${path}#${plugin.id}`,
      library: { ...(plugin.library ?? { slotOrder: "assumed" }), file: path },
      missingAsyncFeatures: [],
      ...(fidiusVersion === undefined ? {} : { fidiusVersion }),
    })),
  };
}

/** Debug builds of Fidius 0.0 took single arguments in two ways and do not say in which (reference 4.1). */
function hidesRelease({ abi, plugins }: LibraryReport): boolean {
  return abi === 2 && plugins.some(({ wire }) => wire === "json");
}

function openedPackage(
  path: string,
  { folder, targetDirectory, info, signature }: FoundPackage,
): Result<OpenedLibrary, string> {
  const name = packageName(info);
  if (info.runtime !== "rust") {
    return err(
      `Not callable here: ${name} has the ${info.runtime} runtime; only packages of the rust runtime can be called. Load it with a host of that runtime.`,
    );
  }
  const verdict = describeSignature(name, signature);
  return ok({ kind: "package", path, folder, targetDirectory, signature: verdict });
}

function isOpenedLibrary(entry: unknown): entry is OpenedLibrary {
  const { kind, path, signature, ...rest } = (entry ?? {}) as Partial<
    Record<string, unknown> & OpenedLibrary
  >;
  const isWhole =
    kind === "library"
      ? "report" in rest && typeof rest.report === "object"
      : kind === "package" &&
        "folder" in rest &&
        typeof rest.folder === "string" &&
        (!("targetDirectory" in rest) || typeof rest.targetDirectory === "string");
  return isWhole && typeof path === "string" && typeof signature === "string";
}
