// Finds the interfaces that `types` is about: those of the folder and those that its plugins implement, or those that a
// library has.

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { LibraryReport } from "../../../model/libraryReport.ts";
import type { InterfaceSchema, ProjectModel } from "../../../model/plugin.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import type { CallRunner } from "../../../runner/call/callRunner.ts";
import { exitCodes } from "../../output/exitCodes.ts";
import { usageFailure, type CliFailure } from "../../output/failure.ts";
import { modelInside } from "./loadProject.ts";

/** An interface with the workspace whose lock file and features count for it. */
export interface SelectedInterface {
  readonly schema: InterfaceSchema;
  readonly workspaceRoot: string;
  /** Library or plugins whose values cross as JSON; the text names one. */
  readonly jsonWire?: string;
}

/** Of the project: all within `folder`, or those of the package that is named. */
export function interfacesOf(
  model: ProjectModel,
  folder: string,
  packageName: string | undefined,
): readonly SelectedInterface[] {
  const isNamed = ({ crate }: { readonly crate: { readonly name: string } }): boolean =>
    crate.name === packageName;
  const inside = modelInside(model, folder);
  const own = packageName === undefined ? inside.interfaces : model.interfaces.filter(isNamed);
  const plugins = packageName === undefined ? inside.plugins : model.plugins.filter(isNamed);
  const found = new Map<string, SelectedInterface>();
  for (const { interfaceId, crate } of plugins) {
    const schema = everyInterface(model).find(({ id }) => id === interfaceId);
    if (schema !== undefined) {
      found.set(schema.id, { schema, workspaceRoot: crate.workspaceRoot });
    }
  }
  for (const schema of own) {
    if (!found.has(schema.id)) {
      found.set(schema.id, { schema, workspaceRoot: schema.crate.workspaceRoot });
    }
  }
  return [...found.values()].sort((left, right) => compare(left.schema.id, right.schema.id));
}

/** Of the library at `path`, which is loaded for that. */
export async function interfacesInside(
  path: string,
  model: ProjectModel,
  runner: Pick<CallRunner, "inspect">,
): Promise<Result<readonly SelectedInterface[], CliFailure>> {
  const report = await runner.inspect(resolve(path));
  if (report.ok) {
    return interfacesOfLibrary(model, report.value);
  }
  const { kind, message } = report.error;
  return err({ exitCode: exitCodes.load, kind: "loadFailed", message, details: { reason: kind } });
}

/** Of a library: each of its interfaces by name and hash, from the sources of the project. */
function interfacesOfLibrary(
  model: ProjectModel,
  report: LibraryReport,
): Result<readonly SelectedInterface[], CliFailure> {
  const found = new Map<string, SelectedInterface>();
  for (const plugin of report.plugins) {
    const schema = everyInterface(model).find(
      ({ name, hash }) => name === plugin.interfaceName && hash === plugin.interfaceHash,
    );
    if (schema === undefined) {
      return err({
        exitCode: exitCodes.load,
        kind: "interfaceNotFound",
        message: `The source of the interface ${plugin.interfaceName} with hash ${plugin.interfaceHash}, which the library's plugin ${plugin.name} implements, was not found. Open the folder that has it with --manifest-path.`,
      });
    }
    const owner = model.plugins.find(({ interfaceId }) => interfaceId === schema.id);
    const { workspaceRoot } = (owner ?? schema).crate;
    found.set(schema.id, {
      schema,
      workspaceRoot,
      ...(plugin.wire === "json" ? { jsonWire: plugin.name } : {}),
    });
  }
  return ok([...found.values()]);
}

/** Those that --interface names; without it all. */
export function named(
  found: readonly SelectedInterface[],
  name: string | undefined,
): Result<readonly SelectedInterface[], CliFailure> {
  const chosen =
    name === undefined
      ? found
      : found.filter(({ schema }) => schema.name === name || schema.id === name);
  if (name === undefined || chosen.length > 0) {
    return ok(chosen);
  }
  const candidates = found.map(({ schema }) => schema.id);
  const others =
    candidates.length === 0 ? "No interface was found." : `Found: ${candidates.join(", ")}.`;
  return err(usageFailure(`There is no interface ${name}. ${others}`, { candidates }));
}

/** A package's name, unless something of that name lies here. */
export function isPackageName(text: string): boolean {
  return /^[\w-]+$/u.test(text) && !existsSync(text);
}

function everyInterface(model: ProjectModel): readonly InterfaceSchema[] {
  return [...model.interfaces, ...(model.dependencyInterfaces ?? [])];
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
