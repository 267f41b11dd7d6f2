// The C function behind a slot (reference 3.5): what a host calls.

import { abiOfRelease } from "../../abi/versions.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import type { BufferStrategy } from "../../model/schema/schema.ts";

/** The ABI from which functions get the instance that `construct` gave. */
const abiWithInstances = 500;

/** The prototype of a method's function; of an unknown release as the newest has it. */
export function shimPrototype(
  name: string,
  { stream }: Pick<MethodSchema, "stream">,
  buffer: BufferStrategy,
  release: string | undefined,
): string {
  const abi = release === undefined ? undefined : abiOfRelease(release);
  const hasInput = stream === "client" || stream === "bidirectional";
  const isUnary = stream === "none" || stream === "client";
  const parameters = [
    ...((abi ?? abiWithInstances) >= abiWithInstances ? ["void *instance"] : []),
    ...(hasInput ? ["FidiusStreamHandle *input"] : []),
    "const uint8_t *in_ptr",
    "uint32_t in_len",
    ...(buffer === "Arena"
      ? ["uint8_t *arena", "uint32_t arena_cap", "uint32_t *out_offset", "uint32_t *out_len"]
      : ["uint8_t **out_ptr", "uint32_t *out_len"]),
  ];
  const note = isUnary ? "" : "  // *out_ptr is then a FidiusStreamHandle *";
  return `int32_t ${name}(\n${parameters.map((each) => `    ${each}`).join(",\n")});${note}`;
}
