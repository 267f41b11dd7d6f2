// Other names around the same bytes.

import { exampleInterface } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";

const derive = "#[derive(serde::Serialize, serde::Deserialize)]\n";
const methods = "    fn run(&self, point: Point) -> u8;";

export const partRenamed: DriftRule = {
  id: "part-renamed",
  category: "source",
  severity: "breaking",
  page: {
    finds:
      "A field or variant with another name, or a field of another type that has the same bytes.",
    why: "bincode writes no names, so what was built before keeps working. Code that names the part does not compile.",
    instead: "Change the plugins together with the interface.",
    before: exampleInterface({ methods, items: `${derive}pub struct Point {\n    pub x: u8,\n}` }),
    after: exampleInterface({
      methods,
      items: `${derive}pub struct Point {\n    pub left: u8,\n}`,
      version: 2,
    }),
  },
  compared: ({ drift, placeOf }, report) => {
    for (const { effect, clause, member, methods: concerned } of drift.changes) {
      if (effect === "names") {
        report(`${clause}. The bytes are the same; code that names it does not compile.`, {
          methods: concerned,
          ...(member === undefined ? {} : { span: placeOf(member) }),
        });
      }
    }
  },
};
