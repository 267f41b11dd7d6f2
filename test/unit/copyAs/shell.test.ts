// Command lines: what bash hands over is what was meant, byte for byte; for PowerShell its rules stand in for it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  bashWord,
  commandLine,
  powershellWord,
  type CommandCall,
} from "../../../src/copyAs/shell.ts";

const call: CommandCall = {
  method: "basic-calculator/BasicCalculator.add",
  manifestPath: "/home/a b/it's/Cargo.toml",
  library: null,
  profile: "dev",
  arguments: '{\n  "text": "it\'s $HOME `x` \\"q\\" \\\\ é😀"\n}',
  configuration: null,
  timeoutMs: 30_000,
};

/** What a program gets from bash: its arguments and standard input. */
function throughBash(line: string): { readonly args: readonly string[]; readonly input: string } {
  const script = `fidius-call() { printf '%s\\0' "$@" >&3; cat; }\n${line}`;
  const output = execFileSync("bash", ["-c", `exec 3>&2 2>/dev/null\n${script}`], {
    input: "",
    stdio: ["pipe", "pipe", "pipe"],
    encoding: "utf8",
  });
  const args = execFileSync("bash", ["-c", `exec 3>&1 1>/dev/null\n${script}`], {
    input: "",
    encoding: "utf8",
  });
  return { args: args.split("\0").slice(0, -1), input: output };
}

/** The words of a PowerShell command by its quoting rule: within single quotes two of them are one. */
function powershellWords(text: string): readonly string[] {
  const quotes = "'\u2018\u2019\u201a\u201b";
  const pattern = new RegExp(
    `[${quotes}]((?:[${quotes}]{2}|[^${quotes}])*)[${quotes}]|[^\\s]+`,
    "gu",
  );
  return [...text.matchAll(pattern)].map(([whole, quoted]) =>
    quoted === undefined
      ? whole
      : quoted.replaceAll(new RegExp(`([${quotes}])[${quotes}]`, "gu"), "$1"),
  );
}

describe("the command line of a call", () => {
  it("hands fidius-call through bash exactly what the call was made with", () => {
    const { args } = throughBash(commandLine(call, "bash"));
    assert.deepEqual(args, [
      "call",
      "basic-calculator/BasicCalculator.add",
      "--manifest-path",
      "/home/a b/it's/Cargo.toml",
      "--timeout",
      "30000ms",
      "--args",
      '{ "text": "it\'s $HOME `x` \\"q\\" \\\\ é😀" }',
    ]);
  });

  it("gives long arguments over standard input, and the configuration as a word", () => {
    const text = "x'$`\\\"".repeat(2000);
    const long = { ...call, arguments: JSON.stringify({ text }), configuration: '{"a":"it\'s"}' };
    const { args, input } = throughBash(commandLine(long, "bash"));
    assert.deepEqual(args.slice(-4), ["--config", '{"a":"it\'s"}', "--args-file", "-"]);
    assert.deepEqual(JSON.parse(input), { text });
  });

  it("names profile, library and the lack of a limit", () => {
    assert.match(commandLine({ ...call, profile: "release" }, "bash"), / --release /u);
    assert.match(commandLine({ ...call, profile: "fast" }, "bash"), / --profile fast /u);
    const opened = { ...call, library: "/a/libx.so", timeoutMs: null };
    assert.match(commandLine(opened, "bash"), / --library \/a\/libx\.so --timeout none /u);
  });

  const options = {
    environment: { RUST_LOG: "a b", TOKEN: null },
    workingDirectory: "data files",
    features: ["x", "y"],
    memoryLimit: 512 * 1024 ** 2,
  };

  it("has the run options; of a value that is not kept it says that it is to be set", () => {
    const line = commandLine({ ...call, options }, "bash");
    assert.match(line, /^# Set TOKEN first: its value is not kept\.\nRUST_LOG='a b' fidius-call /u);
    assert.deepEqual(throughBash(line).args.slice(4, -2), [
      "--timeout",
      "30000ms",
      "--features",
      "x,y",
      "--memory-limit",
      "512MiB",
      "--working-directory",
      "/home/a b/it's/data files",
    ]);
    const other = { ...options, environment: { "a.b": "1'" } };
    assert.match(
      commandLine({ ...call, options: other }, "bash"),
      /^env 'a\.b=1'\\''' fidius-call /u,
    );
    const [first, second] = commandLine({ ...call, options }, "powershell").split("\n");
    assert.equal(first, "# Set TOKEN first: its value is not kept.");
    assert.equal(second, "${env:RUST_LOG} = 'a b'");
  });

  it("quotes any word for bash", () => {
    const characters = Array.from({ length: 0x7ff }, (_, index) => String.fromCodePoint(index + 1));
    const words = [
      ...characters,
      ...characters.slice(0, 127).map((character) => `a${character}'${character}`),
      "",
      "-n",
      "~",
      "a=b",
      "{a,b}",
      "\u{1f600}",
      "$(touch x)",
      "\\",
    ];
    const script = `printf '%s\\0' ${words.map(bashWord).join(" ")}`;
    const output = execFileSync("bash", ["-c", script], { encoding: "utf8" });
    assert.deepEqual(output.split("\0").slice(0, -1), words);
  });

  it("gives PowerShell the JSON as ASCII over a pipe, whatever its version does with quotes", () => {
    const line = commandLine(call, "powershell");
    assert.match(line, /^[\u0020-\u007e]+$/u);
    const [json, rest] = line.split(" | ");
    const [given] = powershellWords(json ?? "");
    assert.deepEqual(JSON.parse(given ?? ""), { text: 'it\'s $HOME `x` "q" \\ é😀' });
    assert.deepEqual(powershellWords(rest ?? ""), [
      "fidius-call",
      "call",
      "basic-calculator/BasicCalculator.add",
      "--manifest-path",
      "/home/a b/it's/Cargo.toml",
      "--timeout",
      "30000ms",
      "--args-file",
      "-",
    ]);
  });

  it("writes a configuration for PowerShell to a file, because standard input is taken", () => {
    const lines = commandLine({ ...call, configuration: '{"a":"ö"}' }, "powershell").split("\n");
    assert.match(
      lines[0] ?? "",
      /^Set-Content -Encoding ascii -Path "\$env:TEMP\/[\w.-]+" -Value '\{"a":"\\u00f6"\}'$/u,
    );
    assert.match(lines[1] ?? "", / --config-file "\$env:TEMP\/[\w.-]+" --args-file -$/u);
  });

  it("doubles every quotation mark that PowerShell takes for one", () => {
    assert.equal(powershellWord("it\u2019s 'x'"), "'it\u2019\u2019s ''x'''");
    assert.equal(powershellWord("@a"), "'@a'");
  });
});
