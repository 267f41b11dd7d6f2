// A library's report as a host sends it, checked field by field (R4).

import type {
  HostImportReport,
  LibraryReport,
  MetadataEntry,
  PluginReport,
} from "../../model/libraryReport.ts";
import { asFields, isCount, isText } from "./fieldChecks.ts";
import type { Fields } from "./fieldChecks.ts";

/** Whether a value is a library report in all its parts. */
export function isReport(value: unknown): value is LibraryReport {
  const fields = asFields(value);
  return (
    fields !== undefined &&
    isCount(fields["registryVersion"]) &&
    isCount(fields["abi"]) &&
    isText(fields["releases"]) &&
    isCount(fields["descriptorBytes"]) &&
    isListOf(fields["plugins"], isPlugin) &&
    (fields["hostImports"] === null || isListOf(fields["hostImports"], isHostImport))
  );
}

function isPlugin(value: unknown): value is PluginReport {
  const fields = asFields(value);
  if (fields === undefined) {
    return false;
  }
  const { capabilities, buffer, wire } = fields;
  return (
    isCount(fields["index"]) &&
    isText(fields["name"]) &&
    isInterface(fields) &&
    isText(capabilities) &&
    /^[0-9a-f]{1,16}$/.test(capabilities) &&
    (buffer === "PluginAllocated" || buffer === "Arena") &&
    hasMethods(fields) &&
    (wire === "bincode" || wire === "json") &&
    isListOf(fields["methodMetadata"], (entries) => isListOf(entries, isMetadataEntry)) &&
    isListOf(fields["traitMetadata"], isMetadataEntry)
  );
}

function hasMethods({ methodCount, methodNames }: Fields): boolean {
  return (
    (methodCount === null || isCount(methodCount)) &&
    (methodNames === undefined || isListOf(methodNames, isText))
  );
}

function isHostImport(value: unknown): value is HostImportReport {
  const fields = asFields(value);
  return fields !== undefined && isInterface(fields);
}

function isInterface(fields: Fields): boolean {
  const { interfaceName, interfaceHash, interfaceVersion } = fields;
  return (
    isText(interfaceName) &&
    isText(interfaceHash) &&
    /^[0-9a-f]{16}$/.test(interfaceHash) &&
    isCount(interfaceVersion)
  );
}

function isMetadataEntry(value: unknown): value is MetadataEntry {
  const fields = asFields(value);
  return fields !== undefined && isText(fields["key"]) && isText(fields["value"]);
}

function isListOf(value: unknown, isElement: (element: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isElement);
}
