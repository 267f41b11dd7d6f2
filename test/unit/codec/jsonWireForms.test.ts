// Types that are text in the JSON wire of debug builds of Fidius 0.0, as the analyser describes them.

import assert from "node:assert/strict";
import { decodeValue } from "../../../src/codec/bincode/decode.ts";
import { readJsonWire } from "../../../src/codec/debugJson/jsonWireRead.ts";
import { writeJsonWire } from "../../../src/codec/debugJson/jsonWireWrite.ts";
import { analyze, oneCrate, rust } from "../rust/inMemoryProject.ts";

const demo = oneCrate(rust`
use fidius::plugin_interface;
use serde::{Deserialize, Serialize};
new::bitflags! {
    #[derive(Serialize, Deserialize)]
    pub struct New: u16 { const A = 1; const B = 2; }
}
old::bitflags! {
    #[derive(Serialize, Deserialize)]
    pub struct Old: u64 { const A = 1; const B = 2; }
}
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Addresses {
    fn v4(&self, value: std::net::Ipv4Addr);
    fn v6(&self, value: std::net::Ipv6Addr);
    fn any(&self, value: std::net::IpAddr);
    fn s4(&self, value: std::net::SocketAddrV4);
    fn socket(&self, value: std::net::SocketAddr);
    fn bytes(&self, value: [u8; 4]);
    fn new_flags(&self, value: New);
    fn old_flags(&self, value: Old);
}
`);
const flagCrates = [
  { key: "new", packageName: "bitflags", requirement: "2" },
  { key: "old", packageName: "bitflags", requirement: "1" },
];
const model = analyze({
  demo: {
    files: {},
    ...demo["demo"],
    dependencies: [...(demo["demo"]?.dependencies ?? []), ...flagCrates],
  },
});

// Bytes of bincode and text of serde_json (reference 6.2, bincode-vectors.json).
const cases = [
  ["v4", "7f000001", '"127.0.0.1"'],
  ["v6", "00000000000000000000000000000001", '"::1"'],
  ["v6", "00000000000000000000000000000000", '"::"'],
  ["v6", "20010db8000000010000000000000001", '"2001:db8:0:1::1"'],
  ["v6", "20010db8000000010002000300040005", '"2001:db8:0:1:2:3:4:5"'],
  ["any", "000000000a000001", '"10.0.0.1"'],
  ["any", "0100000000000000000000000000000000000001", '"::1"'],
  ["s4", "7f0000015000", '"127.0.0.1:80"'],
  ["socket", "000000007f0000015000", '"127.0.0.1:80"'],
  ["socket", "01000000000000000000000000000000000000015000", '"[::1]:80"'],
  ["bytes", "7f000001", "[127,0,0,1]"],
  ["new_flags", "4300", '"A | B | 0x40"'],
  ["old_flags", "4300000000000000", '{"bits":67}'],
] as const;

describe("text forms of the JSON wire", () => {
  for (const [method, hex, json] of cases) {
    it(`${method}: ${json}`, () => {
      const [schema] = model.interfaces;
      const found = schema?.schema.methods.find(({ name }) => name === method);
      const type = found?.arguments[0]?.type;
      assert.ok(schema !== undefined && type !== undefined);
      const { types } = schema.schema;
      const decoded = decodeValue(type, types, Buffer.from(hex, "hex"));
      assert.ok(decoded.ok, JSON.stringify(decoded));
      const { value } = decoded.value;
      assert.deepEqual(writeJsonWire(type, types, value), { ok: true, value: json });
      const read = readJsonWire(type, types, Buffer.from(json));
      assert.ok(read.ok, JSON.stringify(read));
      assert.deepEqual(read.value.value, value);
    });
  }

  it("refuses texts that are no addresses", () => {
    const [schema] = model.interfaces;
    const type = schema?.schema.methods[0]?.arguments[0]?.type;
    assert.ok(type !== undefined);
    for (const json of ['"1.2.3"', '"1.2.3.256"', '"::1"', "[1,2,3,4]", '""']) {
      assert.ok(!readJsonWire(type, {}, Buffer.from(json)).ok, json);
    }
  });
});
