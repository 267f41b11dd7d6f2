// `fidius-call types`: the types of an interface's methods as the model knows them, with their bytes; with --verify compared
// with what the type's own serde reads and writes.

import { verifyInterface } from "../../bridge/verify/verifyInterface.ts";
import type { Bridge } from "../../bridge/bridges.ts";
import type { InterfaceSchema } from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { exitCodes } from "../output/exitCodes.ts";
import { usageFailure, type CliFailure } from "../output/failure.ts";
import { bridgeFailure, openBridge, type BridgePorts } from "../options/openBridge.ts";
import type { SelectedInterface } from "../options/project/selectInterfaces.ts";
import {
  typesJson,
  typesText,
  verifiedJson,
  verifiedText,
  type VerifiedInterface,
} from "./typesText.ts";

export interface TypesOptions {
  readonly verifies: boolean;
  readonly isJson: boolean;
  /** Generated values of each type. */
  readonly values: number;
  readonly seed: bigint;
}

/** Prints the types, or what comparing them gave; differences are a failure. */
export async function runTypes(
  interfaces: readonly SelectedInterface[],
  options: TypesOptions,
  ports: BridgePorts,
  signal: AbortSignal,
): Promise<CliFailure | undefined> {
  const { terminal } = ports;
  if (!options.verifies) {
    const schemas = interfaces.map(({ schema }) => schema);
    if (options.isJson) {
      terminal.json(typesJson(schemas));
    } else {
      terminal.result(...printed(schemas));
    }
    return undefined;
  }
  if (interfaces.length === 0) {
    return usageFailure(
      "There is nothing to verify: no interface was found. Give a folder, a package or a library that has one.",
    );
  }
  const json = interfaces.find(({ jsonWire }) => jsonWire !== undefined);
  if (json !== undefined) {
    return {
      exitCode: exitCodes.usage,
      kind: "unsupported",
      message: `${json.jsonWire ?? ""} is a debug build of Fidius 0.0, which takes JSON, and the types are compared as bincode: build it with the release profile, which takes bincode.`,
    };
  }
  const verified: VerifiedInterface[] = [];
  const failures: CliFailure[] = [];
  for (const each of interfaces) {
    const result = await verify(each, options, ports, signal);
    terminal.endProgress();
    if (signal.aborted) {
      return {
        exitCode: exitCodes.interrupted,
        kind: "cancelled",
        message: "Comparing the types was cancelled.",
      };
    }
    if (result.ok) {
      verified.push(result.value);
    } else {
      failures.push(result.error);
    }
  }
  if (options.isJson) {
    terminal.json(verifiedJson(verified, options));
  } else if (verified.length > 0) {
    terminal.result(...verifiedText(verified));
  }
  const [failure, ...others] = failures;
  others.forEach(({ text, message }) => {
    terminal.note(...(text ?? []), message);
  });
  return failure ?? endedFailure(verified) ?? differencesFailure(verified);
}

/** Types whose own code ended the bridge: the others are compared all the same. */
function endedFailure(verified: readonly VerifiedInterface[]): CliFailure | undefined {
  const ended = verified.flatMap(({ schema, reports }) =>
    reports.flatMap(({ end, method, label }) =>
      end === null ? [] : [`${label} of ${schema.name}.${method}: ${end}`],
    ),
  );
  return ended.length === 0
    ? undefined
    : {
        exitCode: exitCodes.crash,
        kind: "bridgeEnded",
        message: `The code of ${ended.length === 1 ? "one type" : `${String(ended.length)} types`} ended the bridge while it was compared. ${ended.join(" ")}`,
      };
}

function printed(schemas: readonly InterfaceSchema[]): readonly string[] {
  return schemas.length === 0
    ? ["No Fidius interface found. Fidius looks for traits under #[plugin_interface]."]
    : typesText(schemas);
}

async function verify(
  { schema, workspaceRoot }: SelectedInterface,
  { values, seed }: TypesOptions,
  ports: BridgePorts,
  signal: AbortSignal,
): Promise<Result<VerifiedInterface, CliFailure>> {
  if (schema.fullSpan === undefined) {
    return err({
      exitCode: exitCodes.load,
      kind: "interfaceNotFound",
      message: `The source of ${schema.name} was not found, so there is nothing to ask the compiler for.`,
    });
  }
  const open = openBridge(schema, workspaceRoot, ports);
  const opened = await open(signal);
  if (!opened.ok) {
    return err(bridgeFailure(schema.name, opened.error));
  }
  let bridge = opened.value;
  const again = async (): Promise<Result<Bridge, string>> => {
    const next = bridge.end === null ? ok(bridge) : await open(signal);
    bridge = next.ok ? next.value : bridge;
    return next.ok ? next : err(bridgeFailure(schema.name, next.error).message);
  };
  const options = { openBridge: again, values, seed, signal };
  const reports = await verifyInterface(schema, options, (place) => {
    ports.terminal.status(`Comparing ${schema.name}.${place.method} · ${place.label}`);
  });
  return ok({ schema, reports });
}

function differencesFailure(verified: readonly VerifiedInterface[]): CliFailure | undefined {
  const differences = verified.flatMap(({ schema, reports }) =>
    reports.flatMap((report) =>
      report.differences.map(({ pointer, message }) => ({
        interface: schema.id,
        method: report.method,
        place: report.label,
        pointer,
        message,
      })),
    ),
  );
  return differences.length === 0
    ? undefined
    : {
        exitCode: exitCodes.expectation,
        kind: "typesDiffer",
        message: `The types that the sources show are not what serde reads and writes: ${differences.length === 1 ? "1 difference" : `${String(differences.length)} differences`}. Calls with these types would pass wrong bytes; report it as a bug of Fidius for VS Code.`,
        details: { differences },
      };
}
