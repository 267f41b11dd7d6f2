//! What Fidius' own host makes of streams both ways, of configured instances and of host functions: one line of JSON for each
//! value or item. Arguments: the libraries streams, configured and hostcall, then slots as `method=number`.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use fidius::{host_interface, PluginError};
use fidius_host::loader::{load_library, LoadedPlugin};
use fidius_host::{CallError, PluginHandle};
use futures::StreamExt;
use serde::{de::DeserializeOwned, Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Reading {
    sensor: String,
    value: f64,
    raw: Option<Vec<u8>>,
}

#[derive(Serialize)]
#[allow(dead_code)]
enum Tone {
    Plain,
    Loud { marks: u8 },
    Quoted(String),
}

#[derive(Serialize)]
struct GreeterConfig {
    greeting: String,
    tone: Tone,
    serial: u64,
    badge: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
pub enum Shape {
    Empty,
    Circle(f64),
    Label { text: String, size: Option<u16> },
}

#[derive(Serialize, Deserialize)]
pub struct Everything {
    pub yes: bool,
    pub small: u8,
    pub big: u64,
    pub huge: i128,
    pub ratio: f64,
    pub letter: char,
    pub text: String,
    pub maybe: Option<Option<u8>>,
    pub bytes: Vec<u8>,
    pub shapes: Vec<Shape>,
    pub pair: (u32, ()),
    pub counts: std::collections::BTreeMap<String, i64>,
    pub by_number: std::collections::BTreeMap<u16, String>,
    pub outcome: Result<u8, String>,
}

/// As the fixture declares it: the hash is of these signatures.
#[host_interface(version = 3)]
pub trait Store: Send + Sync {
    fn lookup(&self, key: String) -> Result<String, PluginError>;
    fn length(&self, bytes: Vec<u8>) -> u64;
    fn note(&self, text: String);
    fn echo(&self, value: Everything) -> Everything;
    fn add(&self, left: u64, right: u64) -> u64;
}

struct Shop;

impl Store for Shop {
    fn lookup(&self, key: String) -> Result<String, PluginError> {
        if key == "missing" {
            return Err(PluginError::new("GONE", format!("no {key}")));
        }
        Ok(format!("{key} é"))
    }
    fn length(&self, bytes: Vec<u8>) -> u64 {
        bytes.len() as u64
    }
    fn note(&self, _text: String) {}
    fn echo(&self, value: Everything) -> Everything {
        value
    }
    fn add(&self, left: u64, right: u64) -> u64 {
        left + right
    }
}

fn tell<O: Serialize>(name: &str, result: Result<O, CallError>) {
    let (kind, value) = match result {
        Ok(value) => ("ok", serde_json::to_value(&value)),
        Err(CallError::Plugin(error)) => ("error", serde_json::to_value(&error)),
        Err(CallError::Panic(message)) => ("panic", serde_json::to_value(&message)),
        Err(other) => ("failed", serde_json::to_value(other.to_string())),
    };
    let value = value.expect("JSON");
    println!("{{\"method\":\"{name}\",\"kind\":\"{kind}\",\"value\":{value}}}");
}

fn plugin(library: &str, name: &str) -> LoadedPlugin {
    let library = load_library(Path::new(library)).expect("the library loads");
    let found = library.plugins.into_iter().find(|found| found.info.name == name);
    found.expect("the library has the plugin")
}

struct Oracle {
    plugin: PluginHandle,
    slots: HashMap<String, usize>,
}

impl Oracle {
    fn call<I: Serialize, O: Serialize + DeserializeOwned>(&self, name: &str, input: I) {
        tell(name, self.plugin.call_method::<I, O>(self.slots[name], &input));
    }

    fn client<T, A, O>(&self, name: &str, items: Vec<T>, args: A)
    where
        T: Serialize + Send + 'static,
        A: Serialize,
        O: Serialize + DeserializeOwned,
    {
        tell(
            name,
            self.plugin.call_client_streaming::<T, A, O>(self.slots[name], items, &args),
        );
    }

    async fn both_ways<T, A, O>(&self, name: &str, items: Vec<T>, args: A)
    where
        T: Serialize + Send + 'static,
        A: Serialize,
        O: Serialize + DeserializeOwned,
    {
        let stream = self.plugin.call_bidi_streaming::<T, A, O>(self.slots[name], items, &args);
        let mut stream = stream.await.expect("a stream");
        while let Some(item) = stream.next().await {
            let item: O = fidius::from_value(item.expect("an item")).expect("a value");
            tell(name, Ok(item));
        }
    }
}

fn reading(value: f64) -> Reading {
    Reading { sensor: "é".into(), value, raw: Some(vec![0, 255]) }
}

async fn streams(library: &str, slots: &HashMap<String, usize>) {
    let plugin = PluginHandle::from_loaded(plugin(library, "AllStreams"));
    let oracle = Oracle { plugin, slots: slots.clone() };
    oracle.client::<i64, _, i64>("sum", vec![-1, 2, 1 << 53], (5i64,));
    oracle.client::<i64, _, i64>("sum", vec![], (i64::MIN,));
    let texts = ["", "é", "\u{1f600}"].map(String::from).to_vec();
    oracle.client::<String, _, u64>("total_length", texts, ());
    oracle.client::<u32, _, Vec<u32>>("first", vec![7, 8, 9], (2u32,));
    oracle.client::<i64, _, u32>("all_positive", vec![1, 2], ());
    oracle.client::<i64, _, u32>("all_positive", vec![1, -2, 3], ());
    oracle.client::<u32, _, u32>("unlucky", vec![1, 13], ());
    oracle.client::<Reading, _, Option<f64>>("mean", vec![reading(0.5), reading(2.0)], ());
    oracle.client::<Reading, _, Option<f64>>("mean", vec![], ());
    oracle.client::<u8, _, u64>("count_later", vec![0; 300], ());
    oracle.both_ways::<i64, _, i64>("scale", vec![1, -2, 1 << 60], (3i64,)).await;
    oracle.both_ways::<String, _, String>("twice", vec!["a".into(), "é".into()], ()).await;
    oracle.both_ways::<u32, _, u32>("only_one", vec![4, 5], ()).await;
    oracle.both_ways::<u32, _, u32>("pairs", vec![1, 2, 3, 4, 5], ()).await;
}

fn configured(library: &str, slots: &HashMap<String, usize>) {
    let greeter = |greeting: &str, tone: Tone, serial: u64| {
        let config = GreeterConfig { greeting: greeting.into(), tone, serial, badge: vec![1, 2] };
        let plugin = PluginHandle::configure_from_loaded(plugin(library, "Greeter"), &config);
        Oracle { plugin: plugin.expect("an instance"), slots: slots.clone() }
    };
    let loud = greeter("Hi", Tone::Loud { marks: 3 }, u64::MAX);
    let quoted = greeter("é", Tone::Quoted("'".into()), 7);
    for instance in [&loud, &quoted, &loud] {
        instance.call::<_, String>("greet", ("Ada".to_string(),));
        instance.call::<_, u64>("serial", ());
        instance.call::<_, u32>("calls", ());
    }
}

fn host_functions(library: &str, slots: &HashMap<String, usize>) {
    let plugin = plugin(library, "Asker");
    assert!(StoreBinding::bind_plugin(&plugin, Arc::new(Shop)).expect("it binds"));
    let oracle = Oracle { plugin: PluginHandle::from_loaded(plugin), slots: slots.clone() };
    oracle.call::<_, String>("lookup", ("a".to_string(),));
    oracle.call::<_, String>("lookup", ("missing".to_string(),));
    oracle.call::<_, String>("length", (vec![0u8; 70_000],));
    oracle.call::<_, String>("note", ("é".to_string(),));
    oracle.call::<_, u64>("sum_of", (10u64,));
    oracle.call::<_, u64>("from_threads", (3u32, 4u32));
    oracle.call::<_, (bool, bool)>("is_bound", ());
    oracle.call::<_, u64>("now", ());
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [streaming, configuring, asking, rest @ ..] = arguments.as_slice() else {
        panic!("oracle STREAMS CONFIGURED HOSTCALL METHOD=SLOT…");
    };
    let slots: HashMap<String, usize> = rest
        .iter()
        .filter_map(|text| text.split_once('='))
        .map(|(name, slot)| (name.to_string(), slot.parse().expect("a slot")))
        .collect();
    streams(streaming, &slots).await;
    configured(configuring, &slots);
    host_functions(asking, &slots);
}
