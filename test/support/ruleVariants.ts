// Mistakes and their neighbours in other forms than the pages of rules have them. Each says what the rules find in it and whether it
// compiles; test/cargo asks the compiler.

import { exampleLibrary as library } from "../../src/diagnostics/source/examples/example.ts";

export interface RuleVariant {
  readonly name: string;
  readonly text: string;
  /** `severity code: marked text` of errors and warnings. */
  readonly said: readonly string[];
  readonly compiles: boolean;
}

const derived = "#[derive(serde::Serialize, serde::Deserialize)]\n";

const configured = (configure: string): string =>
  library({
    items: `${derived}pub struct Config {\n    pub n: u32,\n}`,
    type: `pub struct MyTool {\n    pub n: u32,\n}\n\nimpl MyTool {\n    ${configure}\n}`,
    plugin: "Tool, config = Config",
  });

const method = (signature: string, body: string, parts: object = {}): string =>
  library({ methods: `    ${signature};`, impl: `    ${signature} { ${body} }`, ...parts });

const hostInterface = (functions: string): string =>
  `#[fidius::host_interface(version = 1)]\npub trait Host: Send + Sync {\n    ${functions}\n}`;

export const ruleVariants: readonly RuleVariant[] = [
  {
    name: "a function makes the plugin's value",
    text: library({
      type: "pub struct MyTool { pub n: u32 }\n#[allow(non_snake_case)]\npub fn MyTool() -> MyTool { MyTool { n: 1 } }",
    }),
    said: [],
    compiles: true,
  },
  {
    name: "a plugin on an alias",
    text: library({ type: "pub struct Real;\npub type MyTool = Real;" }),
    said: ["error plugin-type-not-unit: MyTool"],
    compiles: false,
  },
  {
    name: "a plugin on a primitive",
    text: library({ type: "", header: "impl Tool for u32" }),
    said: ["error plugin-type-not-unit: u32"],
    compiles: false,
  },
  {
    name: "an alias of Fidius' stream that is called Stream",
    text: method("fn run(&self) -> Stream<u8>", "todo!()", {
      items: "mod rows { pub type Stream<T> = fidius::Stream<T>; }\nuse rows::Stream;",
    }),
    said: [],
    compiles: true,
  },
  {
    name: "a stream under another name",
    text: method("fn run(&self) -> Rows<u8>", "todo!()", { items: "use fidius::Stream as Rows;" }),
    said: ["error stream-alias: Rows<u8>"],
    compiles: false,
  },
  {
    name: "a generic alias of a stream",
    text: method("fn run(&self, rows: Rows<u8>) -> u8", "drop(rows); 1", {
      items: "pub type Rows<T> = fidius::Stream<T>;",
    }),
    said: ["error stream-alias: Rows<u8>"],
    compiles: false,
  },
  {
    name: "a raw method with a stream",
    text: library({
      methods: "    #[wire(raw)]\n    fn run(&self, a: Vec<u8>) -> fidius::Stream<u8>;",
      impl: "    #[wire(raw)]\n    fn run(&self, _a: Vec<u8>) -> fidius::Stream<u8> { todo!() }",
    }),
    said: ["error raw-return: fidius::Stream<u8>", "error raw-return: fidius::Stream<u8>"],
    compiles: false,
  },
  {
    name: "an async method for one that returns a future",
    text: library({
      methods: "    fn run(&self) -> impl std::future::Future<Output = u8>;",
      impl: "    async fn run(&self) -> u8 { 1 }",
    }),
    said: ["warning method-async-differs: impl std::future::Future<Output = u8>"],
    compiles: true,
  },
  {
    name: "std's own result",
    text: method("fn run(&self) -> std::io::Result<u8>", "Ok(1)"),
    said: ["error error-type-without-serde: std::io::Result<u8>"],
    compiles: false,
  },
  {
    name: "an iterator behind a pointer",
    text: method("fn run(&self) -> Box<dyn Iterator<Item = u8> + Send>", "todo!()"),
    said: ["error type-without-serde: Box<dyn Iterator<Item = u8> + Send>"],
    compiles: false,
  },
  {
    name: "a configuration that borrows",
    text: library({
      items: "#[derive(serde::Deserialize)]\npub struct Config<'a> {\n    pub name: &'a str,\n}",
      type: "pub struct MyTool;\n\nimpl MyTool {\n    fn configure(_config: Config) -> Self {\n        Self\n    }\n}",
      plugin: "Tool, config = Config",
    }),
    said: ["error config-type-not-deserializable: Config"],
    compiles: false,
  },
  {
    name: "a raw pointer in a plugin",
    text: library({
      supertraits: "",
      items: `${derived}pub struct Config;`,
      type: "pub struct MyTool(#[allow(dead_code)] *mut u8);\n\nimpl MyTool {\n    fn configure(_config: Config) -> Self {\n        Self(std::ptr::null_mut())\n    }\n}",
      plugin: "Tool, config = Config",
    }),
    said: ["warning interface-not-send-sync: Tool", "warning plugin-type-not-sync: MyTool"],
    compiles: true,
  },
  {
    name: "a method that is not there in this build",
    text: library({
      methods:
        "    fn run(&self, input: String) -> String;\n    #[cfg(any())]\n    fn stop(&self);",
    }),
    said: ["error method-conditional: #[cfg(any())]"],
    compiles: false,
  },
  {
    name: "a trait with what it is given in the attribute",
    text: library({ plugin: "Tool<u8>" }),
    said: ["error impl-trait-path: Tool<u8>"],
    compiles: false,
  },
  {
    name: "a trait as text",
    text: library({ plugin: '"Tool"' }),
    said: ['error impl-trait-missing: "Tool"'],
    compiles: false,
  },
  {
    name: "an argument where the trait belongs",
    text: library({ plugin: "buffer = PluginAllocated" }),
    said: ["error impl-trait-missing: buffer = PluginAllocated"],
    compiles: false,
  },
  {
    name: "a configuration without its type",
    text: library({ plugin: "Tool, config" }),
    said: ["error impl-config-invalid: config"],
    compiles: false,
  },
  {
    name: "a configure that gives back an option",
    text: configured(
      "pub fn configure(config: Config) -> Option<Self> {\n        let n = config.n;\n        Some(Self { n })\n    }",
    ),
    said: ["error configure-signature: Option<Self>"],
    compiles: true,
  },
  {
    name: "a configure that can fail",
    text: configured(
      'pub fn configure(config: Config) -> Result<Self, String> {\n        Ok(Self { n: config.n.checked_add(1).ok_or("n")? })\n    }',
    ),
    said: ["error configure-signature: Result<Self, String>"],
    compiles: true,
  },
  {
    name: "two commas",
    text: library({ interface: "version = 1,, buffer = PluginAllocated" }),
    said: ["error interface-argument-syntax: ,"],
    compiles: false,
  },
  {
    name: "no comma",
    text: library({ interface: "version = 1 buffer = PluginAllocated" }),
    said: ["error interface-argument-syntax: buffer"],
    compiles: false,
  },
  {
    name: "a semicolon",
    text: library({ interface: "version = 1; buffer = PluginAllocated" }),
    said: ["error interface-argument-syntax: buffer"],
    compiles: false,
  },
  {
    name: "a version in parentheses",
    text: library({ interface: "version(1), buffer = PluginAllocated" }),
    said: ["error interface-argument-syntax: ("],
    compiles: false,
  },
  {
    name: "a slip in a key",
    text: library({ interface: "versoin = 1, buffer = PluginAllocated" }),
    said: ["error interface-argument-unknown: versoin"],
    compiles: false,
  },
  {
    name: "a wire that is written in capitals",
    text: library({
      methods: "    #[wire(Raw)]\n    fn run(&self, a: Vec<u8>) -> Vec<u8>;",
      impl: "    #[wire(Raw)]\n    fn run(&self, a: Vec<u8>) -> Vec<u8> { a }",
    }),
    said: ["error wire-argument-invalid: Raw", "error wire-argument-invalid: Raw"],
    compiles: false,
  },
  {
    name: "a host function that takes any text",
    text: library({ items: hostInterface("fn log(&self, line: impl Into<String>);") }),
    said: ["error host-function-generic: impl Into<String>"],
    compiles: false,
  },
  {
    name: "a host function that lends",
    text: library({ items: hostInterface("fn name(&self) -> &'static str;") }),
    said: ["error host-function-reference: &'static str"],
    compiles: false,
  },
  {
    name: "a constant of a host interface",
    text: library({
      items: hostInterface("const MOST: u8 = 1;\n    fn log(&self, line: String);"),
    }),
    said: ["error host-interface-generic: MOST"],
    compiles: false,
  },
  {
    name: "an argument of the plugin's own type",
    text: library({
      type: `${derived}pub struct MyTool;`,
      methods: "    fn run(&self, others: Vec<Self>) -> u8\n    where\n        Self: Sized;",
      impl: "    fn run(&self, others: Vec<Self>) -> u8 { others.len() as u8 }",
    }),
    said: ["error argument-names-self: Vec<Self>"],
    compiles: false,
  },
  {
    name: "async_trait below Fidius' attribute",
    text: library({
      trait: "#[async_trait::async_trait]\npub trait Tool: Send + Sync",
      header: "#[async_trait::async_trait]\nimpl Tool for MyTool",
      methods: "    async fn run(&self, input: String) -> String;",
      impl: "    async fn run(&self, input: String) -> String { input }",
    }),
    said: [],
    compiles: true,
  },
];
