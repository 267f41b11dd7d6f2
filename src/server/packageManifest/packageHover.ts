// What a hover says of a table or a key of a package.toml.

import { fieldValue, interfacesOf } from "../../diagnostics/source/packageFields.ts";
import { packageKey, packageTable } from "../../model/package/packageKeys.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import { code, sentence, type HoverBlock, type Words } from "../hover/hoverText.ts";
import type { SourcePlace } from "../syntax/fidiusPlaces.ts";
import { packageCursor } from "./packagePlace.ts";
import { surroundingsOf } from "./packageSurroundings.ts";

export function packageHoverAt(
  { file, position }: SourcePlace,
  snapshot: ProjectSnapshot,
): readonly HoverBlock[] | undefined {
  const text = snapshot.files.read(file);
  const line = text?.split(/\r\n|\n|\r/u)[position.line] ?? "";
  const header = /^\s*\[\s*([\w-]+)\s*\]/u.exec(line);
  if (text === undefined || header !== null) {
    return isWithin(header, position.character) ? tableHover(header?.[1] ?? "") : undefined;
  }
  const key = /^\s*([\w-]+)\s*=/u.exec(line);
  const { at } = packageCursor(text, { line: position.line, character: 0 });
  return key !== null && isWithin(key, position.character) && at.kind === "key"
    ? keyHover(at.table ?? "", key[1] ?? "", file, snapshot)
    : undefined;
}

function isWithin(match: RegExpExecArray | null, character: number): boolean {
  const start = match === null ? -1 : match[0].indexOf(match[1] ?? "");
  return start >= 0 && character >= start && character <= start + (match?.[1]?.length ?? 0);
}

function tableHover(name: string): readonly HoverBlock[] | undefined {
  const table = packageTable(name);
  if (table === undefined) {
    return undefined;
  }
  const { runtime, means } = table;
  return [
    sentence(...inCode(means)),
    ...(runtime === undefined
      ? []
      : [
          sentence(
            "Packages with ",
            code(`runtime = "${runtime}"`),
            " need it, and no others may have it.",
          ),
        ]),
  ];
}

function keyHover(
  table: string,
  name: string,
  file: string,
  snapshot: ProjectSnapshot,
): readonly HoverBlock[] | undefined {
  const key = packageKey(table, name);
  if (key === undefined) {
    return undefined;
  }
  const types = { string: "a text", u32: "a whole number", strings: "a list of texts" };
  const surroundings = surroundingsOf(file, snapshot);
  const value = fieldValue(surroundings, name);
  const [implemented] = interfacesOf(surroundings);
  return [
    sentence(...inCode(key.means)),
    sentence(
      `It is ${types[key.type]}${key.isRequired ? ", and Fidius needs it" : ""}.`,
      ...(key.byDefault === undefined
        ? []
        : [" When it is not written, it is ", code(key.byDefault), "."]),
      ...(key.since === undefined ? [] : [` Fidius reads it since ${key.since}.`]),
    ),
    ...(value === undefined
      ? []
      : name.startsWith("interface") && implemented !== undefined
        ? [
            sentence(
              "The plugin here implements ",
              code(implemented.name),
              " of ",
              code(implemented.crate.name),
              `, version ${String(implemented.version)}.`,
            ),
          ]
        : [sentence("The crate beside it has ", code(value), ".")]),
  ];
}

/** Our own words, with what stands in backticks as code. */
function inCode(text: string): Words {
  return text.split("`").map((part, index) => (index % 2 === 0 ? part : code(part)));
}
