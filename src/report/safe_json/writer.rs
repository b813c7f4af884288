//! A serializer into memory: what `serde_json` writes, but for strings, of which nearly all are written
//! at one look, and for the names of members, which are written without one.

use std::fmt::Display;
use std::io::Write;

use serde::Serialize;
use serde::ser::{self, Error as _};
use serde_json::{Error, Result};

use super::push_string;

/// How much is held before it goes on, in bytes.
const HELD: usize = 64 * 1024;

/// What is being written.
#[derive(Default)]
pub(super) struct Writer<'o> {
    bytes: Vec<u8>,
    /// Where the bytes go on to, if they are not kept.
    out: Option<&'o mut dyn Write>,
}

impl<'o> Writer<'o> {
    /// One that holds no more than a part of what it writes.
    pub(super) fn to(out: &'o mut dyn Write) -> Self {
        Self { bytes: Vec::new(), out: Some(out) }
    }

    /// What was written and has not gone on.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Lets everything go on that was written.
    pub(super) fn flush(&mut self) -> Result<()> {
        if let Some(out) = &mut self.out {
            out.write_all(&self.bytes).map_err(Error::io)?;
            self.bytes.clear();
        }
        Ok(())
    }

    fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The name of a member, which the program gave it: nothing in it has to be escaped.
    fn member(&mut self, name: &str) {
        self.bytes.reserve(name.len() + 4);
        self.raw(b"\"");
        self.raw(name.as_bytes());
        self.raw(b"\":");
    }

    /// Begins what holds others; `ends` is what its end is written as.
    fn begin(&mut self, start: &[u8], ends: &'static [u8]) -> Compound<'_, 'o> {
        self.raw(start);
        Compound { writer: self, is_first: true, ends }
    }

    /// Begins what holds others, as the one member of an object.
    fn begin_variant(&mut self, name: &str, start: u8, ends: &'static [u8]) -> Compound<'_, 'o> {
        self.raw(b"{");
        self.member(name);
        self.begin(&[start], ends)
    }
}

/// A list or an object that is being written.
pub(super) struct Compound<'w, 'o> {
    writer: &'w mut Writer<'o>,
    is_first: bool,
    ends: &'static [u8],
}

impl Compound<'_, '_> {
    fn separate(&mut self) -> Result<()> {
        if !std::mem::take(&mut self.is_first) {
            self.writer.raw(b",");
        }
        if self.writer.bytes.len() < HELD { Ok(()) } else { self.writer.flush() }
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.separate()?;
        value.serialize(&mut *self.writer)
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        self.separate()?;
        self.writer.member(name);
        value.serialize(&mut *self.writer)
    }

    #[expect(clippy::unnecessary_wraps, reason = "as serde asks for it")]
    fn finish(self) -> Result<()> {
        self.writer.raw(self.ends);
        Ok(())
    }
}

macro_rules! integers {
    ($($method:ident $number:ty),*) => {
        $(fn $method(self, number: $number) -> Result<()> {
            self.raw(itoa::Buffer::new().format(number).as_bytes());
            Ok(())
        })*
    };
}

impl<'w, 'o> ser::Serializer for &'w mut Writer<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Compound<'w, 'o>;
    type SerializeTuple = Compound<'w, 'o>;
    type SerializeTupleStruct = Compound<'w, 'o>;
    type SerializeTupleVariant = Compound<'w, 'o>;
    type SerializeMap = Compound<'w, 'o>;
    type SerializeStruct = Compound<'w, 'o>;
    type SerializeStructVariant = Compound<'w, 'o>;

    integers! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64
    }

    fn serialize_bool(self, value: bool) -> Result<()> {
        self.raw(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<()> {
        serde_json::to_writer(&mut self.bytes, &value)
    }

    fn serialize_f64(self, value: f64) -> Result<()> {
        serde_json::to_writer(&mut self.bytes, &value)
    }

    fn serialize_char(self, value: char) -> Result<()> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<()> {
        push_string(&mut self.bytes, value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<()> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.raw(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        self.raw(b"{");
        self.member(variant);
        value.serialize(&mut *self)?;
        self.raw(b"}");
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'w, 'o>> {
        Ok(self.begin(b"[", b"]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'w, 'o>> {
        Ok(self.begin(b"[", b"]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'w, 'o>> {
        Ok(self.begin(b"[", b"]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'w, 'o>> {
        Ok(self.begin_variant(variant, b'[', b"]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'w, 'o>> {
        Ok(self.begin(b"{", b"}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound<'w, 'o>> {
        Ok(self.begin(b"{", b"}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'w, 'o>> {
        Ok(self.begin_variant(variant, b'{', b"}}"))
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<()> {
        self.serialize_str(&value.to_string())
    }
}

macro_rules! elements {
    ($($part:ident $method:ident),*) => {
        $(impl ser::$part for Compound<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
                self.element(value)
            }

            fn end(self) -> Result<()> {
                self.finish()
            }
        })*
    };
}

macro_rules! fields {
    ($($part:ident),*) => {
        $(impl ser::$part for Compound<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<()> {
                self.field(name, value)
            }

            fn end(self) -> Result<()> {
                self.finish()
            }
        })*
    };
}

elements! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
}
fields!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Compound<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.separate()?;
        let start = self.writer.bytes.len();
        key.serialize(&mut *self.writer)?;
        match self.writer.bytes.get(start) {
            Some(b'"') => {}
            Some(b'-' | b'0'..=b'9') => {
                self.writer.bytes.insert(start, b'"');
                self.writer.raw(b"\"");
            }
            _ => return Err(Error::custom("a member's name is neither text nor a number")),
        }
        self.writer.raw(b":");
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<()> {
        self.finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    fn written(value: &impl Serialize) -> String {
        let mut writer = Writer::default();
        value.serialize(&mut writer).expect("memory can be written");
        String::from_utf8(writer.into_bytes()).expect("JSON is UTF-8")
    }

    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    enum Shape {
        Unit,
        Newtype(u8),
        Tuple(i8, char),
        Struct { a: Option<()>, b: f64 },
    }

    #[derive(Serialize)]
    struct Everything<'a> {
        shapes: [Shape; 4],
        #[serde(flatten)]
        more: BTreeMap<&'a str, u64>,
        pair: (bool, f32),
        nothing: Vec<()>,
        text: &'a str,
    }

    #[test]
    fn every_shape_is_written_as_serde_json_writes_it() {
        let shapes = [
            Shape::Unit,
            Shape::Newtype(7),
            Shape::Tuple(-1, '"'),
            Shape::Struct { a: Some(()), b: 0.25 },
        ];
        let more = [("one", 1), ("t\"wo", u64::MAX)].into_iter().collect();
        let text = "a \\ \"b\"\t\u{1}é";
        let all = Everything { shapes, more, pair: (true, 1e9), nothing: Vec::new(), text };
        assert_eq!(written(&all), serde_json::to_string(&all).expect("JSON"));
        let value = json!({ "a": [null, {}, [], "b", -1.5, 1e300, i64::MIN] });
        assert_eq!(written(&value), value.to_string());
    }

    #[test]
    fn a_name_that_is_neither_text_nor_a_number_is_an_error() {
        let numbered = BTreeMap::from([(1, -2)]);
        assert_eq!(written(&numbered), serde_json::to_string(&numbered).expect("JSON"));
        let mut writer = Writer::default();
        assert!(BTreeMap::from([([1], 2)]).serialize(&mut writer).is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_plain_text_is_written_as_serde_json_writes_it(text in "[ -~\t\n]*") {
            proptest::prop_assume!(crate::address::secret::ranges(&text).is_empty());
            proptest::prop_assert_eq!(written(&text), serde_json::to_string(&text).expect("JSON"));
        }
    }
}
