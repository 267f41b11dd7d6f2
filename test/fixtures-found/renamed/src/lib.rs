//! The trait's names are what a caller sees; the impl block has others.

use fidius::{plugin_impl, plugin_interface};

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Workflow: Send + Sync {
    fn run(&self, context_json: String, retries: u8) -> String;
}

pub struct Ignoring;

#[plugin_impl(Workflow)]
impl Workflow for Ignoring {
    fn run(&self, _context_json: String, _: u8) -> String {
        format!("ignored {}", _context_json.len())
    }
}

fidius::fidius_plugin_registry!();
