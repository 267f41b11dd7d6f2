// Descriptors and registries as bytes: every ABI's layout, and everything that may be wrong with them.

import assert from "node:assert/strict";
import fc from "fast-check";
import { descriptorLayouts, fieldKinds } from "../../../src/abi/descriptorLayout.ts";
import type { DescriptorField, DescriptorLayout } from "../../../src/abi/descriptorLayout.ts";
import { parseDescriptor } from "../../../src/abi/parseDescriptor.ts";
import { parseRegistry } from "../../../src/abi/parseRegistry.ts";
import { hasPayload, statusCodes, statusName } from "../../../src/abi/status.ts";
import {
  abiVersions,
  describeUnsupportedAbi,
  findAbiVersion,
  readAbiNumber,
  releasesOfAbi,
} from "../../../src/abi/versions.ts";
import type { AbiVersion } from "../../../src/abi/versions.ts";

const fieldBytes = { u8: 1, u32: 4, u64: 8, pointer: 8 } as const;

function version(abi: number): AbiVersion {
  const found = findAbiVersion(abi);
  assert.ok(found !== undefined);
  return found;
}

/** A descriptor that is right in every field, with some fields given. */
function descriptor(
  abi: number,
  fields: Partial<Record<DescriptorField, bigint>> = {},
): Uint8Array {
  const { layout } = version(abi);
  const right: Partial<Record<DescriptorField, bigint>> = {
    descriptorSize: BigInt(layout.size),
    abiVersion: BigInt(abi),
    interfaceName: 0x1000n,
    interfaceHash: 0x00aa_bbcc_ddee_ff01n,
    interfaceVersion: 3n,
    capabilities: 5n,
    bufferStrategy: 1n,
    pluginName: 0x2000n,
    vtable: 0x3000n,
    freeBuffer: 0x4000n,
    methodCount: 2n,
    construct: 0x5000n,
    destroy: 0x6000n,
    ...fields,
  };
  const bytes = Buffer.alloc(layout.size);
  for (const [field, offset] of Object.entries(layout.offsets) as [DescriptorField, number][]) {
    const value = right[field] ?? 0n;
    const size = fieldBytes[fieldKinds[field]];
    const little = Buffer.alloc(8);
    little.writeBigUInt64LE(value);
    little.copy(bytes, offset, 0, size);
  }
  return bytes;
}

describe("descriptors", () => {
  it("have fields that lie within them, aligned and apart", () => {
    for (const [name, layout] of Object.entries<DescriptorLayout>(descriptorLayouts)) {
      const places = (Object.entries(layout.offsets) as [DescriptorField, number][])
        .map(([field, offset]) => ({ offset, end: offset + fieldBytes[fieldKinds[field]], field }))
        .sort((left, right) => left.offset - right.offset);
      let end = 0;
      for (const place of places) {
        assert.ok(place.offset >= end, `${name} ${place.field}`);
        assert.equal(place.offset % (place.end - place.offset), 0);
        ({ end } = place);
      }
      assert.equal(Math.ceil(end / 8) * 8, layout.size, name);
    }
  });

  it("are read in every ABI, absent fields as null", () => {
    for (const { abi } of abiVersions) {
      const parsed = parseDescriptor(descriptor(abi), version(abi));
      assert.ok(parsed.ok);
      const { value } = parsed;
      assert.equal(value.abi, abi);
      assert.equal(value.interfaceHash, "00aabbccddeeff01");
      assert.equal(value.interfaceVersion, 3);
      assert.equal(value.capabilities, 5n);
      assert.equal(value.bufferStrategy, "PluginAllocated");
      assert.equal(value.vtable, 0x3000n);
      assert.equal(value.methodCount, abi === 1 ? null : 2);
      assert.equal(value.construct, abi === 500 ? 0x5000n : null);
      assert.equal(value.wireFormat === null, abi >= 100);
    }
  });

  it("tell their ABI by their first numbers", () => {
    for (const { abi } of abiVersions) {
      const bytes = descriptor(abi);
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      assert.equal(readAbiNumber(view.getUint32(0, true), view.getUint32(4, true))?.abi, abi);
    }
    assert.equal(readAbiNumber(0, 500), undefined);
    assert.equal(readAbiNumber(103, 500), undefined);
    assert.deepEqual(readAbiNumber(400, 700), { abi: 700, descriptorSize: 400 });
  });

  it("are refused with the field that is wrong", () => {
    const wrong: readonly (readonly [DescriptorField, bigint])[] = [
      ["descriptorSize", 119n],
      ["interfaceName", 0n],
      ["pluginName", 0n],
      ["vtable", 0n],
      ["bufferStrategy", 0n],
      ["bufferStrategy", 3n],
      ["methodCount", 4097n],
      ["freeBuffer", 0n],
      ["construct", 0n],
    ];
    for (const [field, value] of wrong) {
      const parsed = parseDescriptor(descriptor(500, { [field]: value }), version(500));
      assert.ok(!parsed.ok);
      assert.equal(parsed.error.field, field);
    }
    const arena = descriptor(500, { bufferStrategy: 2n, freeBuffer: 0n });
    assert.ok(parseDescriptor(arena, version(500)).ok, "an arena plugin frees nothing");
  });

  it("of any bytes never make the reader throw", () => {
    const abis = fc.constantFrom(...abiVersions.map(({ abi }) => abi));
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 120, maxLength: 120 }), abis, (bytes, abi) => {
        const parsed = parseDescriptor(bytes, version(abi));
        assert.equal(typeof parsed.ok, "boolean");
      }),
      { numRuns: 1000 },
    );
  });
});

describe("registries", () => {
  function registry(magic = "FIDIUS\0\0", number = 1, count = 1, descriptors = 0x1000n): Buffer {
    const bytes = Buffer.alloc(24);
    bytes.write(magic, "latin1");
    bytes.writeUInt32LE(number, 8);
    bytes.writeUInt32LE(count, 12);
    bytes.writeBigUInt64LE(descriptors, 16);
    return bytes;
  }

  it("are read, also from the middle of a buffer", () => {
    const padded = Buffer.concat([Buffer.alloc(3), registry(), Buffer.alloc(3)]).subarray(3);
    assert.deepEqual(parseRegistry(padded), {
      ok: true,
      value: { count: 1, descriptors: 0x1000n },
    });
    assert.ok(parseRegistry(registry("FIDIUS\0\0", 1, 0, 0n)).ok, "none is allowed");
  });

  it("are refused with the reason", () => {
    const kind = (bytes: Uint8Array): string => {
      const parsed = parseRegistry(bytes);
      return parsed.ok ? "ok" : parsed.error.kind;
    };
    assert.equal(kind(registry("FIDIUS\0\x01")), "badMagic");
    assert.equal(kind(registry("FIDIUS\0\0", 2)), "badRegistry");
    assert.equal(kind(registry("FIDIUS\0\0", 1, 1025)), "badRegistry");
    assert.equal(kind(registry("FIDIUS\0\0", 1, 1, 0n)), "badRegistry");
  });
});

describe("ABI versions", () => {
  it("are named by their releases, also unknown ones", () => {
    assert.equal(releasesOfAbi(400), "0.4");
    assert.equal(releasesOfAbi(700), "0.7");
    assert.equal(releasesOfAbi(20_000), "2");
    assert.equal(releasesOfAbi(123), undefined);
    assert.equal(releasesOfAbi(0), undefined);
  });

  it("are refused in sentences that name both sides and the next step", () => {
    assert.equal(
      describeUnsupportedAbi(600),
      "The library was built with Fidius 0.6 (ABI 600); this version calls ABI 1 (Fidius 0.0.0-alpha.1) to ABI 500 (Fidius 0.5). Update the Fidius extension, or build the plugin with an older fidius.",
    );
    assert.match(describeUnsupportedAbi(77), /no Fidius release/);
  });
});

describe("status codes", () => {
  it("have names and say whether bytes come with them", () => {
    assert.equal(statusName(-3), "pluginError");
    assert.equal(statusName(77), undefined);
    const withPayload = Object.values(statusCodes).filter(hasPayload);
    assert.deepEqual(withPayload, [0, -3, -4]);
  });
});
