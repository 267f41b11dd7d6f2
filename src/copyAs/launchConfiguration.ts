// A call as an entry of launch.json: F5 debugs this method with these arguments.

import { parseJson } from "../model/value/losslessJson.ts";

/** The entry's text. Arguments that are no JSON any more are left out: the form's are taken then. */
export function launchConfiguration(title: string, method: string, argumentsText: string): string {
  const parsed = parseJson(argumentsText);
  // VS Code reads the file as ordinary JSON: integers that a double does not hold are strings here.
  const json = parsed.ok
    ? `,\n  "arguments": ${JSON.stringify(parsed.value.value, null, 2).replaceAll("\n", "\n  ")}`
    : "";
  return `{
  "type": "fidius",
  "request": "launch",
  "name": ${JSON.stringify(`Debug ${title}`)},
  "method": ${JSON.stringify(method)}${json}
}`;
}
