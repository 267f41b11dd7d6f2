// A list to choose from by typing part of a name, after the ARIA combobox pattern. Own code, because the one of
// vscode-elements (2.5.1) hangs the page while filtering.

import { useSignal, type Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./icon.tsx";

export interface FilterItem {
  readonly value: string;
  readonly label: string;
  readonly title: string;
}

interface FilterListProps {
  readonly id: string;
  readonly label: string;
  readonly items: readonly FilterItem[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
  readonly testId: string;
}

interface FilterState {
  /** What is typed while the list is open; null while it is closed. */
  readonly typed: Signal<string | null>;
  readonly active: Signal<number>;
  readonly shown: readonly FilterItem[];
  readonly isOpen: boolean;
  readonly open: () => void;
  /** Closes the list, with a choice or without. */
  readonly choose: (item: FilterItem | undefined) => void;
  readonly move: (to: number) => void;
}

function useFilter({ items, value, onChange }: FilterListProps): FilterState {
  const typed = useSignal<string | null>(null);
  const active = useSignal(0);
  const isOpen = typed.value !== null;
  const pattern = (typed.value ?? "").trim().toLowerCase();
  const shown = items.filter((item) => item.label.toLowerCase().includes(pattern));
  const open = () => {
    typed.value = "";
    active.value = Math.max(
      0,
      items.findIndex((item) => item.value === value),
    );
  };
  return {
    typed,
    active,
    shown,
    isOpen,
    open,
    choose: (item) => {
      typed.value = null;
      if (item !== undefined) {
        onChange(item.value);
      }
    },
    move: (to) => {
      if (isOpen) {
        active.value = Math.max(0, Math.min(to, shown.length - 1));
      } else {
        open();
      }
    },
  };
}

export function FilterList(props: FilterListProps): JSX.Element {
  const { typed, active, shown, isOpen, open, choose, move } = useFilter(props);
  const listId = useId();
  const chosen = props.items.find((item) => item.value === props.value);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(active.value + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      choose(shown[active.value]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      choose(undefined);
    }
  };

  return (
    <span class="select-box">
      <input
        type="text"
        role="combobox"
        id={props.id}
        class="select"
        data-testid={props.testId}
        value={typed.value ?? chosen?.label ?? ""}
        placeholder={isOpen ? (chosen?.label ?? "") : ""}
        title={chosen?.title}
        autocomplete="off"
        spellcheck={false}
        aria-label={props.label}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? `${listId}-${active.value}` : undefined}
        aria-describedby={props.describedBy}
        aria-invalid={props.isInvalid ? "true" : undefined}
        onClick={() => {
          if (!isOpen) {
            open();
          }
        }}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          active.value = 0;
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          typed.value = null;
        }}
      />
      <Icon name="chevron-down" />
      {isOpen ? (
        <Choices
          id={listId}
          label={props.label}
          items={shown}
          active={active.value}
          choose={choose}
        />
      ) : null}
    </span>
  );
}

interface ChoicesProps {
  readonly id: string;
  readonly label: string;
  readonly items: readonly FilterItem[];
  readonly active: number;
  readonly choose: (item: FilterItem) => void;
}

function Choices({ id, label, items, active, choose }: ChoicesProps): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <ul class="menu filter-menu" role="listbox" id={id} aria-label={label} ref={list}>
      {items.map((item, index) => (
        <li
          key={item.value}
          role="option"
          id={`${id}-${index}`}
          class={`menu-item ${index === active ? "menu-item-active" : ""}`}
          aria-selected={index === active}
          title={item.title}
          onPointerDown={(event) => {
            event.preventDefault(); // the focus stays in the input
            choose(item);
          }}
        >
          {item.label}
        </li>
      ))}
      {items.length === 0 ? <li class="menu-item muted">No match</li> : null}
    </ul>
  );
}
