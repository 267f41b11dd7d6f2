// What somebody who debugs a call needs to know of its host, and what the call waits for.

import type { Result } from "./result.ts";

/** A host process that has a plugin's library loaded and waits for a debugger before it calls the method. */
export interface DebuggableHost {
  readonly pid: number;
  /** The program that the process runs. */
  readonly program: string;
  /** The private copy of the library, which is what the process has loaded. */
  readonly libraryCopy: string;
  /** The library that cargo built. */
  readonly library: string;
  /** Whether a debugger is attached now; null where the system does not tell. */
  isDebugged(): Promise<boolean | null>;
}

/** Who debugs a call. */
export interface DebugUser {
  /**
   * Settles when the method may run, or with the reason why it may not, a whole sentence. `over` settles when the call is
   * cancelled or the process ends meanwhile; what this one settles with does not matter then.
   */
  attach(host: DebuggableHost, over: Promise<unknown>): Promise<Result<null, string>>;
  /** The call is over; the process ends when this settles. */
  detach?(): Promise<void>;
}
