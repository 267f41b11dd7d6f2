// `fidius_plugin_registry!()` twice in what becomes one library.

import { spanOf } from "../../../rust/names/modules/modules.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { linkedRegistry, registryCalls, wholeCall } from "../../source/registryCalls.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const registryDuplicate: SourceRule = {
  id: "registry-duplicate",
  severity: "error",
  word: "silent",
  page: {
    finds: "A second `fidius_plugin_registry!()` in one library, its dependencies included.",
    why: "Each one exports `fidius_get_registry`, and a library has one symbol of that name. In one module rustc says E0428; in two modules or two crates `cargo check` passes, and the build fails.",
    bad: exampleLibrary({
      registry: "fidius::fidius_plugin_registry!();\n\nfidius::fidius_plugin_registry!();",
    }),
    good: exampleLibrary(),
  },
  crate: (sources, report) => {
    const own = registryCalls(sources.crate);
    const [first] = own;
    for (const placed of own.slice(1)) {
      report(
        placed,
        wholeCall(placed),
        "This library has its registry already. Remove one of the two.",
        {
          related:
            first === undefined
              ? []
              : [{ span: spanOf(first, wholeCall(first)), message: "The first one" }],
          fixes: textFix(placed, "Remove this registry", {
            fragment: wholeCall(placed),
            newText: "",
          }),
        },
      );
    }
    const isLoaded = sources.crate.node.info.crateTypes.some((type) =>
      ["cdylib", "dylib"].includes(type),
    );
    const other = isLoaded && first !== undefined ? linkedRegistry(sources) : undefined;
    if (first !== undefined && other !== undefined) {
      const { name } = other.node.info;
      report(
        first,
        wholeCall(first),
        `\`${name}\`, which this library links, has a registry of its own, so the build fails at the linker. Move its plugins to a crate without one, or remove its registry.`,
        {
          related: registryCalls(other).map((placed) => ({
            span: spanOf(placed, wholeCall(placed)),
            message: `The registry of \`${name}\``,
          })),
        },
      );
    }
  },
};
