// A host for an interface of the workspace: a program that loads plugins from a folder and calls what it can call of them.

import type { MethodSchema } from "../model/plugin.ts";
import { ok, type Result } from "../model/result.ts";
import type { TypeSchema } from "../model/schema.ts";
import { manifestText } from "./crateManifest.ts";
import { otherSource, type CrateContent, type CrateSetting } from "./crateSetting.ts";
import { pathFrom, sharedSource } from "./fidiusDependency.ts";
import type { FoundCrateInterface } from "./findInterface.ts";
import { hostCrateText, type HostCall } from "./templates/hostCrate.ts";

export function planHost(
  setting: CrateSetting,
  { schema, folder }: FoundCrateInterface,
): Result<CrateContent, string> {
  const { request, packageName, place, fidius } = setting;
  const call = firstCall(schema.methods);
  const isStream = call?.isStream === true;
  const crateName = schema.crate.name;
  const manifest = manifestText(
    {
      name: packageName,
      description: `Calls plugins of ${schema.name}`,
      dependencies: [
        {
          key: "fidius",
          kind: "normal",
          ...fidius,
          features: [isStream ? "streaming" : "host"],
        },
        {
          key: crateName,
          kind: "normal",
          ...(sharedSource(place, crateName) ?? { path: pathFrom(request.folder, folder) }),
        },
        ...(isStream
          ? [{ key: "futures", kind: "normal", ...otherSource(setting, "futures", "0.3") } as const]
          : []),
      ],
    },
    place,
  );
  const path = schema.id.slice(0, schema.id.lastIndexOf("::"));
  return ok({
    manifest,
    sources: { "src/main.rs": hostCrateText({ trait: schema.name, path, call }) },
    mainFile: "src/main.rs",
    notes: [
      `cargo run -p ${packageName} -- FOLDER loads the plugins of ${schema.name} in a folder${call === undefined ? "" : ` and calls ${call.name} of each`}.`,
    ],
  });
}

/** The first method that can be called with made-up values, and whose result can be shown. */
function firstCall(methods: readonly MethodSchema[]): HostCall | undefined {
  for (const { name, wire, arguments: taken, returns, stream, capabilityBit } of methods) {
    const isCallable =
      wire === "bincode" &&
      capabilityBit === undefined &&
      (stream === "none" || stream === "server");
    const result = plainType(returns.kind === "value" ? returns.type : returns.success);
    const values = taken.map(({ type }) => plainValue(type));
    if (isCallable && result !== undefined && values.every((value) => value !== undefined)) {
      return { name, arguments: values, returns: result, isStream: stream === "server" };
    }
  }
  return undefined;
}

/** The type in words that mean the same in every crate; undefined for others. */
function plainType(type: TypeSchema): string | undefined {
  switch (type.kind) {
    case "bool":
      return "bool";
    case "string":
      return "String";
    case "integer":
      return type.nonZero === true || type.flags !== undefined
        ? undefined
        : `${type.signed ? "i" : "u"}${String(type.bits)}`;
    case "float":
      return `f${String(type.bits)}`;
    case "sequence": {
      const element = type.isSet === true ? undefined : plainType(type.element);
      return element === undefined ? undefined : `Vec<${element}>`;
    }
    case "option": {
      const inner = plainType(type.inner);
      return inner === undefined ? undefined : `Option<${inner}>`;
    }
    case "unit":
      return "()";
    case "bytes":
      return type.length === undefined ? "Vec<u8>" : undefined;
    case "char":
    case "array":
    case "tuple":
    case "map":
    case "result":
    case "named":
    case "unknown":
      return undefined;
  }
}

/** A value of such a type. */
function plainValue(type: TypeSchema): string | undefined {
  const text = plainType(type);
  if (text === undefined) {
    return undefined;
  }
  switch (type.kind) {
    case "bool":
      return "true";
    case "string":
      return 'String::from("Ada")';
    case "integer":
      return `1_${text}`;
    case "float":
      return `1.0_${text}`;
    case "sequence":
      return `vec![${plainValue(type.element) ?? ""}]`;
    case "option":
      return `Some(${plainValue(type.inner) ?? ""})`;
    case "bytes":
      return "vec![1_u8]";
    case "unit":
    case "char":
    case "array":
    case "tuple":
    case "map":
    case "result":
    case "named":
    case "unknown":
      return "()";
  }
}
