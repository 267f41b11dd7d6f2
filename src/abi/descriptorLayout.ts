// Where each field of a PluginDescriptor stands, per ABI, as data (reference 3.3). Offsets are in bytes, integers are
// little endian. The reader in parseDescriptor.ts knows nothing but these tables.

/** How many bytes a field takes and how to read it: pointers are 64-bit addresses. */
export type FieldKind = "u8" | "u32" | "u64" | "pointer";

/** Every field that any ABI's descriptor has. */
export type DescriptorField =
  | "descriptorSize"
  | "abiVersion"
  | "interfaceName"
  | "interfaceHash"
  | "interfaceVersion"
  | "capabilities"
  | "wireFormat"
  | "bufferStrategy"
  | "pluginName"
  | "vtable"
  | "freeBuffer"
  | "methodCount"
  | "methodMetadata"
  | "traitMetadata"
  | "traitMetadataCount"
  | "construct"
  | "destroy";

/** What each field is, the same in every ABI that has it (reference 3.3). */
export const fieldKinds: Readonly<Record<DescriptorField, FieldKind>> = {
  descriptorSize: "u32",
  abiVersion: "u32",
  interfaceName: "pointer",
  interfaceHash: "u64",
  interfaceVersion: "u32",
  capabilities: "u64",
  wireFormat: "u8",
  bufferStrategy: "u8",
  pluginName: "pointer",
  vtable: "pointer",
  freeBuffer: "pointer",
  methodCount: "u32",
  methodMetadata: "pointer",
  traitMetadata: "pointer",
  traitMetadataCount: "u32",
  construct: "pointer",
  destroy: "pointer",
};

/** One ABI's descriptor: its size and the fields it has. */
export interface DescriptorLayout {
  readonly size: number;
  readonly offsets: Readonly<Partial<Record<DescriptorField, number>>>;
}

const abi1Offsets = {
  abiVersion: 0,
  interfaceName: 8,
  interfaceHash: 16,
  interfaceVersion: 24,
  capabilities: 32,
  wireFormat: 40,
  bufferStrategy: 41,
  pluginName: 48,
  vtable: 56,
  freeBuffer: 64,
} as const;

const abi100Offsets = {
  descriptorSize: 0,
  abiVersion: 4,
  interfaceName: 8,
  interfaceHash: 16,
  interfaceVersion: 24,
  capabilities: 32,
  bufferStrategy: 40,
  pluginName: 48,
  vtable: 56,
  freeBuffer: 64,
  methodCount: 72,
  methodMetadata: 80,
  traitMetadata: 88,
  traitMetadataCount: 96,
} as const;

/** The four layouts there have been (reference 3.3). */
export const descriptorLayouts = {
  /** ABI 1: 0.0.0-alpha.1. */
  first: { size: 72, offsets: abi1Offsets },
  /** ABI 2: 0.0.1 to 0.0.5. */
  counted: { size: 80, offsets: { ...abi1Offsets, methodCount: 72 } },
  /** ABI 100 to 400: 0.1 to 0.4. */
  sized: { size: 104, offsets: abi100Offsets },
  /** ABI 500: 0.5. */
  constructed: { size: 120, offsets: { ...abi100Offsets, construct: 104, destroy: 112 } },
} as const satisfies Readonly<Record<string, DescriptorLayout>>;
