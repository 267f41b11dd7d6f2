//! Several interfaces, each under another spelling of the attribute.
pub mod constants;
pub mod foreign;
pub mod generics;
pub mod modules;
#[cfg(feature = "extra")]
pub mod extra;

pub use constants::*;
pub use fidius;
pub use foreign::{__fidius_Foreign, Foreign};
pub use generics::{__fidius_Generics, Generics};

/// The attribute under another name.
pub mod macros {
    pub use fidius::plugin_interface as interface;
}
