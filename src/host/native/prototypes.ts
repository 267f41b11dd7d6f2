// The C types of everything that is called in a plugin, per ABI and buffer strategy (reference 3.5), and functions of those
// types made from addresses. Every pointer is `void *`: buffers are passed as Buffer (koffi takes their address), plugin
// memory as a number.

import koffi from "koffi";
import type { AbiVersion } from "../../abi/versions.ts";
import { functionsOf } from "./nativeFunctions.ts";

export type AllocatedFunction = (
  instance: bigint,
  input: Uint8Array,
  inputLength: number,
  outPointer: Uint8Array,
  outLength: Uint8Array,
) => number;

export type ArenaFunction = (
  instance: bigint,
  input: Uint8Array,
  inputLength: number,
  arena: Uint8Array,
  capacity: number,
  outOffset: Uint8Array,
  outLength: Uint8Array,
) => number;

/** Like {@link AllocatedFunction}, with the input stream's handle before the arguments (reference 3.5). */
export type InputStreamFunction = (
  instance: bigint,
  inputStream: Uint8Array,
  input: Uint8Array,
  inputLength: number,
  outPointer: Uint8Array,
  outLength: Uint8Array,
) => number;

type WithoutInstance<Call> = Call extends (instance: bigint, ...rest: infer Rest) => number
  ? (...rest: Rest) => number
  : never;

export type FreeFunction = (address: bigint, length: number) => void;
export type ConstructFunction = (configuration: Uint8Array, length: number) => bigint | null;
export type DestroyFunction = (instance: bigint) => void;

/** Makes callable functions of addresses in the plugin. */
export interface PluginFunctions {
  allocated(address: bigint): AllocatedFunction;
  arena(address: bigint): ArenaFunction;
  inputStream(address: bigint): InputStreamFunction;
  free(address: bigint): FreeFunction;
  construct(address: bigint): ConstructFunction;
  destroy(address: bigint): DestroyFunction;
}

const ofVersion = new Map<AbiVersion, PluginFunctions>();

/**
 * The function types of an ABI (reference 3.5). Functions of ABIs without instances are wrapped, so that callers pass an
 * instance in every ABI.
 */
export function pluginFunctions(version: AbiVersion): PluginFunctions {
  let functions = ofVersion.get(version);
  if (functions === undefined) {
    functions = makeFunctions(version);
    ofVersion.set(version, functions);
  }
  return functions;
}

function makeFunctions(version: AbiVersion): PluginFunctions {
  const instance = version.hasInstances ? ["void *"] : [];
  const input = ["void *", "uint32_t"];
  const place = ["void *", "uint32_t", "void *", "void *"];
  const allocated = koffi.proto("int32_t", [...instance, ...input, "void *", "void *"]);
  const arena = koffi.proto("int32_t", [...instance, ...input, ...place]);
  const inputStream = koffi.proto("int32_t", [...instance, "void *", ...input, "void *", "void *"]);
  const free = koffi.proto("void", ["void *", "size_t"]);
  const construct = koffi.proto("void *", ["void *", "uint32_t"]);
  const destroy = koffi.proto("void", ["void *"]);
  return {
    allocated: version.hasInstances
      ? functionsOf<AllocatedFunction>(allocated)
      : withoutInstance(functionsOf<WithoutInstance<AllocatedFunction>>(allocated)),
    arena: version.hasInstances
      ? functionsOf<ArenaFunction>(arena)
      : withoutInstance(functionsOf<WithoutInstance<ArenaFunction>>(arena)),
    inputStream: functionsOf<InputStreamFunction>(inputStream),
    free: functionsOf<FreeFunction>(free),
    construct: functionsOf<ConstructFunction>(construct),
    destroy: functionsOf<DestroyFunction>(destroy),
  };
}

function withoutInstance<Rest extends readonly unknown[]>(
  functionAt: (address: bigint) => (...rest: Rest) => number,
): (address: bigint) => (instance: bigint, ...rest: Rest) => number {
  return (address) => {
    const call = functionAt(address);
    return (_instance, ...rest) => call(...rest);
  };
}
