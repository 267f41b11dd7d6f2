mod deep;
pub use self::deep::Deep;
pub use super::folder as other_way;
use crate::Included;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct Plain {
    pub deep: Deep,
    pub up: super::folder::Shelf,
    pub root: Included,
    pub around: other_way::nested::Leaf,
    pub also: crate::Also,
}
