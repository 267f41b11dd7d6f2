//! A WASM component by its package.toml: a host with the wasm feature loads it.

use fidius::{plugin_impl, plugin_interface};

/// WIT has no need of serde.
pub struct Order {
    pub item: String,
    pub count: u32,
}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Shop: Send + Sync {
    fn total(&self, order: Order) -> u32;
}

pub struct Corner;

#[plugin_impl(Shop)]
impl Shop for Corner {
    fn total(&self, order: Order) -> u32 {
        order.count
    }
}
