//! Values of the types, made without serde, and what the generated modules take from outside.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;

/// splitmix64.
pub struct Rng(pub u64);

impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

pub trait Make: Sized {
    fn make(rng: &mut Rng) -> Self;

    /// Always the same one.
    fn any() -> Self {
        Self::make(&mut Rng(7))
    }
}

macro_rules! numbers {
    ($($type:ty)*) => {$(
        impl Make for $type {
            fn make(rng: &mut Rng) -> Self {
                rng.next() as $type
            }
        }
    )*};
}

numbers!(u8 i8 u16 i32 u32 u64 i128 f32 f64);

macro_rules! made {
    ($($type:ty = $rng:ident $value:expr;)*) => {$(
        impl Make for $type {
            fn make($rng: &mut Rng) -> Self {
                $value
            }
        }
    )*};
}

made! {
    bool = rng rng.below(2) == 1;
    char = rng ['a', 'é', '☂', '🦀'][rng.below(4) as usize];
    String = rng ["", "a", "Zürich"][rng.below(3) as usize].to_string();
    Cow<'static, str> = rng Cow::Owned(String::make(rng));
    Arc<str> = rng String::make(rng).into();
    () = _rng ();
    Unit = _rng Unit;
    std::num::Wrapping<u16> = rng std::num::Wrapping(u16::make(rng));
    Far = rng Far::new(u8::make(rng), u32::make(rng));
    FarChoice = rng match rng.below(3) {
        0 => FarChoice::A,
        1 => FarChoice::B(u8::make(rng)),
        _ => FarChoice::C { x: u16::make(rng), y: bool::make(rng) },
    };
}

impl<T: ?Sized> Make for PhantomData<T> {
    fn make(_: &mut Rng) -> Self {
        PhantomData
    }
}

impl<T: Make> Make for Option<T> {
    fn make(rng: &mut Rng) -> Self {
        (rng.below(3) > 0).then(|| T::make(rng))
    }
}

impl<T: Make> Make for Vec<T> {
    fn make(rng: &mut Rng) -> Self {
        (0..rng.below(3)).map(|_| T::make(rng)).collect()
    }
}

impl<T: Make> Make for Box<T> {
    fn make(rng: &mut Rng) -> Self {
        Box::new(T::make(rng))
    }
}

impl<T: Make, U: Make> Make for (T, U) {
    fn make(rng: &mut Rng) -> Self {
        (T::make(rng), U::make(rng))
    }
}

impl<T: Make, const N: usize> Make for [T; N] {
    fn make(rng: &mut Rng) -> Self {
        std::array::from_fn(|_| T::make(rng))
    }
}

impl<K: Make + Ord, V: Make> Make for BTreeMap<K, V> {
    fn make(rng: &mut Rng) -> Self {
        (0..rng.below(3)).map(|_| (K::make(rng), V::make(rng))).collect()
    }
}

impl<T: Make, E: Make> Make for Result<T, E> {
    fn make(rng: &mut Rng) -> Self {
        if rng.below(2) == 0 { Ok(T::make(rng)) } else { Err(E::make(rng)) }
    }
}

#[derive(Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Unit;

/// Types that serde knows nothing of: definitions under `remote` describe them.
#[derive(Clone)]
pub struct Far {
    pub near: u8,
    pub far: u32,
}

impl Far {
    pub fn new(near: u8, far: u32) -> Self {
        Far { near, far }
    }

    pub fn near(&self) -> u8 {
        self.near
    }
}

#[derive(Clone)]
pub enum FarChoice {
    A,
    B(u8),
    C { x: u16, y: bool },
}

pub fn never<T: ?Sized>(_: &T) -> bool {
    false
}

pub fn always<T: ?Sized>(_: &T) -> bool {
    true
}

/// A helper of the user's own: what it writes is not to be told from outside.
pub mod as_text {
    use super::Make;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<T, S: Serializer>(_: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("text")
    }

    pub fn deserialize<'de, T: Make, D: Deserializer<'de>>(source: D) -> Result<T, D::Error> {
        String::deserialize(source)?;
        Ok(T::any())
    }
}
