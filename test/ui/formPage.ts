// A method's form in the panel, with the controls of its fields in few words.

import type { Locator } from "playwright-core";
import type { JsonObject } from "../../src/model/value/value.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage, type Theme } from "./panelPage.ts";

export interface FormPage {
  /** The panel that is open. */
  readonly panel: () => PanelPage;
  /** Opens the form of a method with such arguments. */
  readonly open: (args: fixture.MethodParts["args"], theme?: Theme) => Promise<void>;
  /** Opens the form of a method. */
  readonly openMethod: (parts: fixture.MethodParts, theme?: Theme) => Promise<void>;
  /** Invokes, and gives the arguments that the panel sent. */
  readonly invoked: () => Promise<JsonObject>;
  readonly input: (pointer: string) => Locator;
  readonly within: (pointer: string, testId: string) => Locator;
  readonly radio: (pointer: string, name: string) => Locator;
  readonly message: (pointer: string) => Locator;
}

/** Registers the suite's set-up. */
export function useForm(): FormPage {
  const lab = usePanelLab();
  let panel: PanelPage;

  async function openMethod(parts: fixture.MethodParts, theme: Theme = "dark"): Promise<void> {
    panel = await lab.open(fixture.panelState(parts), { theme });
  }
  const within = (pointer: string, testId: string): Locator =>
    panel.field(pointer).getByTestId(testId);

  return {
    panel: () => panel,
    openMethod,
    open: (args = {}, theme) => openMethod({ name: "call", args }, theme),
    invoked: async () => {
      const before = (await panel.received("invoke")).length;
      await panel.invoke.click();
      const params = (await panel.waitForMessage("invoke", before + 1)) as {
        arguments: JsonObject;
      };
      await panel.sendOutcome(fixture.outcome({ kind: "cancelled", afterMs: 1 }));
      await panel.page.locator('[data-testid="invoke"][data-running="false"]').waitFor();
      return params.arguments;
    },
    input: (pointer) => panel.input(pointer),
    within,
    radio: (pointer, name) =>
      panel.field(pointer).getByRole("radio", { name, exact: true }).first(),
    message: (pointer) => within(pointer, "message").first(),
  };
}
