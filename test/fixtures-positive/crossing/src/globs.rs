use fidius::*;
use serde::{Deserialize, Serialize};
use std::collections::hash_map::*;
use std::collections::*;
use std::ops::*;

mod shapes {
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct Point(pub u8, pub u8);
    pub mod again {
        pub use super::Point;
    }
    pub mod once_more {
        pub use super::again::*;
    }
}
use shapes::again::*;
use shapes::once_more::*;
use shapes::*;

#[derive(Serialize, Deserialize)]
pub struct Limits {
    lower: Bound<u8>,
    upper: Bound<Point>,
    by_name: HashMap<String, u8>,
}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Globs: Send + Sync {
    fn limits(&self, limits: Limits, at: Point) -> Range<u8>;
}

pub struct Near;

#[plugin_impl(Globs)]
impl Globs for Near {
    fn limits(&self, limits: Limits, at: Point) -> Range<u8> {
        let _ = (limits.lower, limits.upper, limits.by_name);
        at.0..at.1
    }
}
