// Which debugger attaches, and what it is told.

import assert from "node:assert/strict";
import {
  attachConfiguration,
  chooseEngine,
  debugEngines,
} from "../../../src/extension/debugging/engines.ts";
import type { AttachTarget } from "../../../src/extension/debugging/engines.ts";
import type { PluginMethod, PluginSchema } from "../../../src/model/plugin.ts";

const line = (number: number) => ({ line: number, character: 0 });
const target: AttachTarget = {
  host: { pid: 4711, program: "/opt/node", libraryCopy: '/tmp/a "b"/1-libcalc.so' },
  title: "Calculator::add",
  plugin: { name: "Basic", interfaceName: "Calculator" } as PluginSchema,
  method: {
    name: "add",
    isAsync: false,
    nameSpan: { file: "/src/lib.rs", start: line(9), end: line(9) },
    fullSpan: { file: "/src/lib.rs", start: line(8), end: line(12) },
  } as PluginMethod,
  stopsAtMethod: true,
  platform: "linux",
};
const [codeLldb, lldbDap, cpp] = debugEngines;

describe("the debugger of a method", () => {
  it("is the first that is installed, or the one of the setting", () => {
    const installed =
      (...ids: readonly string[]) =>
      (id: string) =>
        ids.includes(id);
    const both = installed("ms-vscode.cpptools", "llvm-vs-code-extensions.lldb-dap");
    assert.equal(chooseEngine("auto", both), lldbDap);
    assert.equal(chooseEngine("ms-vscode.cpptools", both), cpp);
    assert.equal(chooseEngine("vadimcn.vscode-lldb", both), undefined);
    assert.equal(chooseEngine("auto", installed()), undefined);
  });

  it("attaches lldb to the process, and shows it the library's copy", () => {
    for (const engine of [codeLldb, lldbDap]) {
      assert.ok(engine !== undefined);
      const { type, request, pid, program, initCommands, preRunCommands } = attachConfiguration(
        engine,
        target,
      ) as Record<string, unknown>;
      assert.deepEqual(
        { type, request, pid, program },
        {
          ...{ type: engine.type, request: "attach", pid: 4711, program: "/opt/node" },
        },
      );
      assert.deepEqual(initCommands, [
        "settings set target.preload-symbols false",
        String.raw`settings set target.exec-search-paths "/tmp/a \"b\""`,
      ]);
      const [add, stop, ...others] = preRunCommands as string[];
      assert.equal(add, String.raw`target modules add "/tmp/a \"b\"/1-libcalc.so"`);
      assert.match(
        stop ?? "",
        /^breakpoint set --func-regex '.*Basic.*Calculator.*::add.*\$' --shlib "1-libcalc\.so"$/u,
      );
      assert.deepEqual(others, []);
      const free = attachConfiguration(engine, { ...target, stopsAtMethod: false });
      assert.deepEqual(free["preRunCommands"], [add]);
    }
  });

  it("attaches C/C++ with the system's own debugger", () => {
    assert.ok(cpp !== undefined);
    const linux = attachConfiguration(cpp, target);
    assert.equal(linux.type, "cppdbg");
    assert.equal(linux["processId"], "4711");
    assert.equal(linux["MIMode"], "gdb");
    assert.match(JSON.stringify(linux["setupCommands"]), /lib\.rs:11/u);
    const { setupCommands } = attachConfiguration(cpp, { ...target, stopsAtMethod: false }) as {
      readonly setupCommands?: unknown;
    };
    assert.equal(setupCommands, undefined);
    assert.equal(attachConfiguration(cpp, { ...target, platform: "darwin" })["MIMode"], "lldb");
    assert.equal(attachConfiguration(cpp, { ...target, platform: "win32" }).type, "cppvsdbg");
  });
});
