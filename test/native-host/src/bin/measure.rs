//! Times of calls through Fidius' own host, in nanoseconds, as lines of `name value`.

use std::path::Path;
use std::time::Instant;

use fidius_host::{loader::load_library, PluginHandle};
use futures::StreamExt;

/// Slots are positions in the impl blocks of the fixtures.
const ADD: usize = 1;
const CHECKED: usize = 10;
const COUNT: usize = 0;

const SMALL_CALLS: usize = 20_000;
const MEBIBYTE: usize = 1024 * 1024;
const ITEMS: u64 = 200_000;

fn open(library: &str, plugin: &str) -> PluginHandle {
    let library = load_library(Path::new(library)).expect("the library loads");
    let found = library.plugins.into_iter().find(|found| found.info.name == plugin);
    PluginHandle::from_loaded(found.expect("the library has the plugin"))
}

/// Median and 99th percentile of the times of `work`.
fn measure(name: &str, rounds: usize, mut work: impl FnMut(usize)) {
    let mut times: Vec<u128> = (0..rounds)
        .map(|round| {
            let start = Instant::now();
            work(round);
            start.elapsed().as_nanos()
        })
        .collect();
    times.sort_unstable();
    println!("{name}.p50 {}", times[rounds / 2]);
    println!("{name}.p99 {}", times[rounds * 99 / 100]);
}

fn first(library: &str) {
    let sum: i32 = open(library, "AllCalls").call_method(ADD, &(20i32, 22i32)).expect("a sum");
    println!("{sum}");
}

fn calls(library: &str) {
    let plugin = open(library, "AllCalls");
    measure("small", SMALL_CALLS, |round| {
        let number = round as i32;
        let sum: i32 = plugin.call_method(ADD, &(number, 1i32)).expect("a sum");
        assert_eq!(sum, number + 1);
    });
    for (name, size, rounds) in [("1MB", MEBIBYTE, 50), ("64MB", 64 * MEBIBYTE, 7)] {
        let bytes = vec![0x5a; size];
        measure(name, rounds, |_| {
            let back = plugin.call_method_raw(CHECKED, &bytes).expect("bytes");
            assert_eq!(back.len(), size);
        });
    }
}

async fn stream(library: &str) {
    let plugin = open(library, "AllStreams");
    let mut best = u128::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        let mut items = plugin
            .call_streaming::<_, u64>(COUNT, &(ITEMS,))
            .await
            .expect("a stream");
        let mut count = 0;
        while let Some(item) = items.next().await {
            item.expect("an item");
            count += 1;
        }
        assert_eq!(count, ITEMS);
        best = best.min(start.elapsed().as_nanos() / u128::from(ITEMS));
    }
    println!("item.best {best}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["first", library] => first(library),
        ["calls", library] => calls(library),
        ["stream", library] => stream(library).await,
        _ => panic!("measure first|calls|stream LIBRARY"),
    }
}
