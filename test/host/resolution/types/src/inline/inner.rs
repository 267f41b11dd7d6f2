use serde::{Deserialize as Read, Serialize as Write};

#[derive(Write, Read)]
pub struct Inner {
    pub sibling: super::by_path::Named,
    pub far: super::super::folder::nested::Leaf,
    pub here: self::Local,
}

#[derive(Write, Read)]
pub struct Local;
