// Sentences that the extension puts into the panel's state. The panel's own texts live in media/.

export const panelMessages = {
  methodGone:
    "This method no longer exists in the source. What was typed here is kept for when it comes back.",
  restricted: "Building and calling plugins runs code from this folder.",
  manageTrust: "Manage Workspace Trust",
  streaming:
    "This version calls methods that return one value. Methods that take or return a Stream cannot be invoked yet.",
  configured: (configuration: string): string =>
    `This plugin is made from a configuration (${configuration}), which this version cannot give it yet.`,
  useFile: "Use File",
  asyncFix: (missing: readonly string[]): string =>
    `The async methods need ${missing.map((feature) => `"${feature}"`).join(" and ")}, which no Cargo.toml turns on. ` +
    `Until it does, Fidius builds with --features ${missing.join(",")}.`,
} as const;
