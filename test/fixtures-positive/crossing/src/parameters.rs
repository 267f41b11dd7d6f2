use fidius::{plugin_impl, plugin_interface};

#[derive(serde::Serialize, serde::Deserialize)]
pub struct Row<T, const N: usize>
where
    [T; N]: serde::Serialize + serde::de::DeserializeOwned,
{
    cells: [T; N],
}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Generic<T, const N: usize>: Send + Sync {
    fn fixed(&self) -> u8;
    fn filled(&self, value: T) -> [T; N];
    fn nested(&self, values: Vec<Option<T>>) -> Vec<T>;
}

pub struct Pairs;

#[plugin_impl(Generic)]
impl Generic<u16, 2> for Pairs {
    fn fixed(&self) -> u8 {
        1
    }
    fn filled(&self, value: u16) -> [u16; 2] {
        [value, value]
    }
    fn nested(&self, values: Vec<Option<u16>>) -> Vec<u16> {
        values.into_iter().flatten().collect()
    }
}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Associated: Send + Sync {
    type Item;
    const WIDTH: usize;
    fn item(&self, given: Self::Item) -> Self::Item;
    fn row(&self) -> Row<u8, 3>;
    fn lengths(&self) -> Vec<[u8; 3]>;
}

pub struct Texts;

#[plugin_impl(Associated)]
impl Associated for Texts {
    type Item = String;
    const WIDTH: usize = 3;
    fn item(&self, given: String) -> String {
        given
    }
    fn row(&self) -> Row<u8, 3> {
        Row { cells: [Self::WIDTH as u8; 3] }
    }
    fn lengths(&self) -> Vec<[u8; 3]> {
        vec![]
    }
}
