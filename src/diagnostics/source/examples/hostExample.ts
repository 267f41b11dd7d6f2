// Examples of rules on host interfaces.

export interface HostExampleParts {
  /** Items before the trait. */
  readonly items?: string;
  /** Arguments of `#[host_interface(…)]`; empty: no parentheses. */
  readonly attribute?: string;
  /** What stands behind `pub trait Host`. */
  readonly bounds?: string;
  readonly functions?: string;
}

/** The text of `src/lib.rs` with one host interface. */
export function hostExample(parts: HostExampleParts = {}): string {
  const written = parts.attribute ?? "version = 1";
  const attribute = `#[fidius::host_interface${written === "" ? "" : `(${written})`}]`;
  const functions = parts.functions ?? "fn log(&self, line: String);";
  const body = functions === "" ? " {}" : ` {\n    ${functions}\n}`;
  const items = parts.items === undefined ? "" : `${parts.items}\n\n`;
  return `${items}${attribute}\npub trait Host${parts.bounds ?? ": Send + Sync"}${body}\n`;
}
