// The extension's side of host functions in the test's page: a file that is only text, edited and read by the real code.

import { readHostFunctionText } from "../../src/calls/hostFunctions/checkHostFunctions.ts";
import { editHostFunctions } from "../../src/calls/hostFunctions/editHostFunctions.ts";
import type { HostInterfaceSchema } from "../../src/model/plugin.ts";
import type {
  HostFunctionCommand,
  PanelHostFunctions,
  PanelHostInterface,
} from "../../src/protocol/panelHostFunctions.ts";

export interface FakeHostFunctions {
  /** Null: there is no file. */
  text: string | null;
  readonly schemas: readonly HostInterfaceSchema[];
  readonly interfaces: readonly Omit<PanelHostInterface, "setup">[];
  readonly readOnly: string | null;
}

/** What the panel is told. */
export function describeFake(fake: FakeHostFunctions): PanelHostFunctions {
  const { setup, problems } =
    fake.text === null
      ? { setup: {}, problems: [] }
      : readHostFunctionText(fake.text, fake.schemas);
  const answers = setup ?? {};
  return {
    file: "/project/plugins/basic/fidius.host-functions.json",
    isThere: fake.text !== null,
    isBroken: setup === null,
    readOnly: fake.readOnly ?? (setup === null ? "The file has an error." : null),
    interfaces: fake.interfaces.map((each) => ({
      ...each,
      setup: answers[each.name] ?? { functions: {} },
    })),
    problems,
  };
}

/** Does what the panel asks for with the text. */
export function editFake(fake: FakeHostFunctions, command: HostFunctionCommand): string | null {
  if (command.kind !== "edit") {
    return null;
  }
  const { edit } = command;
  const schema = fake.schemas.find(({ name }) => name === edit.interfaceName);
  if (schema === undefined) {
    return "there is no such interface";
  }
  const edited = editHostFunctions(fake.text, edit, schema);
  if (!edited.ok) {
    return edited.error;
  }
  fake.text = edited.value;
  return null;
}
