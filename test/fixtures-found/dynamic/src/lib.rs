//! A `dylib` is a library too.

use fidius::{plugin_impl, plugin_interface};

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Doubler: Send + Sync {
    fn double(&self, value: u32) -> u64;
}

pub struct Plain;

#[plugin_impl(Doubler)]
impl Doubler for Plain {
    fn double(&self, value: u32) -> u64 {
        u64::from(value) * 2
    }
}

fidius::fidius_plugin_registry!();
