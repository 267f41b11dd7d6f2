// The first method of a new interface, how a plugin implements it, and how a test calls it through the plugin's vtable.

import type { MethodKind } from "../newCrate.ts";

export interface FirstMethod {
  readonly doc: string;
  /** As the trait and the impl block have it. */
  readonly signature: string;
  /** The lines of the body; `configured` greets as the instance was configured. */
  body(isConfigured: boolean): readonly string[];
  /** The lines that call it on `plugin`, a `PluginHandle`, and look at what comes. */
  calls(trait: string, greeting: string): readonly string[];
  /** The lines that call it on `plugin`, a value of the plugin's type: releases before 0.5 are called so. */
  callsDirectly(greeting: string): readonly string[];
  /** Name of the test. */
  readonly testName: string;
}

const greets = {
  doc: "Greets whoever has the name.",
  testName: "greets_as_a_host_calls_it",
  body: (isConfigured: boolean) => [
    isConfigured ? 'format!("{}, {name}!", self.greeting)' : 'format!("Hello, {name}!")',
  ],
  calls: (trait: string, greeting: string) => [
    `let greet = __fidius_${trait}::METHOD_GREET;`,
    'let greeting: String = plugin.call_method(greet, &("Ada",))?;',
    `assert_eq!(greeting, "${greeting}, Ada!");`,
  ],
};

const methods: Readonly<Record<MethodKind, FirstMethod>> = {
  sync: {
    ...greets,
    signature: "fn greet(&self, name: String) -> String",
    callsDirectly: (greeting) => [`assert_eq!(plugin.greet("Ada".into()), "${greeting}, Ada!");`],
  },
  async: {
    ...greets,
    signature: "async fn greet(&self, name: String) -> String",
    callsDirectly: (greeting) => [
      'let greeting = fidius::async_runtime::FIDIUS_RUNTIME.block_on(plugin.greet("Ada".into()));',
      `assert_eq!(greeting, "${greeting}, Ada!");`,
    ],
  },
  streaming: {
    doc: "Greets one after the other: each greeting is made when the host asks for it.",
    testName: "greets_each_as_a_host_calls_it",
    signature: "fn greet_each(&self, names: Vec<String>) -> Stream<String>",
    body: (isConfigured) =>
      isConfigured
        ? [
            "let greeting = self.greeting.clone();",
            "let greetings = names",
            "    .into_iter()",
            '    .map(move |name| format!("{greeting}, {name}!"));',
            "Stream::from_iter(greetings)",
          ]
        : [
            'let greetings = names.into_iter().map(|name| format!("Hello, {name}!"));',
            "Stream::from_iter(greetings)",
          ],
    calls: (trait, greeting) => [
      `let greet_each = __fidius_${trait}::METHOD_GREET_EACH;`,
      'let names = vec!["Ada", "Bo"];',
      "let arguments = (names,);",
      "let call = plugin.call_streaming::<_, String>(greet_each, &arguments);",
      "let mut greetings = Vec::new();",
      "for item in block_on_stream(block_on(call)?) {",
      "    greetings.push(from_value::<String>(item?)?);",
      "}",
      `assert_eq!(greetings, ["${greeting}, Ada!", "${greeting}, Bo!"]);`,
    ],
    callsDirectly: () => [],
  },
};

export function firstMethod(kind: MethodKind): FirstMethod {
  return methods[kind];
}

/** The lines, moved in. */
export function indented(lines: readonly string[], by: number): string {
  return lines.map((line) => (line === "" ? "" : `${" ".repeat(by)}${line}`)).join("\n");
}
