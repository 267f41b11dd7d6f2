// Names of new crates, and of the types in them: what cargo or rustc would refuse is refused before anything is written.

import { err, ok, type Result } from "../model/result.ts";

const keywords: ReadonlySet<string> = new Set(
  "abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true try type typeof unsafe unsized use virtual where while yield".split(
    " ",
  ),
);

/** Crates that every crate sees, or that the new one needs under their own names. */
const takenCrates: ReadonlySet<string> = new Set(
  "std core alloc proc_macro test fidius fidius_core fidius_host fidius_macro serde futures".split(
    " ",
  ),
);

/** Folders of cargo's own in a target folder. */
const takenFolders: ReadonlySet<string> = new Set(["deps", "examples", "build", "incremental"]);

const windowsDevice = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])$/iu;

/** What a name of Rust's prelude would mean something else by. */
const preludeTypes: ReadonlySet<string> = new Set(
  "Self String Vec Option Result Box Some None Ok Err Send Sync Sized Copy Clone Drop Fn FnMut FnOnce From Into Default Iterator Stream Serialize Deserialize Greeter Greeting".split(
    " ",
  ),
);

/** The longest name that cargo's registry takes. */
const longestName = 64;

/** The name itself when a package can have it; the error is a sentence. */
export function checkCrateName(name: string): Result<string, string> {
  const problem = problemOf(name);
  return problem === undefined
    ? ok(name)
    : err(`${JSON.stringify(name)} cannot be the name of a crate: ${problem} Give another name.`);
}

function problemOf(name: string): string | undefined {
  const codeName = name.replaceAll("-", "_");
  if (name === "") {
    return "it is empty.";
  }
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/u.test(name)) {
    return "it begins with a letter from A to Z, and letters, digits, - and _ follow.";
  }
  if (name.length > longestName) {
    return `it has more than ${String(longestName)} characters.`;
  }
  if (keywords.has(codeName)) {
    return "it is a keyword of Rust.";
  }
  if (takenCrates.has(codeName)) {
    return "it is the name of a crate that the new one needs.";
  }
  if (takenFolders.has(name)) {
    return "cargo has a folder of that name.";
  }
  return windowsDevice.test(name) ? "Windows has a device of that name." : undefined;
}

/** `polite-greeter` → `PoliteGreeter`; with `suffix` where Rust's prelude, or the crate itself, has a type of that name. */
export function typeNameOf(
  crateName: string,
  suffix: string,
  taken: readonly string[] = [],
): string {
  const name = crateName
    .split(/[-_]+/u)
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join("");
  return isTaken(name) || taken.includes(name) ? `${name}${suffix}` : name;
}

/** The trait of an interface crate: `greeter-interface` → `Greeter`. */
export function traitNameOf(crateName: string): string {
  const bare = crateName.replace(/[-_]+(?:interface|api|plugins?|traits?)$/u, "");
  const name = typeNameOf(bare, "");
  return isTaken(name) && !name.startsWith("Greet") ? `${name}Plugin` : name;
}

/** Fidius' macros make an identifier of the name in small letters too. */
function isTaken(name: string): boolean {
  return preludeTypes.has(name) || keywords.has(name.toLowerCase());
}
