// Paths of source files without Node: they keep the separators of the platform they came from.

/** Folder of `file`, without a separator at the end. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, lastSeparator(file)));
}

/** `relative` (as Rust code writes it) seen from `folder`. */
export function joinPath(folder: string, relative: string): string {
  const separator = folder.includes("\\") && !folder.includes("/") ? "\\" : "/";
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/u.test(relative)) {
    return relative;
  }
  const parts = folder.split(/[/\\]/u);
  for (const part of relative.split(/[/\\]/u)) {
    if (part === "..") {
      parts.pop();
    } else if (part !== "." && part !== "") {
      parts.push(part);
    }
  }
  return parts.join(separator);
}

function lastSeparator(file: string): number {
  return Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\"));
}
