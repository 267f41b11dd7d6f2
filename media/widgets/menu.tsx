// A button that opens a menu after the ARIA pattern: arrow keys, Home, End, Escape, focus back to the button.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./icon.tsx";

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly onSelect: () => void;
}

interface MenuButtonProps {
  readonly label: string;
  readonly title?: string;
  readonly icon?: string;
  /** Shows only the icon. */
  readonly isCompact?: boolean;
  readonly isDisabled?: boolean;
  readonly items: readonly MenuItem[];
  readonly testId: string;
}

export function MenuButton(props: MenuButtonProps): JSX.Element {
  const isOpen = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const items = () => [...(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];

  const close = (withFocus: boolean) => {
    isOpen.value = false;
    if (withFocus) {
      root.current?.querySelector("button")?.focus();
    }
  };

  useLayoutEffect(() => {
    if (!isOpen.value) {
      return undefined;
    }
    keepInView(root.current?.querySelector<HTMLElement>("[role=menu]"));
    items()[0]?.focus();
    const onPointerDown = (event: PointerEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) {
        close(false);
      }
    };
    document.addEventListener("pointerdown", onPointerDown);
    return () => {
      document.removeEventListener("pointerdown", onPointerDown);
    };
  }, [isOpen.value]);

  const onMenuKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      all[(target + all.length) % all.length]?.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (event.key === "Tab") {
      close(false);
    }
  };

  return (
    <div class="menu-anchor" ref={root}>
      <button
        type="button"
        class={props.isCompact === true ? "icon-button" : "text-button"}
        disabled={props.isDisabled}
        aria-haspopup="menu"
        aria-expanded={isOpen.value}
        aria-controls={isOpen.value ? id : undefined}
        aria-label={props.isCompact === true ? props.label : undefined}
        title={props.title ?? (props.isCompact === true ? props.label : undefined)}
        data-testid={props.testId}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        {props.icon === undefined ? null : <Icon name={props.icon} />}
        {props.isCompact === true ? null : (
          <>
            <span>{props.label}</span>
            <Icon name="chevron-down" />
          </>
        )}
      </button>
      {isOpen.value ? (
        <MenuList
          {...props}
          id={id}
          onKeyDown={onMenuKeyDown}
          onSelect={(item) => {
            close(true);
            item.onSelect();
          }}
        />
      ) : null}
    </div>
  );
}

/** Turns a menu to the side on which there is room for it. */
function keepInView(menu: HTMLElement | null | undefined): void {
  if (menu === null || menu === undefined) {
    return;
  }
  const { left, right, top, bottom, height } = menu.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  if (right > clientWidth) {
    menu.classList.add("menu-to-left");
  } else if (left < 0) {
    menu.classList.add("menu-to-right");
  }
  const buttonHeight = menu.parentElement?.offsetHeight ?? 0;
  if (bottom > clientHeight && top - buttonHeight - height > 0) {
    menu.classList.add("menu-up");
  }
}

interface MenuListProps extends Pick<MenuButtonProps, "label" | "items" | "testId"> {
  readonly id: string;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onSelect: (item: MenuItem) => void;
}

function MenuList({ id, label, items, testId, onKeyDown, onSelect }: MenuListProps): JSX.Element {
  return (
    <div class="menu" role="menu" id={id} aria-label={label} onKeyDown={onKeyDown}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="menuitem"
          class="menu-item"
          tabIndex={-1}
          data-testid={`${testId}-${item.id}`}
          onClick={() => {
            onSelect(item);
          }}
        >
          <span>{item.label}</span>
          {item.detail === undefined ? null : <span class="muted">{item.detail}</span>}
        </button>
      ))}
    </div>
  );
}
