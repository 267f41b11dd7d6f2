// Whether a method's types are what they were: then its draft is left alone.

import type { PluginMethod, PluginSchema } from "../../src/model/plugin.ts";

export function hasSameTypes(
  before: { plugin: PluginSchema; method: PluginMethod },
  plugin: PluginSchema,
  method: PluginMethod,
): boolean {
  const shape = (schema: PluginMethod) =>
    JSON.stringify([schema.arguments, schema.returns, schema.wire]);
  return (
    shape(before.method) === shape(method) &&
    JSON.stringify(before.plugin.types) === JSON.stringify(plugin.types)
  );
}
