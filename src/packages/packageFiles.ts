// The files of a package's folder that its digest covers: all but target/, .git/ and signatures, sorted by their path's
// bytes (reference 7.3, fidius-core's package.rs).

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const skippedFolders: ReadonlySet<string> = new Set(["target", ".git"]);

/** Relative paths with `/`, in the order in which the digest takes them. */
export async function packageFiles(folder: string): Promise<readonly string[]> {
  const files = await collect(folder, "");
  // Rust sorts by UTF-8 bytes, JavaScript by UTF-16 units: they differ beyond the BMP.
  return files
    .map((path) => ({ path, bytes: Buffer.from(path, "utf8") }))
    .sort((left, right) => Buffer.compare(left.bytes, right.bytes))
    .map(({ path }) => path);
}

async function collect(root: string, below: string): Promise<string[]> {
  const files: string[] = [];
  for (const { name } of await readdir(join(root, below), { withFileTypes: true })) {
    const path = below === "" ? name : `${below}/${name}`;
    // As Fidius does: links are followed, a folder behind one is a folder.
    const isFolder = (await stat(join(root, path))).isDirectory();
    if (isFolder && !skippedFolders.has(name)) {
      files.push(...(await collect(root, path)));
    } else if (!isFolder && !name.endsWith(".sig")) {
      files.push(path);
    }
  }
  return files;
}
