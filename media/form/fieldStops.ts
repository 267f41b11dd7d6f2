// The small buttons of a number are one stop of Tab: the arrow keys go from one to the next, its reset button included.

/** Moves the focus along the buttons of the field on ← and →. */
export function stepStops(event: KeyboardEvent): void {
  const direction = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  const field = event.target instanceof Element ? event.target.closest(".field") : null;
  if (direction === 0 || field === null) {
    return;
  }
  const stops = [...field.querySelectorAll<HTMLElement>(":scope .chip, :scope .reset")];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  stops[(at + direction + stops.length) % stops.length]?.focus();
  event.preventDefault();
}
