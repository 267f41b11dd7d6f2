// The name of a plugin's method as debuggers see it. A line would not do: the code that Fidius' macros write around a method
// bears the line of its signature.

import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";

/**
 * An extended regular expression for the demangled name of the method of the impl block, in both of rustc's manglings as lldb
 * reads them: `_$LT$crate..Type$u20$as$u20$…$GT$::method::h…` and `<crate::Type as …>::method`. An async method is what its future runs.
 */
export function methodPattern({ name, interfaceName }: PluginSchema, method: PluginMethod): string {
  const space = "(\\$u20\\$| )";
  const trait = `([^<> ]*[.:])?${interfaceName}(\\$LT\\$.*|<.*)?`;
  const future = method.isAsync
    ? "::(_\\$u7b\\$\\$u7b\\$closure\\$u7d\\$\\$u7d\\$|\\{+closure(#[0-9]+)?\\}+)"
    : "";
  return `[.:<$]${name}${space}as${space}${trait}(\\$GT\\$|>)::${method.name}${future}(::h[0-9a-f]+)?$`;
}
