// A disk of its own for one process: full, or read-only. It goes with the process, and needs no rights where the system lets
// users make namespaces.

import { spawnSync } from "node:child_process";

/** Whether processes can have disks of their own here. */
export function canHaveDisks(): boolean {
  const mount = ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"];
  return process.platform === "linux" && spawnSync("unshare", mount).status === 0;
}

/** What to put before a command so that `folder` is a disk of `kibibytes` for it. */
export function onSmallDisk(folder: string, kibibytes: number): readonly string[] {
  return mounted(folder, `mount -t tmpfs -o size=${String(kibibytes)}k none "$0"`);
}

/** What to put before a command so that `folder` is a read-only disk for it. */
export function onReadOnlyDisk(folder: string): readonly string[] {
  return mounted(folder, 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"');
}

function mounted(folder: string, mount: string): readonly string[] {
  return ["unshare", "-rm", "sh", "-c", `${mount} && exec "$@"`, folder];
}
