// Types that `bitflags!` makes: where the macro comes from, how it is called, which version of it is known.

import assert from "node:assert/strict";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import { analyze, rust, type CrateSource, type ProjectSource } from "./inMemoryProject.ts";

const body = rust`
#[derive(Serialize, Deserialize)]
pub struct Access: u32 {
    const READ = 1;
    const WRITE = 1 << Self::SHIFT;
    const BOTH = Self::READ.bits() | 0x2;
}`;

const bitflags = { key: "bitflags", packageName: "bitflags", requirement: "2.4" };

function using(declarations: string, dependencies: CrateSource["dependencies"] = [bitflags]) {
  const text = rust`
use fidius::plugin_interface;
use serde::{Deserialize, Serialize};
${declarations}
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, value: Access) -> (); }
`;
  return {
    demo: { files: { "src/lib.rs": text }, dependencies: ["fidius", "serde", ...dependencies] },
  } satisfies ProjectSource;
}

/** The type inside of the newtype that the method takes, or the argument where it is no such. */
function innerOf(project: ProjectSource): TypeSchema {
  const schema = analyze(project).interfaces.find(({ schema: { name } }) => name === "Subject");
  const type = schema?.schema.methods[0]?.arguments[0]?.type;
  assert.ok(schema !== undefined && type !== undefined);
  const named = type.kind === "named" ? schema.schema.types[type.id] : undefined;
  return named?.kind === "struct" && named.body.kind === "newtype" ? named.body.inner : type;
}

function flagsOf(project: ProjectSource): string {
  const type = innerOf(project);
  assert.ok(type.kind === "integer" && type.format === "flags", JSON.stringify(type));
  const named = (type.flags?.named ?? []).map(({ name, value }) => `${name}=${value}`);
  return `${type.signed ? "i" : "u"}${type.bits} ${type.flags?.inJson} ${named.join(" ")}`;
}

function check(title: string, project: ProjectSource, expected = "u32 text READ=1 BOTH=3"): void {
  it(`${title}: ${expected}`, () => {
    assert.equal(flagsOf(project), expected);
  });
}

describe("types of bitflags!", () => {
  check("by path", using(`bitflags::bitflags! { ${body} }`));
  check("by use", using(`use bitflags::bitflags; bitflags! { ${body} }`));
  check("by a glob", using(`use bitflags::*; bitflags! { ${body} }`));
  check("renamed", using(`use bitflags::bitflags as flags; flags! { ${body} }`));
  check("by macro_use", using(`#[macro_use] extern crate bitflags; bitflags! { ${body} }`));
  check(
    "in a module, with other types in the call, imported",
    using(
      `mod inner { use serde::{Deserialize, Serialize};
         bitflags::bitflags! { pub struct Other: u8 { const X = 1; } ${body} } }
       pub use inner::*;`,
    ),
  );
  check("as an argument of a macro_rules that is no bitflags, beside it", {
    ...using(`macro_rules! other { ($($t:tt)*) => {} } other! { pub struct Access: u8 { const X = 1; } }
      pub use flags::Access; mod flags { use serde::{Deserialize, Serialize}; bitflags::bitflags! { ${body} } }`),
  });
  check("made in another crate, by a macro that a third one re-exports", {
    ...using("pub use shared::Access;", ["shared"]),
    shared: {
      files: {
        "src/lib.rs": rust`use serde::{Deserialize, Serialize}; base::reexported::bitflags! { ${body} }`,
      },
      dependencies: ["serde", "base"],
    },
    base: {
      files: { "src/lib.rs": rust`pub mod reexported { pub use bitflags::bitflags; }` },
      dependencies: [bitflags],
    },
  });
  check(
    "of a dependency with another name",
    using(`flags::bitflags! { ${body} }`, [{ ...bitflags, key: "flags" }]),
  );
  const old = { ...bitflags, requirement: "1.3.2" };
  check(
    "of bitflags 1",
    using(
      `bitflags::bitflags! { #[derive(Serialize, Deserialize)] pub struct Access: i8 { const A = !0; const B = Access::A.bits & 0x7f; } }`,
      [old],
    ),
    "i8 bitsField A=255 B=127",
  );
  check(
    "around a struct of one's own, and constants from elsewhere",
    using(
      `const ONE: u64 = 1; #[derive(Serialize, Deserialize)] pub struct Access(u64);
       bitflags::bitflags! { impl Access: u64 { const A = ONE << 40; const TOP = u64::MAX; const _ = !0; } }`,
    ),
    "u64 number A=1099511627776 TOP=18446744073709551615",
  );

  it("what is not known is said", () => {
    const unknown: readonly (readonly [ProjectSource, RegExp])[] = [
      [
        using(`bitflags::bitflags! { ${body} }`, [{ ...bitflags, requirement: "3.0" }]),
        /`Access` is made by bitflags 3\.0; how it crosses is known for bitflags 1 and 2 only/,
      ],
      [
        using("bitflags::bitflags! { pub struct Access: u32 { const READ = 1; } }"),
        /`Access` does not derive serde's/,
      ],
      [using(`other::flags! { ${body} }`), /`Access` is not declared in any source/],
      [using(`use other::bitflags; bitflags! { ${body} }`, ["other"]), /`Access` is not declared/],
    ];
    for (const [project, reason] of unknown) {
      const type = innerOf(project);
      assert.ok(type.kind === "unknown", JSON.stringify(type));
      assert.match(type.reason, reason);
    }
  });
});
