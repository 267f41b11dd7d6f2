//! Types whose serde implementation no declaration shows.

use fidius::{plugin_impl, plugin_interface};
use positive_macros::{model, traced, Wire};

macro_rules! as_number {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(to)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                u64::deserialize(from).map($name)
            }
        }
    };
}

/// By a macro that gets its name.
pub struct Number(u64);
as_number!(Number);

/// By a macro that has its name.
pub struct Fixed(u64);
macro_rules! as_fixed {
    () => {
        as_number!(Fixed);
    };
}
as_fixed!();

/// In a block that is no module's.
pub struct Hidden(u64);
const _: () = {
    as_number!(Hidden);
};

/// By hand, inside a constant.
pub struct Inside(u64);
const _: () = {
    use serde::{Deserialize as Read, Serialize as Write};
    impl Write for Inside {
        fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            self.0.serialize(to)
        }
    }
    impl<'de> Read<'de> for crate::Inside {
        fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            u64::deserialize(from).map(Inside)
        }
    }
};

/// By an attribute.
#[model]
pub struct Modelled {
    pub name: String,
}

/// By an attribute under its path.
#[positive_macros::model]
pub enum Choice {
    None,
    Some(u8),
}

/// Beside an attribute that might change it.
#[traced]
#[derive(serde::Serialize, serde::Deserialize)]
pub struct Traced(pub u8);

/// By a derive that is not serde's.
#[derive(Default, Wire)]
pub struct Wired;

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Made: Send + Sync {
    fn numbers(&self, number: Number, fixed: Fixed, hidden: Hidden) -> Inside;
    fn others(&self, modelled: Modelled, choice: Choice, traced: Traced) -> Wired;
}

pub struct Maker;

#[plugin_impl(Made)]
impl Made for Maker {
    fn numbers(&self, number: Number, fixed: Fixed, hidden: Hidden) -> Inside {
        Inside(number.0 + fixed.0 + hidden.0)
    }
    fn others(&self, modelled: Modelled, choice: Choice, traced: Traced) -> Wired {
        let _ = (modelled.name, matches!(choice, Choice::None | Choice::Some(_)), traced.0);
        Wired
    }
}

fidius::fidius_plugin_registry!();
