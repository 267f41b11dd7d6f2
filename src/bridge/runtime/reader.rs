//! Reads as bincode does and notes, in the words of trace.rs, what serde asks for; or makes up whatever it asks for, and keeps
//! the bytes that would have been read. What is read is decided by the bincode crate alone; this only watches.

use serde::de::value::Error;
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};

use crate::made::Made;
use crate::trace::Trace;

/// What serde asks for while it reads a `T` from `bytes`, as far as it comes.
pub fn trace<T: DeserializeOwned>(bytes: &[u8]) -> String {
    let mut reader = Reader { source: Source::Given(bytes), trace: Trace::default() };
    // Whether it can be read at all was answered by bincode.
    let _ = T::deserialize(&mut reader);
    reader.trace.text()
}

/// The bytes of a value that is made up; the same for the same seed.
pub fn make<T: DeserializeOwned>(seed: u64) -> Result<Vec<u8>, Error> {
    let mut reader = Reader { source: Source::Made(Made::new(seed)), trace: Trace::default() };
    T::deserialize(&mut reader)?;
    match reader.source {
        Source::Made(made) => Ok(made.bytes()),
        Source::Given(_) => Ok(Vec::new()),
    }
}

enum Source<'a> {
    Given(&'a [u8]),
    Made(Made),
}

struct Reader<'a> {
    source: Source<'a>,
    trace: Trace,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        match &mut self.source {
            Source::Made(made) => made.number(),
            Source::Given(rest) => {
                let (head, tail) = rest.split_first_chunk::<N>().ok_or_else(ended)?;
                *rest = tail;
                Ok(*head)
            }
        }
    }

    fn take_slice(&mut self, length: usize) -> Result<Vec<u8>, Error> {
        match &mut self.source {
            Source::Made(made) => made.slice(length),
            Source::Given(rest) => {
                let (head, tail) = rest.split_at_checked(length).ok_or_else(ended)?;
                *rest = tail;
                Ok(head.to_vec())
            }
        }
    }

    /// A number of elements.
    fn count(&mut self) -> Result<usize, Error> {
        let count = match &mut self.source {
            Source::Made(made) => made.count()?,
            Source::Given(_) => u64::from_le_bytes(self.take()?) as usize,
        };
        self.trace.number('n', count)?;
        Ok(count)
    }

    fn text(&mut self) -> Result<String, Error> {
        let text = match &mut self.source {
            Source::Made(made) => made.text()?,
            Source::Given(_) => {
                let length = u64::from_le_bytes(self.take()?) as usize;
                String::from_utf8(self.take_slice(length)?).map_err(de::Error::custom)?
            }
        };
        self.trace.number('s', text.len())?;
        Ok(text)
    }

    fn byte_list(&mut self) -> Result<Vec<u8>, Error> {
        let count = self.count()?;
        for _ in 0..count {
            self.trace.word("u8")?;
        }
        self.take_slice(count)
    }

    /// 0 or 1.
    fn flag(&mut self) -> Result<bool, Error> {
        match &mut self.source {
            Source::Made(made) => made.flag(),
            Source::Given(_) => match self.take::<1>()? {
                [0] => Ok(false),
                [1] => Ok(true),
                [other] => Err(de::Error::custom(format_args!("{other} is neither 0 nor 1"))),
            },
        }
    }

    fn character(&mut self) -> Result<char, Error> {
        let [first] = self.take_first()?;
        let width = match first {
            0..=0x7f => 1,
            0x80..=0xdf => 2,
            0xe0..=0xef => 3,
            _ => 4,
        };
        let mut bytes = vec![first];
        bytes.extend(self.take_slice(width - 1)?);
        let text = String::from_utf8(bytes).map_err(de::Error::custom)?;
        text.chars().next().ok_or_else(ended)
    }

    /// Of a character; made up ones are of one byte.
    fn take_first(&mut self) -> Result<[u8; 1], Error> {
        match &mut self.source {
            Source::Made(made) => made.ascii(),
            Source::Given(_) => self.take(),
        }
    }
}

fn ended() -> Error {
    de::Error::custom("the bytes ended")
}

fn impossible<T>() -> Result<T, Error> {
    Err(de::Error::custom("bincode cannot read a value that is to say itself what it is"))
}

macro_rules! numbers {
    ($($method:ident $visit:ident $type:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.trace.word(stringify!($type))?;
            visitor.$visit($type::from_le_bytes(self.take()?))
        }
    )*};
}

impl<'de> de::Deserializer<'de> for &mut Reader<'_> {
    type Error = Error;

    numbers! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_i128 visit_i128 i128;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_u128 visit_u128 u128;
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.trace.word("f32")?;
        let bytes = match &mut self.source {
            Source::Made(made) => made.float(|number| (number as f32).to_le_bytes())?,
            Source::Given(_) => self.take()?,
        };
        visitor.visit_f32(f32::from_le_bytes(bytes))
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.trace.word("f64")?;
        let bytes = match &mut self.source {
            Source::Made(made) => made.float(f64::to_le_bytes)?,
            Source::Given(_) => self.take()?,
        };
        visitor.visit_f64(f64::from_le_bytes(bytes))
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.trace.word("b")?;
        visitor.visit_bool(self.flag()?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.trace.word("c")?;
        visitor.visit_char(self.character()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_byte_buf(self.byte_list()?)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_byte_buf(self.byte_list()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.flag()? {
            self.trace.word("o1")?;
            visitor.visit_some(self)
        } else {
            self.trace.word("o0")?;
            visitor.visit_none()
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let left = self.count()?;
        visitor.visit_seq(Elements { reader: self, left })
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        left: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(Elements { reader: self, left })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        left: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(Elements { reader: self, left })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let left = self.count()?;
        visitor.visit_map(Elements { reader: self, left })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(Elements { reader: self, left: fields.len() })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let index = match &mut self.source {
            Source::Made(made) => made.variant(variants.len())?,
            Source::Given(_) => u32::from_le_bytes(self.take()?),
        };
        self.trace.number('v', index)?;
        visitor.visit_enum(Variant { reader: self, index })
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        impossible()
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        impossible()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        impossible()
    }
}

struct Elements<'r, 'a> {
    reader: &'r mut Reader<'a>,
    left: usize,
}

impl<'de> de::SeqAccess<'de> for Elements<'_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> de::MapAccess<'de> for Elements<'_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        de::SeqAccess::next_element_seed(self, seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(&mut *self.reader)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

struct Variant<'r, 'a> {
    reader: &'r mut Reader<'a>,
    index: u32,
}

impl<'r, 'a, 'de> de::EnumAccess<'de> for Variant<'r, 'a> {
    type Error = Error;
    type Variant = &'r mut Reader<'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self::Variant), Error> {
        let index: de::value::U32Deserializer<Error> = self.index.into_deserializer();
        Ok((seed.deserialize(index)?, self.reader))
    }
}

impl<'de> de::VariantAccess<'de> for &mut Reader<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, left: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Elements { reader: self, left })
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(Elements { reader: self, left: fields.len() })
    }
}
