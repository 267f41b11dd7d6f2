// How far a pane is scrolled, kept over a reload of the page.

import type { Ref } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { usePanel } from "../panelStore.ts";

/** Notes how far a pane is scrolled, and once its content `isThere` scrolls it to where it was before a reload. */
export function useKeptScroll(
  name: "request" | "response",
  pane: Exclude<Ref<HTMLElement>, ((element: HTMLElement | null) => void) | null>,
  isThere: boolean,
): void {
  const { scrolled, dueScroll, narrowTab } = usePanel();
  const shownTab = narrowTab.value;
  useLayoutEffect(() => {
    const due = dueScroll[name];
    // In a narrow panel one of the panes is not to be seen, and cannot be scrolled.
    if (isThere && due !== undefined && pane.current !== null && pane.current.clientHeight > 0) {
      pane.current.scrollTop = due;
      dueScroll[name] = undefined;
    }
  }, [isThere, shownTab]);
  useLayoutEffect(() => {
    const element = pane.current;
    const onScroll = () => {
      scrolled.value = { ...scrolled.value, [name]: Math.round(element?.scrollTop ?? 0) };
    };
    element?.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      element?.removeEventListener("scroll", onScroll);
    };
  }, []);
}
