//! Bomb: whether a file unpacks to more than memory should hold. The library that reads it unpacks
//! whole streams, so that is looked at before.

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

/// What a stream, and all large streams together, may unpack to. Deflated bytes become no more than
/// [`MOST_TIMES`] as many, so that short streams need not be looked at.
const MAX_STREAM: u64 = 256 << 20;
const MAX_ALL: u64 = 1 << 30;
const MOST_TIMES: usize = 1032;

/// How much stands before a stream in its dictionary, as far as it matters.
const DICTIONARY: usize = 1024;

/// Whether bytes hold such a stream.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    unpacks_to_more(bytes, MAX_STREAM, MAX_ALL)
}

/// Whether one stream, or all, unpack to more than so many bytes.
pub(super) fn unpacks_to_more(bytes: &[u8], one: u64, most: u64) -> bool {
    let shortest = usize::try_from(one).unwrap_or(usize::MAX) / MOST_TIMES;
    let mut all = 0;
    let mut at = 0;
    while let Some(found) = memmem::find(bytes.get(at..).unwrap_or_default(), b"stream") {
        let begin = at + found;
        at = begin + b"stream".len();
        let before = bytes.get(begin.saturating_sub(DICTIONARY)..begin).unwrap_or_default();
        let before = before.get(memmem::rfind(before, b"obj").unwrap_or(0)..).unwrap_or_default();
        let data = bytes.get(at..).unwrap_or_default();
        let length = memmem::find(data, b"endstream").unwrap_or(data.len());
        at += length + if length < data.len() { b"endstream".len() } else { 0 };
        let filters = memmem::find_iter(before, b"/FlateDecode").count();
        if filters > 1 && length > shortest / MOST_TIMES {
            return true;
        }
        // Pictures are not unpacked.
        if length < shortest || filters == 0 || memmem::find(before, b"/Image").is_some() {
            continue;
        }
        all += unpacked(data.get(..length).unwrap_or_default().trim_ascii_start(), one);
        if all > most {
            return true;
        }
    }
    false
}

/// How many bytes deflated ones become; a great many where that is more than a stream may hold.
fn unpacked(data: &[u8], one: u64) -> u64 {
    let mut decoder = Decompress::new(true);
    let mut buffer = vec![0_u8; 64 << 10];
    loop {
        let (read, written) = (decoder.total_in(), decoder.total_out());
        let rest = usize::try_from(read).ok().and_then(|read| data.get(read..));
        let status =
            decoder.decompress(rest.unwrap_or_default(), &mut buffer, FlushDecompress::None);
        if decoder.total_out() > one {
            return u64::MAX / 2;
        }
        let is_stuck = decoder.total_in() == read && decoder.total_out() == written;
        if !matches!(status, Ok(Status::Ok | Status::BufError)) || is_stuck {
            return decoder.total_out();
        }
    }
}
