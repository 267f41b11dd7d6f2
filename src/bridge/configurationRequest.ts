// The bridge of a plugin's configuration (`#[plugin_impl(T, config = C)]`): its type is spelled in the plugin's package, so that
// is what is copied, and the code stands before the impl block.

import { fileLimits } from "../files/fileLimits.ts";
import { readRegularText } from "../files/regularFile.ts";
import { configureMethod } from "../model/instance.ts";
import type { PluginSchema } from "../model/plugin.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Position } from "../model/text/span.ts";
import type { BridgeRequest } from "./bridgeRequest.ts";

/** The request for `plugin`; an error where its source cannot be read. */
export async function configurationRequest(
  plugin: PluginSchema,
  base: Omit<BridgeRequest, "interface" | "methods" | "workspaceRoot">,
): Promise<Result<BridgeRequest, string>> {
  const configure = configureMethod(plugin);
  const { crate, nameSpan, types, config } = plugin;
  if (configure === undefined || config === undefined) {
    return err(`${plugin.name} takes no configuration.`);
  }
  const text = await readRegularText(nameSpan.file, { limit: fileLimits.source });
  const place = text.ok ? placeBefore(text.value, nameSpan.start) : undefined;
  if (place === undefined) {
    return err(`The impl block of ${plugin.name} was not found in ${nameSpan.file}.`);
  }
  const source = {
    arguments: [config.rustType],
    returns: null,
    returnsStream: false,
    generics: "",
  };
  return ok({
    ...base,
    workspaceRoot: crate.workspaceRoot,
    methods: [{ name: configure.name, source, isResult: false }],
    interface: {
      id: `${plugin.id} configuration`,
      name: `${plugin.name}'s configuration`,
      crate,
      version: 0,
      buffer: plugin.buffer,
      hash: plugin.interfaceHash ?? "",
      methods: [configure],
      types,
      nameSpan,
      fullSpan: { file: nameSpan.file, start: place, end: place },
    },
  });
}

/** Where the attribute begins that makes the impl block at `name` a plugin. */
function placeBefore(text: string, name: Position): Position | undefined {
  const lines = text.split("\n").slice(0, name.line + 1);
  lines[name.line] = (lines[name.line] ?? "").slice(0, name.character);
  const before = lines.join("\n");
  const attribute = before.lastIndexOf("#[", before.lastIndexOf("plugin_impl"));
  if (attribute < 0) {
    return undefined;
  }
  const head = before.slice(0, attribute).split("\n");
  return { line: head.length - 1, character: (head.at(-1) ?? "").length };
}
