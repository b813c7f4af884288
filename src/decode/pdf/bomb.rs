//! Bomb: whether a file unpacks to more than memory should hold. The library that reads it unpacks
//! whole streams, so that is looked at before.

use std::borrow::Cow;

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
    streams(bytes).any(|stream| {
        if stream.times > 1 && stream.data.len() > shortest / MOST_TIMES {
            return true;
        }
        if stream.is_long(shortest) {
            all += unpacked(stream.data.trim_ascii_start(), one);
        }
        all > most
    })
}

/// A stream of an encrypted file, which is looked at when it is decrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hidden {
    /// The number of its object.
    pub number: u32,
    /// Whether it holds objects: the file cannot be opened without unpacking it.
    pub has_objects: bool,
}

/// The long streams of a file, if it is encrypted.
pub(super) fn hidden(bytes: &[u8]) -> Vec<Hidden> {
    hidden_from(bytes, usize::try_from(MAX_STREAM).unwrap_or(usize::MAX) / MOST_TIMES)
}

pub(super) fn hidden_from(bytes: &[u8], shortest: usize) -> Vec<Hidden> {
    if memmem::find(bytes, b"/Encrypt").is_none() {
        return Vec::new();
    }
    let long = streams(bytes).filter(|stream| stream.is_long(shortest));
    let hidden = |stream: Stream<'_>| {
        let has_objects = memmem::find(stream.dictionary, b"/ObjStm").is_some();
        Some(Hidden { number: stream.number?, has_objects })
    };
    long.filter_map(hidden).collect()
}

/// Whether decrypted streams unpack to more than is read.
pub(super) fn unpack_to_more<'s>(streams: impl Iterator<Item = Cow<'s, [u8]>>) -> bool {
    let mut all = 0;
    streams.map(|data| unpacked(&data, MAX_STREAM)).any(|size| {
        all += size;
        all > MAX_ALL
    })
}

/// A stream as it stands in the file.
struct Stream<'b> {
    /// The number of its object.
    number: Option<u32>,
    dictionary: &'b [u8],
    data: &'b [u8],
    /// How many times it was deflated.
    times: usize,
}

impl Stream<'_> {
    /// Whether it may unpack to a great deal. Pictures are not unpacked.
    fn is_long(&self, shortest: usize) -> bool {
        self.data.len() >= shortest
            && self.times > 0
            && memmem::find(self.dictionary, b"/Image").is_none()
    }
}

fn streams(bytes: &[u8]) -> impl Iterator<Item = Stream<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let begin = at + memmem::find(bytes.get(at..)?, b"stream")?;
        at = begin + b"stream".len();
        let before = bytes.get(begin.saturating_sub(DICTIONARY)..begin).unwrap_or_default();
        let object = memmem::rfind(before, b"obj").unwrap_or(0);
        let dictionary = before.get(object..).unwrap_or_default();
        let data = bytes.get(at..).unwrap_or_default();
        let length = memmem::find(data, b"endstream").unwrap_or(data.len());
        at += length + if length < data.len() { b"endstream".len() } else { 0 };
        Some(Stream {
            number: number(before.get(..object).unwrap_or_default()),
            dictionary,
            data: data.get(..length).unwrap_or_default(),
            times: memmem::find_iter(dictionary, b"/FlateDecode").count(),
        })
    })
}

/// The number in `12 0 ` before `obj`.
fn number(before: &[u8]) -> Option<u32> {
    let mut words = before.rsplit(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    std::str::from_utf8(words.nth(1)?).ok()?.parse().ok()
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
