// In the header: which interface the types come from, where a library's plugin may have one of several.

import type { JSX } from "preact";
import type { PluginSchema } from "../src/model/plugin.ts";
import { usePanel } from "./panelStore.ts";
import { MenuButton } from "./widgets/menu.tsx";

export function InterfaceSelector({ plugin }: { plugin: PluginSchema }): JSX.Element | null {
  const { extension, isRunning } = usePanel();
  const { interfaceId, library } = plugin;
  const others = library?.otherInterfaceIds ?? [];
  if (interfaceId === undefined || others.length === 0) {
    return null;
  }
  return (
    <li>
      <span class="instance-selector">
        <span class="fact-name">interface</span>
        <MenuButton
          label={interfaceId}
          title={`Another interface is called ${plugin.interfaceName} and has the same hash. The library does not say which it was built from: types and bytes may differ, so choose the right one.`}
          testId="interface"
          isDisabled={isRunning.value}
          items={[interfaceId, ...others].sort().map((id) => ({
            id: `interface-${id}`,
            label: id,
            ...(id === interfaceId ? { detail: "taken now" } : {}),
            onSelect: () => {
              if (id !== interfaceId) {
                extension.chooseInterface(id);
              }
            },
          }))}
        />
      </span>
    </li>
  );
}
