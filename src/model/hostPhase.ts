// What a host process does for a call, for whoever shows how far it is.

/**
 * `attaching`: the host waits for a debugger that was asked for; `debugging`: the method runs without a limit of time, because a
 * debugger is attached.
 */
export type HostPhase = "loading" | "attaching" | "calling" | "debugging";
