// Programs on Windows by full path. A bare name is looked for in the current folder first there, so that a program planted in a
// workspace would run instead of the one that was meant.

import { win32 } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Full path of a program that is part of Windows, such as `taskkill`. */
export function windowsSystemProgram(name: string, environment: Environment = process.env): string {
  const root = Object.entries(environment).find(
    ([variable, value]) => variable.toUpperCase() === "SYSTEMROOT" && win32.isAbsolute(value ?? ""),
  )?.[1];
  return win32.join(root ?? "C:\\Windows", "System32", `${name}.exe`);
}
