// What the panel asks to have done with instances: the store keeps configurations, the runner has what lives.

import * as vscode from "vscode";
import type { ConfiguredInstance } from "../../model/instance.ts";
import type { InstanceCommand } from "../../protocol/panelInstances.ts";
import { readSettings } from "../platform/settings.ts";
import type { PanelController } from "./panelController.ts";
import type { PanelServices } from "./panelServices.ts";

export async function runInstanceCommand(
  command: InstanceCommand,
  panel: PanelController,
  services: PanelServices,
): Promise<void> {
  const { instances, invoker } = services;
  const plugin = panel.target.pluginId;
  switch (command.kind) {
    case "add":
      build(instances.add(plugin, command.name, command.configuration), panel, services);
      break;
    case "change": {
      const changed = instances.change(plugin, command.id, command.configuration);
      if (changed !== undefined) {
        instances.select(plugin, command.id);
        build(changed, panel, services);
      }
      break;
    }
    case "select":
      instances.select(plugin, command.id);
      break;
    case "rename":
      instances.rename(plugin, command.id, command.name);
      break;
    case "build": {
      const kept = instances.of(plugin).list.find(({ id }) => id === command.id);
      if (kept !== undefined) {
        build(kept, panel, services);
      }
      break;
    }
    case "drop":
      await invoker.dropInstance(plugin, command.id);
      break;
    case "remove":
      await invoker.dropInstance(plugin, command.id, () => {
        instances.remove(plugin, command.id);
        panel.refresh();
      });
      break;
  }
  panel.refresh();
}

function build(
  instance: ConfiguredInstance,
  panel: PanelController,
  { trust }: PanelServices,
): void {
  if (!trust.require()) {
    return;
  }
  const manifest = panel.found?.plugin.crate.manifestPath;
  const seconds = readSettings(manifest === undefined ? null : vscode.Uri.file(manifest));
  const timeoutMs = seconds.timeoutSeconds > 0 ? Math.round(seconds.timeoutSeconds * 1000) : null;
  void panel.session.invoke({ arguments: {}, instance, buildsInstance: true, timeoutMs });
}
