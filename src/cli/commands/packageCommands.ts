// `fidius-call pack`, `sign`, `verify` and `keygen`: packages and their signatures, without the fidius CLI.

import { basename, relative, resolve } from "node:path";
import type { CacheFolder } from "../../files/folderFailure.ts";
import { nameText } from "../../model/text/foreignText.ts";
import { packArchive } from "../../packages/packArchive.ts";
import { describeSignature, leftOutText, packageName } from "../../packages/signatureText.ts";
import { makeKeys, signPath } from "../../packages/sign.ts";
import { openGivenPath } from "../options/givenLibrary.ts";
import type {
  KeygenArguments,
  PackArguments,
  SignArguments,
  VerifyArguments,
} from "../options/packageCommands.ts";
import { usageFailure, type CliFailure } from "../output/failure.ts";
import { jsonText } from "../output/jsonText.ts";
import type { Terminal } from "../output/terminal.ts";

type End = Promise<CliFailure | undefined>;

export async function runPack(
  folder: string | undefined,
  { out, json }: PackArguments,
  terminal: Terminal,
): End {
  const packed = await packArchive(resolve(folder ?? "."), {
    out: out === undefined ? undefined : resolve(out),
    here: process.cwd(),
  });
  if (!packed.ok) {
    return usageFailure(packed.error);
  }
  const { file, bytes, files, info, isSigned, obstacle } = packed.value;
  const name = packageName(info);
  const notes = [
    ...(isSigned
      ? []
      : [
          `No signature: ${name} is not signed. Hosts that require one refuse it: run fidius-call sign on its folder, then pack it again.`,
        ]),
    ...(obstacle === undefined ? [] : [obstacle]),
  ];
  if (json === true) {
    terminal.json(jsonText({ file, bytes, files, isSigned, notes }));
  } else {
    terminal.result(`packed ${shown(file)}`);
    terminal.note(
      `${String(files)} files of ${name}, ${String(bytes)} bytes.`,
      ...notes.map((note) => `note: ${note}`),
    );
  }
  return undefined;
}

export async function runSign(path: string, { key, json }: SignArguments, terminal: Terminal): End {
  const signed = await signPath(resolve(path), resolve(key));
  if (!signed.ok) {
    return usageFailure(signed.error);
  }
  if (json === true) {
    terminal.json(jsonText({ file: signed.value }));
  } else {
    terminal.result(`signed ${shown(signed.value)}`);
  }
  return undefined;
}

export async function runVerify(
  path: string,
  { trustedKey, json }: VerifyArguments,
  cache: CacheFolder,
  terminal: Terminal,
): End {
  const opened = await openGivenPath(path, { trustedKey, requireSignature: true }, cache);
  if (!opened.ok) {
    return opened.error;
  }
  const { signature } = opened.value;
  const subject =
    opened.value.kind === "package"
      ? packageName(opened.value.info)
      : nameText(basename(opened.value.file));
  const leftOut = opened.value.kind === "package" ? opened.value.leftOut : [];
  const rest = leftOutText(subject, leftOut);
  if (json === true) {
    const key = signature.kind === "verified" ? signature.key : null;
    terminal.json(jsonText({ verdict: signature.kind, key, leftOut }));
  } else {
    terminal.result(describeSignature(subject, signature));
    terminal.note(...(rest === undefined ? [] : [`note: ${rest}`]));
  }
  return undefined;
}

export async function runKeygen({ out, json }: KeygenArguments, terminal: Terminal): End {
  const made = await makeKeys(resolve(out));
  if (!made.ok) {
    return usageFailure(made.error);
  }
  const { secret, public: trusted } = made.value;
  if (json === true) {
    terminal.json(jsonText({ secret, public: trusted }));
  } else {
    terminal.result(`new ${shown(secret)}`, `new ${shown(trusted)}`);
    terminal.note(
      "Keep the .secret file to yourself; give the .public file to those who trust it.",
    );
  }
  return undefined;
}

function shown(file: string): string {
  return relative(process.cwd(), file);
}
