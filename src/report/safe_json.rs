//! JSON whose bytes are safe to look at: what could act on a terminal or hide is written as
//! `\u…`, which every JSON reader turns back into the same text. Secrets in addresses are masked.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::shown::{is_plain, is_unsafe};
use crate::address::secret;

/// Writes one value, without a line end.
pub(crate) fn write(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Safe);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let fragment = secret::masked(fragment);
        if is_plain(&fragment) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut done = 0;
        for (at, character) in fragment.char_indices().filter(|&(_, c)| is_unsafe(c)) {
            writer.write_all(fragment.get(done..at).unwrap_or_default().as_bytes())?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            done = at + character.len_utf8();
        }
        writer.write_all(fragment.get(done..).unwrap_or_default().as_bytes())
    }
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
