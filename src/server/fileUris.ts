// Between the URIs of LSP and the absolute paths of everything else.

import { fileURLToPath, pathToFileURL } from "node:url";

/** The file's path, or undefined for what is not on disk (untitled, a diff's old side, a virtual workspace). */
export function pathOfUri(uri: string): string | undefined {
  try {
    return new URL(uri).protocol === "file:" ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

/** The file as the project names it, whatever the client's spelling. */
export function fileOfUri(
  uri: string,
  project: { spelled(file: string): string },
): string | undefined {
  const path = pathOfUri(uri);
  return path === undefined ? undefined : project.spelled(path);
}

export function uriOfPath(file: string): string {
  return pathToFileURL(file).href;
}
