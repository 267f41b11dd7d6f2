// Libraries that are called as they are, opened by their user or never built anew: by which types, and what is said of them. What
// it needs is loaded with the first of them, or with the first build.

import type { LibraryAge } from "../../calls/age/libraryAge.ts";
import type { LibraryRecords } from "../../calls/age/libraryRecords.ts";
import type { BuildStep } from "../../calls/pluginBuilder.ts";
import { crateIdOf } from "../../model/crateGraph.ts";
import type { Buildable, PluginSchema, ProjectModel } from "../../model/plugin.ts";
import type { BuildService } from "../build/buildService.ts";
import type { FoundMethod } from "../panel/panelState.ts";

export interface LibraryAgesPorts {
  /** Where is kept by which types the libraries are called that were built here. */
  readonly folder: string;
  readonly builds: Pick<BuildService, "givenLibrary">;
  /** The project as its sources are now. */
  readonly refresh: () => Promise<ProjectModel>;
}

export class LibraryAges {
  readonly #ports: LibraryAgesPorts;
  readonly #older = new WeakSet<PluginSchema>();
  #records: LibraryRecords | undefined;

  constructor(ports: LibraryAgesPorts) {
    this.#ports = ports;
  }

  /** Whether the plugin's library was found to be older than the types of today: the compiler does not speak for it. */
  isOlder(plugin: PluginSchema): boolean {
    return this.#older.has(plugin);
  }

  /** The method with the types that its library was built from, as far as they are known; starts no program. */
  async described(found: FoundMethod): Promise<FoundMethod> {
    const library = await this.#ports.builds.givenLibrary(found.plugin);
    if (library === undefined) {
      return found;
    }
    const { typesOfBuild } = await import("../../calls/age/libraryAge.ts");
    const then = await typesOfBuild(library, found, await this.#loadRecords());
    return then === undefined ? found : this.#mark({ ...then, notes: [], isOlder: true });
  }

  /** The same for a call, with what is said of the library. */
  async of(found: FoundMethod, isDebugged: boolean, signal: AbortSignal): Promise<LibraryAge> {
    const library = await this.#ports.builds.givenLibrary(found.plugin, isDebugged);
    if (library === undefined) {
      return { ...found, notes: [], isOlder: false };
    }
    const { libraryAge } = await import("../../calls/age/libraryAge.ts");
    return this.#mark(await libraryAge(library, found, await this.#loadRecords(), signal));
  }

  /** After a build: by which types its library is called, unless a source has changed since it began. */
  async remember(built: Buildable, step: BuildStep, startedAtMs: number): Promise<void> {
    if (step.kind === "ready" && step.buildMs !== undefined) {
      const { rememberBuild } = await import("../../calls/age/rememberBuild.ts");
      const { plugins } = await this.#ports.refresh();
      const inLibrary = plugins.filter(
        ({ crate, library }) =>
          library?.file === undefined && crateIdOf(crate) === crateIdOf(built.crate),
      );
      await rememberBuild(step, inLibrary, startedAtMs, await this.#loadRecords());
    }
  }

  #mark<T extends LibraryAge>(age: T): T {
    if (age.isOlder) {
      this.#older.add(age.plugin);
    } else {
      this.#older.delete(age.plugin);
    }
    return age;
  }

  async #loadRecords(): Promise<LibraryRecords> {
    const { LibraryRecords: Records } = await import("../../calls/age/libraryRecords.ts");
    this.#records ??= new Records(this.#ports.folder);
    return this.#records;
  }
}
