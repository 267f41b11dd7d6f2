//! All through another crate: interfaces, macro, and Fidius under a name of its own.
extern crate fw as framework;
extern crate self as me;

use framework::prelude::*;
pub use shapes::constants as c;

pub struct Traveller;

#[implement(Foreign, crate = "engine")]
impl Abroad for Traveller {
    fn colours(&self, value: Vec<colours::RGB8>) -> Vec<colours::RGB8> {
        value
    }
    fn translucent(&self, value: colours::RGBA<f32, Option<u16>>) -> colours::RGBA<f32, Option<u16>> {
        value
    }
    fn old(&self, value: old_shapes::Old) -> old_shapes::Old {
        value
    }
    fn patched(&self, value: resolution_patched::Patched) -> resolution_patched::Patched {
        value
    }
}

mod inner {
    use me::{c, Constants, __fidius_Constants};

    pub struct Counter;

    #[::engine::plugin_impl(Constants, crate = "engine")]
    impl Constants for Counter {
        fn lengths(&self, value: c::Lengths) -> c::Lengths {
            value
        }
        fn held(&self, value: c::Held) -> c::Held {
            value
        }
        fn held_byte(&self, value: c::HeldByte) -> c::HeldByte {
            value
        }
    }
}

engine::fidius_plugin_registry!();
