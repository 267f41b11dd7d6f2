// What is kept of a call's output: its end, without the values of environment variables, which may be secrets.

import type { CapturedOutput } from "../model/outcome.ts";

const keptCharacters = 16 * 1024;
/** Shorter values, such as `1` or `info`, are in every output. */
const shortestSecret = 6;

/** `environment`: what the user's settings and this call gave the plugin. */
export function keptOutput(
  { stdout, stderr, droppedBytes }: CapturedOutput,
  environment: Readonly<Record<string, string>>,
): CapturedOutput {
  const hide = (text: string): string => {
    let shown = text;
    for (const [name, value] of Object.entries(environment)) {
      if (value.length >= shortestSecret) {
        shown = shown.replaceAll(value, `$${name}`);
      }
    }
    return shown;
  };
  const [out, error] = [hide(stdout), hide(stderr)];
  const cut = (text: string): string => text.slice(-keptCharacters);
  const left = out.length + error.length - cut(out).length - cut(error).length;
  return { stdout: cut(out), stderr: cut(error), droppedBytes: droppedBytes + left };
}
