//! What Fidius' own host 0.4.2 makes of the streams: one line of JSON for each item.

use abi_streams_0_4::Reading;
use fidius_core::from_value;
use fidius_host::{loader::load_library, PluginHandle};
use futures::StreamExt;
use serde::{de::DeserializeOwned, Serialize};

async fn print<I: Serialize, O: Serialize + DeserializeOwned>(
    plugin: &PluginHandle,
    name: &str,
    slot: usize,
    input: I,
) {
    let mut stream = plugin.call_streaming::<I, O>(slot, &input).await.expect("a stream");
    while let Some(item) = stream.next().await {
        let item: O = from_value(item.expect("an item")).expect("a value");
        let value = serde_json::to_string(&item).expect("JSON");
        println!("{{\"method\":\"{name}\",\"value\":{value}}}");
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let path = std::env::args().nth(1).expect("the library's path");
    let library = load_library(path.as_ref()).expect("the library loads");
    let plugin = library.plugins.into_iter().next().expect("a plugin");
    let plugin = PluginHandle::from_loaded(plugin);
    print::<_, u64>(&plugin, "count", 1, (5u32,)).await;
    print::<_, Reading>(&plugin, "readings", 2, (3u32, "é".to_string())).await;
}
