//! What Fidius' own host 0.4.2 makes of the calls that the tests make: one line of JSON for each.

use std::collections::BTreeMap;

use abi_0_4::{Division, Marker, Meters, Sample, Shape};
use fidius::wire;
use fidius_host::{loader::load_library, CallError, PluginHandle};
use serde::{de::DeserializeOwned, Serialize};

struct Oracle(PluginHandle);

impl Oracle {
    fn call<I: Serialize, O: Serialize + DeserializeOwned>(&self, name: &str, slot: usize, input: I) {
        let bytes = wire::serialize(&input).expect("arguments serialize");
        let result: Result<O, CallError> = self.0.call_method(slot, &input);
        let (kind, value) = match result {
            Ok(value) => ("ok", json(&value)),
            Err(CallError::Plugin(error)) => ("error", json(&error)),
            Err(CallError::Panic(message)) => ("panic", json(&message)),
            Err(other) => ("failed", json(&other.to_string())),
        };
        let input: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        println!(
            "{{\"method\":\"{name}\",\"input\":\"{}\",\"kind\":\"{kind}\",\"value\":{value}}}",
            input.concat()
        );
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("the value is JSON")
}

fn sample() -> Sample {
    Sample {
        yes: true,
        tiny: -7,
        most: u64::MAX,
        huge: u128::MAX,
        least: i128::MIN,
        single: 0.1,
        double: -2.5e300,
        letter: 'é',
        text: "tab\t quote\" \u{1f600}".into(),
        maybe: Some(3),
        bytes: vec![0, 127, 255],
        shapes: vec![
            Shape::Empty,
            Shape::Dot(-1),
            Shape::Line(1, 2),
            Shape::Label { text: "".into(), size: None },
        ],
        fixed: [1, 2, 65535],
        pair: (9, ()),
        names: BTreeMap::from([("a".into(), i64::MIN), ("b c".into(), 0)]),
        numbers: BTreeMap::from([(1, true), (4294967295, false)]),
        outcome: Err("no".into()),
        meters: Meters(12),
        marker: Marker,
    }
}

fn main() {
    let path = std::env::args().nth(1).expect("the library's path");
    let library = load_library(path.as_ref()).expect("the library loads");
    let plugin = library
        .plugins
        .into_iter()
        .find(|plugin| plugin.info.name == "Basic")
        .expect("the library has Basic");
    let basic = Oracle(PluginHandle::from_loaded(plugin));
    basic.call::<_, i32>("double", 0, (21i32,));
    basic.call::<_, String>("greet", 1, ("Ada".to_string(),));
    basic.call::<_, Sample>("mirror", 2, (sample(),));
    basic.call::<_, Shape>("turn", 3, (Shape::Line(1, 2),));
    basic.call::<_, i32>("divide", 4, (Division { dividend: 7, divisor: 2 },));
    basic.call::<_, i32>("divide", 4, (Division { dividend: 7, divisor: 0 },));
    basic.call::<_, u32>("refuse", 5, (3u32,));
    basic.call::<_, u8>("panic_now", 6, ("boom".to_string(),));
    basic.call::<_, i64>("later", 7, (41i64,));
    basic.call::<_, ()>("quiet", 8, (1u8,));
    basic.call::<_, ()>("nothing", 9, ());
    basic.call::<_, u8>("answer", 10, ());
    basic.call::<_, i32>("add", 11, (20i32, 22i32));
    basic.call::<_, u8>("extra", 14, (255u8,));
}
