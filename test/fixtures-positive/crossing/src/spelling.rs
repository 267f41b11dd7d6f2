use fidius::{plugin_impl, plugin_interface};

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Spelling: Send + Sync {
    fn bytes(&self, given: Vec::<u8>) -> std::vec::Vec::<Option::<u8>>;
    fn raw(&self, r#type: (u8,)) -> ::std::string::String;
}

pub struct Odd;

#[plugin_impl(Spelling)]
impl Spelling for Odd {
    fn bytes(&self, given: Vec::<u8>) -> std::vec::Vec::<Option::<u8>> {
        given.into_iter().map(Some).collect::<Vec::<_>>()
    }
    fn raw(&self, r#type: (u8,)) -> ::std::string::String {
        format!("{}", r#type.0)
    }
}
