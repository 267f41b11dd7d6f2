// The types of a method as its source spells them, whatever stands around them.

import assert from "node:assert/strict";
import { readMethodSource } from "../../../src/bridge/methodSource.ts";

describe("the source of a method's types", () => {
  it("reads attributes, docs, comments and generics out of the way", () => {
    const source = readMethodSource(`/// fn not(this: One)
      #[method_meta("fn", "(a: b)")]
      async fn f<'a>(&'a self, /* x: y */ a: Vec<(u8, [i64; 2])>, mut b: &'a crate::X::<u8>) -> Result<&'a str, E> where Self: Sized;`);
    assert.deepEqual(source, {
      arguments: ["Vec<(u8, [i64; 2])>", "&'a crate::X::<u8>"],
      returns: "Result<&'a str, E>",
      returnsStream: false,
      generics: "<'a>",
    });
  });

  it("takes the items of streams", () => {
    const source = readMethodSource(
      "fn f(&self, n: u32, items: fidius::Stream<Vec<u8>>) -> Stream<HashMap<String, Box<dyn Fn(u8) -> u8>>> { loop {} }",
    );
    assert.deepEqual(source, {
      arguments: ["u32"],
      streamItem: "Vec<u8>",
      returns: "HashMap<String, Box<dyn Fn(u8) -> u8>>",
      returnsStream: true,
      generics: "",
    });
  });

  it("knows methods without arguments and without a return", () => {
    assert.deepEqual(readMethodSource("fn f(self: &Self,);"), {
      arguments: [],
      returns: null,
      returnsStream: false,
      generics: "",
    });
    assert.equal(readMethodSource("const X: u8 = 1;"), null);
  });
});
