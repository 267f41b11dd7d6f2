//! A plugin of Fidius 0.0.5 with its interface beside it.

use fidius::{plugin_impl, plugin_interface};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Text for people, two numbers for machines.
pub struct Range(pub u8, pub u8);

impl Serialize for Range {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(&format!("{}-{}", self.0, self.1))
        } else {
            (self.0, self.1).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Range {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            let (first, last) = Deserialize::deserialize(deserializer)?;
            return Ok(Range(first, last));
        }
        let text = String::deserialize(deserializer)?;
        let mut parts = text.split('-').map(|part| part.parse());
        match (parts.next(), parts.next(), parts.next()) {
            (Some(Ok(first)), Some(Ok(last)), None) => Ok(Range(first, last)),
            _ => Err(serde::de::Error::custom("a range looks like 1-9")),
        }
    }
}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Ranges: Send + Sync {
    fn turn(&self, range: Range) -> Range;
    fn plain(&self, number: u32) -> u32;
}

pub struct Turner;

#[plugin_impl(Ranges)]
impl Ranges for Turner {
    fn turn(&self, range: Range) -> Range {
        Range(range.1, range.0)
    }

    fn plain(&self, number: u32) -> u32 {
        number + 1
    }
}

fidius_core::fidius_plugin_registry!();
