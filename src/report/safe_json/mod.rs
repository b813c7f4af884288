//! JSON whose bytes are safe to look at: what could act on a terminal or hide is written as
//! `\u…`, which every JSON reader turns back into the same text. Secrets in addresses are masked.

mod writer;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::address::secret;
use crate::address::shown::{is_plain, is_plain_byte, is_unsafe};

/// Writes one value, without a line end.
pub(crate) fn write<W: Write + ?Sized>(out: &mut W, value: &impl Serialize) -> io::Result<()> {
    let mut out = out;
    let mut writer = writer::Writer::to(&mut out);
    value.serialize(&mut writer).and_then(|()| writer.flush()).map_err(io::Error::from)
}

/// One value as bytes, without a line end.
pub(crate) fn bytes(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut writer = writer::Writer::default();
    value.serialize(&mut writer).map_err(io::Error::from)?;
    Ok(writer.into_bytes())
}

/// Adds a string, in quotation marks. One look at its bytes tells of nearly every one that it can stand
/// as it is.
fn push_string(out: &mut Vec<u8>, text: &str) -> serde_json::Result<()> {
    #[expect(clippy::indexing_slicing, reason = "as many as there are bytes")]
    let needs_care = text.bytes().fold(false, |any, byte| any | NEEDS_CARE[usize::from(byte)]);
    if !needs_care {
        out.reserve(text.len() + 2);
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
        return Ok(());
    }
    text.serialize(&mut Serializer::with_formatter(out, Safe))
}

struct Safe;

impl Formatter for Safe {
    #[inline]
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let fragment = secret::masked(fragment);
        if is_plain(&fragment) {
            return writer.write_all(fragment.as_bytes());
        }
        write_unsafe(writer, &fragment)
    }
}

/// Which bytes make a string one that cannot stand as it is: what is not plain, what JSON escapes, and
/// the signs without which there is no secret.
const NEEDS_CARE: [bool; 256] = {
    let mut needs_care = [true; 256];
    let mut byte = b' ';
    while is_plain_byte(byte) {
        #[expect(clippy::indexing_slicing, reason = "a byte is always below 256")]
        {
            needs_care[byte as usize] = matches!(byte, b'"' | b'\\') || secret::is_sign(byte);
        }
        byte += 1;
    }
    needs_care
};

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
