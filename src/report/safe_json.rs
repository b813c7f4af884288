//! JSON whose bytes are safe to look at: what could act on a terminal or hide is written as
//! `\u…`, which every JSON reader turns back into the same text. Secrets in addresses are masked.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::shown::{is_plain_byte, is_unsafe};
use crate::address::secret;

/// Writes one value, without a line end.
pub(crate) fn write<W: Write + ?Sized>(out: &mut W, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Safe);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// One value as bytes, without a line end.
pub(crate) fn bytes(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write(&mut bytes, value).map(|()| bytes)
}

struct Safe;

impl Formatter for Safe {
    #[inline]
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // One look at the bytes tells of nearly every string, names of members among them, that it
        // is safe as it is.
        let (is_plain, has_signs) = look(fragment);
        if is_plain && !has_signs {
            return writer.write_all(fragment.as_bytes());
        }
        let fragment = secret::masked(fragment);
        if is_plain {
            return writer.write_all(fragment.as_bytes());
        }
        write_unsafe(writer, &fragment)
    }
}

/// Whether a string is plain, and whether it has a sign without which it holds no secret.
fn look(text: &str) -> (bool, bool) {
    text.bytes().fold((true, false), |(is_plain, has_signs), byte| {
        (is_plain & is_plain_byte(byte), has_signs | secret::is_sign(byte))
    })
}

fn write_unsafe<W: ?Sized + Write>(writer: &mut W, text: &str) -> io::Result<()> {
    let mut done = 0;
    for (at, character) in text.char_indices().filter(|&(_, c)| is_unsafe(c)) {
        writer.write_all(text.get(done..at).unwrap_or_default().as_bytes())?;
        for unit in character.encode_utf16(&mut [0; 2]) {
            write!(writer, "\\u{unit:04x}")?;
        }
        done = at + character.len_utf8();
    }
    writer.write_all(text.get(done..).unwrap_or_default().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn any_text_comes_back_and_is_safe_on_the_way(text in "(?s).*") {
            proptest::prop_assume!(secret::ranges(&text).is_empty());
            let mut bytes = Vec::new();
            write(&mut bytes, &text).expect("memory can be written");
            let json = String::from_utf8(bytes).expect("JSON is UTF-8");
            proptest::prop_assert!(!json.chars().any(is_unsafe));
            proptest::prop_assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
        }
    }
}
