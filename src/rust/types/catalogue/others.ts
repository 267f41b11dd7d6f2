// either, ordered-float, ipnet.

import type { Resolved } from "../resolved.ts";
import type { TypeSchema, ValueFormat } from "../../../model/schema/schema.ts";
import { newtypeEnum, type CatalogueUse, type CrateCatalogue } from "./catalogueEntry.ts";

function inner({ rustType, key, arguments: [first] }: CatalogueUse): Resolved | undefined {
  return first && { schema: { ...first.schema, rustType }, key };
}

export const orderedFloat: CrateCatalogue = {
  versions: ["2", "3", "4", "5"],
  types: { OrderedFloat: inner, NotNan: inner },
};

export const either: CrateCatalogue = {
  versions: ["1"],
  types: {
    Either: ({ rustType, key, sink, arguments: [left, right] }) =>
      left &&
      right && {
        schema: sink.named(key, rustType, () =>
          newtypeEnum("Either", [
            ["Left", left.schema],
            ["Right", right.schema],
          ]),
        ),
        key,
      },
  },
};

/** The address's bytes and the length of the prefix, without a count. */
function network(rustType: string, length: number, format: ValueFormat): TypeSchema {
  return { rustType, kind: "bytes", length, format };
}

const v4 = (rustType: string): TypeSchema => network(rustType, 5, "ipv4Network");
const v6 = (rustType: string): TypeSchema => network(rustType, 17, "ipv6Network");

export const ipnet: CrateCatalogue = {
  versions: ["2"],
  types: {
    Ipv4Net: ({ rustType, key }) => ({ schema: v4(rustType), key }),
    Ipv6Net: ({ rustType, key }) => ({ schema: v6(rustType), key }),
    IpNet: ({ rustType, key, sink }) => {
      const make = () =>
        newtypeEnum("IpNet", [
          ["V4", v4("Ipv4Net")],
          ["V6", v6("Ipv6Net")],
        ]);
      return { schema: { ...sink.named(key, rustType, make), format: "ipNetwork" }, key };
    },
  },
};
