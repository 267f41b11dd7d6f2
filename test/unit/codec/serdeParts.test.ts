// A type with one unknown field: its known fields are written and shown as everywhere else.

import assert from "node:assert/strict";
import { fromSerdeJson, toSerdeJson } from "../../../src/codec/method/serdeParts.ts";
import { interfaceOf } from "../../vectors/vectorSource.ts";

const definitions = `
use std::collections::BTreeMap;
use std::time::Duration;
pub struct Hidden(u8);
impl Serialize for Hidden { fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.serialize_u8(self.0) } }
impl<'de> Deserialize<'de> for Hidden { fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> { Ok(Hidden(u8::deserialize(d)?)) } }
#[derive(Serialize, Deserialize)]
pub struct Mixed {
    pub cells: Vec<u8>,
    #[serde(rename = "waitFor")]
    pub wait: Duration,
    pub big: u64,
    pub state: State,
    pub inner: Option<Box<Mixed>>,
    pub hidden: Hidden,
    pub many: BTreeMap<String, (Hidden, [u8; 2])>,
    pub either: Result<Hidden, Vec<u8>>,
}
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State { AtRest, Moving { by: Vec<u8>, of: Hidden } }
`;
const { methods, types } = interfaceOf({ rust_type: "Mixed", definitions });
const type = methods[1]?.arguments[0]?.type;
assert.ok(type !== undefined);

const own =
  '{"cells":"hex:0102","wait":"1m30s","big":18446744073709551615,"state":{"Moving":{"by":"hex:ff","of":7}},' +
  '"inner":{"cells":"hex:","wait":"1s","big":0,"state":"AtRest","inner":null,"hidden":{"any":[1.50]},"many":{},"either":{"Err":"hex:00"}},' +
  '"hidden":1,"many":{"a":[2,"hex:0304"]},"either":{"Ok":5}}';
const serde =
  '{"cells":[1,2],"waitFor":{"secs":90,"nanos":0},"big":18446744073709551615,"state":{"moving":{"by":[255],"of":7}},' +
  '"inner":{"cells":[],"waitFor":{"secs":1,"nanos":0},"big":0,"state":"at-rest","inner":null,"hidden":{"any":[1.50]},"many":{},"either":{"Err":[0]}},' +
  '"hidden":1,"many":{"a":[2,[3,4]]},"either":{"Ok":5}}';

describe("JSON of types that are known in parts", () => {
  it("becomes serde's, the unknown parts as they are written", () => {
    assert.equal(toSerdeJson(type, types, own), serde);
  });

  it("is shown in the forms that values have everywhere", () => {
    assert.equal(fromSerdeJson(type, types, serde), own);
  });

  it("stays to the letter where it is serde's already, so that serde's columns fit", () => {
    const spaced = serde.replaceAll(/([,:])/gu, "$1 ");
    assert.equal(toSerdeJson(type, types, spaced), spaced);
  });

  it("may be in both forms at once", () => {
    const mixed = own
      .replace('"hex:0102"', "[1, 2]")
      .replace('"wait":"1m30s"', '"waitFor":"1m30s"');
    assert.equal(
      JSON.stringify(JSON.parse(toSerdeJson(type, types, mixed))),
      JSON.stringify(JSON.parse(serde)),
    );
  });

  it("leaves to serde what does not fit, and what is no JSON", () => {
    for (const text of [
      "[1, 2]",
      "null",
      '{"cells": "no bytes"}',
      '{"cells": [256], "more": 1}',
      '{"state": {"Flying": 1}}',
      "{",
      "",
    ]) {
      assert.equal(toSerdeJson(type, types, text), text);
      assert.equal(fromSerdeJson(type, types, text), text);
    }
  });
});
