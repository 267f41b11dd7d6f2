// The source of a host: a program that loads the plugins of an interface from a folder and calls one method of each.

import { indented } from "./firstMethod.ts";

/** The method that the program calls. */
export interface HostCall {
  readonly name: string;
  /** Rust texts of the arguments. */
  readonly arguments: readonly string[];
  /** Rust text of the result's type, or of an item's. */
  readonly returns: string;
  readonly isStream: boolean;
}

export interface HostSource {
  readonly trait: string;
  /** `greeter_interface::sub`. */
  readonly path: string;
  /** Undefined: no method can be called with values that are made up. */
  readonly call: HostCall | undefined;
}

export function hostCrateText({ trait, path, call }: HostSource): string {
  const isStream = call?.isStream === true;
  const fidius = isStream ? "{from_value, PluginHandle, PluginHost}" : "{PluginHandle, PluginHost}";
  const imports = [
    `use fidius::${fidius};`,
    ...(isStream ? ["use futures::executor::{block_on, block_on_stream};"] : []),
    `use ${path}::__fidius_${trait};`,
  ].sort();
  return `//! Loads the plugins of the interface \`${trait}\` from a folder${call === undefined ? "" : " and calls them"}.

use std::error::Error;
use std::path::Path;

${imports.join("\n")}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1);
    let folder = folder.ok_or("Give the folder with the plugins.")?;
    for line in ask_plugins(folder.as_ref())? {
        println!("{line}");
    }
    Ok(())
}

/// What each plugin in the folder says. Loading runs code of the libraries: it must be a folder that nobody else writes to.
fn ask_plugins(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let host = PluginHost::builder()
        .search_path(folder)
        .interface_hash(__fidius_${trait}::${trait}_INTERFACE_HASH)
        .build()?;
    let mut lines = Vec::new();
    for info in host.discover()? {
        let plugin = PluginHandle::from_loaded(host.load(&info.name)?);
${indented(callLines(trait, call), 8)}
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::path::Path;

    use super::ask_plugins;

    #[test]
    fn a_folder_without_plugins_gives_nothing() -> Result<(), Box<dyn Error>> {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        assert!(ask_plugins(&sources)?.is_empty());
        Ok(())
    }
}
`;
}

function callLines(trait: string, call: HostCall | undefined): readonly string[] {
  if (call === undefined) {
    return [
      `// A call takes the method's number and its arguments: plugin.call_method(__fidius_${trait}::METHOD_…, &(…,))`,
      "let version = plugin.info().interface_version;",
      'lines.push(format!("{} (interface version {version})", info.name));',
    ];
  }
  const { name, returns } = call;
  const values = call.arguments.map((argument) => `${argument},`).join(" ");
  const method = [
    `let method = __fidius_${trait}::METHOD_${name.toUpperCase()};`,
    `let arguments = (${values});`,
  ];
  return call.isStream
    ? [
        ...method,
        `let call = plugin.call_streaming::<_, ${returns}>(method, &arguments);`,
        "for item in block_on_stream(block_on(call)?) {",
        `    let item: ${returns} = from_value(item?)?;`,
        '    lines.push(format!("{}: {item:?}", info.name));',
        "}",
      ]
    : [
        ...method,
        `let result: ${returns} = plugin.call_method(method, &arguments)?;`,
        'lines.push(format!("{}: {result:?}", info.name));',
      ];
}
