//! Body: what a recorded answer was before it was sent.
//!
//! What its head says of transfer and content codings holds for what the server sent and not for
//! what a crawler kept, which may be undone already: the bytes decide.

use crate::decode::coding::{Flow, Intake, Limits};
use crate::decode::media::{self, Beginning};
use crate::model::Headers;

/// The longest line of a chunk's size.
const MAX_SIZE_LINE: usize = 256;

const GZIP: &[u8] = b"\x1f\x8b";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";

/// A decoded body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Body {
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// Whether they are only a part of it.
    pub(crate) is_partial: bool,
}

/// The body of an answer with these fields, of which these bytes were kept. No more than `most`
/// bytes come out.
pub(crate) fn body(headers: &Headers, kept: &[u8], most: usize) -> Body {
    let is_chunked = headers.get("transfer-encoding").is_some_and(|coding| {
        coding.split(',').any(|coding| coding.trim().eq_ignore_ascii_case("chunked"))
    });
    match is_chunked.then(|| without_chunks(kept)).flatten() {
        Some(body) => {
            let decoded = decoded(headers, &body.bytes, most);
            Body { is_partial: decoded.is_partial || body.is_partial, ..decoded }
        }
        None => decoded(headers, kept, most),
    }
}

/// The chunks of a body put together; none where it does not begin as one in chunks does.
fn without_chunks(kept: &[u8]) -> Option<Body> {
    let mut body = Body::default();
    let mut rest = kept;
    loop {
        let is_first = rest.len() == kept.len();
        let Some((size, after)) = chunk_size(rest) else {
            body.is_partial = true;
            return (!is_first).then_some(body);
        };
        if size == 0 {
            return Some(body);
        }
        let Some((chunk, behind)) = after.split_at_checked(size) else {
            body.bytes.extend_from_slice(after);
            body.is_partial = true;
            return Some(body);
        };
        let behind = behind.strip_prefix(b"\r").unwrap_or(behind);
        let next = behind.strip_prefix(b"\n");
        if next.is_none() && is_first && !behind.is_empty() {
            return None;
        }
        body.bytes.extend_from_slice(chunk);
        let Some(next) = next else {
            body.is_partial = true;
            return Some(body);
        };
        rest = next;
    }
}

/// The size that a chunk begins with, and what follows its line.
fn chunk_size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let head = bytes.get(..MAX_SIZE_LINE).unwrap_or(bytes);
    let end = memchr::memchr(b'\n', head)?;
    let line = head.get(..end)?;
    let digits = line.split(|&byte| byte == b';').next()?.trim_ascii();
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    let size = usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
    Some((size.filter(|_| is_number)?, bytes.get(end + 1..)?))
}

fn decoded(headers: &Headers, kept: &[u8], most: usize) -> Body {
    if let Some(coding) = coding(headers, kept)
        && let Some(body) = undone(coding, kept, most)
    {
        return body;
    }
    let bytes = kept.get(..most).unwrap_or(kept);
    Body { bytes: bytes.to_vec(), is_partial: bytes.len() < kept.len() }
}

/// The content coding that the bytes are really in.
fn coding(headers: &Headers, kept: &[u8]) -> Option<&'static str> {
    let stated = headers.get("content-encoding").or(headers.get("x-crawler-content-encoding"));
    let stated = stated.unwrap_or_default().trim().to_ascii_lowercase();
    // These two show what they are, and an archive of their own is not sent as a page.
    let is_page = headers.get("content-type").is_some_and(|kind| kind.starts_with("text/"));
    if kept.starts_with(GZIP) && (is_page || stated.contains("gzip")) {
        return Some("gzip");
    }
    if kept.starts_with(ZSTD) && (is_page || stated.contains("zstd")) {
        return Some("zstd");
    }
    let coding = match stated.as_str() {
        "br" => "br",
        "deflate" => "deflate",
        _ => return None,
    };
    (!is_text(kept)).then_some(coding)
}

/// Whether bytes are a text already: a page, or nothing but what texts hold.
fn is_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..256).unwrap_or(bytes);
    let is_plain = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    media::beginning(bytes) == Beginning::Html || head.iter().all(is_plain)
}

/// The body with its coding undone, as far as it is whole; none where it is not coded so.
fn undone(coding: &str, kept: &[u8], most: usize) -> Option<Body> {
    let limits = Limits { decoded: most, wire: usize::MAX };
    let mut intake = Intake::new(Some(coding), limits).ok()?;
    // What comes out before the damage shows is kept.
    let mut is_damaged = false;
    for piece in kept.chunks(64 * 1024) {
        match intake.push(piece) {
            Ok(Flow::More) => {}
            Ok(Flow::Enough) => break,
            Err(_) => {
                is_damaged = true;
                break;
            }
        }
    }
    let (bytes, cut) = intake.finish(is_damaged).ok()?;
    (!bytes.is_empty() || kept.is_empty() || !is_damaged)
        .then_some(Body { bytes, is_partial: is_damaged || cut.is_some() })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use proptest::prelude::*;

    const PAGE: &str = "<!doctype html><p>Some words of a page, and some words more";

    fn headers(fields: &[(&str, &str)]) -> Headers {
        Headers(fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
    }

    fn chunked(bytes: &[u8]) -> Vec<u8> {
        let chunk =
            |piece: &[u8]| [format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat();
        let mut body: Vec<u8> = bytes.chunks(20).flat_map(chunk).collect();
        body.extend_from_slice(b"0\r\n\r\n");
        body
    }

    /// What a head says is undone if the bytes are so, and not if they are not.
    #[test]
    fn the_bytes_decide_what_is_undone() {
        let page = PAGE.as_bytes();
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        let gzip = gzip.write_all(page).and_then(|()| gzip.finish()).expect("memory");
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        let zlib = zlib.write_all(page).and_then(|()| zlib.finish()).expect("memory");
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::fast());
        let bare = bare.write_all(page).and_then(|()| bare.finish()).expect("memory");
        let zstd = zstd::encode_all(page, 1).expect("memory");
        // Brotli without compression (RFC 7932, section 9.2).
        let brotli = [&[0x0b, 0x1d, 0x80][..], page, &[0x03]].concat();
        let kept: [(&str, &[u8]); 6] = [
            ("", page),
            ("gzip", &gzip),
            ("deflate", &zlib),
            ("deflate", &bare),
            ("zstd", &zstd),
            ("br", &brotli),
        ];
        for (coding, bytes) in kept {
            for (name, is_chunked) in [
                ("content-encoding", false),
                ("content-encoding", true),
                ("x-crawler-content-encoding", false),
            ] {
                let fields = headers(&[(name, coding), ("transfer-encoding", "chunked")]);
                let bytes = if is_chunked { chunked(bytes) } else { bytes.to_vec() };
                let read = body(&fields, &bytes, 1000);
                assert_eq!(
                    String::from_utf8_lossy(&read.bytes),
                    PAGE,
                    "{coding} {name} {is_chunked}"
                );
                assert!(!read.is_partial, "{coding} {name} {is_chunked}");
            }
            let read = body(&headers(&[("content-encoding", coding)]), page, 1000);
            assert_eq!(String::from_utf8_lossy(&read.bytes), PAGE, "{coding} of a page undone");
        }
    }

    #[test]
    fn what_is_cut_or_damaged_is_partial() {
        let fields = headers(&[("transfer-encoding", "chunked")]);
        for (kept, read) in [
            ("5\r\nhello\r\n5\r\nwor", "hellowor"),
            ("5\r\nhello\r\nffffffffffffffffff\r\nx", "hello"),
            ("5\r\nhello\r\nno size\r\n", "hello"),
            ("5\r\nhello\r\n", "hello"),
        ] {
            let body = body(&fields, kept.as_bytes(), 1000);
            assert_eq!((&*body.bytes, body.is_partial), (read.as_bytes(), true), "{kept:?}");
        }
        for whole in ["5\r\nhello world", "add\nsome words", "no size"] {
            let body = body(&fields, whole.as_bytes(), 1000);
            let is_whole = body.bytes == whole.as_bytes() && !body.is_partial;
            assert!(is_whole || whole.starts_with("add"), "{whole:?}");
        }
        let cut = body(&Headers::default(), b"0123456789", 4);
        assert_eq!((&*cut.bytes, cut.is_partial), (&b"0123"[..], true));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes: Vec<u8>, coding in "(gzip|br|deflate|zstd|)", chunked: bool) {
            let chunked = if chunked { "chunked" } else { "" };
            let fields = headers(&[("content-encoding", &coding), ("transfer-encoding", chunked)]);
            prop_assert!(body(&fields, &bytes, 100).bytes.len() <= 100);
        }
    }
}
