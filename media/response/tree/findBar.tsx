// The line above a tree that finds text in all of its value: how often it is there, and the way to the next and the one before.

import { useSignal, type Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { IconButton } from "../../widgets/iconButton.tsx";
import { SelectBox } from "../../widgets/selectBox.tsx";
import { findInTree, mostMatches, type FindScope } from "./findInTree.ts";
import type { TreeNode } from "./treeTypes.ts";

/** A text is looked for when nothing was typed for so long. */
const typingMs = 150;

export interface TreeFind {
  /** Keys of what was found so far. */
  readonly matches: Signal<readonly string[]>;
  readonly isSearching: Signal<boolean>;
  readonly text: Signal<string>;
  readonly scope: Signal<FindScope>;
  readonly at: Signal<number>;
  readonly isOpen: Signal<boolean>;
}

/** Finds what is typed, anew when the value is another one. */
export function useTreeFind(root: TreeNode): TreeFind {
  const find: TreeFind = {
    matches: useSignal<readonly string[]>([]),
    isSearching: useSignal(false),
    text: useSignal(""),
    scope: useSignal<FindScope>("all"),
    at: useSignal(-1),
    isOpen: useSignal(false),
  };
  const { matches, isSearching, text, scope, at, isOpen } = find;
  useEffect(() => {
    matches.value = [];
    at.value = -1;
    isSearching.value = false;
    if (!isOpen.value || text.value.trim() === "") {
      return;
    }
    const controller = new AbortController();
    isSearching.value = true;
    const timer = setTimeout(() => {
      const query = { text: text.value, scope: scope.value };
      void findInTree(root, query, controller.signal, (keys) => {
        if (keys.length > 0 && !controller.signal.aborted) {
          matches.value = [...matches.value, ...keys];
        }
      }).then((isWhole) => {
        isSearching.value = isSearching.value && !isWhole;
      });
    }, typingMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [root, text.value, scope.value, isOpen.value]);
  return find;
}

interface FindBarProps {
  readonly find: TreeFind;
  readonly onGo: (key: string) => void;
  readonly onClose: () => void;
}

const scopes: readonly { readonly value: FindScope; readonly label: string }[] = [
  { value: "all", label: "everywhere" },
  { value: "value", label: "in values" },
  { value: "path", label: "in paths" },
  { value: "type", label: "in types" },
];

export function FindBar({ find, onGo, onClose }: FindBarProps): JSX.Element {
  const { matches, text, scope, at } = find;
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => {
    input.current?.select();
  }, []);
  const go = (step: number) => {
    const { length } = matches.value;
    if (length > 0) {
      at.value = at.value === -1 && step < 0 ? length - 1 : (at.value + step + length) % length;
      onGo(matches.value[at.value] ?? "0");
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    } else if (event.key === "F3" || (event.key === "Enter" && event.target === input.current)) {
      event.preventDefault();
      event.stopPropagation();
      go(event.shiftKey ? -1 : 1);
    }
  };
  return (
    <div class="find-bar" role="search" aria-label="Find in the value" onKeyDown={onKeyDown}>
      <input
        ref={input}
        class="input mono"
        type="text"
        aria-label="Find"
        placeholder="Find"
        spellcheck={false}
        data-testid="find"
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
      />
      <SelectBox
        id={id}
        label="Find where"
        testId="find-scope"
        options={scopes}
        value={scope.value}
        describedBy={undefined}
        isInvalid={false}
        onChange={(chosen) => {
          scope.value = chosen as FindScope;
        }}
      />
      <span class="find-count" role="status" data-testid="find-count">
        {countText(find)}
      </span>
      <IconButton
        icon="arrow-up"
        label="Previous (Shift+Enter)"
        testId="find-previous"
        isDisabled={matches.value.length === 0}
        onClick={() => {
          go(-1);
        }}
      />
      <IconButton
        icon="arrow-down"
        label="Next (Enter)"
        testId="find-next"
        isDisabled={matches.value.length === 0}
        onClick={() => {
          go(1);
        }}
      />
      <IconButton icon="close" label="Close (Escape)" testId="find-close" onClick={onClose} />
    </div>
  );
}

function countText({ matches, text, at, isSearching }: TreeFind): string {
  const { length } = matches.value;
  if (text.value.trim() === "") {
    return "";
  }
  const count = `${length.toLocaleString("en")}${length >= mostMatches ? "+" : ""}`;
  const found =
    length === 0
      ? "Nothing"
      : at.value === -1
        ? count
        : `${(at.value + 1).toLocaleString("en")} of ${count}`;
  return isSearching.value ? `${length === 0 ? "" : `${found}, `}searching…` : `${found} found`;
}
