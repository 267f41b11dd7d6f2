// The method that a command is about.

import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";

export interface SelectedMethod {
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
}
