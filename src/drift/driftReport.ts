// A comparison as a document to read, in Markdown.

import { oneLine } from "../model/text/foreignText.ts";
import type { SourceSpan } from "../model/text/span.ts";
import type { JudgedChange } from "./accepted.ts";
import type { InterfaceDrift } from "./compareInterfaces.ts";
import { summaryText } from "./summary.ts";

export interface DriftReport {
  /** "since v0.3". */
  readonly since: string;
  readonly drifts: readonly InterfaceDrift[];
  readonly changes: readonly JudgedChange[];
  /** What was not compared, and entries that no change needs; sentences. */
  readonly notes: readonly string[];
}

/** Where a place leads, and how it is called. */
export type PlaceLink = (span: SourceSpan) => { readonly label: string; readonly uri: string };

const headings = [
  ["breaking", "binary", "Breaks what is built already"],
  ["breaking", "source", "Breaks the code of plugins"],
  ["warning", undefined, "To look at"],
  ["safe", undefined, "Breaks nobody"],
] as const;

/** The whole document. */
export function reportMarkdown(
  { since, drifts, changes, notes }: DriftReport,
  linkOf: PlaceLink,
): string {
  const names = [...new Set(drifts.map(({ after, before }) => (after ?? before)?.name ?? ""))];
  const open = changes.filter(({ isAccepted }) => !isAccepted);
  const sections = headings.map(([severity, category, title]) =>
    section(
      title,
      open.filter(
        (change) =>
          change.severity === severity && (category === undefined || change.category === category),
      ),
      linkOf,
    ),
  );
  const accepted = section(
    "Accepted",
    changes.filter(({ isAccepted }) => isAccepted),
    linkOf,
  );
  return [
    `# ${names.map(escaped).join(", ")} ${escaped(since)}`,
    "",
    escaped(summaryText(drifts, changes, since)),
    ...[...sections, accepted].flat(),
    ...(notes.length === 0
      ? []
      : ["", "## Notes", "", ...notes.map((note) => `- ${escaped(note)}`)]),
    "",
  ].join("\n");
}

function section(
  title: string,
  changes: readonly JudgedChange[],
  linkOf: PlaceLink,
): readonly string[] {
  return changes.length === 0
    ? []
    : ["", `## ${title}`, "", ...changes.map((change) => entry(change, linkOf))];
}

function entry({ rule, message, span }: JudgedChange, linkOf: PlaceLink): string {
  const link = span && linkOf(span);
  const place =
    link === undefined
      ? ""
      : ` [${escaped(link.label)}](${link.uri.replaceAll("(", "%28").replaceAll(")", "%29")})`;
  return `- **${rule}**${place}: ${escaped(message)}`;
}

/** Text of others as text: it makes no links, no headings and no markup, and ends no line. Names between backticks stay names. */
function escaped(text: string): string {
  return oneLine(text)
    .split(/(`[^`\n]*`)/u)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replaceAll(/[\\*_[\]<>#|!]/gu, (mark) => `\\${mark}`),
    )
    .join("");
}
