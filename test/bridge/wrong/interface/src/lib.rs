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

/// The attribute changes the fields.
#[odd_macros::widened]
#[derive(Serialize, Deserialize)]
pub struct Altered {
    pub sizes: Vec<u16>,
}

use odd_macros::widened as changed_by_name;

#[changed_by_name]
#[derive(Serialize, Deserialize)]
pub struct Renamed {
    pub sizes: Vec<u16>,
}

/// A derive of another crate under serde's name.
#[derive(odd_macros::Serialize, Deserialize)]
pub struct Silent {
    pub first: u8,
    pub second: u64,
}

mod by_use {
    use odd_macros::Serialize;

    #[derive(Serialize, serde::Deserialize)]
    pub struct Mute {
        pub first: u8,
    }
}

/// The build script decides.
#[derive(Serialize, Deserialize)]
pub struct Decided {
    #[cfg(wide)]
    pub size: u64,
    #[cfg(not(wide))]
    pub size: u8,
}

/// Other macros' attributes change nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[must_use]
#[repr(C)]
#[allow(dead_code)]
#[rustfmt::skip]
pub struct Decorated {
    #[deprecated]
    pub size: u16,
}

/// What is not there is not written, and bincode then misreads what follows.
#[derive(Serialize, Deserialize)]
pub struct Sometimes {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<u8>,
    pub second: u16,
}

#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Wrong: Send + Sync {
    fn hidden(&self, value: Widened) -> Option<Widened>;
    fn believe(&self, lying: Lying) -> u32;
    fn altered(&self, value: Altered) -> u8;
    fn renamed(&self, value: Renamed) -> u8;
    fn silent(&self) -> Silent;
    fn mute(&self) -> by_use::Mute;
    fn decide(&self, decided: Decided) -> u8;
    fn decorated(&self, value: Decorated) -> Decorated;
    fn sometimes(&self) -> Sometimes;
    fn count(&self, numbers: Vec<u16>) -> u32;
}
