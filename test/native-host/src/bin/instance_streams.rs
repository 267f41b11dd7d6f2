//! What Fidius' own host makes of streams on configured instances, beside calls of them: one line of JSON for each value or item.
//! Arguments: the library stateful, then slots as `method=number`.

use std::collections::HashMap;
use std::path::Path;
use std::sync::mpsc;

use fidius_host::loader::load_library;
use fidius_host::{CallError, PluginHandle};
use futures::StreamExt;
use serde::Serialize;

#[derive(Serialize)]
struct Start {
    value: i64,
}

struct Keeper {
    plugin: PluginHandle,
    slots: HashMap<String, usize>,
}

/// Items that are sent one by one, while the plugin waits for them.
fn channel() -> (mpsc::Sender<i64>, impl Iterator<Item = i64> + Send) {
    let (sender, receiver) = mpsc::channel();
    (sender, receiver.into_iter())
}

impl Keeper {
    fn new(library: &str, value: i64, slots: &HashMap<String, usize>) -> Self {
        let loaded = load_library(Path::new(library)).expect("the library loads");
        let found = loaded.plugins.into_iter().find(|plugin| plugin.info.name == "Keeper");
        let plugin = PluginHandle::configure_from_loaded(found.expect("a Keeper"), &Start { value });
        Keeper { plugin: plugin.expect("an instance"), slots: slots.clone() }
    }

    fn set(&self, value: i64) {
        self.plugin.call_method::<_, ()>(self.slots["set"], &(value,)).expect("set");
    }

    fn get(&self) -> i64 {
        self.plugin.call_method::<_, i64>(self.slots["get"], &()).expect("a value")
    }

    fn count(&self, name: &str) -> u32 {
        self.plugin.call_method::<_, u32>(self.slots[name], &()).expect("a number")
    }
}

fn item(item: Option<Result<fidius::Value, CallError>>) -> i64 {
    fidius::from_value(item.expect("an item").expect("no error")).expect("a number")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [library, rest @ ..] = arguments.as_slice() else {
        panic!("instance_streams STATEFUL METHOD=SLOT…");
    };
    let slots: HashMap<String, usize> = rest
        .iter()
        .filter_map(|text| text.split_once('='))
        .map(|(name, slot)| (name.to_string(), slot.parse().expect("a slot")))
        .collect();
    let first = Keeper::new(library, 5, &slots);
    let second = Keeper::new(library, 100, &slots);

    first.set(7);
    let raise = first.plugin.call_streaming::<_, i64>(slots["raise"], &(3u32,)).await;
    let mut raise = raise.expect("a stream");
    let mut raised = Vec::new();
    while let Some(next) = raise.next().await {
        raised.push(item(Some(next)));
    }
    println!("raised {raised:?}, then {} and {}", first.get(), second.get());

    let (sender, items) = channel();
    let total = first.plugin.call_bidi_streaming::<i64, _, i64>(slots["running_total"], items, &()).await;
    let mut total = total.expect("a stream");
    sender.send(10).expect("taken");
    let one = item(total.next().await);
    first.set(1);
    sender.send(2).expect("taken");
    let two = item(total.next().await);
    println!("totals [{one}, {two}], then {} and {}", first.get(), second.get());

    // The handle goes while the stream is open.
    let before = second.count("drops");
    drop(first);
    println!("drops {}", second.count("drops") - before);
    sender.send(4).expect("taken");
    println!("after its instance {}", item(total.next().await));
    println!("open {}", second.count("open_streams"));
    drop(sender);
    assert!(total.next().await.is_none());
    drop(total);

    let added = second.plugin.call_client_streaming::<i64, _, i64>(slots["add_all"], vec![1, 2], &());
    println!("added {}, then {}", added.expect("a sum"), second.get());
}
