//! Echoes values of the types that oracleTypes.ts lists, numbered alike. 0x4000 + n takes bincode and gives serde_json's text,
//! 0x8000 + n takes JSON and gives bincode. Type 255 is no type: its payload is f32 bits, the answer their shortest decimal
//! texts, one a line.

mod frames;
mod ordered_map;

use std::collections::{LinkedList, VecDeque};
use std::marker::PhantomData;
use std::num::{NonZeroI64, NonZeroU8};

use ordered_map::OrderedMap;
use frames::echo;
use serde::{de::DeserializeOwned, Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Scalars {
    truth: bool,
    a: u8,
    b: u16,
    c: u32,
    d: u64,
    e: u128,
    f: usize,
    g: i8,
    h: i16,
    i: i32,
    j: i64,
    k: i128,
    l: isize,
    m: f32,
    n: f64,
    o: char,
    p: String,
    q: (),
    r: NonZeroU8,
    s: NonZeroI64,
}

#[derive(Serialize, Deserialize)]
enum Shape {
    Unit,
    New(u8),
    Tup(u8, String),
    Rec { w: u32, h: Option<u8> },
    Emp(),
    EmpS {},
    Nested(Box<Option<Shape>>),
    Nothing(()),
}

#[derive(Serialize, Deserialize)]
struct Optional {
    a: Option<Option<u8>>,
    b: Option<()>,
    c: Option<Option<Option<String>>>,
    d: Option<OrderedMap<String, u8>>,
    e: Option<Box<Optional>>,
    f: Option<Marker>,
}

#[derive(Serialize, Deserialize)]
struct Maps {
    a: OrderedMap<String, Vec<Shape>>,
    b: OrderedMap<u32, bool>,
    c: OrderedMap<(u8, char), OrderedMap<Name, i64>>,
    d: OrderedMap<Option<Shape>, f64>,
    e: OrderedMap<i128, ()>,
}

#[derive(Serialize, Deserialize)]
struct Collections {
    a: Vec<i128>,
    b: VecDeque<Shape>,
    c: [u16; 3],
    d: [[u8; 2]; 2],
    e: (u8, String, (bool,)),
    f: Vec<u8>,
    g: [u8; 4],
    h: Box<[u32]>,
    i: LinkedList<Vec<Option<char>>>,
    j: [Shape; 2],
    k: [String; 0],
}

#[derive(Serialize, Deserialize)]
struct Outcomes {
    a: Result<u32, String>,
    b: Vec<Result<(), Option<char>>>,
    c: Result<Result<u8, Marker>, Box<Outcomes>>,
}

#[derive(Serialize, Deserialize)]
struct Tree {
    value: Expression,
    children: Vec<Tree>,
}

#[derive(Serialize, Deserialize)]
enum Expression {
    Number(i64),
    Negate(Box<Expression>),
    Binary {
        operator: char,
        left: Box<Expression>,
        right: Box<Expression>,
    },
}

#[derive(Serialize, Deserialize)]
struct Name(String);

#[derive(Serialize, Deserialize)]
struct Marker;

#[derive(Serialize, Deserialize)]
struct Braces {}

#[derive(Serialize, Deserialize)]
struct Parentheses();

#[derive(Serialize, Deserialize)]
struct Pair<T>(T, Vec<T>);

#[derive(Serialize, Deserialize)]
struct Wrapper(Pair<Name>);

#[derive(Serialize, Deserialize)]
struct Structs {
    a: Wrapper,
    b: Pair<u16>,
    c: Marker,
    d: Braces,
    e: Parentheses,
    f: PhantomData<u8>,
    g: Name,
}

#[derive(Serialize, Deserialize)]
struct Units {
    a: Vec<()>,
    b: Vec<Marker>,
    c: u8,
}

fn main() -> std::io::Result<()> {
    frames::serve(answer)
}

fn answer(kind: u16, payload: &[u8]) -> Result<Vec<u8>, String> {
    if kind == 255 {
        return Ok(shortest_texts(payload).into_bytes());
    }
    match kind & 0x3fff {
        0 => convert::<Scalars>(kind, payload),
        1 => convert::<Shape>(kind, payload),
        2 => convert::<Optional>(kind, payload),
        3 => convert::<Maps>(kind, payload),
        4 => convert::<Collections>(kind, payload),
        5 => convert::<Outcomes>(kind, payload),
        6 => convert::<Tree>(kind, payload),
        7 => convert::<Structs>(kind, payload),
        8 => convert::<Units>(kind, payload),
        _ => Err(format!("no type {kind}")),
    }
}

fn convert<T: Serialize + DeserializeOwned>(kind: u16, payload: &[u8]) -> Result<Vec<u8>, String> {
    match kind & 0xc000 {
        0x0000 => echo::<T>(payload),
        0x4000 => {
            let value: T = bincode::deserialize(payload).map_err(|error| error.to_string())?;
            serde_json::to_vec(&value).map_err(|error| error.to_string())
        }
        _ => {
            let value: T = serde_json::from_slice(payload).map_err(|error| error.to_string())?;
            bincode::serialize(&value).map_err(|error| error.to_string())
        }
    }
}

fn shortest_texts(payload: &[u8]) -> String {
    payload
        .chunks_exact(4)
        .map(|bits| f32::from_le_bytes([bits[0], bits[1], bits[2], bits[3]]))
        .map(|value| format!("{value:e}\n"))
        .collect()
}
