// The command lines of `fidius-call pack`, `sign`, `verify` and `keygen`.

import { type Command, Option } from "commander";

export interface PackArguments {
  readonly out?: string;
  readonly json?: true;
}

export interface SignArguments {
  readonly key: string;
  readonly json?: true;
}

export interface VerifyArguments {
  readonly trustedKey: readonly string[];
  readonly json?: true;
}

export interface KeygenArguments {
  readonly out: string;
  readonly json?: true;
}

/** What the commands do. */
export interface PackageActions {
  readonly pack: (folder: string | undefined, options: PackArguments) => Promise<void>;
  readonly sign: (path: string, options: SignArguments) => Promise<void>;
  readonly verify: (path: string, options: VerifyArguments) => Promise<void>;
  readonly keygen: (options: KeygenArguments) => Promise<void>;
}

/** Adds them to the program; none of them needs the fidius CLI, which reads what they write. */
export function addPackageCommands(program: Command, actions: PackageActions): readonly Command[] {
  const pack = program
    .command("pack")
    .description("pack a folder with a package.toml into an archive, as fidius package pack does")
    .argument("[folder]", "the package; default: the current folder")
    .option("--out <file>", "the archive; default: name-version.fid in the current folder")
    .action(actions.pack);
  const sign = program
    .command("sign")
    .description("sign a package's folder (before it is packed) or a library")
    .argument("<path>", "a folder with a package.toml, or a library")
    .requiredOption("--key <file>", "a secret key of fidius-call keygen or fidius keygen")
    .action(actions.sign);
  const verify = program
    .command("verify")
    .description(
      "check who signed a package's folder, an archive or a library; nothing is loaded or built",
    )
    .argument("<path>", "a folder with a package.toml, an archive, or a library")
    .addOption(
      new Option("--trusted-key <file>", "a public key that may have signed it; repeatable")
        .argParser((file: string, previous: readonly string[] | undefined) => [
          ...(previous ?? []),
          file,
        ])
        .makeOptionMandatory(),
    )
    .addHelpText("after", "\nExit codes: 0 a trusted key signed it, 1 usage, 3 none did.")
    .action(actions.verify);
  const keygen = program
    .command("keygen")
    .description("make a pair of keys: <name>.secret to sign with, <name>.public to trust")
    .requiredOption("--out <name>", "path of the two files without .secret and .public")
    .action(actions.keygen);
  const all = [pack, sign, verify, keygen];
  for (const command of all) {
    command.option("--json", "print one line of JSON");
  }
  return all;
}
