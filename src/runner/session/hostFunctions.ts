// Host functions in the runner: what people set up becomes instructions for the host, checked against the interface's source
// before anything is bound; what the host recorded becomes the log of an outcome.

import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { describeBindStatus, bindOk } from "../../abi/hostFunctionTable.ts";
import { statusCodes } from "../../abi/status.ts";
import { encodePluginError } from "../../codec/bincode/builtIn.ts";
import { encodeValue } from "../../codec/bincode/encode.ts";
import type {
  HostFunctionAnswer,
  HostFunctionRequest,
  HostFunctionSetup,
} from "../../model/hostFunctions.ts";
import type { HostImportReport, LibraryReport } from "../../model/libraryReport.ts";
import type { ValueProblem } from "../../model/outcome.ts";
import { pointerOf } from "../../model/value/jsonPointer.ts";
import type { HostInterfaceSchema, MethodSchema } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";
import type { TypeTable } from "../../model/schema/schema.ts";
import type { FunctionInstruction, InterfaceInstructions } from "../../protocol/hostFunctions.ts";
import type { Limit } from "../process/deadline.ts";
import type { HostLane, HostPool } from "./hostPool.ts";
import type { HostSession, Step } from "./hostSession.ts";

/** An import that is set up. */
interface WantedBinding {
  readonly index: number;
  readonly schema: HostInterfaceSchema;
  readonly instructions: string;
}

/** The schema of an import: the source with its name and its hash, both as the library has them (reference 3.11). */
function schemaOfImport(
  wanted: HostImportReport,
  interfaces: readonly HostInterfaceSchema[],
): HostInterfaceSchema | undefined {
  return interfaces.find(
    ({ name, hash, version }) =>
      name === wanted.interfaceName &&
      hash === wanted.interfaceHash &&
      version === wanted.interfaceVersion,
  );
}

/** Whether a set-up answers anything of an interface. */
function isSetUp(setup: HostFunctionSetup, interfaceName: string): boolean {
  const own = Object.hasOwn(setup, interfaceName) ? setup[interfaceName] : undefined;
  return own !== undefined && (own.module !== undefined || Object.keys(own.functions).length > 0);
}

/** Ends a lane's host in peace when an interface that it has bound is not set up any more: binding is for a process's life. */
export function retireTakenAway(
  pool: HostPool,
  lane: HostLane,
  request: HostFunctionRequest | undefined,
): void {
  const setup = request?.setup ?? {};
  const bound = lane.session?.boundInterfaces ?? [];
  if (bound.some((name) => !isSetUp(setup, name))) {
    pool.retire(lane, "host functions that it had were taken away");
  }
}

/** Binds all imports of the loaded library that are set up; problems mean that nothing may be called. */
export async function bindHostFunctions(
  session: HostSession,
  report: LibraryReport,
  request: HostFunctionRequest,
  limit: Limit,
): Promise<Step<Result<null, readonly ValueProblem[]>>> {
  const wanted = await wantedBindings(report, request);
  if (!wanted.ok) {
    return { kind: "done", value: wanted };
  }
  for (const { index, schema, instructions } of wanted.value) {
    if (session.boundInstructions(schema.name) === instructions) {
      continue;
    }
    const step = await session.bind(schema.name, instructions, {
      hostImport: index,
      functionCount: schema.methods.length,
      limit,
    });
    if (step.kind !== "done") {
      return step;
    }
    const { status, problems } = step.value;
    const all = [
      ...problems,
      ...(status === null || status === bindOk ? [] : [describeBindStatus(schema.name, status)]),
    ];
    if (all.length > 0) {
      const pointer = pointerOf([schema.name]);
      return { kind: "done", value: err(all.map((message) => ({ pointer, message }))) };
    }
  }
  return { kind: "done", value: ok(null) };
}

async function wantedBindings(
  report: LibraryReport,
  { interfaces, setup, folder }: HostFunctionRequest,
): Promise<Result<readonly WantedBinding[], readonly ValueProblem[]>> {
  const wanted: WantedBinding[] = [];
  const problems: ValueProblem[] = [];
  for (const [index, hostImport] of (report.hostImports ?? []).entries()) {
    const { interfaceName } = hostImport;
    if (!isSetUp(setup, interfaceName)) {
      continue;
    }
    const schema = schemaOfImport(hostImport, interfaces);
    if (schema === undefined) {
      problems.push({
        pointer: pointerOf([interfaceName]),
        message: describeUnknown(hostImport, interfaces),
      });
      continue;
    }
    const instructions = await instruct(schema, setup, folder);
    if (instructions.ok) {
      wanted.push({ index, schema, instructions: JSON.stringify(instructions.value) });
    } else {
      problems.push(...instructions.error);
    }
  }
  return problems.length === 0 ? ok(wanted) : err(problems);
}

function describeUnknown(
  { interfaceName, interfaceHash, interfaceVersion }: HostImportReport,
  interfaces: readonly HostInterfaceSchema[],
): string {
  const named = interfaces.find(({ name }) => name === interfaceName);
  return named === undefined
    ? `The source of host interface ${interfaceName} was not found, so its functions cannot be answered. Open the folder that has it.`
    : `Host interface ${interfaceName} has changed since the plugin was built (version ${String(interfaceVersion)}, hash ${interfaceHash} in the library; version ${String(named.version)}, hash ${named.hash} in the source). Build the plugin again.`;
}

/** The instructions for an interface, or every answer that does not fit its function. */
async function instruct(
  schema: HostInterfaceSchema,
  setup: HostFunctionSetup,
  folder: string,
): Promise<Result<InterfaceInstructions, readonly ValueProblem[]>> {
  const own = setup[schema.name] ?? { functions: {} };
  const problems: ValueProblem[] = [];
  for (const name of Object.keys(own.functions)) {
    if (!schema.methods.some((method) => method.name === name)) {
      const known = [...new Set(schema.methods.map((method) => method.name))].join(", ");
      const message = `Host interface ${schema.name} has no function ${name}. It has: ${known}.`;
      problems.push({ pointer: pointerOf([schema.name, "functions", name]), message });
    }
  }
  const functions: FunctionInstruction[] = [];
  for (const method of schema.methods) {
    const module = own.module;
    const inherited: HostFunctionAnswer | undefined =
      module === undefined ? undefined : { kind: "module", module };
    const answer = Object.hasOwn(own.functions, method.name)
      ? own.functions[method.name]
      : inherited;
    const instruction = await instructFunction(method, schema.types, answer, folder);
    if (instruction.ok) {
      functions.push({ name: method.name, answer: instruction.value });
    } else {
      const steps = [schema.name, "functions", method.name];
      problems.push(
        ...instruction.error.map(({ pointer, message }) => ({
          pointer: `${pointerOf(steps)}${pointer}`,
          message,
        })),
      );
    }
  }
  return problems.length === 0
    ? ok({ interfaceName: schema.name, types: schema.types, functions })
    : err(problems);
}

async function instructFunction(
  method: MethodSchema,
  types: TypeTable,
  answer: HostFunctionAnswer | undefined,
  folder: string,
): Promise<Result<FunctionInstruction["answer"], readonly ValueProblem[]>> {
  switch (answer?.kind) {
    case undefined:
      return ok({ kind: "none" });
    case "value": {
      const type = method.returns.kind === "result" ? method.returns.success : method.returns.type;
      const encoded = encodeValue(type, types, answer.value);
      return encoded.ok
        ? ok({ kind: "bytes", status: statusCodes.ok, bytes: toBase64(encoded.value) })
        : err(
            encoded.error.map(({ pointer, message }) => ({ pointer: `/value${pointer}`, message })),
          );
    }
    case "error": {
      if (method.returns.kind !== "result") {
        const message = `${method.name} returns no Result, so it cannot answer with an error. Give a value, or a module that throws: the plugin then sees a panic of its host.`;
        return err([{ pointer: "/error", message }]);
      }
      const bytes = toBase64(encodePluginError(answer.error));
      return ok({ kind: "bytes", status: statusCodes.pluginError, bytes });
    }
    case "module": {
      const module = resolve(folder, answer.module);
      const version = await stat(module).then(
        ({ mtimeMs, size }) => `${String(mtimeMs)}-${String(size)}`,
        () => undefined,
      );
      if (version === undefined) {
        const message = `There is no module ${module}. Check the path; it is relative to ${folder}.`;
        return err([{ pointer: "/module", message }]);
      }
      return ok({ kind: "module", module, version, method });
    }
  }
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
}
