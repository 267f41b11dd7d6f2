// The file form of what answers host functions: JSON that names an answer for each function, or a module that has them all.
// docs/host-functions.md describes it; the panel and the command line read the same file.

import { dirname, extname, resolve } from "node:path";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem } from "../files/fileProblem.ts";
import { checkRegularFile, readRegularText } from "../files/regularFile.ts";
import type {
  HostFunctionAnswer,
  HostFunctionSetup,
  HostInterfaceSetup,
} from "../model/hostFunctions.ts";
import { pointerOf } from "../model/value/jsonPointer.ts";
import type { HostInterfaceSchema } from "../model/plugin.ts";
import { err, ok, type Result } from "../model/result.ts";
import { refusedFiles, resolveFileReferences, type MayRead } from "./fileReferences.ts";
import {
  answerType,
  parseHostFunctions,
  type HostFunctionFileProblem,
} from "./hostFunctions/parseHostFunctions.ts";

/** A set-up with the folder that paths of modules are relative to. */
export interface LoadedHostFunctions {
  readonly setup: HostFunctionSetup;
  readonly folder: string;
}

/** The set-up that VS Code takes, beside the package's Cargo.toml. */
export const hostFunctionFileName = "fidius.host-functions.json";

const moduleExtensions: ReadonlySet<string> = new Set([".mjs", ".cjs", ".js"]);

/** Reads a `.json` set-up, or takes a `.mjs` as the module of all functions of all `interfaces`. */
export async function loadHostFunctions(
  file: string,
  interfaces: readonly HostInterfaceSchema[],
  { signal, mayRead }: { readonly signal?: AbortSignal; readonly mayRead?: MayRead } = {},
): Promise<Result<LoadedHostFunctions, readonly HostFunctionFileProblem[]>> {
  const path = resolve(file);
  const folder = dirname(path);
  if (moduleExtensions.has(extname(path))) {
    const problem = await checkRegularFile(path, fileLimits.setup);
    return problem === undefined
      ? ok({ setup: moduleForAll(path, interfaces), folder })
      : err([{ pointer: "", message: describeFileProblem(`The module ${path}`, problem) }]);
  }
  const text = await readRegularText(path, { limit: fileLimits.setup, signal });
  if (!text.ok) {
    return err([{ pointer: "", message: describeFileProblem(`The file ${path}`, text.error) }]);
  }
  const parsed = parseHostFunctions(text.value);
  if (!parsed.ok) {
    return parsed;
  }
  const setup = await withFileContents(parsed.value, interfaces, { folder, signal, mayRead });
  return setup.ok ? ok({ setup: setup.value, folder }) : setup;
}

/** The set-up with the bytes of the files that its values name. */
async function withFileContents(
  setup: HostFunctionSetup,
  interfaces: readonly HostInterfaceSchema[],
  {
    folder,
    signal,
    mayRead,
  }: {
    readonly folder: string;
    readonly signal: AbortSignal | undefined;
    readonly mayRead: MayRead | undefined;
  },
): Promise<Result<HostFunctionSetup, readonly HostFunctionFileProblem[]>> {
  const problems: HostFunctionFileProblem[] = [];
  const whole: Record<string, HostInterfaceSetup> = {};
  for (const [name, own] of Object.entries(setup)) {
    const schema = interfaces.find((each) => each.name === name);
    const functions: Record<string, HostFunctionAnswer> = { ...own.functions };
    for (const method of schema?.methods ?? []) {
      const answer = Object.hasOwn(functions, method.name) ? functions[method.name] : undefined;
      if (answer?.kind === "value") {
        const place = { arguments: [{ name: "value", type: answerType(method) }] };
        const { value } = answer;
        const types = schema?.types ?? {};
        const refused = await refusedFiles(place, types, { value }, folder, mayRead);
        const read =
          refused.length > 0
            ? err(refused)
            : await resolveFileReferences(place, types, { value }, folder, signal);
        if (read.ok) {
          functions[method.name] = { kind: "value", value: read.value["value"] ?? null };
        } else {
          const start = pointerOf(["interfaces", name, "functions", method.name]);
          problems.push(...read.error.map((each) => ({ ...each, pointer: start + each.pointer })));
        }
      }
    }
    whole[name] = { ...own, functions };
  }
  return problems.length === 0 ? ok(whole) : err(problems);
}

function moduleForAll(
  module: string,
  interfaces: readonly HostInterfaceSchema[],
): HostFunctionSetup {
  return Object.fromEntries(interfaces.map(({ name }) => [name, { module, functions: {} }]));
}
