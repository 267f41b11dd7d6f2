// The snippets, as text in the syntax of LSP. What their places stand for compiles as it is: the interface, the plugin and the
// registry go together, and so do methods and what implements them (test/cargo/ruleExamples.test.ts asks the compiler).

import type { Completion } from "./completionText.ts";
import type { NextVersion } from "./nextVersion.ts";

/** How code of a crate names Fidius. */
export interface FidiusNames {
  /** Of the attribute macros. */
  readonly macros: string;
  /** Of everything else. */
  readonly core: string;
  /** To go behind an attribute's other arguments. */
  readonly argument: string;
}

function snippet(label: string, detail: string, ...lines: readonly string[]): Completion {
  return { label, detail, snippet: lines.join("\n"), kind: "snippet" };
}

/** For where an item of a module may begin. */
export function itemSnippets({ macros, core, argument }: FidiusNames): readonly Completion[] {
  return [
    snippet(
      "fidius interface",
      "a trait that plugins implement",
      `#[${macros}::plugin_interface(version = \${1:1}, buffer = \${2|PluginAllocated,Arena|}${argument})]`,
      "pub trait ${3:Greeter}: Send + Sync {",
      "    fn ${4:greet}(&self, ${5:name}: ${6:String}) -> ${7:String};$0",
      "}",
    ),
    snippet(
      "fidius plugin",
      "a type that implements an interface",
      "pub struct ${1:PoliteGreeter};",
      "",
      `#[${macros}::plugin_impl(\${2:Greeter}${argument})]`,
      "impl ${2:Greeter} for ${1:PoliteGreeter} {",
      "    fn ${3:greet}(&self, ${4:name}: ${5:String}) -> ${6:String} {",
      "        ${7:name}",
      "    }$0",
      "}",
    ),
    snippet(
      "fidius configured plugin",
      "a plugin that hosts make from a configuration",
      "#[derive(serde::Serialize, serde::Deserialize)]",
      "pub struct ${1:GreeterConfig} {",
      "    pub ${2:greeting}: ${3:String},",
      "}",
      "",
      "pub struct ${4:ConfiguredGreeter} {",
      "    config: ${1:GreeterConfig},",
      "}",
      "",
      "impl ${4:ConfiguredGreeter} {",
      "    fn configure(config: ${1:GreeterConfig}) -> Self {",
      "        Self { config }",
      "    }",
      "}",
      "",
      `#[${macros}::plugin_impl(\${5:Greeter}, config = \${1:GreeterConfig}${argument})]`,
      "impl ${5:Greeter} for ${4:ConfiguredGreeter} {",
      "    fn ${6:greet}(&self, ${7:name}: ${8:String}) -> ${9:String} {",
      '        ${10:format!("{\\}, {name\\}", self.config.greeting)}',
      "    }$0",
      "}",
    ),
    snippet(
      "fidius registry",
      "what exports the plugins of a library, once in it",
      `${core}::fidius_plugin_registry!();`,
    ),
  ];
}

/** For where a method of an interface may begin. */
export function traitMethodSnippets(
  { core }: FidiusNames,
  { number, raise }: NextVersion,
): readonly Completion[] {
  return [
    snippet(
      "fidius async method",
      "a method that may wait",
      "async fn ${1:fetch}(&self, ${2:name}: ${3:String}) -> ${4:String};$0",
    ),
    snippet(
      "fidius stream method",
      "a method that gives items one by one",
      `fn \${1:watch}(&self, \${2:count}: \${3:u32}) -> ${core}::Stream<\${4:u32}>;$0`,
    ),
    snippet(
      "fidius input stream method",
      "a method that takes items one by one",
      `fn \${1:sum}(&self, \${2:items}: ${core}::Stream<\${3:u32}>) -> \${4:u64};$0`,
    ),
    snippet(
      "fidius raw method",
      "a method whose bytes cross as they are",
      "#[wire(raw)]",
      "fn ${1:convert}(&self, ${2:data}: Vec<u8>) -> Vec<u8>;$0",
    ),
    {
      ...snippet(
        "fidius optional method",
        "a method that plugins may lack, of the interface's next version; it stands last",
        `#[optional(since = \${1:${String(number)}})]`,
        "fn ${2:describe}(&self) -> ${3:String};$0",
      ),
      ...(raise === undefined ? {} : { also: raise }),
    },
  ];
}

/** For where a method of a plugin may begin. */
export function implMethodSnippets({ core }: FidiusNames): readonly Completion[] {
  return [
    snippet(
      "fidius async method",
      "a method that may wait",
      "async fn ${1:fetch}(&self, ${2:name}: ${3:String}) -> ${4:String} {",
      "    ${5:name}$0",
      "}",
    ),
    snippet(
      "fidius stream method",
      "a method that gives items one by one",
      `fn \${1:watch}(&self, \${2:count}: \${3:u32}) -> ${core}::Stream<\${4:u32}> {`,
      `    ${core}::Stream::from_iter(\${5:0..count})$0`,
      "}",
    ),
    snippet(
      "fidius input stream method",
      "a method that takes items one by one",
      `fn \${1:sum}(&self, mut \${2:items}: ${core}::Stream<\${3:u32}>) -> \${4:u64} {`,
      "    let mut total = 0;",
      "    while let Some(item) = ${2:items}.next_item() {",
      "        total += ${4:u64}::from(item);",
      "    }",
      "    total$0",
      "}",
    ),
    snippet(
      "fidius raw method",
      "a method whose bytes cross as they are",
      "#[wire(raw)]",
      "fn ${1:convert}(&self, ${2:data}: Vec<u8>) -> Vec<u8> {",
      "    ${2:data}$0",
      "}",
    ),
    snippet(
      "fidius optional method",
      "a method that the trait marks as optional",
      "fn ${1:describe}(&self) -> ${2:String} {",
      "    ${3:String::new()}$0",
      "}",
    ),
  ];
}
