// What can be done with a part of a value: copied in several forms, or put into an argument. Opens at the part, by the context menu's
// key or button.

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { encodeValue } from "../../../src/codec/bincode/encode.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { formArguments } from "../../values/conform.ts";
import { onlyKept } from "../../draft/keptParts.ts";
import { pointerLabel } from "../../values/pointer.ts";
import { usePanel, type PanelStore } from "../../panelStore.ts";
import type { MenuItem } from "../../widgets/menu.tsx";
import { copiedText } from "./copiedText.ts";
import type { TreeNode } from "./treeTypes.ts";

interface NodeMenuProps {
  readonly node: TreeNode;
  /** From the top of the tree. */
  readonly top: number;
  readonly onCopyValue: () => void;
  /** The part's bytes in hexadecimal; undefined where they are not known. */
  readonly bytes: string | undefined;
  readonly onClose: () => void;
}

export function NodeMenu(props: NodeMenuProps): JSX.Element {
  const panel = usePanel();
  const root = useRef<HTMLDivElement>(null);
  const { onClose } = props;
  const buttons = () => [...(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  useLayoutEffect(() => {
    buttons()[0]?.focus();
    const onPointerDown = (event: PointerEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) {
        onClose();
      }
    };
    document.addEventListener("pointerdown", onPointerDown);
    return () => {
      document.removeEventListener("pointerdown", onPointerDown);
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const all = buttons();
    const at = all.findIndex((item) => item === document.activeElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      all[(target + all.length) % all.length]?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      onClose();
    }
  };
  return (
    <div
      class="menu node-menu"
      role="menu"
      aria-label={pointerLabel(props.node.pointer) || "Whole value"}
      ref={root}
      data-testid="node-menu"
      style={{ top: `${props.top}px` }}
      onKeyDown={onKeyDown}
    >
      {itemsOf(props, panel).map(({ id, label, detail, onSelect }) => (
        <button
          key={id}
          type="button"
          role="menuitem"
          class="menu-item"
          tabIndex={-1}
          data-testid={`node-${id}`}
          onClick={() => {
            onClose();
            onSelect();
          }}
        >
          <span>{label}</span>
          {detail === undefined ? null : <span class="muted mono">{detail}</span>}
        </button>
      ))}
    </div>
  );
}

function itemsOf(
  { node, bytes, onCopyValue }: NodeMenuProps,
  panel: PanelStore,
): readonly MenuItem[] {
  const { extension } = panel;
  const path = pointerLabel(node.pointer);
  const copy = (text: string) => () => {
    extension.copyText(text);
  };
  return [
    { id: "copy-value", label: "Copy Value", onSelect: onCopyValue },
    ...(path === "" ? [] : [{ id: "copy-path", label: "Copy Path", onSelect: copy(path) }]),
    ...(node.value === undefined || copiedText(node) === node.json()
      ? []
      : [{ id: "copy-json", label: "Copy as JSON", onSelect: copy(node.json()) }]),
    ...(bytes === undefined
      ? []
      : [{ id: "copy-bytes", label: "Copy Bytes as Hex", onSelect: copy(bytes) }]),
    ...argumentItems(node.value, panel),
  ];
}

/** An item for each argument of the method that takes the value. */
function argumentItems(value: JsonValue | undefined, panel: PanelStore): readonly MenuItem[] {
  const request = panel.request.value;
  if (value === undefined || request === null) {
    return [];
  }
  const { method, types } = request;
  return method.arguments
    .filter(({ type }) => encodeValue(type, types, value).ok)
    .map(({ name }) => ({
      id: `use-${name}`,
      label: "Use as Argument",
      detail: name,
      onSelect: () => {
        request.fill((form) => ({
          value: formArguments(method, types, { ...form.value, [name]: value }),
          side: onlyKept(form.side),
        }));
        panel.narrowTab.value = "request";
      },
    }));
}
