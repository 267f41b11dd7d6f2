// Tabs after the ARIA pattern: one tab stop, arrow keys, Home and End; the panel is named by its tab.

import type { ComponentChildren, JSX } from "preact";

export interface Tab<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly badge?: string | undefined;
  readonly title?: string;
}

interface TabListProps<T extends string> {
  readonly name: string;
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly selected: T;
  readonly onSelect: (id: T) => void;
}

export function TabList<T extends string>(props: TabListProps<T>): JSX.Element {
  const select = (index: number) => {
    const tab = props.tabs[(index + props.tabs.length) % props.tabs.length];
    if (tab !== undefined) {
      props.onSelect(tab.id);
      document.getElementById(tabId(props.name, tab.id))?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = props.tabs.findIndex((tab) => tab.id === props.selected);
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (target !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      select(target);
    }
  };
  return (
    <div class="tab-list" role="tablist" aria-label={props.label} onKeyDown={onKeyDown}>
      {props.tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          class="tab"
          id={tabId(props.name, tab.id)}
          data-testid={tabId(props.name, tab.id)}
          title={tab.title}
          aria-selected={tab.id === props.selected}
          aria-controls={tab.id === props.selected ? panelId(props.name, tab.id) : undefined}
          tabIndex={tab.id === props.selected ? 0 : -1}
          onClick={() => {
            props.onSelect(tab.id);
          }}
        >
          {tab.label}
          {tab.badge === undefined ? null : <span class="count">{tab.badge}</span>}
        </button>
      ))}
    </div>
  );
}

interface TabPanelProps {
  readonly name: string;
  readonly tab: string;
  readonly isSelected: boolean;
  /** Keeps a panel that is not selected in the page, hidden, so that what it holds stays. */
  readonly keep?: boolean;
  readonly children: ComponentChildren;
}

export function TabPanel(props: TabPanelProps): JSX.Element | null {
  return props.isSelected || props.keep === true ? (
    <div
      class="tab-panel"
      role="tabpanel"
      id={panelId(props.name, props.tab)}
      aria-labelledby={tabId(props.name, props.tab)}
      hidden={!props.isSelected}
    >
      {props.children}
    </div>
  ) : null;
}

function tabId(name: string, id: string): string {
  return `${name}-tab-${id}`;
}

function panelId(name: string, id: string): string {
  return `${name}-panel-${id}`;
}
