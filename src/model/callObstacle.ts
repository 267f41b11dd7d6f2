// Why a crate has no library that a host could load, and what it takes to have one. One sentence for every client.

import type { CallObstacle, CargoTarget, CrateInfo } from "./plugin.ts";

/** What is said of a crate that makes no dynamic library. */
export function noLibraryMessage({ name, manifestPath, target }: CrateInfo): string {
  if (target === undefined) {
    return `${name} is no dynamic library, so there is nothing to load: add crate-type = ["cdylib"] under [lib] of ${manifestPath}.`;
  }
  const what = targetText(target);
  return target.kind === "example"
    ? `The ${what} of ${name} is a program, and a host loads libraries: add crate-type = ["cdylib"] to a [[example]] with name = "${target.name}" in ${manifestPath}.`
    : `The ${what} of ${name} is a program, and a host loads libraries: move the plugin into a library with crate-type = ["cdylib"], or into an example with that crate type.`;
}

/** "example demo". */
export function targetText({ kind, name }: CargoTarget): string {
  return `${kind === "bin" ? "program" : kind === "bench" ? "benchmark" : kind} ${name}`;
}

/** Of a package for another kind of host: `reason` is what shows it, to go after "because". */
export function guestObstacle(
  { name, target }: CrateInfo,
  kind: "wasm" | "python",
  reason: string,
): CallObstacle {
  const what = target === undefined ? name : `The ${targetText(target)} of ${name}`;
  const is = kind === "wasm" ? "a WASM component" : "a Python package";
  const loader = kind === "wasm" ? "the wasm feature" : "the python feature";
  const native =
    kind === "wasm"
      ? " A native plugin takes `fidius` or `fidius_core`, and builds for this machine."
      : ' A native plugin has runtime = "rust".';
  return {
    kind,
    message: `${what} is ${is}, because ${reason}: a Fidius host with ${loader} loads it, and it cannot be called here.${native}`,
  };
}
