// Other metadata of the trait or of a method.

import type { MetadataEntry } from "../../../model/libraryReport.ts";
import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule, Report } from "../../driftRule.ts";

export const metadataChanged: DriftRule = {
  id: "metadata-changed",
  category: "binary",
  severity: "warning",
  page: {
    finds: "Metadata of the trait or of a method that is gone, new or another one.",
    why: "It is in no hash and changes no call. Hosts that read it see in old plugins what was written then.",
    instead: "See to it that hosts take both.",
    before: exampleInterface({
      methods: runMethod,
      attributes: '#[trait_meta("unit", "seconds")]',
    }),
    after: exampleInterface({
      methods: runMethod,
      attributes: '#[trait_meta("unit", "milliseconds")]',
      version: 2,
    }),
    limits: "A key that is new is safe: hosts that know it have to expect plugins without it.",
  },
  compared: ({ before, after, kept }, report) => {
    compare("the interface", before.metadata, after.metadata, report, {});
    for (const pair of kept) {
      if (pair.before.metadata !== undefined && pair.after.metadata !== undefined) {
        const methods = [pair.after.name];
        const what = `\`${pair.after.name}\``;
        compare(what, pair.before.metadata, pair.after.metadata, report, { methods });
      }
    }
  },
};

function compare(
  what: string,
  before: readonly MetadataEntry[],
  after: readonly MetadataEntry[],
  report: Report,
  details: { readonly methods?: readonly string[] },
): void {
  const valueOf = (entries: readonly MetadataEntry[], key: string): string | undefined =>
    entries.find((entry) => entry.key === key)?.value;
  for (const key of new Set([...before, ...after].map((entry) => entry.key))) {
    const [then, now] = [valueOf(before, key), valueOf(after, key)];
    if (then === now) {
      continue;
    }
    const name = `The metadata ${JSON.stringify(key)} of ${what}`;
    if (then === undefined) {
      report(`${name} is new.`, { ...details, severity: "safe" });
    } else {
      report(
        now === undefined
          ? `${name} is gone: hosts that read it find it in old plugins only.`
          : `${name} was ${JSON.stringify(then)} and is ${JSON.stringify(now)}: hosts that read it see the old value in old plugins.`,
        details,
      );
    }
  }
}
