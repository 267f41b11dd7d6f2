// A host for an interface of the workspace: a program that loads plugins from a folder and calls what it can call of them.

import type { MethodSchema } from "../model/plugin.ts";
import { ok, type Result } from "../model/result.ts";
import type { TypeSchema } from "../model/schema/schema.ts";
import { manifestText } from "./crateManifest.ts";
import { otherSource, type CrateContent, type CrateSetting } from "./crateSetting.ts";
import { Drafts } from "./drafts.ts";
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
  using drafts = new Drafts(setting);
  const reach = drafts.reach(manifest, schema);
  if (!reach.ok) {
    return reach;
  }
  return ok({
    manifest,
    sources: {
      "src/main.rs": hostCrateText({ trait: schema.name, path: reach.value.companion, call }),
    },
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
    const result = plainWords(returns.kind === "value" ? returns.type : returns.success)?.type;
    const values = taken.map(({ type }) => plainWords(type)?.value);
    if (isCallable && result !== undefined && values.every((value) => value !== undefined)) {
      return { name, arguments: values, returns: result, isStream: stream === "server" };
    }
  }
  return undefined;
}

/** A type and a value of it, in words that mean the same in every crate. */
interface PlainWords {
  readonly type: string;
  readonly value: string;
}

/** Undefined for types that need a name of another crate, or words of their own. */
function plainWords(type: TypeSchema): PlainWords | undefined {
  switch (type.kind) {
    case "bool":
      return { type: "bool", value: "true" };
    case "string":
      return { type: "String", value: 'String::from("Ada")' };
    case "integer": {
      const name = `${type.signed ? "i" : "u"}${String(type.bits)}`;
      return type.nonZero === true || type.flags !== undefined
        ? undefined
        : { type: name, value: `1_${name}` };
    }
    case "float": {
      const name = `f${String(type.bits)}`;
      return { type: name, value: `1.0_${name}` };
    }
    case "sequence": {
      const element = type.isSet === true ? undefined : plainWords(type.element);
      return element && { type: `Vec<${element.type}>`, value: `vec![${element.value}]` };
    }
    case "option": {
      const inner = plainWords(type.inner);
      return inner && { type: `Option<${inner.type}>`, value: `Some(${inner.value})` };
    }
    case "unit":
      return { type: "()", value: "()" };
    case "bytes":
      return type.length === undefined ? { type: "Vec<u8>", value: "vec![1_u8]" } : undefined;
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
