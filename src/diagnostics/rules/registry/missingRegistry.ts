// A cdylib with plugins and without `fidius_plugin_registry!()`.

import { exampleLibrary } from "../../source/examples/example.ts";
import { linkedRegistry, registryCalls, registryMacro } from "../../source/registryCalls.ts";
import type { TextFix } from "../../../model/text/textFix.ts";
import { spanInFile } from "../../../rust/syntax/fileSyntax.ts";
import type { CrateSources } from "../../../rust/fidius/crateCheck.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const missingRegistry: SourceRule = {
  id: "missing-registry",
  severity: "error",
  word: "silent",
  page: {
    finds: "A library with plugins that does not call `fidius_plugin_registry!()`.",
    why: "It builds, and exports nothing that a host could ask: the plugins are in it and cannot be found.",
    bad: exampleLibrary({ registry: "" }),
    good: exampleLibrary(),
    limits: "Silent where a macro may write the call, and in crates that are no cdylib.",
  },
  crate: (sources, report) => {
    const { crate, impls } = sources;
    const [first] = impls;
    const isLoaded =
      crate.node.info.crateTypes.includes("cdylib") && crate.node.info.target === undefined;
    if (
      !isLoaded ||
      first === undefined ||
      registryCalls(crate).length > 0 ||
      mayBeWritten(sources) ||
      linkedRegistry(sources) !== undefined
    ) {
      return;
    }
    report(
      first.placed,
      first.placed.item.selfType,
      "This library exports no plugin: it does not call `fidius_plugin_registry!()`. Add the call at the end of `lib.rs`.",
      { fixes: addCall(sources) },
    );
  },
};

/** A macro call or an attribute that is not known may write it, and so may a name that only a macro writes, or what is too large to be read. */
function mayBeWritten({ crate }: CrateSources): boolean {
  return crate
    .modules()
    .some(
      (module) =>
        module.hidesNames ||
        module.file.text.includes(registryMacro) ||
        module.declared.some(
          ({ item }) => item.kind === "macroCall" && item.path.at(-1) !== "macro_rules",
        ),
    );
}

function addCall({ crate }: CrateSources): readonly TextFix[] {
  const file = crate.root?.file;
  if (file === undefined) {
    return [];
  }
  const path = crate.node.dependencies.some(({ codeName }) => codeName === "fidius")
    ? "fidius"
    : "fidius_core";
  const end = file.text.length;
  const gap = file.text.endsWith("\n") ? "\n" : "\n\n";
  return [
    {
      kind: "changeText",
      title: "Add `fidius_plugin_registry!()`",
      changes: [
        { span: spanInFile(file, end, end), newText: `${gap}${path}::${registryMacro}!();\n` },
      ],
    },
  ];
}
