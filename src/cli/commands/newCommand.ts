// `fidius-call new`: makes a crate of a template and says what was written.

import { relative, resolve } from "node:path";
import type { CratePlan, NewCrateKind } from "../../scaffold/newCrate.ts";
import { planCrate } from "../../scaffold/planCrate.ts";
import { registryFidius } from "../../scaffold/fidiusVersion.ts";
import { writeCrate } from "../../scaffold/writeCrate.ts";
import type { NewArguments } from "../options/newCommand.ts";
import { usageFailure, type CliFailure } from "../output/failure.ts";
import { jsonText } from "../output/jsonText.ts";
import type { Terminal } from "../output/terminal.ts";

export async function runNew(
  kind: NewCrateKind,
  path: string | undefined,
  options: NewArguments,
  terminal: Terminal,
): Promise<CliFailure | undefined> {
  const { name, interface: interfaceName, methods, configured, offline } = options;
  const request = {
    kind,
    folder: resolve(path ?? "."),
    isConfigured: configured === true,
    ...(name === undefined ? {} : { name }),
    ...(interfaceName === undefined ? {} : { interfaceName }),
    ...(methods === undefined ? {} : { methods }),
  };
  const plan = await planCrate(request, offline === true ? {} : { newestFidius: registryFidius });
  if (!plan.ok) {
    return usageFailure(plan.error);
  }
  const written = await writeCrate(plan.value);
  if (!written.ok) {
    return usageFailure(written.error);
  }
  tell(kind, plan.value, options, terminal);
  return undefined;
}

function tell(
  kind: NewCrateKind,
  { packageName, newFiles, changedFiles, notes }: CratePlan,
  { json }: NewArguments,
  terminal: Terminal,
): void {
  const [made, changed] = [newFiles, changedFiles].map((files) => files.map(({ file }) => file));
  if (json === true) {
    terminal.json(
      jsonText({ package: packageName, files: made ?? [], changed: changed ?? [], notes }),
    );
    return;
  }
  const shown = (file: string): string => relative(process.cwd(), file);
  terminal.result(
    ...(made ?? []).map((file) => `new ${shown(file)}`),
    ...(changed ?? []).map((file) => `changed ${shown(file)}`),
  );
  terminal.note(
    `The ${kind} ${packageName} is there. cargo test -p ${packageName} runs its tests.`,
    ...notes,
  );
}
