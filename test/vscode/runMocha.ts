// Runs suites with mocha inside the extension host.

import Mocha from "mocha";
import CountingReporter from "../support/countingReporter.ts";
import { closeWorkbench, takePicture, workbench } from "./workbench.ts";

/** Rejects when a test failed: VS Code makes an exit code of it. */
export async function runMocha(loadSuites: () => void): Promise<void> {
  const mocha = new Mocha({
    ui: "bdd",
    reporter: CountingReporter,
    timeout: 840_000,
    color: false,
    forbidOnly: true,
    failZero: true,
  });
  mocha.suite.emit("pre-require", globalThis, null, mocha);
  // A picture of the window says more than a time-out.
  mocha.suite.afterEach(async function () {
    if (this.currentTest?.isFailed() === true) {
      await takePicture(this.currentTest.fullTitle().replaceAll(/\W+/gu, "-"));
      // What the test left open must not stand in the way of the next one.
      await (await workbench()).keyboard.press("Escape");
    }
  });
  loadSuites();
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  await closeWorkbench();
  if (failures > 0) {
    throw new Error(`${String(failures)} tests failed`);
  }
}
