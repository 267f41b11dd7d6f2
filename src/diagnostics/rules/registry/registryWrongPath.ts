// The registry macro looked for in a crate that does not have it.

import { exampleLibrary } from "../../source/examples/example.ts";
import { registryCalls } from "../../source/registryCalls.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const withoutIt: ReadonlySet<string> = new Set(["fidius_macro", "fidius_guest", "fidius_host"]);

export const registryWrongPath: SourceRule = {
  id: "registry-wrong-path",
  severity: "error",
  word: "rustc",
  page: {
    finds: "`fidius_macro::fidius_plugin_registry!()` and the like.",
    why: "`fidius` and `fidius_core` have the macro, other crates of Fidius do not (E0433).",
    bad: exampleLibrary({ registry: "fidius_macro::fidius_plugin_registry!();" }),
    good: exampleLibrary(),
  },
  crate: ({ crate }, report) => {
    for (const placed of registryCalls(crate)) {
      const { path, pathSpan } = placed.item;
      const owner = path[0] ?? "";
      if (path.length > 1 && withoutIt.has(owner)) {
        const names = crate.node.dependencies.map(({ codeName }) => codeName);
        const home = ["fidius", "fidius_core"].find((name) => names.includes(name)) ?? "fidius";
        const newText = `${home}::fidius_plugin_registry`;
        report(
          placed,
          pathSpan,
          `\`${owner}\` does not have this macro. Write \`${newText}!()\`.`,
          {
            fixes: textFix(placed, `Write \`${newText}\``, { fragment: pathSpan, newText }),
          },
        );
      }
    }
  },
};
