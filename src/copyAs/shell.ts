// A call as a command line of fidius-call, quoted so that bash and PowerShell hand over exactly these arguments.

export type Shell = "bash" | "powershell";

/** What a command line takes to make the call again. */
export interface CommandCall {
  /** `package/Plugin.method`. */
  readonly method: string;
  readonly manifestPath: string;
  /** Called as it is, where nothing is built. */
  readonly library: string | null;
  /** `dev`, `release`, or one of the user's. */
  readonly profile: string;
  /** JSON, as the form and a file of arguments take it. */
  readonly arguments: string;
  /** JSON of the instance's configuration. */
  readonly configuration: string | null;
  /** Null is no limit. */
  readonly timeoutMs: number | null;
  readonly options?: CommandOptions | undefined;
}

/** What the user set beside the arguments. */
export interface CommandOptions {
  /** Null: the value is not known, so a line says that the variable is to be set. */
  readonly environment: Readonly<Record<string, string | null>>;
  /** Relative to the plugin's package, or absolute; null is the package's folder. */
  readonly workingDirectory: string | null;
  readonly features: readonly string[];
  /** Bytes; null is as fidius-call has it. */
  readonly memoryLimit: number | "none" | null;
}

/** Longer arguments come over standard input: a command line has a limit, and nobody reads it. */
const longestArgument = 4096;

/** The command line; several lines where the arguments do not fit into one. */
export function commandLine(call: CommandCall, shell: Shell): string {
  return shell === "bash" ? bashLine(call) : powershellLine(call);
}

function bashLine(call: CommandCall): string {
  const json = onOneLine(call.arguments);
  const isLong = json.length > longestArgument;
  const words = [
    ...wordsOf(call),
    ...(call.configuration === null ? [] : ["--config", onOneLine(call.configuration)]),
    ...(isLong ? ["--args-file", "-"] : ["--args", json]),
  ];
  const variables = variablesOf(call);
  const line = [...bashVariables(variables.given), ...words.map(bashWord)].join(" ");
  // The text is one line of JSON, so no line of it ends the document early.
  const whole = isLong ? `${line} <<'END_OF_ARGUMENTS'\n${json}\nEND_OF_ARGUMENTS` : line;
  return [...remarks(variables.missing), whole].join("\n");
}

/**
 * JSON goes over standard input and files: what PowerShell does with double quotes in arguments of programs differs between its
 * versions. As ASCII it arrives in any of them.
 */
function powershellLine(call: CommandCall): string {
  const configuration =
    call.configuration === null
      ? undefined
      : powershellWord(asAscii(onOneLine(call.configuration)));
  const file = '"$env:TEMP/fidius-configuration.json"';
  const line = [
    ...wordsOf(call).map(powershellWord),
    ...(configuration === undefined ? [] : ["--config-file", file]),
    "--args-file",
    "-",
  ].join(" ");
  const variables = variablesOf(call);
  return [
    ...remarks(variables.missing),
    ...variables.given.map(
      ([name, value]) => `\${env:${name.replaceAll(/[`{}]/gu, "`$&")}} = ${powershellWord(value)}`,
    ),
    ...(configuration === undefined
      ? []
      : [`Set-Content -Encoding ascii -Path ${file} -Value ${configuration}`]),
    `${powershellWord(asAscii(onOneLine(call.arguments)))} | ${line}`,
  ].join("\n");
}

function wordsOf(call: CommandCall): readonly string[] {
  const { profile, timeoutMs, library, options } = call;
  return [
    "fidius-call",
    "call",
    call.method,
    "--manifest-path",
    call.manifestPath,
    ...(library !== null ? ["--library", library] : profileWords(profile)),
    "--timeout",
    timeoutMs === null ? "none" : `${String(timeoutMs)}ms`,
    ...(options === undefined ? [] : optionWords(options, library !== null, call.manifestPath)),
  ];
}

function optionWords(
  { features, memoryLimit, workingDirectory }: CommandOptions,
  isOpened: boolean,
  manifestPath: string,
): readonly string[] {
  return [
    ...(features.length === 0 || isOpened ? [] : ["--features", features.join(",")]),
    ...(memoryLimit === null
      ? []
      : ["--memory-limit", memoryLimit === "none" ? "none" : memoryText(memoryLimit)]),
    ...(workingDirectory === null
      ? []
      : ["--working-directory", beside(manifestPath, workingDirectory)]),
  ];
}

function memoryText(bytes: number): string {
  return bytes % 1024 ** 2 === 0 ? `${String(bytes / 1024 ** 2)}MiB` : `${String(bytes / 1024)}KiB`;
}

/** A folder that is relative to a manifest's. */
function beside(manifestPath: string, folder: string): string {
  const isAbsolute = /^(?:[/\\]|[A-Za-z]:[/\\])/u.test(folder);
  return isAbsolute ? folder : manifestPath.replace(/[^/\\]*$/u, folder);
}

function variablesOf({ options }: CommandCall): {
  readonly given: readonly (readonly [name: string, value: string])[];
  readonly missing: readonly string[];
} {
  const all = Object.entries(options?.environment ?? {});
  return {
    given: all.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
    missing: all.flatMap(([name, value]) => (value === null ? [name] : [])),
  };
}

function remarks(missing: readonly string[]): readonly string[] {
  return missing.map(
    (name) => `# Set ${name.replaceAll(/[^\u0020-\u007e]/gu, "?")} first: its value is not kept.`,
  );
}

/** A name that bash does not take as a variable of its own goes through `env`. */
function bashVariables(given: readonly (readonly [string, string])[]): readonly string[] {
  const isPlainName = given.every(([name]) => /^[A-Za-z_]\w*$/u.test(name));
  return isPlainName
    ? given.map(([name, value]) => `${name}=${bashWord(value)}`)
    : ["env", ...given.map(([name, value]) => bashWord(`${name}=${value}`))];
}

function profileWords(profile: string): readonly string[] {
  return profile === "dev" ? [] : profile === "release" ? ["--release"] : ["--profile", profile];
}

/** Words that no shell changes stay as they are. */
const plainWord = /^[\w./:=@%+,-]+$/u;

/** A word for bash and every other POSIX shell. */
export function bashWord(word: string): string {
  return isPlain(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** A word for PowerShell, for which the typographic quotation marks are quotation marks, too. */
export function powershellWord(word: string): string {
  return isPlain(word) && !/[@%,]/u.test(word)
    ? word
    : `'${word.replaceAll(/['\u2018\u2019\u201a\u201b]/gu, "$&$&")}'`;
}

function isPlain(word: string): boolean {
  // `\w` with the flag u is ASCII alone.
  return plainWord.test(word);
}

/** JSON text without its line ends, which stand between its parts only: in strings they are escapes. */
function onOneLine(json: string): string {
  return json.replaceAll(/\r?\n\s*/gu, " ").trim();
}

/** JSON with the same meaning in ASCII. */
function asAscii(json: string): string {
  return json.replaceAll(/[^\u0020-\u007e]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
