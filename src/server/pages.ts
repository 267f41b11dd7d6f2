// Where the page of a diagnostic lies: beside the server, so that it is of the same version and needs no network.

import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** The address of a rule's page; undefined for a code without one. */
export type PageOf = (id: string) => string | undefined;

/** Looks in the folder, once for each code. */
export function pagesIn(folder: string): PageOf {
  const known = new Map<string, string | undefined>();
  return (id) => {
    if (!known.has(id)) {
      const file = path.join(folder, `${id}.md`);
      known.set(id, existsSync(file) ? pathToFileURL(file).href : undefined);
    }
    return known.get(id);
  };
}
