// A library before and after each of its methods was refactored: the language server makes the one of the other, the compiler is
// asked about the latter.

export const beforeRefactoring = `use fidius::{plugin_impl, plugin_interface};

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Finder: Send + Sync {
    /// How many there are.
    // The count is cheap.
    fn count(&self) -> u32; // never fails

    /// Finds one.
    fn find(&self, name: String) -> u8;

    #[method_meta("cost", "low")]
    fn rename(&self, from: &str, to: &[String]) -> bool;
}

pub struct Quick;

#[plugin_impl(Finder)]
impl Finder for Quick {
    // Counts.
    fn count(&self) -> u32 {
        3 /* three */
    }

    fn find(&self, name: String) -> u8 {
        name.len() as u8
    }

    fn rename(&self, from: &str, to: &[String]) -> bool {
        to.iter().any(|each| each.as_str() == &*from)
    }
}

fidius::fidius_plugin_registry!();
`;

export const afterRefactoring = `use fidius::{plugin_impl, plugin_interface};

#[plugin_interface(version = 2, buffer = PluginAllocated)]
pub trait Finder: Send + Sync {
    /// Finds one.
    async fn find(&self, name: String) -> u8;

    #[method_meta("cost", "low")]
    fn rename(&self, from: String, to: Vec<String>) -> bool;

    /// How many there are.
    // The count is cheap.
    #[optional(since = 2)]
    fn count(&self) -> u32; // never fails
}

pub struct Quick;

#[plugin_impl(Finder)]
impl Finder for Quick {
    async fn find(&self, name: String) -> u8 {
        name.len() as u8
    }

    fn rename(&self, from: String, to: Vec<String>) -> bool {
        to.iter().any(|each| each.as_str() == &*from)
    }

    // Counts.
    fn count(&self) -> u32 {
        3 /* three */
    }
}

fidius::fidius_plugin_registry!();
`;
