// Below 900 px the response stands under the request: what a call gave comes into view, and Invoke stays there too.

/** The part of the height that stays the request's. */
const requestPart = 0.4;

/** Scrolls as far as it takes, and not at all where enough of the response is to be seen. */
export function bringResponseIntoView(): void {
  const top = responseTop();
  const most = window.innerHeight * (requestPart + 0.1);
  if (top !== undefined && top > most) {
    window.scrollBy({ top: top - window.innerHeight * requestPart });
  }
}

/** Goes to the response: to its tree, or whatever it begins with. */
export function goToResponse(): void {
  const pane = document.querySelector<HTMLElement>(".pane.response");
  pane?.scrollIntoView({ block: "start" });
  pane
    ?.querySelector<HTMLElement>("[role=tree], [role=tab][tabindex='0'], button")
    ?.focus({ preventScroll: true });
}

function responseTop(): number | undefined {
  const pane = document.querySelector<HTMLElement>(".pane.response");
  return pane?.offsetParent === null ? undefined : pane?.getBoundingClientRect().top;
}
