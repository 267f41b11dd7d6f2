// Metadata of methods and traits, read from the tables a descriptor points to (ABI 100 on, reference 3.9).

import { maximumMetadataCount } from "../abi/parseDescriptor.ts";
import type { ParsedDescriptor } from "../abi/parseDescriptor.ts";
import type { MetadataEntry, PluginReport } from "../model/libraryReport.ts";
import { readAddresses } from "./native/memory.ts";
import type { NativeMemory } from "./native/memory.ts";

/** Size of a `MetaKv` and of a `MethodMetaEntry` (reference 3.9). */
const entryBytes = 16;

/** Longest key or value that is shown whole. */
const longestText = 64 * 1024;

/** Reads both tables; what is unreadable in them is shown as such and refuses nothing. */
export function readMetadata(
  descriptor: ParsedDescriptor,
  memory: NativeMemory,
): Pick<PluginReport, "methodMetadata" | "traitMetadata"> {
  return {
    methodMetadata: readMethods(descriptor, memory),
    traitMetadata: readPairs(
      descriptor.traitMetadata ?? 0n,
      descriptor.traitMetadataCount ?? 0,
      memory,
    ),
  };
}

function readMethods(
  { methodMetadata, methodCount }: ParsedDescriptor,
  memory: NativeMemory,
): readonly (readonly MetadataEntry[])[] {
  if (methodMetadata === null || methodMetadata === 0n || methodCount === null) {
    return [];
  }
  const bytes = memory.copy(methodMetadata, methodCount * entryBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: methodCount }, (_, index) =>
    readPairs(
      view.getBigUint64(index * entryBytes, true),
      view.getUint32(index * entryBytes + 8, true),
      memory,
    ),
  );
}

function readPairs(address: bigint, count: number, memory: NativeMemory): MetadataEntry[] {
  if (address === 0n || count === 0 || count > maximumMetadataCount) {
    return [];
  }
  const texts = readAddresses(memory.copy(address, count * entryBytes)).map((text) =>
    text === 0n ? "" : (memory.readText(text, longestText) ?? "(unreadable)"),
  );
  return Array.from({ length: count }, (_, index) => ({
    key: texts[index * 2] ?? "",
    value: texts[index * 2 + 1] ?? "",
  }));
}
