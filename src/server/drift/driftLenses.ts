// A lens on each interface that breaks something: "2 breaking changes since v0.3". What a revision had is read in the background; a
// lens shows what was found last, and the editor is asked to take new ones once more is known.

import type { CodeLens, Command } from "vscode-languageserver";
import { countChanges, breakingText } from "../../drift/summary.ts";
import { labelText } from "../../model/text/foreignText.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import { serverCommands, type CompareTarget } from "../../protocol/lsp.ts";
import { findBase, type BaseRevision } from "../../revisions/baseRevision.ts";
import { compareWith } from "../../revisions/driftReports.ts";
import type { RevisionInterfaces } from "../../revisions/compareRevision.ts";
import type { ServerSettings } from "../settings.ts";
import type { ComparePorts } from "./compareInterfaces.ts";

/** Tags and branches move seldom: git is asked again no sooner. */
const baseLifetimeMs = 60_000;

interface Baseline {
  readonly base: BaseRevision;
  readonly then: RevisionInterfaces;
}

interface FolderState {
  baseline: { readonly at: number; readonly value: Baseline | undefined } | undefined;
  /** What the counts were made of. */
  snapshot: ProjectSnapshot | undefined;
  /** Breaking changes by the interface's id. */
  counts: ReadonlyMap<string, number>;
  label: string;
  isBusy: boolean;
}

export class DriftLenses {
  readonly #settings: Pick<ServerSettings, "compareWith" | "compareCommand">;
  readonly #ports: ComparePorts;
  readonly #onDidChange: () => void;
  readonly #folders = new Map<string, FolderState>();

  constructor(
    settings: Pick<ServerSettings, "compareWith" | "compareCommand">,
    ports: ComparePorts,
    onDidChange: () => void,
  ) {
    this.#settings = settings;
    this.#ports = ports;
    this.#onDidChange = onDidChange;
  }

  /** Those that are known by now. Never waits. */
  lenses(file: string, snapshot: ProjectSnapshot): readonly CodeLens[] {
    const { compareWith: kind } = this.#settings;
    if (kind === "off" || !this.#ports.isTrusted()) {
      return [];
    }
    const { interfaces, hostInterfaces } = snapshot.model;
    return [...interfaces, ...hostInterfaces]
      .filter(({ nameSpan }) => nameSpan.file === file)
      .flatMap(({ id, nameSpan, crate }) => {
        const state = this.#stateOf(crate.workspaceRoot);
        this.#bringUpToDate(crate.workspaceRoot, state, snapshot, kind);
        const count = state.counts.get(id) ?? 0;
        const { start, end } = nameSpan;
        return count === 0
          ? []
          : [{ range: { start, end }, command: this.#command(id, count, state.label, kind) }];
      });
  }

  #command(interfaceId: string, count: number, label: string, base: BaseRevision["kind"]): Command {
    const { compareCommand } = this.#settings;
    const target: CompareTarget =
      compareCommand === null ? { interfaceId, base, isShown: true } : { interfaceId, base };
    return {
      title: labelText(breakingText(count, `since ${label}`)),
      command: compareCommand ?? serverCommands.compare,
      arguments: [target],
    };
  }

  #stateOf(folder: string): FolderState {
    const state = this.#folders.get(folder) ?? {
      baseline: undefined,
      snapshot: undefined,
      counts: new Map(),
      label: "",
      isBusy: false,
    };
    this.#folders.set(folder, state);
    return state;
  }

  #bringUpToDate(
    folder: string,
    state: FolderState,
    snapshot: ProjectSnapshot,
    kind: BaseRevision["kind"],
  ): void {
    const isKnown =
      state.baseline !== undefined && performance.now() - state.baseline.at < baseLifetimeMs;
    if (state.isBusy || (state.snapshot === snapshot && isKnown)) {
      return;
    }
    state.isBusy = true;
    const before = JSON.stringify([state.label, ...state.counts]);
    void this.#compare(folder, state, kind, isKnown).finally(() => {
      state.isBusy = false;
      if (JSON.stringify([state.label, ...state.counts]) !== before) {
        this.#onDidChange();
      }
    });
  }

  async #compare(
    folder: string,
    state: FolderState,
    kind: BaseRevision["kind"],
    isKnown: boolean,
  ): Promise<void> {
    if (!isKnown) {
      const value = await this.#readBaseline(folder, kind);
      state.baseline = { at: performance.now(), value };
    }
    const snapshot = this.#ports.snapshot();
    state.snapshot = snapshot;
    const baseline = state.baseline?.value;
    const report =
      baseline === undefined
        ? undefined
        : await compareWith({ snapshot, folder }, baseline.then, baseline.base.label);
    state.label = baseline?.base.label ?? "";
    state.counts = new Map(
      report?.ok === true
        ? report.value.drifts.map(({ before, after }) => {
            const id = (after ?? before)?.id ?? "";
            const own = report.value.changes.filter(({ interfaceId }) => interfaceId === id);
            return [id, countChanges(own).breaking] as const;
          })
        : [],
    );
  }

  async #readBaseline(folder: string, kind: BaseRevision["kind"]): Promise<Baseline | undefined> {
    const { reports, signal } = this.#ports;
    const base = await findBase(folder, kind, signal);
    const then = base.ok ? await reports.read(folder, base.value.revision, signal) : undefined;
    return base.ok && then?.ok === true ? { base: base.value, then: then.value } : undefined;
  }
}
