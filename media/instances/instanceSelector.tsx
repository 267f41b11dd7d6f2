// In the header: which instance is called on, and what can be done with it.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { PanelInstance, PanelInstances } from "../../src/protocol/panelInstances.ts";
import { usePanel, type PanelStore } from "../panelStore.ts";
import { Icon } from "../widgets/icon.tsx";
import { MenuButton, type MenuItem } from "../widgets/menu.tsx";
import { openInstanceEditor } from "./instanceEditor.ts";

export function InstanceSelector({ instances }: { instances: PanelInstances }): JSX.Element {
  const panel = usePanel();
  const isRenaming = useSignal(false);
  const selected = instances.list.find(({ id }) => id === instances.selected) ?? null;
  if (isRenaming.value && selected !== null) {
    return (
      <NameField
        instance={selected}
        onEnd={(name) => {
          isRenaming.value = false;
          if (name !== null) {
            panel.extension.instance({ kind: "rename", id: selected.id, name });
          }
        }}
      />
    );
  }
  return (
    <span class="instance-selector">
      <span class="fact-name">instance</span>
      <MenuButton
        label={selected?.name ?? "none"}
        title={titleOf(selected)}
        testId="instance"
        items={[
          ...instances.list.map((instance) => selectItem(panel, instance, selected)),
          {
            id: "new",
            label: "New Instance…",
            onSelect: () => {
              openInstanceEditor(panel, null);
            },
          },
          ...(selected === null
            ? []
            : actionsOf(panel, selected, () => {
                isRenaming.value = true;
              })),
        ]}
      />
      {selected === null ? null : (
        <span class="instance-state" data-testid="instance-state" data-live={selected.isLive}>
          <Icon name={selected.isLive ? "circle-filled" : "circle-outline"} />
          {selected.isLive ? "built" : "not built"}
        </span>
      )}
    </span>
  );
}

function titleOf(instance: PanelInstance | null): string {
  if (instance === null) {
    return "This plugin is made from a configuration: build an instance first.";
  }
  return instance.isLive
    ? "It lives in the plugin's process."
    : "The next call builds it from its configuration.";
}

function selectItem(
  panel: PanelStore,
  instance: PanelInstance,
  selected: PanelInstance | null,
): MenuItem {
  const marks = [
    ...(instance.id === selected?.id ? ["selected"] : []),
    instance.isLive ? "built" : "not built",
  ];
  return {
    id: `select-${instance.name}`,
    label: instance.name,
    detail: marks.join(", "),
    onSelect: () => {
      panel.extension.instance({ kind: "select", id: instance.id });
    },
  };
}

function actionsOf(panel: PanelStore, instance: PanelInstance, rename: () => void): MenuItem[] {
  const { id, name } = instance;
  const command = (kind: "build" | "drop" | "remove"): (() => void) => {
    return () => {
      panel.isStarting.value = kind === "build";
      panel.extension.instance({ kind, id });
    };
  };
  return [
    ...(instance.isLive
      ? [{ id: "drop", label: "Drop", detail: `ends ${name}`, onSelect: command("drop") }]
      : [{ id: "build", label: "Build Now", detail: name, onSelect: command("build") }]),
    {
      id: "change",
      label: "Edit Configuration…",
      detail: name,
      onSelect: () => {
        openInstanceEditor(panel, instance);
      },
    },
    { id: "rename", label: "Rename…", detail: name, onSelect: rename },
    {
      id: "remove",
      label: "Remove",
      detail: `ends and forgets ${name}`,
      onSelect: command("remove"),
    },
  ];
}

function NameField({
  instance,
  onEnd,
}: {
  instance: PanelInstance;
  onEnd: (name: string | null) => void;
}): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    input.current?.select();
  }, []);
  return (
    <input
      ref={input}
      class="input instance-name"
      type="text"
      aria-label={`New name of instance ${instance.name}`}
      data-testid="instance-rename"
      defaultValue={instance.name}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === "Escape") {
          event.preventDefault();
          event.stopPropagation();
          onEnd(event.key === "Enter" ? event.currentTarget.value : null);
        }
      }}
      onBlur={() => {
        onEnd(null);
      }}
    />
  );
}
