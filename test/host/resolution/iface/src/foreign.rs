extern crate old_shapes as ancient;

use ::fidius::plugin_interface;
use ancient::here as h;
use resolution_patched::Patched;
use rgb::{RGB8, Rgba};

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Foreign {
    fn colours(&self, value: Vec<RGB8>) -> Vec<RGB8>;
    fn translucent(&self, value: Rgba<f32, Option<u16>>) -> Rgba<f32, Option<u16>>;
    fn old(&self, value: h::Old) -> old_shapes::Old;
    fn patched(&self, value: Patched) -> Patched;
}
