// Opened libraries and packages: what is kept, what becomes of the release that only the user knows, and of files that change.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenedLibraries } from "../../../src/extension/libraries/openedLibraries.ts";
import type { LibraryReport } from "../../../src/model/libraryReport.ts";
import type { SignatureState } from "../../../src/model/package/packageInfo.ts";
import type { ProjectModel } from "../../../src/model/plugin.ts";
import { err, ok } from "../../../src/model/result.ts";
import { MemoryStore } from "./memoryStore.ts";

const emptyModel: ProjectModel = { interfaces: [], plugins: [], hostInterfaces: [], notices: [] };

const report = (abi: number, wire: "json" | "bincode"): LibraryReport => ({
  registryVersion: 1,
  abi,
  releases: abi === 2 ? "0.0" : "0.5",
  descriptorBytes: 64,
  hostImports: null,
  plugins: [
    {
      index: 0,
      name: "Old",
      interfaceName: "Calculator",
      interfaceVersion: 1,
      interfaceHash: "0123456789abcdef",
      buffer: "PluginAllocated",
      wire,
      capabilities: "0",
      methodCount: 1,
      methodMetadata: [],
      traitMetadata: [],
    },
  ],
});

describe("opened libraries", () => {
  let folder: string;
  let library: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fidius-opened-"));
    library = join(folder, "libold.so");
    writeFileSync(library, "first");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function make(said: LibraryReport) {
    const seen = {
      paths: 0,
      inspected: 0,
      asked: 0,
      changes: 0,
      signature: { kind: "unsigned" } as SignatureState,
    };
    const store = new MemoryStore();
    const ports = {
      store,
      openPath: (path: string) => {
        seen.paths++;
        return Promise.resolve(
          seen.signature.kind === "mismatch"
            ? err("The signature is of another key.")
            : ok({ kind: "library" as const, file: path, signature: seen.signature }),
        );
      },
      inspect: () => {
        seen.inspected++;
        return Promise.resolve(ok(said));
      },
      askRelease: () => {
        seen.asked++;
        return Promise.resolve("0.0.5");
      },
      choicesOf: () => [],
      onDidChange: () => {
        seen.changes++;
        return Promise.resolve();
      },
    };
    return { seen, store, ports, opened: new OpenedLibraries(ports) };
  }

  it("are there after a reload, without being loaded", async () => {
    const { seen, opened, ports } = make(report(500, "bincode"));
    assert.ok((await opened.open(library)).ok);
    assert.ok((await opened.open(library)).ok, "twice is once");
    assert.equal(seen.asked, 0, "its release is known");
    const after = new OpenedLibraries(ports);
    assert.deepEqual(
      after.list.map(({ path }) => path),
      [library],
    );
    assert.equal(seen.inspected, 2);
    await after.close(library);
    assert.deepEqual(after.list, []);
    assert.equal(seen.changes, 3);
  });

  it("ask once for the release of a debug build of Fidius 0.0", async () => {
    const { seen, opened } = make(report(2, "json"));
    await opened.open(library);
    await opened.open(library);
    assert.equal(seen.asked, 1);
    const [known] = opened.list;
    assert.equal(known?.kind === "library" && known.fidiusVersion, "0.0.5");
    const other = make(report(2, "bincode"));
    await other.opened.open(library);
    assert.equal(other.seen.asked, 0, "release builds are all alike");
  });

  it("are looked at anew when the file changed, and refused when the signature no longer fits", async () => {
    const { seen, opened } = make(report(500, "bincode"));
    await opened.open(library);
    assert.deepEqual(await opened.ready(library), ok({ notes: [] }));
    assert.equal(seen.inspected, 1);
    writeFileSync(library, "another build");
    seen.signature = { kind: "verified", key: "mine.public" };
    assert.deepEqual(
      await opened.ready(library),
      ok({ notes: ["Trusted signature: libold.so is signed by the trusted key mine.public."] }),
    );
    assert.equal(seen.inspected, 2);
    assert.equal(seen.paths, 3, "the signature is checked once each time");
    seen.signature = { kind: "mismatch", keys: 1 };
    assert.deepEqual(await opened.ready(library), err("The signature is of another key."));
  });

  it("have no plugin without the source of its interface", async () => {
    const { opened, store } = make(report(500, "bincode"));
    await opened.open(library);
    assert.deepEqual(opened.plugins(emptyModel), []);
    await store.update("fidius.openedLibraries.1", [{ path: 3 }, null, "text"]);
    assert.deepEqual(opened.list, [], "what another version stored is left out");
  });
});
