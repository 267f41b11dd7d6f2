//! An attribute that writes interface, plugin and registry: no source has them.

use proc_macro::TokenStream;

#[proc_macro_attribute]
pub fn provider(_: TokenStream, item: TokenStream) -> TokenStream {
    let mut made: TokenStream = r#"
#[fidius_macro::plugin_interface(version = 1, buffer = PluginAllocated, crate = "fidius_core")]
pub trait NativeProvider: Send + Sync { fn answer(&self) -> u32; }

pub struct Provided;

#[fidius_macro::plugin_impl(NativeProvider, crate = "fidius_core")]
impl NativeProvider for Provided { fn answer(&self) -> u32 { answer() } }

fidius_core::fidius_plugin_registry!();
"#
    .parse()
    .expect("it is Rust");
    made.extend(item);
    made
}
