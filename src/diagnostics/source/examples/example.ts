// Examples of rules: a whole library around the few lines that a rule is about.

export interface ExampleParts {
  /** `use` lines; default: both macros. */
  readonly uses?: string;
  /** Items before the trait. */
  readonly items?: string;
  /** Arguments of `#[plugin_interface(…)]`. */
  readonly interface?: string;
  readonly trait?: string;
  readonly supertraits?: string;
  readonly methods?: string;
  readonly type?: string;
  /** Arguments of `#[plugin_impl(…)]`. */
  readonly plugin?: string;
  readonly header?: string;
  readonly impl?: string;
  /** Items behind the impl block. */
  readonly after?: string;
  readonly registry?: string;
}

/** The text of `src/lib.rs`. */
export function exampleLibrary(parts: ExampleParts = {}): string {
  const method = "    fn run(&self, input: String) -> String";
  const text = [
    parts.uses ?? "use fidius::{plugin_impl, plugin_interface};",
    parts.items,
    `#[plugin_interface(${parts.interface ?? "version = 1, buffer = PluginAllocated"})]\n` +
      `${parts.trait ?? `pub trait Tool${parts.supertraits ?? ": Send + Sync"}`} {\n${parts.methods ?? `${method};`}\n}`,
    parts.type ?? "pub struct MyTool;",
    `#[plugin_impl(${parts.plugin ?? "Tool"})]\n` +
      `${parts.header ?? "impl Tool for MyTool"} {\n${parts.impl ?? `${method} {\n        input\n    }`}\n}`,
    parts.after,
    parts.registry ?? "fidius::fidius_plugin_registry!();",
  ];
  return `${text.filter((part) => part !== undefined && part !== "").join("\n\n")}\n`;
}
