// What tests say of Windows: there some facts of POSIX do not hold, and the exit code of a crash stands where a signal does elsewhere.

/** Whether the tests run there, on Windows or under Wine. */
export const isWindows = process.platform === "win32";

/** What cargo calls the library of a crate. */
export function libraryFile(crate: string): string {
  return isWindows ? `${crate}.dll` : `lib${crate}.so`;
}

/** Defines tests of something that only POSIX has; `_what` says what that is. */
export function onPosix(_what: string, define: () => void): void {
  if (!isWindows) {
    define();
  }
}

/** How the end of a process is told: by a signal, on Windows by its exit code. */
export const death = isWindows
  ? { memoryFault: /0xC0000005 \(access violation\)/, abort: /0xC0000409 \(abort\)/ }
  : { memoryFault: /SIGSEGV/, abort: /SIGABRT/ };
