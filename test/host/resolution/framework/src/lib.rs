//! Interfaces and macros of another crate, handed on.
pub extern crate resolution_iface;

pub mod prelude {
    pub use super::resolution_iface::fidius::{self as engine, plugin_impl as implement};
    pub use resolution_iface::{Foreign as Abroad, __fidius_Foreign, constants::*};
}
pub use resolution_iface::modules;
