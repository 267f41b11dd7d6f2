// Other bytes behind an unchanged signature.

import { exampleInterface } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";
import { quotedList } from "../../words.ts";

const derive = "#[derive(serde::Serialize, serde::Deserialize)]\n";
const methods = "    fn run(&self, point: Point) -> u8;";

export const wireFormChanged: DriftRule = {
  id: "wire-form-changed",
  category: "binary",
  severity: "breaking",
  page: {
    finds:
      "A type that crosses in other bytes while the signatures that name it stayed: a field more or less, fields or variants in another order, a field of another type, another meaning of an alias, serde's attributes.",
    why: "The hash is made of the names of types, not of what is in them. Plugins that were built before are accepted and misread every call that passes such a value.",
    instead:
      "Give the changed type another name, or the method: then the hash changes with it and old plugins are refused instead of misread.",
    before: exampleInterface({ methods, items: `${derive}pub struct Point {\n    pub x: u8,\n}` }),
    after: exampleInterface({
      methods,
      items: `${derive}pub struct Point {\n    pub x: u8,\n    pub y: u8,\n}`,
    }),
    limits:
      "A library holds no types, so this is compared between sources only. Of types that the source does not tell see [wire-form-unknown](wire-form-unknown.md).",
  },
  compared: ({ before, after, drift, placeOf }, report) => {
    for (const { effect, clause, member, methods: concerned } of drift.changes) {
      if (effect === "wire") {
        const keep = concerned.length === 1 ? "keeps its" : "keep their";
        const hash =
          before.hash === after.hash
            ? `${quotedList(concerned)} ${keep} hash, but old plugins misread it`
            : `${quotedList(concerned)} ${keep} signature, but the bytes are others`;
        report(`${clause}; ${hash}.`, {
          methods: concerned,
          ...(member === undefined ? {} : { span: placeOf(member) }),
        });
      }
    }
  },
};
