// How far the page and its panes are scrolled, kept over a reload of the page.

import { useLayoutEffect } from "preact/hooks";
import { usePanel, type ScrolledPanes } from "../panelStore.ts";

/**
 * Notes how far something is scrolled, and once its content `isThere` scrolls it to where it was before a reload. In a wide panel the panes
 * are scrolled, in others the page.
 */
export function useKeptScroll(
  name: keyof ScrolledPanes,
  pane: { readonly current: Element | null },
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
    // The page's own scrolling is heard at the window.
    const target = name === "page" ? window : element;
    target?.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      target?.removeEventListener("scroll", onScroll);
    };
  }, []);
}
