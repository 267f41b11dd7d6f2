// A Rust backtrace as text → frames with places that can be opened, own frames told from those of Rust, of crates and of the
// host. Reads what std prints for RUST_BACKTRACE=1 and =full; a line it does not know is left out, never an error.

import type { BacktraceFrame, FrameOrigin, SourcePlace } from "../../model/outcome.ts";
import type { SourcePlaces } from "./sourcePlaces.ts";

/** `   2: name`, `   2:     0x7f… - name`, and inlined ones without a number. */
const functionLine = /^ {0,6}(?:(\d+): | {6})\s*(?:0x[0-9a-f]+ - )?(\S.*)$/;
const placeLine = /^\s+at (.+?):(\d+)(?::(\d+))?$/;

/** Hash that legacy mangling puts behind a name, with RUST_BACKTRACE=full. */
const nameHash = /::h[0-9a-f]{16}$/;

/** What the macros of Fidius wrote into the plugin's crate: its place is the attribute's. */
const generatedName = /(?:^|::)__?fidius_\w*/;

/** Files that no checkout has: the standard library as its builders had it. */
const toolchainFile = /^\/rustc\/|[/\\]rustlib[/\\]src[/\\]/;
const toolchainName = /^<?&?(?:__rustc|std|core|alloc|__rust_\w+|rust_\w+)(?:::|$| )/;

/** The frames of a backtrace, innermost first, as std numbers them. */
export function parseBacktrace(text: string, places: SourcePlaces): readonly BacktraceFrame[] {
  const frames: { name: string; place: SourcePlace | undefined }[] = [];
  for (const line of text.split("\n")) {
    const place = placeLine.exec(line);
    const last = frames.at(-1);
    if (place !== null && last !== undefined) {
      const [, file = "", at = "1", column = "1"] = place;
      last.place ??= { file: places.resolve(file), line: Number(at), column: Number(column) };
      continue;
    }
    const name = functionLine.exec(line)?.[2];
    if (name !== undefined) {
      frames.push({ name: name.replace(nameHash, ""), place: undefined });
    }
  }
  return frames.map(({ name, place }) => ({
    function: name,
    origin: originOf(name, place, places),
    ...(place === undefined ? {} : { location: place }),
  }));
}

function originOf(name: string, place: SourcePlace | undefined, places: SourcePlaces): FrameOrigin {
  if (place === undefined) {
    return toolchainName.test(name) ? "toolchain" : "host";
  }
  if (toolchainFile.test(place.file)) {
    return "toolchain";
  }
  return places.isOwn(place.file) && !generatedName.test(name) ? "own" : "dependency";
}
