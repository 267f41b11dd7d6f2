// Checks a library's headers before dlopen sees it (R12): a text file, another platform's or architecture's library, and one
// whose end is missing, which dlopen answers with SIGBUS. Reads a few kilobytes; the formats are in imageHeaders.ts.

import { fileLimits } from "../../files/fileLimits.ts";
import { libraryFailure } from "../../files/libraryFailure.ts";
import { withRegularFileSync } from "../../files/regularFile.ts";
import type { LoadFailure } from "../../model/outcome.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";
import { fileSource } from "./imageFile.ts";
import { readImage } from "./imageHeaders.ts";
import type { Image, ImageFormat } from "./imageHeaders.ts";

/** What this process can load. */
export interface LoadTarget {
  readonly platform: NodeJS.Platform;
  /** As in `process.arch`. */
  readonly architecture: string;
}

const platformNames: Readonly<Record<ImageFormat, string>> = {
  elf: "Linux",
  macho: "macOS",
  pe: "Windows",
};

/** The file's headers fit this process, and the file has all that they announce. */
export function checkLibrary(
  path: string,
  displayName: string,
  target: LoadTarget = { platform: process.platform, architecture: process.arch },
): Result<null, LoadFailure> {
  const image = withRegularFileSync(path, fileLimits.library, (descriptor, size) =>
    ok(readImage(fileSource(descriptor, size), target.architecture)),
  );
  return image.ok
    ? judge(image.value, displayName, target)
    : err(libraryFailure(displayName, image.error));
}

function judge(image: Image, displayName: string, target: LoadTarget): Result<null, LoadFailure> {
  const expected = formatOf(target.platform);
  switch (image.kind) {
    case "none":
      return fail(
        "notALibrary",
        `${displayName} is no dynamic library. Choose the ${extensionOf(expected)} file that cargo built.`,
      );
    case "truncated":
      return fail(
        "truncated",
        `${displayName} is incomplete: its headers announce ${String(image.needed)} bytes, and it has ${String(image.size)}. Build the plugin again.`,
      );
    case "image": {
      const ours = `${platformNames[expected]} ${target.architecture}`;
      const theirs = `${platformNames[image.format]} ${image.architectures.join(", ")}`;
      if (image.format !== expected || !image.architectures.includes(target.architecture)) {
        return fail(
          "wrongArchitecture",
          `${displayName} is built for ${theirs}; this editor runs on ${ours}. Build the plugin for that target.`,
        );
      }
      return image.isLibrary
        ? ok(null)
        : fail(
            "notALibrary",
            `${displayName} is a program or an object file, no dynamic library. Add crate-type = ["cdylib"] to the plugin's [lib].`,
          );
    }
  }
}

function formatOf(platform: NodeJS.Platform): ImageFormat {
  if (platform === "win32") {
    return "pe";
  }
  return platform === "darwin" ? "macho" : "elf";
}

function extensionOf(format: ImageFormat): string {
  return { elf: ".so", macho: ".dylib", pe: ".dll" }[format];
}

function fail(kind: LoadFailure["kind"], message: string): Result<null, LoadFailure> {
  return err({ kind, message });
}
