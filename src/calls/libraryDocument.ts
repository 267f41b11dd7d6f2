// What a library says of itself, as a document of the editor: sections, a verdict where there is one, and links to the sources.
// Its names are its author's, so none of them is taken for a word of ours.

import { nameText } from "../model/text/foreignText.ts";
import type { LibraryReport, MetadataEntry, PluginReport } from "../model/libraryReport.ts";
import type { InterfaceSchema, PluginSchema } from "../model/plugin.ts";
import type { SourceSpan } from "../model/text/span.ts";
import {
  bufferText,
  capabilityText,
  methodCountText,
  pluginsByName,
  versionLine,
} from "./libraryText.ts";

/** A part of a line that leads to a source. */
export interface DocumentLink {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly target: SourceSpan;
}

export interface LinkedDocument {
  readonly lines: readonly string[];
  readonly links: readonly DocumentLink[];
}

/** What the open folders have, to hold the library against. */
export interface Sources {
  readonly interfaces: readonly InterfaceSchema[];
  readonly plugins: readonly PluginSchema[];
}

/** Verdicts in words, and with a sign that is seen at once. */
const signs = { good: "✓", bad: "✗", open: "?" } as const;

/** `about` are the sentences that come before all: the verdict on the signature. */
export function libraryDocument(
  name: string,
  about: readonly string[],
  report: LibraryReport,
  sources: Sources,
): LinkedDocument {
  const page = new Page();
  page.add(`# ${nameText(name)}`, "", ...about, "");
  page.add(
    report.abi === 0
      ? `${signs.open} ${versionLine(report)}`
      : `${signs.good} Known: ${versionLine(report)}`,
  );
  for (const plugin of pluginsByName(report.plugins)) {
    addPlugin(page, plugin, report.abi, sources);
  }
  addHostImports(page, report);
  return page;
}

class Page implements LinkedDocument {
  readonly lines: string[] = [];
  readonly links: DocumentLink[] = [];

  add(...lines: readonly string[]): void {
    this.lines.push(...lines);
  }

  /** A line in which a name leads somewhere. */
  addLinked(before: string, name: string, after: string, target: SourceSpan | undefined): void {
    if (target !== undefined) {
      const from = before.length;
      this.links.push({ line: this.lines.length, from, to: from + name.length, target });
    }
    this.lines.push(`${before}${name}${after}`);
  }
}

function addPlugin(page: Page, plugin: PluginReport, abi: number, sources: Sources): void {
  page.add("", `## Plugin ${nameText(plugin.name)}`, "");
  const named = sources.interfaces.filter(({ name }) => name === plugin.interfaceName);
  addVerdict(page, plugin, named);
  page.add(
    `- interface version ${String(plugin.interfaceVersion)}, hash ${plugin.interfaceHash}`,
    `- ${bufferText(plugin)}, values as ${plugin.wire === "json" ? "JSON" : "bincode"}`,
    `- ${methodCountText(plugin)}, ${capabilityText(plugin, abi)}`,
  );
  const source = sources.plugins.find(
    ({ name, interfaceName }) => name === plugin.name && interfaceName === plugin.interfaceName,
  );
  addMethods(page, plugin, source);
  addMetadata(page, "Metadata of the trait", plugin.traitMetadata);
  for (const [index, entries] of plugin.methodMetadata.entries()) {
    const name = plugin.methodNames?.[index];
    const what = name === undefined ? `method ${String(index + 1)}` : nameText(name);
    addMetadata(page, `Metadata of ${what}`, entries);
  }
}

function addVerdict(page: Page, plugin: PluginReport, named: readonly InterfaceSchema[]): void {
  const name = nameText(plugin.interfaceName);
  const same = named.find(({ hash }) => hash === plugin.interfaceHash);
  if (same !== undefined) {
    const crate = nameText(same.crate.name);
    const before = `${signs.good} Matches: it implements `;
    page.addLinked(before, name, ` as ${crate} has it.`, same.nameSpan);
    return;
  }
  const [other] = named;
  if (other === undefined) {
    page.add(`${signs.open} Not known: no open source declares an interface ${name}.`);
    return;
  }
  const hashes = [...new Set(named.map(({ hash }) => hash))].join(" and ");
  page.addLinked(
    `${signs.bad} Differs: the sources have `,
    name,
    ` with hash ${hashes}. Build the plugin again, or run Fidius: Compare Interface… to see what changed.`,
    other.nameSpan,
  );
}

function addMethods(page: Page, plugin: PluginReport, source: PluginSchema | undefined): void {
  const { methodNames = [] } = plugin;
  if (methodNames.length === 0) {
    return;
  }
  page.add("", "### Methods by slot", "");
  for (const [slot, method] of methodNames.entries()) {
    const name = nameText(method);
    const found = source?.methods.find((each) => each.name === method);
    page.addLinked(`- ${String(slot)} `, name, "", found?.nameSpan);
  }
}

function addMetadata(page: Page, title: string, entries: readonly MetadataEntry[]): void {
  if (entries.length > 0) {
    page.add("", `### ${title}`, "");
    page.add(...entries.map(({ key, value }) => `- ${nameText(key)} = ${JSON.stringify(value)}`));
  }
}

function addHostImports(page: Page, { hostImports }: LibraryReport): void {
  if (hostImports === null || hostImports.length === 0) {
    return;
  }
  page.add("", "## Host functions", "");
  for (const { interfaceName, interfaceVersion, interfaceHash } of hostImports) {
    page.add(
      `- ${nameText(interfaceName)}, version ${String(interfaceVersion)}, hash ${interfaceHash}`,
    );
  }
}
