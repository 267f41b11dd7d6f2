//! Streams as Fidius 0.4 has them: from the plugin only, and without an instance.

use fidius::{plugin_impl, plugin_interface, PluginError, Stream};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    pub sensor: String,
    pub value: i64,
    pub next: Option<u8>,
}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Streams: Send + Sync {
    fn one(&self) -> u8;
    fn count(&self, limit: u32) -> Stream<u64>;
    fn readings(&self, count: u32, prefix: String) -> Stream<Reading>;
    fn results(&self, count: u32) -> Stream<Result<u32, PluginError>>;
    fn panics(&self, at: u32, count: u32) -> Stream<u32>;
}

pub struct OldStreams;

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        eprintln!("stream dropped");
    }
}

#[plugin_impl(Streams)]
impl Streams for OldStreams {
    fn one(&self) -> u8 {
        1
    }

    fn count(&self, limit: u32) -> Stream<u64> {
        let guard = Guard;
        Stream::from_iter((0..u64::from(limit)).inspect(move |_| {
            let _ = &guard;
        }))
    }

    fn readings(&self, count: u32, prefix: String) -> Stream<Reading> {
        Stream::from_iter((0..count).map(move |number| Reading {
            sensor: format!("{prefix} {number}"),
            value: -i64::from(number),
            next: (number + 1 < count).then_some(number as u8),
        }))
    }

    fn results(&self, count: u32) -> Stream<Result<u32, PluginError>> {
        Stream::from_iter((0..count).map(|number| match number % 2 {
            0 => Ok(number),
            _ => Err(PluginError::new("ODD", format!("{number} is odd"))),
        }))
    }

    fn panics(&self, at: u32, count: u32) -> Stream<u32> {
        Stream::from_iter((0..count).map(move |number| {
            assert!(number != at, "no item {number} here");
            number
        }))
    }
}

fidius::fidius_plugin_registry!();
