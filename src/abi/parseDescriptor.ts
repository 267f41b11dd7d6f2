// Bytes of a PluginDescriptor → its fields, or why it is none. Addresses stay numbers here: following them is the host's
// business, checking what they lead to as well.

import type { BufferStrategy } from "../model/schema/schema.ts";
import type { Result } from "../model/result.ts";
import { err, ok } from "../model/result.ts";
import { fieldKinds } from "./descriptorLayout.ts";
import type { DescriptorField } from "./descriptorLayout.ts";
import type { AbiVersion } from "./versions.ts";

/** Most methods that a descriptor may announce: more is a sign of garbage (R12). */
export const maximumMethodCount = 4096;

/** Most pairs of metadata that a trait or a method may have. */
export const maximumMetadataCount = 4096;

/** A descriptor's fields; an address of 0 is NULL, a field that the ABI lacks is null (reference 3.3). */
export interface ParsedDescriptor {
  readonly abi: number;
  readonly interfaceName: bigint;
  /** Sixteen hex digits. */
  readonly interfaceHash: string;
  readonly interfaceVersion: number;
  readonly capabilities: bigint;
  readonly bufferStrategy: BufferStrategy;
  readonly pluginName: bigint;
  readonly vtable: bigint;
  readonly freeBuffer: bigint;
  /** Null in ABI 1, which has no count. */
  readonly methodCount: number | null;
  readonly wireFormat: number | null;
  readonly methodMetadata: bigint | null;
  readonly traitMetadata: bigint | null;
  readonly traitMetadataCount: number | null;
  readonly construct: bigint | null;
  readonly destroy: bigint | null;
}

/** What is wrong with a descriptor, as a sentence for people. */
export interface DescriptorProblem {
  readonly field: DescriptorField;
  readonly message: string;
}

const strategies: Readonly<Record<number, BufferStrategy>> = { 1: "PluginAllocated", 2: "Arena" };

/** Formats a hash as people compare it: sixteen hex digits. */
function formatHash(hash: bigint): string {
  return hash.toString(16).padStart(16, "0");
}

/** Reads the descriptor in `bytes` (at least the layout's size), checking what can be checked without following pointers. */
export function parseDescriptor(
  bytes: Uint8Array,
  version: AbiVersion,
): Result<ParsedDescriptor, DescriptorProblem> {
  const fields = fieldReader(bytes, version);
  const size = fields.number("descriptorSize");
  if (size !== null && size < version.layout.size) {
    return problem(
      "descriptorSize",
      `it says it has ${String(size)} bytes, but Fidius ${version.releases} has ${String(version.layout.size)}`,
    );
  }
  const strategy = strategies[fields.number("bufferStrategy") ?? 0];
  if (strategy === undefined) {
    return problem(
      "bufferStrategy",
      `its buffer strategy is ${String(fields.number("bufferStrategy"))}, but only 1 (PluginAllocated) and 2 (Arena) exist`,
    );
  }
  const descriptor: ParsedDescriptor = {
    abi: version.abi,
    interfaceName: fields.address("interfaceName") ?? 0n,
    interfaceHash: formatHash(fields.address("interfaceHash") ?? 0n),
    interfaceVersion: fields.number("interfaceVersion") ?? 0,
    capabilities: fields.address("capabilities") ?? 0n,
    bufferStrategy: strategy,
    pluginName: fields.address("pluginName") ?? 0n,
    vtable: fields.address("vtable") ?? 0n,
    freeBuffer: fields.address("freeBuffer") ?? 0n,
    methodCount: fields.number("methodCount"),
    wireFormat: fields.number("wireFormat"),
    methodMetadata: fields.address("methodMetadata"),
    traitMetadata: fields.address("traitMetadata"),
    traitMetadataCount: fields.number("traitMetadataCount"),
    construct: fields.address("construct"),
    destroy: fields.address("destroy"),
  };
  const wrong = findProblem(descriptor, version);
  return wrong === undefined ? ok(descriptor) : err(wrong);
}

function findProblem(
  descriptor: ParsedDescriptor,
  version: AbiVersion,
): DescriptorProblem | undefined {
  const missing = (["interfaceName", "pluginName", "vtable"] as const).find(
    (field) => descriptor[field] === 0n,
  );
  if (missing !== undefined) {
    return { field: missing, message: `its ${missing} is a null pointer` };
  }
  if ((descriptor.methodCount ?? 0) > maximumMethodCount) {
    const count = String(descriptor.methodCount);
    const most = String(maximumMethodCount);
    return { field: "methodCount", message: `it announces ${count} methods, more than ${most}` };
  }
  if (descriptor.bufferStrategy === "PluginAllocated" && descriptor.freeBuffer === 0n) {
    return { field: "freeBuffer", message: "it has no function to free results with" };
  }
  if (version.hasInstances && descriptor.construct === 0n) {
    return { field: "construct", message: "it has no function to construct the plugin with" };
  }
  return findExtraProblem(descriptor, version);
}

/** Fields that only some ABIs have and that no call needs. */
function findExtraProblem(
  descriptor: ParsedDescriptor,
  version: AbiVersion,
): DescriptorProblem | undefined {
  if ((descriptor.traitMetadataCount ?? 0) > maximumMetadataCount) {
    const count = String(descriptor.traitMetadataCount);
    const message = `it announces ${count} pairs of metadata, more than ${String(maximumMetadataCount)}`;
    return { field: "traitMetadataCount", message };
  }
  if ((descriptor.traitMetadataCount ?? 0) > 0 && descriptor.traitMetadata === 0n) {
    return { field: "traitMetadata", message: "its list of trait metadata is a null pointer" };
  }
  if (version.hasWireFormat && (descriptor.wireFormat ?? 0) > 1) {
    const message = `its wire format is ${String(descriptor.wireFormat)}, but only 0 (JSON) and 1 (bincode) exist`;
    return { field: "wireFormat", message };
  }
  return undefined;
}

function problem(field: DescriptorField, message: string): Result<never, DescriptorProblem> {
  return err({ field, message });
}

interface FieldReader {
  number(field: DescriptorField): number | null;
  address(field: DescriptorField): bigint | null;
}

function fieldReader(bytes: Uint8Array, version: AbiVersion): FieldReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offsets: Readonly<Partial<Record<DescriptorField, number>>> = version.layout.offsets;
  return {
    number: (field) => {
      const offset = offsets[field];
      if (offset === undefined) {
        return null;
      }
      return fieldKinds[field] === "u8" ? view.getUint8(offset) : view.getUint32(offset, true);
    },
    address: (field) => {
      const offset = offsets[field];
      return offset === undefined ? null : view.getBigUint64(offset, true);
    },
  };
}
