//! What Fidius 0.0.5 can express, as far as tests of its ABI need it.

use std::collections::BTreeMap;

use fidius::{plugin_impl, plugin_interface, PluginError};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    Empty,
    Dot(i32),
    Line(i32, i32),
    Label { text: String, size: Option<u16> },
}

/// One field of every kind that the two wires write differently.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    pub yes: bool,
    pub tiny: i8,
    pub most: u64,
    pub huge: u128,
    pub least: i128,
    pub single: f32,
    pub double: f64,
    pub letter: char,
    pub text: String,
    pub maybe: Option<u8>,
    pub bytes: Vec<u8>,
    pub shapes: Vec<Shape>,
    pub fixed: [u16; 3],
    pub pair: (u8, ()),
    pub names: BTreeMap<String, i64>,
    pub numbers: BTreeMap<u32, bool>,
    pub outcome: Result<u8, String>,
    pub meters: Meters,
    pub marker: Marker,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meters(pub u32);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Marker;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Division {
    pub dividend: i32,
    pub divisor: i32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Refusal {
    TooLarge { limit: u32 },
    Other(String),
}

#[plugin_interface(version = 3, buffer = PluginAllocated)]
pub trait Basics {
    fn double(&self, value: i32) -> i32;
    fn greet(&self, name: String) -> String;
    fn mirror(&self, sample: Sample) -> Sample;
    fn turn(&self, shape: Shape) -> Shape;
    fn divide(&self, division: Division) -> Result<i32, PluginError>;
    fn refuse(&self, size: u32) -> Result<u32, Refusal>;
    fn panic_now(&self, message: String) -> u8;
    async fn later(&self, value: i64) -> i64;
    fn quiet(&self, value: u8);
    fn nothing(&self);
    fn answer(&self) -> u8;
    fn add(&self, left: i32, right: i32) -> i32;
    #[optional(since = 2)]
    fn extra(&self, value: u8) -> u8;
}

pub struct Basic;

#[plugin_impl(Basics)]
impl Basics for Basic {
    fn double(&self, value: i32) -> i32 {
        value.wrapping_mul(2)
    }
    fn greet(&self, name: String) -> String {
        format!("Hello, {name}!")
    }
    fn mirror(&self, sample: Sample) -> Sample {
        sample
    }
    fn turn(&self, shape: Shape) -> Shape {
        match shape {
            Shape::Line(from, to) => Shape::Line(to, from),
            other => other,
        }
    }
    fn divide(&self, division: Division) -> Result<i32, PluginError> {
        division
            .dividend
            .checked_div(division.divisor)
            .ok_or_else(|| PluginError::new("DIVISION", "cannot divide by zero"))
    }
    fn refuse(&self, size: u32) -> Result<u32, Refusal> {
        if size > 10 {
            Err(Refusal::TooLarge { limit: 10 })
        } else {
            Ok(size)
        }
    }
    fn panic_now(&self, message: String) -> u8 {
        panic!("{message}")
    }
    async fn later(&self, value: i64) -> i64 {
        value + 1
    }
    fn quiet(&self, value: u8) {
        let _ = value;
    }
    fn nothing(&self) {}
    fn answer(&self) -> u8 {
        42
    }
    fn add(&self, left: i32, right: i32) -> i32 {
        left + right
    }
    fn extra(&self, value: u8) -> u8 {
        value.wrapping_add(1)
    }
}

/// A second plugin of the library; its optional method stands between required ones.
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Ordered {
    fn first(&self, value: u8) -> u8;
    #[optional(since = 2)]
    fn between(&self, value: u8) -> u8;
    fn last(&self, value: u8) -> u8;
}

pub struct Permuted;

// Slots follow this block, not the trait.
#[plugin_impl(Ordered)]
impl Ordered for Permuted {
    fn last(&self, value: u8) -> u8 {
        value + 30
    }
    fn between(&self, value: u8) -> u8 {
        value + 20
    }
    fn first(&self, value: u8) -> u8 {
        value + 10
    }
}

/// Names that serde changes, which only the JSON of debug builds shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Renamed {
    pub first_name: String,
    #[serde(rename = "AGE")]
    pub age: u64,
    pub r#type: Kind,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE", rename_all_fields = "PascalCase")]
pub enum Kind {
    PlainOne,
    WithParts { some_part: u8, #[serde(rename(serialize = "out", deserialize = "in"))] one_sided: i8 },
    #[serde(rename = "list")]
    Listed(Vec<Kind>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Tagged {
    Nothing,
    Named { full_name: String },
    Wrapped(Division),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", content = "c", rename_all = "snake_case")]
pub enum Adjacent {
    BareOne,
    TwoNumbers(u8, u64),
    InFields { first_field: u128 },
}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Renaming {
    fn older(&self, value: Renamed) -> Renamed;
    fn tagged(&self, which: u8) -> Tagged;
    fn adjacent(&self, which: u8) -> Adjacent;
    fn is_named(&self, value: Tagged) -> bool;
}

pub struct Names;

#[plugin_impl(Renaming)]
impl Renaming for Names {
    fn older(&self, value: Renamed) -> Renamed {
        Renamed { age: value.age + 1, ..value }
    }
    fn tagged(&self, which: u8) -> Tagged {
        match which {
            0 => Tagged::Nothing,
            1 => Tagged::Named { full_name: "Ada".to_owned() },
            _ => Tagged::Wrapped(Division { dividend: 6, divisor: 3 }),
        }
    }
    fn adjacent(&self, which: u8) -> Adjacent {
        match which {
            0 => Adjacent::BareOne,
            1 => Adjacent::TwoNumbers(1, u64::MAX),
            _ => Adjacent::InFields { first_field: u128::MAX },
        }
    }
    fn is_named(&self, value: Tagged) -> bool {
        matches!(value, Tagged::Named { .. })
    }
}

fidius::fidius_plugin_registry!();
