//! Finds the objects of a PDF by searching for them.

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

use super::text;

/// No object that matters here is longer.
const MAX_OBJECT: usize = 64 << 10;

/// Object streams that are looked into, and the bytes that all of them and one of them may hold.
const MAX_STREAMS: usize = 64;
const MAX_INFLATED: usize = 8 << 20;
const MAX_STREAM: usize = 1 << 20;

/// A PDF's bytes, with what its compressed objects hold.
pub(super) struct Objects<'b> {
    bytes: &'b [u8],
    streams: Vec<ObjectStream>,
}

/// An object stream (ISO 32000-2, 7.5.7): the places of its objects, and then these.
struct ObjectStream {
    /// The number of each object and the byte at which it begins.
    index: Vec<(u32, usize)>,
    bytes: Vec<u8>,
}

impl<'b> Objects<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, streams: streams(bytes) }
    }

    /// Whether the strings of the file are encrypted; those of its XMP packet need not be.
    pub(super) fn is_encrypted(&self) -> bool {
        self.reference_after(b"/Encrypt").is_some()
    }

    /// The object that the last trailer names so.
    pub(super) fn named_by_trailer(&self, key: &[u8]) -> Option<&[u8]> {
        self.object(self.reference_after(key)?)
    }

    /// The number of the object that the last `key` of the file refers to.
    fn reference_after(&self, key: &[u8]) -> Option<u32> {
        memmem::rfind_iter(self.bytes, key)
            .find_map(|at| reference(self.bytes.get(at + key.len()..)?))
    }

    /// The bytes of an object: of a number that is given twice the later counts, which is how a
    /// file is changed by adding to it.
    pub(super) fn object(&self, number: u32) -> Option<&[u8]> {
        self.plain(number).or_else(|| self.compressed(number))
    }

    fn plain(&self, number: u32) -> Option<&[u8]> {
        let begin = format!("{number} 0 obj");
        let is_whole = |at: &usize| {
            at.checked_sub(1)
                .is_none_or(|at| self.bytes.get(at).is_some_and(|b| !b.is_ascii_digit()))
        };
        let at = memmem::rfind_iter(self.bytes, begin.as_bytes()).find(is_whole)? + begin.len();
        let rest = self.bytes.get(at..)?;
        rest.get(..MAX_OBJECT).or(Some(rest))
    }

    fn compressed(&self, number: u32) -> Option<&[u8]> {
        self.streams.iter().rev().find_map(|stream| {
            let place = stream.index.iter().position(|(of, _)| *of == number)?;
            let (_, begin) = stream.index.get(place)?;
            let end = stream.index.get(place + 1).map_or(stream.bytes.len(), |(_, end)| *end);
            stream.bytes.get(*begin..end)
        })
    }

    /// The string that a key of a dictionary has for its value, itself or by reference.
    pub(super) fn text(&self, dictionary: &[u8], key: &[u8]) -> Option<String> {
        let value = value_of(dictionary, key)?;
        text::read(value).or_else(|| text::read(self.object(reference(value)?)?))
    }

    /// The object that a key of a dictionary refers to.
    pub(super) fn referred(&self, dictionary: &[u8], key: &[u8]) -> Option<&[u8]> {
        self.object(reference(value_of(dictionary, key)?)?)
    }

    /// All the bytes of the file.
    pub(super) fn bytes(&self) -> &'b [u8] {
        self.bytes
    }
}

/// What follows a key of a dictionary, up to the end of the object.
fn value_of<'d>(dictionary: &'d [u8], key: &[u8]) -> Option<&'d [u8]> {
    let end = memmem::find(dictionary, b"endobj").unwrap_or(dictionary.len());
    let dictionary = dictionary.get(..end)?;
    memmem::find_iter(dictionary, key).find_map(|at| {
        let rest = dictionary.get(at + key.len()..)?;
        // `/CreationDateX` is another key.
        let ends = rest.first().is_some_and(|byte| !byte.is_ascii_alphanumeric());
        ends.then(|| rest.trim_ascii_start())
    })
}

/// The number of the object in `12 0 R`.
fn reference(value: &[u8]) -> Option<u32> {
    let (number, rest) = whole_number(value.trim_ascii_start())?;
    let (_, rest) = whole_number(rest.trim_ascii_start())?;
    rest.trim_ascii_start().starts_with(b"R").then_some(number)
}

fn whole_number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let digits = bytes.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = bytes.split_at_checked(digits)?;
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

/// The file's object streams, as far as they can be read.
fn streams(bytes: &[u8]) -> Vec<ObjectStream> {
    let mut left = MAX_INFLATED;
    // The later ones count: what is looked for here stands at the end of most files.
    let found = memmem::rfind_iter(bytes, b"/ObjStm").take(MAX_STREAMS);
    let mut streams: Vec<ObjectStream> = found
        .filter_map(|at| {
            let stream = stream_at(bytes, at, left.min(MAX_STREAM))?;
            left -= stream.bytes.len();
            Some(stream)
        })
        .collect();
    streams.reverse();
    streams
}

/// How far around its type the dictionary of a stream reaches.
const MAX_DICTIONARY: usize = 1024;

/// The object stream whose dictionary has its type at `at`.
fn stream_at(bytes: &[u8], at: usize, room: usize) -> Option<ObjectStream> {
    let before = bytes.get(at.saturating_sub(MAX_DICTIONARY)..at)?;
    let after = bytes.get(at..)?;
    let after = after.get(..MAX_DICTIONARY).unwrap_or(after);
    let begin = memmem::rfind(before, b"obj").map_or(0, |begin| begin + 3);
    let end = memmem::find(after, b"stream")?;
    let dictionary = [before.get(begin..)?, after.get(..end)?].concat();
    let number = |key: &[u8]| whole_number(value_of(&dictionary, key)?).map(|(number, _)| number);
    let (count, first) = (number(b"/N")?, usize::try_from(number(b"/First")?).ok()?);
    let data = bytes.get(at + end + b"stream".len()..)?;
    let data = data.strip_prefix(b"\r").unwrap_or(data);
    let data = data.strip_prefix(b"\n").unwrap_or(data);
    let is_deflated = memmem::find(&dictionary, b"/FlateDecode").is_some();
    let content = if is_deflated {
        inflated(data, room)
    } else {
        data.get(..room.min(memmem::find(data, b"endstream")?))?.to_vec()
    };
    let index = index(content.get(..first)?, count, first);
    Some(ObjectStream { index, bytes: content })
}

/// The pairs of numbers before the first object.
fn index(header: &[u8], count: u32, first: usize) -> Vec<(u32, usize)> {
    let mut numbers = header
        .split(u8::is_ascii_whitespace)
        .filter_map(|digits| std::str::from_utf8(digits).ok()?.parse::<u32>().ok());
    let pairs = std::iter::from_fn(|| Some((numbers.next()?, numbers.next()?)));
    pairs
        .take(usize::try_from(count).unwrap_or(usize::MAX))
        .map(|(number, offset)| (number, first.saturating_add(offset as usize)))
        .collect()
}

/// What a deflated stream holds, up to `room` bytes of it and up to its first fault.
pub(super) fn inflated(data: &[u8], room: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut decoder = Decompress::new(true);
    let mut buffer = [0_u8; 16 << 10];
    while out.len() < room {
        let taken = usize::try_from(decoder.total_in()).unwrap_or(usize::MAX);
        let Some(rest) = data.get(taken..) else { break };
        let (read, written) = (decoder.total_in(), decoder.total_out());
        let Ok(status) = decoder.decompress(rest, &mut buffer, FlushDecompress::None) else {
            break;
        };
        let produced = usize::try_from(decoder.total_out() - written).unwrap_or(0);
        let produced = produced.min(room - out.len());
        out.extend_from_slice(buffer.get(..produced).unwrap_or_default());
        let is_stuck = decoder.total_in() == read && decoder.total_out() == written;
        if status == Status::StreamEnd || is_stuck {
            break;
        }
    }
    out
}
