//! Writes down, one word for each, what a value asks of a serializer that is not human readable and that leaves a trace in
//! bincode: `u16`, `f8`, `s3` (a string of three bytes), `n2` (a length), `o1` (a present option), `v4` (a variant).

use serde::de::value::Error;
use serde::ser::{self, Serialize};
use std::fmt::Write;

pub fn of<T: Serialize>(value: &T) -> Result<String, Error> {
    let mut trace = Trace::default();
    value.serialize(&mut trace)?;
    Ok(trace.0)
}

#[derive(Default)]
pub struct Trace(String);

impl Trace {
    pub fn text(self) -> String {
        self.0
    }

    pub fn word(&mut self, word: &str) -> Result<(), Error> {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(word);
        Ok(())
    }

    pub fn number(&mut self, letter: char, number: impl std::fmt::Display) -> Result<(), Error> {
        let mut word = String::new();
        let _ = write!(word, "{letter}{number}");
        self.word(&word)
    }

    fn count(&mut self, count: Option<usize>) -> Result<&mut Self, Error> {
        let count = count.ok_or_else(|| ser::Error::custom("a length that is not known ahead"))?;
        self.number('n', count)?;
        Ok(self)
    }
}

macro_rules! words {
    ($($method:ident($type:ty) = $word:literal;)*) => {$(
        fn $method(self, _: $type) -> Result<(), Error> {
            self.word($word)
        }
    )*};
}

impl<'a> ser::Serializer for &'a mut Trace {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = &'a mut Trace;
    type SerializeTuple = &'a mut Trace;
    type SerializeTupleStruct = &'a mut Trace;
    type SerializeTupleVariant = &'a mut Trace;
    type SerializeMap = &'a mut Trace;
    type SerializeStruct = &'a mut Trace;
    type SerializeStructVariant = &'a mut Trace;

    words! {
        serialize_bool(bool) = "b";
        serialize_i8(i8) = "i8";
        serialize_i16(i16) = "i16";
        serialize_i32(i32) = "i32";
        serialize_i64(i64) = "i64";
        serialize_i128(i128) = "i128";
        serialize_u8(u8) = "u8";
        serialize_u16(u16) = "u16";
        serialize_u32(u32) = "u32";
        serialize_u64(u64) = "u64";
        serialize_u128(u128) = "u128";
        serialize_f32(f32) = "f32";
        serialize_f64(f64) = "f64";
        serialize_char(char) = "c";
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.number('s', text.len())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Error> {
        self.count(Some(bytes.len()))?;
        bytes.iter().try_for_each(|_| self.word("u8"))
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.word("o0")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        self.word("o1")?;
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
    ) -> Result<(), Error> {
        self.number('v', index)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.number('v', index)?;
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<&'a mut Trace, Error> {
        self.count(length)
    }

    fn serialize_tuple(self, _: usize) -> Result<&'a mut Trace, Error> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<&'a mut Trace, Error> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        _: usize,
    ) -> Result<&'a mut Trace, Error> {
        self.number('v', index)?;
        Ok(self)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<&'a mut Trace, Error> {
        self.count(length)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<&'a mut Trace, Error> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        _: usize,
    ) -> Result<&'a mut Trace, Error> {
        self.number('v', index)?;
        Ok(self)
    }
}

macro_rules! compounds {
    ($($trait:ident :: $method:ident $(($key:ty))?;)*) => {$(
        impl ser::$trait for &mut Trace {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, $(_: $key,)? value: &T) -> Result<(), Error> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Error> {
                Ok(())
            }
        }
    )*};
}

compounds! {
    SerializeSeq::serialize_element;
    SerializeTuple::serialize_element;
    SerializeTupleStruct::serialize_field;
    SerializeTupleVariant::serialize_field;
    SerializeStruct::serialize_field(&'static str);
    SerializeStructVariant::serialize_field(&'static str);
}

impl ser::SerializeMap for &mut Trace {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}
