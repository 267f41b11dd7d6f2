use fidius::{plugin_impl, plugin_interface};
use std::ffi::c_ulong;
use libc::*;

#[derive(serde::Serialize, serde::Deserialize)]
pub struct Sizes {
    pub byte: c_char,
    pub small: core::ffi::c_short,
    pub long: c_long,
    pub wide: libc::c_longlong,
    pub real: std::os::raw::c_double,
}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait CTypes: Send + Sync {
    fn sum(&self, first: c_int, second: c_ulong) -> c_uint;
    fn sizes(&self, sizes: Sizes) -> Option<Sizes>;
}

pub struct Native;

#[plugin_impl(CTypes)]
impl CTypes for Native {
    fn sum(&self, first: c_int, second: c_ulong) -> c_uint {
        first as c_uint + second as c_uint
    }
    fn sizes(&self, sizes: Sizes) -> Option<Sizes> {
        Some(sizes)
    }
}
