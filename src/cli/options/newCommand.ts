// The command line of `fidius-call new`.

import { Argument, type Command, Option } from "commander";
import {
  crateKinds,
  methodKinds,
  type MethodKind,
  type NewCrateKind,
} from "../../scaffold/newCrate.ts";

export interface NewArguments {
  readonly name?: string;
  readonly interface?: string;
  readonly methods?: MethodKind;
  readonly configured?: true;
  readonly offline?: true;
  readonly json?: true;
}

export type NewAction = (
  kind: NewCrateKind,
  path: string | undefined,
  options: NewArguments,
) => Promise<void>;

const help = `
A plugin implements the interface that the workspace has, with todo!() in each method; without one it declares its own. The new
package becomes a member of the workspace around it and takes over what the workspace has for its members: fields, dependencies,
lints. Fidius is of the release in Cargo.lock, else the newest that cargo knows. Nothing is overwritten.

Examples:
  fidius-call new interface greeter-interface --methods async
  fidius-call new plugin polite-greeter --interface Greeter
  fidius-call new host greeter-host`;

export function addNewCommand(program: Command, action: NewAction): Command {
  return program
    .command("new")
    .description("make a crate with an interface, a plugin or a host, tests included")
    .addArgument(new Argument("<kind>", "what to make").choices(crateKinds))
    .argument(
      "[path]",
      "folder of the new package, which gives it its name; default: the current one",
    )
    .option("--name <name>", "name of the package, where it is not that of the folder")
    .addOption(
      new Option(
        "--interface <name>",
        "the interface of the workspace that the plugin implements or the host calls; needed where there are several",
      ).conflicts("methods"),
    )
    .addOption(
      new Option(
        "--methods <kind>",
        "what the first method of the new interface is; with a plugin: of one that it declares itself",
      ).choices(methodKinds),
    )
    .option("--configured", "a plugin whose instances are made from a configuration")
    .option("--offline", "do not ask cargo for the newest Fidius")
    .option("--json", "print one line of JSON")
    .addHelpText("after", help)
    .action(action);
}
