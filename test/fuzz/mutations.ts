// Damaged JSON, frames, manifests and archives: each is taken for what it is or refused with a sentence, and nothing is left.

import assert from "node:assert/strict";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readManifestData } from "../../src/cargo/manifest/manifestData.ts";
import { enableFeatures } from "../../src/cargo/edit/editManifest.ts";
import { parseTomlDocument } from "../../src/cargo/manifest/tomlDocument.ts";
import { parseJson } from "../../src/model/value/losslessJson.ts";
import { parsePackageManifest } from "../../src/packages/packageManifest.ts";
import { unpackArchive } from "../../src/packages/unpackArchive.ts";
import { encodeFrameHeader, FrameDecoder, type FrameType } from "../../src/protocol/frames.ts";
import { readRecords } from "../../src/protocol/streamRecords.ts";
import { seededRandom } from "../vectors/seededRandom.ts";
import { below, mutateBytes, mutateText, pick, type Random } from "./mutate.ts";

const jsonScraps =
  '{ } [ ] , : " \\ \\u00 \\ud800 null true -0 1e400 18446744073709551615 0x1 01 . e + NaN \u0000 \u2028 {"a":1,"a":2} // /* \uFEFF [[[['.split(
    " ",
  );

function randomJson(random: Random, depth = 0): unknown {
  const inner = (): unknown => randomJson(random, depth + 1);
  return pick<() => unknown>(random, [
    () => null,
    () => random() < 0.5,
    () => below(random, 1_000_000) - 500_000,
    () => random() * 1e9,
    () => pick(random, ["", "a", 'q"\\', "é😀", "__proto__", "\u0001"]),
    () => (depth > 4 ? [] : Array.from({ length: below(random, 4) }, inner)),
    () =>
      depth > 4
        ? {}
        : Object.fromEntries(
            Array.from({ length: below(random, 4) }, (_, index) => [`k${String(index)}`, inner()]),
          ),
  ])();
}

/** What JavaScript's own parser refuses is refused here; what it takes is taken, but for a key that is there twice. */
export function checkJson(seed: number): void {
  const random = seededRandom(seed);
  const whole = JSON.stringify(randomJson(random), null, pick(random, [0, 2]));
  const text = random() < 0.1 ? whole : mutateText(random, whole, jsonScraps);
  const parsed = parseJson(text);
  let expected: unknown;
  let isJson = true;
  try {
    expected = JSON.parse(text);
  } catch {
    isJson = false;
  }
  const shown = JSON.stringify(text);
  if (!parsed.ok) {
    assert.ok(parsed.error.line >= 1 && parsed.error.offset <= text.length, shown);
    assert.ok(
      !isJson || parsed.error.message.includes("twice"),
      `${parsed.error.message}: ${shown}`,
    );
    return;
  }
  assert.ok(isJson, `taken, and no JSON: ${shown}`);
  parsed.value.locate("");
  if (parsed.value.bareNumbers.size === 0) {
    assert.deepEqual(JSON.stringify(parsed.value.value), JSON.stringify(expected), shown);
  }
}

/** Frames that were damaged come out the same however the pipe cuts them. */
export function checkFrames(seed: number): void {
  const random = seededRandom(seed);
  const frames = Array.from({ length: 1 + below(random, 4) }, () => {
    const head = new TextEncoder().encode(JSON.stringify(randomJson(random)));
    const body = Uint8Array.from({ length: below(random, 60) }, () => below(random, 256));
    const type = pick<FrameType>(random, ["request", "response", "notification"]);
    return Buffer.concat([encodeFrameHeader(type, head.length, body.length), head, body]);
  });
  const bytes = mutateBytes(random, Buffer.concat(frames));
  const limits = { headBytes: 200, bodyBytes: 500 };
  const whole = new FrameDecoder(limits);
  const inOne = whole.push(bytes);
  const cut = new FrameDecoder(limits);
  const pieces: unknown[] = [];
  let violation = null;
  for (let at = 0; at < bytes.length;) {
    const next = at + 1 + below(random, 30);
    const decoded = cut.push(bytes.subarray(at, next));
    pieces.push(...decoded.frames);
    violation = decoded.violation;
    at = next;
  }
  const shown = Buffer.from(bytes).toString("hex");
  assert.deepEqual(pieces, inOne.frames, shown);
  assert.deepEqual(violation, bytes.length === 0 ? null : inOne.violation, shown);
  for (const { head, body } of inOne.frames) {
    assert.ok(head.length <= limits.headBytes && body.length <= limits.bodyBytes, shown);
    readRecords(body);
  }
}

const cargoManifest = `[package]
name = "demo" # a comment
version = "0.1.0"
edition = "2021"

[lib]
crate-type = ["cdylib", 'rlib']

[dependencies]
fidius = { version = "0.5", features = ["async"] }
serde.version = "1"
other = { path = "../other", optional = true }

[target.'cfg(unix)'.dependencies.libc]
version = "0.2"

[features]
default = ["a"]
a = ["dep:other", "fidius/async"]

[[example]]
name = "e"
`;

const packageManifest = `[package]
name = "blur"
version = "1.2.0"
interface = "filter"
interface_version = 1

[metadata]
category = "image"
`;

const tomlScraps =
  '[ ] [[ ]] { } " """ \' = . , # \n \t 1979-05-27T07:32:00Z inf -nan 0x_f true \\u0000 \u0000 a.b.c = [[[[ {a={a={a='.split(
    " ",
  );

/** Damaged manifests are read as far as they go or named with a place; an edit of one that was read leaves a readable one. */
export function checkManifests(seed: number): void {
  const random = seededRandom(seed);
  const text = mutateText(random, pick(random, [cargoManifest, packageManifest]), tomlScraps);
  const shown = JSON.stringify(text);
  const document = parseTomlDocument(text);
  const described = parsePackageManifest(text);
  if (!document.ok) {
    assert.ok(document.error.message.length > 0 && document.error.position.line >= 0, shown);
    assert.ok(!described.ok, shown);
    return;
  }
  readManifestData(document.value.root);
  assert.ok(described.ok || described.error.endsWith("."), shown);
  const address = { key: "fidius", kind: "normal", target: null } as const;
  const edited = enableFeatures(text, { ...address, features: ["host"] });
  assert.ok(!edited.ok || parseTomlDocument(edited.value.text).ok, shown);
}

/** A damaged archive is unpacked or refused with a sentence; then nothing of it is left. */
export async function checkArchive(seed: number, folder: string): Promise<void> {
  const random = seededRandom(seed);
  const archives = (await readdir(folder)).filter((name) => name.endsWith(".bz2")).sort();
  const bytes = await readFile(join(folder, pick(random, archives)));
  const file = join(folder, "damaged.fid");
  await writeFile(file, random() < 0.4 ? bytes : mutateBytes(random, bytes));
  const target = join(folder, "unpacked/package");
  const unpacked = await unpackArchive(file, target);
  const left = await readdir(join(folder, "unpacked"));
  if (unpacked.ok) {
    assert.deepEqual(left, ["package"]);
    await rm(target, { recursive: true });
  } else {
    assert.match(unpacked.error, /\.$/u);
    assert.deepEqual(left, []);
  }
}
