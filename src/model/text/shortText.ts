/** The text, or the beginning of a longer one with an ellipsis: `most` characters in all. */
export function shortText(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
