// What of serde a type lacks, in one sentence that names the very type: the program tells which methods have such types, rustc
// tells where in them the trait is missing (E0277).

import { BridgeProcess } from "./bridgeProcess.ts";
import { askingCfg } from "./generatedSource.ts";

const unmet = /`(.+): (?:[\w:]*::)?(Serialize|Deserialize(?:Owned)?)\b.*`/u;

/** An error of rustc in the code that was generated for a method. */
export interface MethodError {
  readonly method: string;
  readonly message: string;
}

/** Sentences by method; empty when every type has all it needs. */
export async function askCompiler(
  executable: string,
  compile: (rustcArguments: readonly string[]) => Promise<readonly MethodError[]>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const started = await BridgeProcess.start(executable);
  if (!started.ok) {
    return {};
  }
  const { slots } = started.value;
  started.value.dispose();
  const incomplete = new Set(
    slots.filter(({ missing }) => missing.length > 0).map(({ method }) => method),
  );
  if (incomplete.size === 0) {
    return {};
  }
  const errors = await compile(["--cfg", askingCfg]);
  const found: Record<string, readonly string[]> = {};
  for (const method of incomplete) {
    const own = errors.filter((error) => error.method === method);
    found[method] = [...new Set(own.flatMap(({ message }) => sentence(message) ?? []))];
  }
  return found;
}

function sentence(message: string): string | undefined {
  const match = unmet.exec(message);
  const trait = match?.[2]?.replace("Owned", "");
  return match?.[1] === undefined || trait === undefined
    ? undefined
    : `\`${match[1]}\` does not implement serde's \`${trait}\`.`;
}
