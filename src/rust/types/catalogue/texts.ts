// Types that cross as a string: url, semver, camino, compact_str, smol_str.

import { string, type CrateCatalogue } from "./catalogueEntry.ts";

export const url: CrateCatalogue = { versions: ["2"], types: { Url: string("url") } };

export const semver: CrateCatalogue = {
  versions: ["1"],
  types: {
    Version: string("version"),
    VersionReq: string("versionRequirement"),
    Comparator: string("versionComparator"),
  },
};

export const camino: CrateCatalogue = {
  versions: ["1"],
  types: { Utf8PathBuf: string("path"), Utf8Path: string("path") },
};

export const compactStr: CrateCatalogue = {
  versions: ["0.7", "0.8", "0.9", "0.10"],
  types: { CompactString: string() },
};

export const smolStr: CrateCatalogue = {
  versions: ["0.1", "0.2", "0.3"],
  types: { SmolStr: string() },
};
