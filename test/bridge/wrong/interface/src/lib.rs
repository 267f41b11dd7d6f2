//! Types whose bytes are not what one would think.

use serde::{Deserialize, Serialize, Serializer};

pub use changed::Widened;

#[odd_macros::widened]
mod changed {
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct Widened {
        pub label: String,
        pub sizes: Vec<u16>,
    }
}

/// Read as its fields are, written otherwise.
#[derive(Deserialize)]
pub struct Lying {
    pub first: u16,
    pub second: u16,
}

impl Serialize for Lying {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (u32::from(self.first), u32::from(self.second)).serialize(serializer)
    }
}

#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Wrong: Send + Sync {
    fn hidden(&self, value: Widened) -> Option<Widened>;
    fn believe(&self, lying: Lying) -> u32;
    fn count(&self, numbers: Vec<u16>) -> u32;
}
