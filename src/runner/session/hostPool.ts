// Keeps host processes warm: one per library in use, and one spare that is started before it is needed (R5). Each library
// has a lane: one call at a time (a plugin need not be thread-safe), a new process after an end or a new build. Calls are never
// replayed, and one that somebody asks for is always made; a library that nobody asked to look into is left alone after three crashes (R7).

import type { Disposable } from "../../model/disposable.ts";
import type { ProcessDeath } from "../../model/outcome.ts";
import { CrashRule } from "../process/crashRule.ts";
import { HostProcess } from "../process/hostProcess.ts";
import type { HostLaunch, HostWish } from "../process/hostProcess.ts";
import { HostSession } from "./hostSession.ts";
import { LaneInstances } from "./laneInstances.ts";
import type { LossReason, WantedInstance } from "./laneInstances.ts";
import type { StagedLibrary } from "../process/stagedDylib.ts";
import { Turnstile } from "../process/turnstile.ts";

type Environment = Readonly<Record<string, string>>;

export interface PoolOptions {
  readonly launch: HostLaunch;
  /** Keep one process ready beyond those in use. */
  readonly keepsSpare: boolean;
  /** An unused host is ended after this time. */
  readonly idleMs: number;
  /** Most libraries that stay loaded while unused. */
  readonly warmHosts: number;
  /** A copy that no host uses any more. */
  readonly onReleased: (library: StagedLibrary) => void;
  /** Configured instances were constructed or ended. */
  readonly onInstances: () => void;
}

/** The calls into one library, with one environment and one limit of memory. */
export class HostLane {
  readonly turnstile = new Turnstile();
  readonly crashes = new CrashRule();
  /** The build that is loaded, or was last. */
  library: StagedLibrary | null = null;
  session: HostSession | null = null;
  idleTimer: NodeJS.Timeout | null = null;
  lastUse = 0;
  /** How the host ended while no call ran, for the next call to tell. */
  idleDeath: ProcessDeath | null = null;
  readonly instances = new LaneInstances();
  /** Its host is for one use, and other processes of the user may debug it. */
  readonly isDebuggable: boolean;
  /** Of its host; undefined leaves it to {@link HostLaunch.memoryLimit}. */
  readonly memoryLimit: number | null | undefined;

  constructor({ isDebuggable = false, memoryLimit }: HostWish = {}) {
    this.isDebuggable = isDebuggable;
    this.memoryLimit = memoryLimit;
  }

  /** Gives up the session; the configured instances in it are gone, and their names come back. */
  giveUp(reason: LossReason): readonly string[] {
    const lost = this.session?.configured ?? [];
    this.instances.lose(lost, reason);
    this.session = null;
    return lost.map(({ name }) => name);
  }
}

export class HostPool implements Disposable {
  readonly #options: PoolOptions;
  readonly #lanes = new Map<string, HostLane>();
  readonly #debugLanes = new Set<HostLane>();
  readonly #live = new Set<HostProcess>();
  /** Sessions of builds that are replaced, kept for the streams that are open in them. */
  readonly #outlived = new Map<HostSession, StagedLibrary | null>();
  #spare: { readonly key: string; readonly host: HostProcess } | null = null;
  #lastEnvironment: Environment = {};
  #uses = 0;
  #isDisposed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Process ids of all hosts that run, the spare among them. */
  get pids(): readonly number[] {
    return [...this.#live].flatMap((host) => (host.pid === undefined ? [] : [host.pid]));
  }

  /** The configured instances that live. */
  get instances(): readonly WantedInstance[] {
    return [...this.#lanes.values()].flatMap(({ session }) =>
      session?.isUsable === true ? session.configured : [],
    );
  }

  /** The lanes that have, or lost, a configured instance. */
  get lanes(): readonly HostLane[] {
    return [...this.#lanes.values()];
  }

  /** The lane of a library (by the path of the file that cargo built), directory and environment. */
  lane(place: {
    readonly library: string;
    readonly workingDirectory: string;
    readonly environment: Environment;
    readonly memoryLimit?: number | null | undefined;
  }): HostLane {
    const { library, workingDirectory, environment, memoryLimit } = place;
    const limit = memoryLimit === undefined ? "default" : memoryLimit;
    const key = JSON.stringify([library, workingDirectory, environmentKey(environment), limit]);
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      lane = new HostLane({ memoryLimit });
      this.#lanes.set(key, lane);
    }
    return lane;
  }

  /** A lane for one use, in a fresh host that other processes of the user may debug; to be discarded. */
  debugLane(): HostLane {
    const lane = new HostLane({ isDebuggable: true });
    this.#debugLanes.add(lane);
    return lane;
  }

  /** Ends the host of a lane that was made for one use. */
  async discard(lane: HostLane): Promise<void> {
    const { session } = lane;
    this.#debugLanes.delete(lane);
    clearTimeout(lane.idleTimer ?? undefined);
    lane.session = null;
    await (session?.isUsable === true ? session.process.close() : session?.process.ended);
    if (lane.library !== null) {
      this.#options.onReleased(lane.library);
    }
  }

  /**
   * A session for a build, to be used inside the lane's turnstile: the lane's own while it lives and has this build, else
   * on the spare or a new process.
   */
  async session(
    lane: HostLane,
    library: StagedLibrary,
    environment: Environment,
  ): Promise<HostSession> {
    this.#markUse(lane);
    await this.#noteEnd(lane);
    if (lane.library?.id !== library.id) {
      this.retire(lane, "the plugin was built anew");
      lane.library = library;
      lane.crashes.reset();
    }
    if (lane.session?.isUsable !== true) {
      const isOrdinary = !lane.isDebuggable && lane.memoryLimit === undefined;
      const host = isOrdinary ? this.#takeHost(environment) : this.#start(environment, lane);
      lane.session = new HostSession(host);
    }
    return lane.session;
  }

  /** Whether a session goes on for its streams alone: its lane has another build, or other host functions. */
  isOutlived(session: HostSession): boolean {
    return this.#outlived.has(session);
  }

  /** A stream in a session is over; the session of an older build ends with its last one. */
  afterStream(lane: HostLane, session: HostSession): void {
    const library = this.#outlived.get(session);
    if (library !== undefined && session.streams.count === 0) {
      this.#outlived.delete(session);
      this.#end(session, library);
    }
    this.afterUse(lane);
  }

  /** To be called after each use of a session: keeps what is warm within bounds and a spare ready. */
  afterUse(lane: HostLane): void {
    if (this.#isDisposed) {
      return;
    }
    if (lane.session?.isUsable !== true) {
      lane.giveUp("its process ended");
    }
    this.#options.onInstances();
    this.#markUse(lane);
    if (lane.session !== null) {
      lane.idleTimer = setTimeout(() => {
        this.#closeIfIdle(lane);
      }, this.#options.idleMs).unref();
    }
    const warm = [...this.#lanes.values()].filter((other) => other.session?.isUsable === true);
    warm.sort((left, right) => right.lastUse - left.lastUse);
    for (const other of warm.slice(this.#options.warmHosts)) {
      this.#closeIfIdle(other);
    }
    // Starting a process takes some milliseconds of this thread: whoever waits for the outcome comes first.
    setImmediate(() => {
      this.warmUp();
    });
  }

  /** Starts the spare when there is none. */
  warmUp(environment: Environment = this.#lastEnvironment): void {
    this.#lastEnvironment = environment;
    if (this.#isDisposed || !this.#options.keepsSpare || this.#spare?.host.isAlive === true) {
      return;
    }
    this.#spare = { key: environmentKey(environment), host: this.#start(environment) };
  }

  /** Ends all hosts and forgets crashes; calls that run come back as cancelled. How many processes had a library loaded. */
  async restart(): Promise<number> {
    const ends: Promise<unknown>[] = [];
    let ended = 0;
    for (const lane of this.#lanes.values()) {
      lane.crashes.reset();
      const { session } = lane;
      ended += session?.isUsable === true ? 1 : 0;
      lane.giveUp("the host was restarted");
      if (session !== null && lane.turnstile.isFree && session.streams.count === 0) {
        ends.push(session.process.close());
      } else if (session !== null) {
        session.stop("cancelled", "the hosts were restarted");
        ends.push(session.process.ended);
      }
    }
    const apart = [...this.#debugLanes].flatMap(({ session }) => session ?? []);
    for (const session of [...this.#outlived.keys(), ...apart]) {
      ended += session.isUsable ? 1 : 0;
      session.stop("cancelled", "the hosts were restarted");
      ends.push(session.process.ended);
    }
    ends.push(this.#spare?.host.stop() ?? Promise.resolve());
    this.#spare = null;
    this.#options.onInstances();
    await Promise.all(ends);
    this.warmUp();
    return ended;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const lane of [...this.#lanes.values(), ...this.#debugLanes]) {
      clearTimeout(lane.idleTimer ?? undefined);
      lane.session?.stop("cancelled");
    }
    for (const host of this.#live) {
      host.dispose();
    }
  }

  /** Settles when every host that was ever started has ended. */
  async ended(): Promise<void> {
    await Promise.all([...this.#live].map((host) => host.ended));
  }

  #takeHost(environment: Environment): HostProcess {
    this.#lastEnvironment = environment;
    const spare = this.#spare;
    if (spare?.host.isAlive === true && spare.key === environmentKey(environment)) {
      this.#spare = null;
      return spare.host;
    }
    spare?.host.dispose();
    this.#spare = null;
    return this.#start(environment);
  }

  #start(environment: Environment, how?: HostWish): HostProcess {
    const host = new HostProcess(this.#options.launch, environment, how);
    this.#live.add(host);
    void host.ended.then(() => this.#live.delete(host));
    // Nothing waits for the answer: a host of another version ends itself by it.
    void host.hello();
    return host;
  }

  /** A host that ended by itself between two calls: a crash like any other, but one that perhaps no call or stream saw. */
  async #noteEnd(lane: HostLane): Promise<void> {
    const { session } = lane;
    if (session === null || session.isUsable) {
      return;
    }
    await session.process.ended;
    lane.giveUp("its process ended");
    const death = session.process.ownDeath;
    if (death !== null && session.tellEnd()) {
      lane.idleDeath = death;
    }
  }

  #markUse(lane: HostLane): void {
    clearTimeout(lane.idleTimer ?? undefined);
    lane.idleTimer = null;
    this.#uses += 1;
    lane.lastUse = this.#uses;
  }

  #closeIfIdle(lane: HostLane): void {
    if (lane.turnstile.isFree && (lane.session?.streams.count ?? 0) === 0) {
      this.retire(lane, "its process was not used for long and ended");
    }
  }

  /** Ends a lane's host in peace; while streams are open in it, it goes on for them alone. */
  retire(lane: HostLane, reason: LossReason): void {
    const { session, library } = lane;
    lane.giveUp(reason);
    this.#options.onInstances();
    if (session !== null && session.streams.count > 0) {
      this.#outlived.set(session, library);
    } else {
      this.#end(session, library);
    }
  }

  #end(session: HostSession | null, library: StagedLibrary | null): void {
    const isEnded = session === null ? Promise.resolve() : session.process.close();
    if (library !== null) {
      void isEnded.then(() => {
        this.#options.onReleased(library);
      });
    }
  }
}

function environmentKey(environment: Environment): string {
  return JSON.stringify(Object.entries(environment).sort());
}
