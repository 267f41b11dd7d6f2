use crate::macros::interface;
use shapes::generic::*;

pub trait Named {}

#[interface(version = 2, buffer = PluginAllocated)]
pub trait Generics: Named + Send + Sync
where
    Self: 'static,
{
    fn page(&self, value: Page<String>) -> Page<String, 2>;
    fn long_page(&self, value: Page<Pair<bool>, { 1 + 2 }>) -> Page<Pair<bool>, 3>;
    fn tree(&self, value: Tree<u8, String>) -> Tree<u8, String>;
    fn ping(&self, value: Ping) -> Ping;
    fn table(&self, value: Table<Id<Marker>>) -> Table<Id<Marker>>;
    fn outcome(&self, value: Vec<Outcome<u8>>) -> Vec<Outcome<u8, String>>;
    fn described(&self, value: u8) -> u8 {
        value
    }
}
