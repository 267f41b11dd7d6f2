// What the libraries of candidates said of themselves, kept per workspace, so that plugins that no source shows are there
// after a reload without loading anything. The server makes plugins of it. Libraries are loaded in host processes only.

import { fileState } from "../../cargo/build/fileState.ts";
import type { InterfaceChoice } from "../../model/libraryPlugins.ts";
import type { LibraryReport } from "../../model/libraryReport.ts";
import type { LoadFailure } from "../../model/outcome.ts";
import { err, type Result } from "../../model/result.ts";
import type { LibraryAnswer } from "../../protocol/lsp.ts";
import type { KeyValueStore } from "../platform/keyValueStore.ts";

/** With the form of what is stored in its name: another form is another key. */
const storageKey = "fidius.libraryReports.1";

/** What was remembered of one library. */
interface Remembered {
  readonly candidateId: string;
  readonly library: string;
  /** State of the library's file when it was looked at. */
  readonly state: string;
  readonly report: Result<LibraryReport, string>;
}

export interface LibraryReportPorts {
  readonly store: KeyValueStore;
  /** Loads a library in a host process. */
  readonly inspect: (library: string) => Promise<Result<LibraryReport, LoadFailure>>;
  /** What the user chose for the plugins of a candidate. */
  readonly choicesOf: (candidateId: string) => readonly InterfaceChoice[];
  /** Called with {@link LibraryReports.answers} whenever they change. */
  readonly onDidChange: (answers: readonly LibraryAnswer[]) => Promise<void>;
}

export class LibraryReports {
  readonly #ports: LibraryReportPorts;
  #told = "";

  constructor(ports: LibraryReportPorts) {
    this.#ports = ports;
  }

  /** Everything remembered, compared with the files as they are now. */
  answers(): readonly LibraryAnswer[] {
    return this.#remembered().map(({ candidateId, library, state, report }) => {
      const choices = this.#ports.choicesOf(candidateId);
      return {
        candidateId,
        report,
        isOutdated: fileState(library) !== state,
        ...(choices.length === 0 ? {} : { choices }),
      };
    });
  }

  /** Looks into a library that was just built, unless this very file was looked into before. */
  async learn(candidateId: string, library: string): Promise<Result<LibraryReport, string>> {
    const state = fileState(library);
    const known = this.#remembered().find((entry) => entry.candidateId === candidateId);
    if (known?.library === library && known.state === state) {
      return known.report;
    }
    const inspected = await this.#ports.inspect(library);
    const report = inspected.ok ? inspected : err(inspected.error.message);
    const others = this.#remembered().filter((entry) => entry.candidateId !== candidateId);
    await this.#ports.store.update(storageKey, [
      ...others,
      { candidateId, library, state, report },
    ]);
    await this.tell();
    return report;
  }

  /** Hands the answers over when they are others than last time. */
  async tell(): Promise<void> {
    const answers = this.answers();
    const text = JSON.stringify(answers);
    if (text !== this.#told) {
      this.#told = text;
      await this.#ports.onDidChange(answers);
    }
  }

  #remembered(): readonly Remembered[] {
    const stored = this.#ports.store.get(storageKey);
    return Array.isArray(stored) ? stored.filter(isRemembered) : [];
  }
}

function isRemembered(entry: unknown): entry is Remembered {
  const { candidateId, library, state, report } = (entry ?? {}) as Partial<Remembered>;
  return (
    typeof candidateId === "string" &&
    typeof library === "string" &&
    typeof state === "string" &&
    typeof report === "object"
  );
}
