use shapes::conditional::{Chosen, Width};

#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Extra {
    fn width(&self, value: Width) -> Width;
    fn chosen(&self, value: Chosen) -> Chosen;
}
