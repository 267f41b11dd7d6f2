// Annotations of GitHub Actions: lines on stdout that it shows at their places.

export interface AnnotationPlace {
  readonly file: string;
  /** Lines and columns count from 1. */
  readonly line: number;
  readonly endLine: number;
  readonly column: number;
}

/** One line; without a place it is shown beside the run. */
export function annotation(
  level: "error" | "warning" | "notice" | "hint",
  place: AnnotationPlace | undefined,
  code: string,
  message: string,
): string {
  const title = `title=fidius ${property(code)}`;
  const properties =
    place === undefined
      ? title
      : `file=${property(place.file)},line=${String(place.line)},endLine=${String(place.endLine)},col=${String(place.column)},${title}`;
  return `::${level} ${properties}::${data(message)}`;
}

/** What workflow commands of GitHub take as data: `%` and line ends escaped. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** As {@link data}, for the value of a property. */
function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
