// Finds the method that `call Plugin.method` names, or says what there is instead.

import type { PluginSchema, ProjectModel } from "../../../model/plugin.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import type { SelectedMethod } from "../../output/selectedMethod.ts";
import { usageFailure, type CliFailure } from "../../output/failure.ts";

/**
 * Takes `Plugin.method`, `package/Plugin.method`, and, for a type that is a plugin twice in one package, the plugin's id
 * (`package::module::Plugin as Trait.method`).
 */
export function selectMethod(
  model: ProjectModel,
  selector: string,
): Result<SelectedMethod, CliFailure> {
  const dot = selector.lastIndexOf(".");
  const pluginText = selector.slice(0, dot).trim();
  const methodName = selector.slice(dot + 1).trim();
  if (dot <= 0 || pluginText === "" || methodName === "") {
    return err(
      usageFailure(
        `"${selector}" names no method. Write Plugin.method or package/Plugin.method; fidius-call list shows what there is.`,
      ),
    );
  }
  const plugins = matchingPlugins(model, pluginText);
  if (plugins.length === 0) {
    return err(noPlugin(model, pluginText));
  }
  const found = plugins.flatMap((plugin) =>
    plugin.methods.filter(({ name }) => name === methodName).map((method) => ({ plugin, method })),
  );
  // The library of the crate that has the impl block comes before those that link it.
  const own = found.filter(({ plugin }) => plugin.sourceCrate === undefined);
  const [first, second] = own.length > 0 ? own : found;
  if (first === undefined) {
    return err(noMethod(plugins, methodName));
  }
  return second === undefined ? ok(first) : err(ambiguous(found, pluginText, methodName));
}

function matchingPlugins(model: ProjectModel, text: string): readonly PluginSchema[] {
  const byId = model.plugins.filter(({ id }) => id === text);
  if (byId.length > 0) {
    return byId;
  }
  const slash = text.lastIndexOf("/");
  const packageName = slash < 0 ? undefined : text.slice(0, slash);
  const name = text.slice(slash + 1);
  return model.plugins.filter(
    (plugin) =>
      plugin.name === name &&
      (packageName === undefined ||
        [plugin.crate.name, plugin.sourceCrate?.name].includes(packageName)),
  );
}

function noPlugin(model: ProjectModel, text: string): CliFailure {
  const leftOuts = (model.leftOut ?? []).filter(
    ({ kind, id, name, crate }) =>
      kind === "plugin" && [id, name, `${crate.name}/${name}`].includes(text),
  );
  // Of several under different conditions the one that a feature brings in: nobody can change the target.
  const leftOut = leftOuts.find(({ features }) => features.length > 0) ?? leftOuts[0];
  if (leftOut !== undefined) {
    const { name, needs, features } = leftOut;
    const step = features.length === 0 ? "" : ` Give --features ${features.join(",")}.`;
    return usageFailure(`The plugin ${name} is not in this build: it needs ${needs}.${step}`);
  }
  const implementations = pluginsOf(model, text);
  if (implementations.length > 0) {
    return usageFailure(
      `${text} is an interface. Name a plugin that implements it: ${implementations.join(", ")}.`,
      { candidates: implementations },
    );
  }
  const candidates = [...new Set(model.plugins.map(nameOf))];
  return usageFailure(
    candidates.length === 0
      ? `There is no plugin ${text}: no impl block under #[plugin_impl] was found. Check the folder, or give --manifest-path.`
      : `There is no plugin ${text}. Found: ${candidates.join(", ")}.`,
    { candidates },
  );
}

/** The plugins of the interface `text`, which may have its crate before it (`package/Interface`). */
function pluginsOf(model: ProjectModel, text: string): readonly string[] {
  const ids = model.interfaces
    .filter(({ name, crate }) => [name, `${crate.name}/${name}`].includes(text))
    .map(({ id }) => id);
  const plugins = model.plugins.filter(
    ({ interfaceId }) => interfaceId !== undefined && ids.includes(interfaceId),
  );
  return [...new Set(plugins.map(nameOf))];
}

function nameOf(plugin: PluginSchema): string {
  return `${plugin.crate.name}/${plugin.name}`;
}

function noMethod(plugins: readonly PluginSchema[], methodName: string): CliFailure {
  const all = plugins.flatMap((plugin) =>
    plugin.methods.map(({ name }) => `${plugin.name}.${name}`),
  );
  const candidates = [...new Set(all)];
  const names = plugins.map(({ name }) => name);
  return usageFailure(
    `${[...new Set(names)].join(", ")} has no method ${methodName}. It has: ${candidates.join(", ")}.`,
    { candidates },
  );
}

/** Candidates are written so that each selects exactly one. */
function ambiguous(
  found: readonly SelectedMethod[],
  pluginText: string,
  methodName: string,
): CliFailure {
  const byPackage = found.map(({ plugin }) => `${plugin.crate.name}/${plugin.name}.${methodName}`);
  const isEnough = new Set(byPackage).size === found.length;
  const candidates = isEnough ? byPackage : found.map(({ plugin }) => `${plugin.id}.${methodName}`);
  return usageFailure(
    `${pluginText}.${methodName} is not clear: ${found.length} plugins match. Write one of: ${candidates.join(", ")}.`,
    { candidates },
  );
}
