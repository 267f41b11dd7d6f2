use shapes::inline::*;
use shapes::moved::Moved;
use shapes::plain::{self, Plain};

#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Modules: Send + Sync {
    fn plain(&self, value: Plain) -> plain::Plain;
    fn moved(&self, value: Moved) -> Moved;
    fn inner(&self, value: Inner) -> shapes::inline::inner::Inner;
    fn by_path(&self, value: by_path::Named) -> by_path::Named;
    fn board(&self, value: shapes::Board) -> shapes::cupboard::Shelf;
    fn leaf(&self, value: ::shapes::Leaf) -> shapes::nested::Leaf;
    fn raw(&self, value: shapes::r#type::r#struct) -> shapes::r#type::r#struct;
    fn shadowed(&self, value: shapes::Shadowed) -> shapes::Shadowed;
    fn prelude(&self, value: Option<String>) -> Option<String>;
}
