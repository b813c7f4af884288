//! Charset: bytes become UTF-8, whatever encoding they were written in.
//!
//! The order is that of browsers: a byte order mark, the encoding that the carrier states, the
//! encoding that the markup states, and at last a guess from the bytes. Bytes that are valid UTF-8
//! and not plain ASCII are taken as UTF-8 against any statement: no other encoding makes such
//! bytes by chance, while servers and templates often state the wrong one. Decoding never fails;
//! bytes that mean nothing become U+FFFD.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far into the bytes markup may state their encoding (HTML, section 13.2.3.2).
const PRESCAN_BYTES: usize = 1024;

/// How many bytes the guess looks at; more make it no better.
const GUESS_BYTES: usize = 64 * 1024;

/// Decodes `bytes` to UTF-8, given the `Content-Type` that came with them, if any, and whether they
/// are HTML, which can state its encoding itself.
#[must_use]
pub(crate) fn decode(bytes: Vec<u8>, content_type: Option<&str>, html: bool) -> String {
    decoded(bytes, content_type, html).0
}

/// The same, and beside it the encoding that they were in.
#[must_use]
pub(crate) fn decoded(
    bytes: Vec<u8>,
    content_type: Option<&str>,
    html: bool,
) -> (String, &'static Encoding) {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default());
    }
    let encoding = content_type
        .and_then(stated_in_header)
        .or_else(|| html.then(|| stated_in_markup(&bytes)).flatten());
    let bytes = match String::from_utf8(bytes) {
        // Of plain ASCII only what is stated tells.
        Ok(text) if encoding == Some(UTF_8) || is_unambiguous(&text) => {
            let encoding = encoding.filter(|_| text.is_ascii()).unwrap_or(UTF_8);
            return (text, encoding);
        }
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    match encoding {
        Some(encoding) if encoding != UTF_8 || is_nearly_utf8(&bytes) => {
            decode_as(encoding, &bytes)
        }
        _ => decode_as(guess(&bytes, html), &bytes),
    }
}

/// The name of the encoding that a page's queries are written in, where that is not UTF-8: its own
/// (WHATWG HTML, "encoding-parsing a URL"), save UTF-16, in which no query is written.
#[must_use]
pub(crate) fn of_queries(encoding: &'static Encoding) -> Option<String> {
    let output = encoding.output_encoding();
    (output != UTF_8).then(|| output.name().to_owned())
}

/// Whether valid UTF-8 can be nothing else: ISO-2022-JP and UTF-16 look like ASCII, and need the
/// statement to be known for what they are.
fn is_unambiguous(text: &str) -> bool {
    memchr::memchr2(0x1B, 0, text.as_bytes()).is_none()
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> (String, &'static Encoding) {
    (encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding)
}

/// The `charset` parameter of a `Content-Type`.
fn stated_in_header(content_type: &str) -> Option<&'static Encoding> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let label = value.trim().trim_matches(['"', '\'']);
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| Encoding::for_label(label.as_bytes()))?
    })
}

/// The encoding that an XML declaration or a `meta` element states near the beginning.
fn stated_in_markup(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCAN_BYTES).unwrap_or(bytes).to_ascii_lowercase();
    let declared = if head.starts_with(b"<?xml") { after(&head, b"encoding") } else { None };
    let label = declared.or_else(|| {
        let meta = memchr::memmem::find(&head, b"<meta")?;
        after(head.get(meta..)?, b"charset")
    })?;
    // Markup that can be read as ASCII is not in UTF-16, whatever it says.
    let encoding = Encoding::for_label(label)?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// The value that stands after `name`, `=` and perhaps a quotation mark.
fn after<'a>(head: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let at = memchr::memmem::find(head, name)? + name.len();
    let value = head.get(at..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|byte| b"\"' ;/>?".contains(byte)).unwrap_or(value.len());
    value.get(..end)
}

/// Whether a statement of UTF-8 holds but for a stray byte or a cut character at the end.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let broken = String::from_utf8_lossy(bytes).matches('\u{FFFD}').count();
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    broken <= 1 || broken * 10 < high
}

/// A guess from the bytes alone; the top-level domain is left out, since it says who published a
/// page and not how it was written.
fn guess(bytes: &[u8], html: bool) -> &'static Encoding {
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    let allow_utf8 = if is_nearly_utf8(bytes) {
        chardetng::Utf8Detection::Allow
    } else {
        chardetng::Utf8Detection::Deny
    };
    let iso_2022_jp = if html {
        chardetng::Iso2022JpDetection::Deny
    } else {
        chardetng::Iso2022JpDetection::Allow
    };
    let mut detector = chardetng::EncodingDetector::new(iso_2022_jp);
    detector.feed(bytes.get(..GUESS_BYTES).unwrap_or(bytes), true);
    let found = detector.guess(None, allow_utf8);
    if found == WINDOWS_1252 && is_nearly_utf8(bytes) { UTF_8 } else { found }
}

/// UTF-16 of Western text has a zero in nearly every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..256).unwrap_or(bytes);
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = head.len() * 2 / 5;
    match (even, odd) {
        _ if head.len() < 8 => None,
        (0, odd) if odd > most => Some(UTF_16LE),
        (even, 0) if even > most => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RUSSIAN: &str = "Президент сказал в четверг, что 25 мая 2018 года переговоры продолжатся";

    fn cp1251(text: &str) -> Vec<u8> {
        encoding_rs::WINDOWS_1251.encode(text).0.into_owned()
    }

    #[test]
    fn the_header_states_the_encoding() {
        assert_eq!(
            decode(cp1251(RUSSIAN), Some("text/html; Charset=\"windows-1251\""), true),
            RUSSIAN
        );
    }

    #[test]
    fn the_markup_states_the_encoding() {
        for head in [
            "<meta charset=windows-1251>",
            "<META http-equiv='Content-Type' content='text/html; charset=Windows-1251' />",
            "<?xml version=\"1.0\" encoding=\"windows-1251\"?>",
        ] {
            let page = format!("{head}<p>{RUSSIAN}</p>");
            assert_eq!(decode(cp1251(&page), Some("text/html"), true), page);
        }
    }

    #[test]
    fn a_wrong_statement_gives_way_to_what_the_bytes_are() {
        assert_eq!(decode(cp1251(RUSSIAN), Some("text/html; charset=utf-8"), true), RUSSIAN);
        assert_eq!(decode(RUSSIAN.into(), Some("text/html; charset=iso-8859-1"), true), RUSSIAN);
        assert_eq!(decode(RUSSIAN.into(), Some("text/html; charset=x-banana"), true), RUSSIAN);
    }

    #[test]
    fn a_byte_order_mark_wins_and_is_taken_off() {
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("мая".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(decode(utf16, Some("text/html; charset=utf-8"), true), "мая");
        assert_eq!(decode("\u{FEFF}x".into(), None, false), "x");
    }

    #[test]
    fn utf16_is_known_without_a_mark() {
        let bytes: Vec<u8> = "<!doctype html>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(bytes, None, false), "<!doctype html>");
    }

    #[test]
    fn a_cut_character_at_the_end_leaves_the_rest_utf8() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.pop();
        assert!(decode(bytes, Some("text/html; charset=utf-8"), true).starts_with("Президент"));
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes: Vec<u8>, html: bool, kind in proptest::option::of(".{0,20}")) {
            let _ = decode(bytes, kind.as_deref(), html);
        }

        #[test]
        fn utf8_stays_as_it_is(text in "[a-zа-яé中 <>/]{0,200}") {
            prop_assert_eq!(decode(text.clone().into_bytes(), None, false), text);
        }
    }
}
