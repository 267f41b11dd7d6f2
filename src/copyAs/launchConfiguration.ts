// A call as an entry of launch.json: F5 debugs this method with these arguments.

import { parseJson } from "../model/losslessJson.ts";

/** The entry's text. Arguments that are no JSON any more are left out: the form's are taken then. */
export function launchConfiguration(title: string, method: string, argumentsText: string): string {
  const isJson = parseJson(argumentsText).ok;
  const json = isJson ? `,\n  "arguments": ${argumentsText.replaceAll("\n", "\n  ")}` : "";
  return `{
  "type": "fidius",
  "request": "launch",
  "name": ${JSON.stringify(`Debug ${title}`)},
  "method": ${JSON.stringify(method)}${json}
}`;
}
