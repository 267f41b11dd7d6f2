// The pages of the rules that look at a whole project: manifests and sources together. test/async-setup and test/unit/diagnostics hold
// the rules themselves against cargo.

import type { RulePage, SourceRule } from "../sourceRule.ts";

/** A rule with a page and no check of its own file. */
export interface SetupRule extends Pick<SourceRule, "id" | "severity" | "word"> {
  readonly page: Pick<RulePage, "finds" | "why" | "bad" | "good" | "limits">;
  /** What the examples are. */
  readonly language: "rust" | "toml";
}

const dependencies = (...lines: readonly string[]): string =>
  ["[dependencies]", ...lines, ""].join("\n");

const plugin = (imported: string): string =>
  `use fidius::plugin_impl;\nuse ${imported};\n\npub struct MyTool;\n\n#[plugin_impl(Tool)]\nimpl Tool for MyTool {\n    fn run(&self, input: String) -> String {\n        input\n    }\n}\n`;

/** All of them, by their codes. */
export const setupRules: readonly SetupRule[] = [
  {
    id: "missing-fidius-dependency",
    severity: "error",
    word: "rustc",
    language: "toml",
    page: {
      finds: "A plugin whose package does not depend on the crate that the generated code names.",
      why: 'The code of `#[plugin_impl]` begins with `fidius::…`, or with what `crate = "…"` says. rustc says E0433 at the attribute. The fix adds the line, with the version that the workspace has.',
      bad: dependencies('tool-interface = { path = "../interface" }'),
      good: dependencies('tool-interface = { path = "../interface" }', 'fidius = "0.5"'),
    },
  },
  {
    id: "missing-async-feature",
    severity: "error",
    word: "rustc",
    language: "toml",
    page: {
      finds:
        "A plugin with an async method whose build does not enable the feature `async` of Fidius.",
      why: "The generated code runs async methods by `fidius::async_runtime`, which is there only with the feature. rustc says E0433 at the attribute. The feature of `fidius-core` alone does not help. The fix edits the line that leads to Fidius, be it the plugin's own or that of the interface's crate.",
      bad: dependencies('fidius = "0.5"'),
      good: dependencies('fidius = { version = "0.5", features = ["async"] }'),
    },
  },
  {
    id: "companion-not-in-scope",
    severity: "error",
    word: "rustc",
    language: "rust",
    page: {
      finds: "A plugin that imports its trait and not the module `__fidius_<Trait>` beside it.",
      why: "The generated code names that module without a path. rustc says E0433 at the attribute.",
      bad: plugin("tool_interface::Tool"),
      good: plugin("tool_interface::{Tool, __fidius_Tool}"),
    },
  },
  {
    id: "missing-tokio-dependency",
    severity: "error",
    word: "rustc",
    language: "toml",
    page: {
      finds: "Code of a plugin that names tokio in a package that does not depend on it.",
      why: "Fidius has a tokio of its own, which code cannot name. The fix adds tokio with the features of what is named.",
      bad: dependencies('fidius = { version = "0.5", features = ["async"] }'),
      good: dependencies(
        'fidius = { version = "0.5", features = ["async"] }',
        'tokio = { version = "1", features = ["time"] }',
      ),
    },
  },
  {
    id: "missing-tokio-feature",
    severity: "error",
    word: "rustc",
    language: "toml",
    page: {
      finds: "Code of a plugin that names a part of tokio whose feature no line enables.",
      why: "rustc says E0432 or E0433, and that the item was configured out. A warning where a dependency that is not known yet may enable it.",
      bad: dependencies('tokio = "1"'),
      good: dependencies('tokio = { version = "1", features = ["time"] }'),
    },
  },
  {
    id: "fidius-versions-differ",
    severity: "error",
    word: "rustc",
    language: "toml",
    page: {
      finds:
        "A plugin and its interface that are built with releases of Fidius whose generated code does not go together.",
      why: "Each minor release of Fidius has an ABI of its own. rustc says E0308 or E0061 at the attribute, about types of one name.",
      bad: dependencies(
        'tool-interface = { path = "../interface" } # built with 0.5',
        'fidius = "0.4"',
      ),
      good: dependencies(
        'tool-interface = { path = "../interface" } # built with 0.5',
        'fidius = "0.5"',
      ),
    },
  },
  {
    id: "fidius-requirement-conflict",
    severity: "error",
    word: "rustc",
    language: "toml",
    page: {
      finds:
        "Exact requirements on Fidius of a plugin and its interface that no release meets together.",
      why: "Cargo takes one release of each minor line, and finds none. It says so before anything is compiled.",
      bad: dependencies(
        'tool-interface = { path = "../interface" } # fidius = "=0.5.8"',
        'fidius = "=0.5.9"',
      ),
      good: dependencies(
        'tool-interface = { path = "../interface" } # fidius = "0.5.8"',
        'fidius = "0.5.9"',
      ),
    },
  },
  {
    id: "host-feature-undeclared",
    severity: "warning",
    word: "silent",
    language: "toml",
    page: {
      finds: "An interface in a library whose manifest declares no feature `host`.",
      why: "The macro puts the interface's client under that feature. Without it no host can use the client, and rustc warns of a feature that the manifest does not know.",
      bad: dependencies('fidius = "0.5"'),
      good: `${dependencies('fidius = "0.5"')}\n[features]\nhost = ["fidius/host"]\n`,
      limits:
        'Silent where lints or a build script allow unknown names, and where `crate = "…"` leads to `fidius-core`, which has no host\'s side.',
    },
  },
  {
    id: "host-feature-empty",
    severity: "error",
    word: "rustc",
    language: "toml",
    page: {
      finds:
        "A feature `host` of an interface's crate that a build enables and that does not enable `fidius/host`.",
      why: "The client is made of types that Fidius has only with its own feature. rustc says E0433 and E0425 at the attribute.",
      bad: `${dependencies('fidius = "0.5"')}\n[features]\ndefault = ["host"]\nhost = []\n`,
      good: `${dependencies('fidius = "0.5"')}\n[features]\ndefault = ["host"]\nhost = ["fidius/host"]\n`,
    },
  },
  {
    id: "manifest",
    severity: "error",
    word: "rustc",
    language: "toml",
    page: {
      finds:
        "A `Cargo.toml` that does not parse or that cargo refuses, a `package.toml` that does not parse, and a toolchain that is missing.",
      why: "Nothing of the package is known until cargo takes it. The sentence is cargo's own.",
      bad: '[dependencies]\nfidius = { version = "0.5"\n',
      good: dependencies('fidius = { version = "0.5" }'),
    },
  },
];
