// What is kept of a call's output: its end, without the values of environment variables, which may be secrets.

import type { CapturedOutput } from "../model/outcome.ts";
import { isTelling } from "./keptOptions.ts";

const keptCharacters = 16 * 1024;
/** Shorter values, such as `1` or `info`, are in every output. */
const shortestSecret = 6;

type Environment = Readonly<Record<string, string>>;

/** The variables whose values are not to be stored, by name. */
export function secretsIn(environment: Environment): readonly (readonly [string, string])[] {
  return Object.entries(environment).filter(
    ([name, value]) => value.length >= shortestSecret && !isTelling(name),
  );
}

/** The text with the name of a variable in place of its value. */
export function hidingSecrets(text: string, environment: Environment): string {
  return secretsIn(environment).reduce(
    (shown, [name, value]) => shown.replaceAll(value, () => `$${name}`),
    text,
  );
}

/** `environment`: what the user's settings and this call gave the plugin. */
export function keptOutput(
  { stdout, stderr, droppedBytes }: CapturedOutput,
  environment: Environment,
): CapturedOutput {
  const [out, error] = [hidingSecrets(stdout, environment), hidingSecrets(stderr, environment)];
  const cut = (text: string): string => text.slice(-keptCharacters);
  const left = out.length + error.length - cut(out).length - cut(error).length;
  return { stdout: cut(out), stderr: cut(error), droppedBytes: droppedBytes + left };
}
