// The examples on the pages of rules: an interface of then, and what became of it.

interface ExampleParts {
  /** Lines in the trait. */
  readonly methods: string;
  /** Items above the trait. */
  readonly items?: string;
  readonly version?: number;
  readonly buffer?: "PluginAllocated" | "Arena";
  /** Further arguments of the attribute. */
  readonly more?: string;
  /** Attributes below Fidius' own. */
  readonly attributes?: string;
  readonly name?: string;
}

/** A whole `lib.rs` with one interface. */
export function exampleInterface({
  methods,
  items,
  version = 1,
  buffer = "PluginAllocated",
  more = "",
  attributes,
  name = "Tool",
}: ExampleParts): string {
  return [
    "use fidius::plugin_interface;",
    "",
    ...(items === undefined ? [] : [items, ""]),
    `#[plugin_interface(version = ${String(version)}, buffer = ${buffer}${more})]`,
    ...(attributes === undefined ? [] : [attributes]),
    `pub trait ${name}: Send + Sync {`,
    methods,
    "}",
    "",
  ].join("\n");
}

/** The method of most examples. */
export const runMethod = "    fn run(&self, input: String) -> String;";
