//! Module trees in every form.
extern crate self as myself;

pub mod conditional;
pub mod constants;
pub mod folder;
pub mod generic;
pub mod inline {
    #[path = "named.rs"]
    pub mod by_path;
    pub mod inner;
    pub use self::inner::Inner;
}
#[path = "elsewhere/odd-name.rs"]
pub mod moved;
pub mod plain;
mod private;
pub mod r#type;

pub use myself::folder::{
    self as cupboard,
    nested::{self, Leaf},
    Shelf as Board,
};
pub use private::*;

pub mod folder_size {
    pub const SIZE: usize = 4;
}

include!("included.rs");
include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/elsewhere/also.rs"));
