// The types that plugins of a library were described with when it was built: as they are kept, and as they are read again. What
// is read is data of a file: it is checked through and through before a call is made by it.

import * as z from "zod";
import type { MethodSchema, PluginSchema } from "../../model/plugin.ts";
import type {
  NamedType,
  ReturnSchema,
  TypeBody,
  TypeSchema,
  ValueFormat,
} from "../../model/schema/schema.ts";

type Kept = "name" | "signature" | "wire" | "stream" | "arguments" | "streamArgument" | "returns";

/** A plugin's types at the time of a build. */
export interface TypeRecord {
  readonly interfaceHash: string;
  readonly config?: TypeSchema;
  readonly types: PluginSchema["types"];
  readonly methods: readonly Pick<MethodSchema, Kept>[];
}

const count = z.int().nonnegative();
const warnings = z.array(z.object({ code: z.string(), message: z.string() }));
const frame = {
  rustType: z.string(),
  // A name of no format is met by the codec, which knows all of them.
  format: (z.string() as unknown as z.ZodType<ValueFormat>).exactOptional(),
  warnings: warnings.exactOptional(),
};

const flags = z.object({
  inJson: z.enum(["text", "number", "bitsField"]),
  named: z.array(
    z.object({
      name: z.string(),
      value: z.string().regex(/^\d+$/u),
      doc: z.string().exactOptional(),
    }),
  ),
});

const type: z.ZodType<TypeSchema> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.object({ ...frame, kind: z.literal(["bool", "char", "string", "unit"]) }),
    z.object({
      ...frame,
      kind: z.literal("integer"),
      bits: z.literal([8, 16, 32, 64, 128]),
      signed: z.boolean(),
      nonZero: z.boolean().exactOptional(),
      flags: flags.exactOptional(),
    }),
    z.object({ ...frame, kind: z.literal("float"), bits: z.literal([32, 64]) }),
    z.object({
      ...frame,
      kind: z.literal("bytes"),
      length: count.exactOptional(),
      isCounted: z.literal(true).exactOptional(),
    }),
    z.object({ ...frame, kind: z.literal("option"), inner: type }),
    z.object({
      ...frame,
      kind: z.literal("sequence"),
      element: type,
      isSet: z.boolean().exactOptional(),
    }),
    z.object({ ...frame, kind: z.literal("array"), element: type, length: count }),
    z.object({ ...frame, kind: z.literal("tuple"), elements: z.array(type) }),
    z.object({ ...frame, kind: z.literal("map"), key: type, value: type }),
    z.object({ ...frame, kind: z.literal("result"), success: type, failure: type }),
    z.object({ ...frame, kind: z.literal("named"), id: z.string() }),
    z.object({ ...frame, kind: z.literal("unknown"), reason: z.string() }),
  ]),
);

const field = z.object({
  name: z.string(),
  jsonName: z.string().exactOptional(),
  type,
  doc: z.string().exactOptional(),
});

const body: z.ZodType<TypeBody> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("unit") }),
  z.object({ kind: z.literal("newtype"), inner: type }),
  z.object({ kind: z.literal("tuple"), elements: z.array(type) }),
  z.object({ kind: z.literal("struct"), fields: z.array(field) }),
]);

const named: z.ZodType<NamedType> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("struct"),
    name: z.string(),
    doc: z.string().exactOptional(),
    body,
    refuses: z.string().exactOptional(),
    warnings,
  }),
  z.object({
    kind: z.literal("enum"),
    name: z.string(),
    doc: z.string().exactOptional(),
    tagged: z.literal("byName").exactOptional(),
    jsonTag: z.object({ field: z.string(), content: z.string().exactOptional() }).exactOptional(),
    variants: z.array(
      z.object({
        name: z.string(),
        index: count,
        serializedName: z.string().exactOptional(),
        jsonName: z.string().exactOptional(),
        doc: z.string().exactOptional(),
        body,
      }),
    ),
    warnings,
  }),
]);

const returns: z.ZodType<ReturnSchema> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("value"), type }),
  z.object({ kind: z.literal("result"), success: type, failure: type }),
]);

const argument = z.object({ name: z.string(), alias: z.string().exactOptional(), type });

/** By the plugin's id. */
export const typeRecords: z.ZodType<Readonly<Record<string, TypeRecord>>> = z.record(
  z.string(),
  z.object({
    interfaceHash: z.string(),
    config: type.exactOptional(),
    types: z.record(z.string(), named),
    methods: z.array(
      z.object({
        name: z.string(),
        signature: z.string(),
        wire: z.enum(["bincode", "raw"]),
        stream: z.enum(["none", "server", "client", "bidirectional"]),
        arguments: z.array(argument),
        streamArgument: argument.exactOptional(),
        returns,
      }),
    ),
  }),
);

/** What of the plugin is kept; undefined for one whose interface is not known. */
export function recordOf({
  interfaceHash,
  config,
  types,
  methods,
}: PluginSchema): TypeRecord | undefined {
  return interfaceHash === undefined
    ? undefined
    : { interfaceHash, ...(config === undefined ? {} : { config }), types, methods };
}

/** The plugin of today with the types of the record; methods that it lacks stay as they are. */
export function withRecord(plugin: PluginSchema, record: TypeRecord): PluginSchema {
  const { config: _config, ...rest } = plugin;
  return {
    ...rest,
    ...(record.config === undefined ? {} : { config: record.config }),
    types: { ...plugin.types, ...record.types },
    methods: plugin.methods.map((method) => {
      const then = record.methods.find(({ name }) => name === method.name);
      const { streamArgument: _stream, ...today } = method;
      return then === undefined ? method : { ...today, ...then, signature: method.signature };
    }),
  };
}
