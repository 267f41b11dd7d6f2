use fidius::{plugin_impl, plugin_interface};
use serde_repr::{Deserialize_repr, Serialize_repr as Numbered};

#[derive(Clone, Numbered, Deserialize_repr)]
#[repr(u8)]
pub enum Level {
    Low = 1,
    High = 5,
}

/// Ends after the last one.
#[derive(serde_repr::Serialize_repr, serde_repr::Deserialize_repr)]
#[repr(i64)]
pub enum Far {
    Below = -1,
    Above = 1 << 40,
    Next,
}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Numbers: Send + Sync {
    fn levels(&self, from: Level, to: Option<Far>) -> Vec<Level>;
    fn far(&self) -> Far;
}

pub struct Counted;

#[plugin_impl(Numbers)]
impl Numbers for Counted {
    fn levels(&self, from: Level, to: Option<Far>) -> Vec<Level> {
        to.map(|_| vec![from.clone(), Level::High]).unwrap_or_default()
    }
    fn far(&self) -> Far {
        Far::Next
    }
}
