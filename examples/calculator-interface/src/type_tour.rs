//! An interface with every shape of type that can cross between host and plugin.

use fidius::plugin_interface;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Every width of integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Integers {
    pub u8: u8,
    pub u16: u16,
    pub u32: u32,
    pub u64: u64,
    pub u128: u128,
    pub usize: usize,
    pub i8: i8,
    pub i16: i16,
    pub i32: i32,
    pub i64: i64,
    pub i128: i128,
    pub isize: isize,
}

/// The types that are neither integer nor compound.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scalars {
    pub single: f32,
    pub double: f64,
    pub flag: bool,
    pub letter: char,
    pub text: String,
    pub nothing: (),
}

/// A point of a grid; it can be the key of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

/// A newtype: on the wire and in JSON it is its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserId(pub u64);

/// A tuple struct: width and height.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Size(pub f64, pub f64);

/// A struct without fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker;

/// One of each kind of struct.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Structs {
    pub point: Point,
    pub user: UserId,
    pub size: Size,
    pub marker: Marker,
}

/// An enum with all four shapes of variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// No data.
    Nothing,
    /// A circle of a radius.
    Circle(f64),
    /// A line between two points.
    Line(Point, Point),
    /// A rectangle, with its corner when that is known.
    Rectangle { size: Size, corner: Option<Point> },
}

/// Lists of all sorts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lists {
    pub numbers: Vec<i32>,
    pub words: Vec<Vec<String>>,
    pub grid: [[f32; 3]; 2],
    pub pair: (u8, String),
    pub mixed: (bool, (char, Option<u16>), [u8; 4]),
}

/// Maps with keys that are text and keys that are not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Maps {
    pub by_name: BTreeMap<String, u32>,
    pub by_number: BTreeMap<i16, Vec<u8>>,
    pub by_point: HashMap<Point, String>,
}

/// A tree: a type that contains itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tree {
    pub name: String,
    /// Another tree that it is grafted on.
    pub graft: Option<Box<Tree>>,
    pub children: Vec<Tree>,
}

/// An error type of the interface's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    TooYoung { age: u8, minimum: u8 },
    Unlikely(u8),
}

/// Gives back what it gets, in every shape of type.
#[plugin_interface(version = 1, buffer = Arena)]
pub trait TypeTour: Send + Sync {
    /// Gives back integers of every width.
    fn integers(&self, values: Integers) -> Integers;

    /// The same integers as arguments of their own, in the order of their widths.
    fn widths(
        &self,
        a: u8,
        b: i8,
        c: u16,
        d: i16,
        e: u32,
        f: i32,
        g: u64,
        h: i64,
        i: u128,
        j: i128,
    ) -> (u8, i8, u16, i16, u32, i32, u64, i64, u128, i128);

    /// Gives back floats, a bool, a char and a text.
    fn scalars(&self, values: Scalars) -> Scalars;

    /// Gives back bytes, of any number and of a fixed one.
    fn bytes(&self, data: Vec<u8>, key: [u8; 8]) -> (Vec<u8>, [u8; 8]);

    /// Reverses bytes that cross as they are, without any encoding.
    #[wire(raw)]
    fn reverse(&self, data: Vec<u8>) -> Vec<u8>;

    /// Gives back optional values, one of them optional twice over.
    fn options(
        &self,
        number: Option<u32>,
        nested: Option<Option<String>>,
    ) -> (Option<u32>, Option<Option<String>>);

    /// Gives back lists, arrays and tuples.
    fn lists(&self, lists: Lists) -> Lists;

    /// Gives back maps.
    fn maps(&self, maps: Maps) -> Maps;

    /// Gives back structs of all kinds.
    fn structs(&self, structs: Structs) -> Structs;

    /// Gives back shapes, the last one first.
    fn shapes(&self, shapes: Vec<Shape>) -> Vec<Shape>;

    /// Gives back a tree.
    fn tree(&self, tree: Tree) -> Tree;

    /// Splits successes from failures; here `Result` is a value like any other.
    fn sort_results(&self, results: Vec<Result<u32, String>>) -> (Vec<u32>, Vec<String>);

    /// Checks an age; its error is a type of the interface's own.
    fn check_age(&self, age: u8) -> Result<u8, Refusal>;

    /// Gives back a text after a while.
    async fn echo_later(&self, text: String, delay_ms: u64) -> String;

    /// Gives back a shape and its area, computed asynchronously.
    async fn area(&self, shape: Shape) -> (Shape, f64);
}
