use self::Kind::*;
use serde::{Deserialize, Serialize};

const BASE: usize = 1 << 1;

pub enum Kind {
    Zero,
    Two = 2,
    Three,
}

pub trait HasLength {
    const LENGTH: usize = Self::HALF * 2;
    const HALF: usize;
    type Out;
}

pub struct Marker;

impl HasLength for Marker {
    const HALF: usize = 3;
    type Out = Vec<(u8, char)>;
}

impl HasLength for u8 {
    const HALF: usize = u8::BITS as usize / 4;
    type Out = Self;
}

#[derive(Serialize, Deserialize)]
pub struct Lengths {
    pub own: [u16; Self::OWN],
    pub base: [u16; BASE * 2 + 1],
    pub kind: [bool; Kind::Two as usize],
    pub glob: [bool; Three as usize - Zero as usize],
    pub default: [u8; <Marker as HasLength>::LENGTH],
    pub primitive: [i8; <u8 as HasLength>::LENGTH],
}

impl Lengths {
    const OWN: usize = crate::folder_size::SIZE;
}

#[derive(Serialize, Deserialize)]
pub struct Holder<T: HasLength> {
    #[serde(bound(serialize = "T::Out: Serialize", deserialize = "T::Out: Deserialize<'de>"))]
    pub out: T::Out,
}

pub type Held = Holder<Marker>;
pub type HeldByte = (Holder<u8>, <Marker as HasLength>::Out);
