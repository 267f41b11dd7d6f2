use shapes::constants::{Held, HeldByte, Lengths};

#[fidius_macro::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Constants {
    fn lengths(&self, value: Lengths) -> Lengths;
    fn held(&self, value: Held) -> Held;
    fn held_byte(&self, value: HeldByte) -> HeldByte;
}
