// Registries and descriptors of host imports as bytes (reference 3.11): what is read, and what is refused.

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  hostImportBytes,
  hostImportRegistryBytes,
  parseHostImport,
  parseHostImportRegistry,
} from "../../../src/abi/parseHostImports.ts";

interface RegistryFields {
  readonly magic?: string;
  readonly version?: number;
  readonly count?: number;
  readonly descriptors?: bigint;
}

function registry(fields: RegistryFields = {}): Uint8Array {
  const bytes = Buffer.alloc(hostImportRegistryBytes);
  bytes.write(fields.magic ?? "FIDIUS\0\0", "latin1");
  bytes.writeUInt32LE(fields.version ?? 1, 8);
  bytes.writeUInt32LE(fields.count ?? 2, 12);
  bytes.writeBigUInt64LE(fields.descriptors ?? 0x1000n, 16);
  return bytes;
}

interface ImportFields {
  readonly size?: number;
  readonly name?: bigint;
  readonly bind?: bigint;
}

function hostImport(fields: ImportFields = {}): Uint8Array {
  const bytes = Buffer.alloc(hostImportBytes);
  bytes.writeUInt32LE(fields.size ?? hostImportBytes, 0);
  bytes.writeUInt32LE(500, 4);
  bytes.writeBigUInt64LE(fields.name ?? 0x2000n, 8);
  bytes.writeBigUInt64LE(0xaf9cde44f17fd9n, 16);
  bytes.writeUInt32LE(4, 24);
  bytes.writeBigUInt64LE(fields.bind ?? 0x3000n, 32);
  return bytes;
}

describe("registries of host imports", () => {
  it("say how many there are and where", () => {
    assert.deepEqual(parseHostImportRegistry(registry()), {
      ok: true,
      value: { count: 2, descriptors: 0x1000n },
    });
    const none = parseHostImportRegistry(registry({ count: 0, descriptors: 0n }));
    assert.deepEqual(none, { ok: true, value: { count: 0, descriptors: 0n } });
    assert.ok(parseHostImportRegistry(registry({ count: 256 })).ok);
  });

  const wrong: readonly (readonly [RegistryFields, RegExp])[] = [
    [{ magic: "SUIDIF\0\0" }, /wrong magic/],
    [{ magic: "fidius\0\0" }, /wrong magic/],
    [{ version: 2 }, /version 2, .* reads version 1/],
    [{ version: 0 }, /version 0/],
    [{ count: 257 }, /257 interfaces, more than 256/],
    [{ count: 1, descriptors: 0n }, /list is a null pointer/],
  ];
  for (const [fields, message] of wrong) {
    it(`are refused: ${String(message)}`, () => {
      const parsed = parseHostImportRegistry(registry(fields));
      assert.match(parsed.ok ? "" : parsed.error, message);
    });
  }
});

describe("descriptors of host imports", () => {
  it("are read at the offsets of the reference", () => {
    assert.deepEqual(parseHostImport(hostImport()), {
      abi: 500,
      interfaceName: 0x2000n,
      interfaceHash: "00af9cde44f17fd9",
      interfaceVersion: 4,
      bind: 0x3000n,
    });
    assert.ok(parseHostImport(hostImport({ size: 64 })) !== undefined, "a later one may be larger");
  });

  it("are refused when they are too small or have null pointers", () => {
    assert.equal(parseHostImport(hostImport({ size: 39 })), undefined);
    assert.equal(parseHostImport(hostImport({ name: 0n })), undefined);
    assert.equal(parseHostImport(hostImport({ bind: 0n })), undefined);
  });

  it("of any bytes are read or refused, and never an exception", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 40, maxLength: 40 }), (bytes) => {
        const parsed = parseHostImport(bytes);
        assert.ok(parsed === undefined || (parsed.interfaceName !== 0n && parsed.bind !== 0n));
        const list = parseHostImportRegistry(bytes.subarray(0, hostImportRegistryBytes));
        assert.ok(!list.ok || list.value.count <= 256);
      }),
    );
  });
});
