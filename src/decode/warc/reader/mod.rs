//! Reader: the records of a web archive one after the other, and what is damaged between them.
//!
//! Memory is bounded by one record, and that by [`MAX_BLOCK`]. Behind damage reading goes on at the
//! next record that begins soundly: a version and a field, in a gzip member or zstd frame that can
//! be unpacked. No byte is looked at more than a few times, however a file is made.

mod buffer;
mod recovery;

use std::collections::VecDeque;
use std::io::{self, BufRead};

use super::Record;
use super::record::{self, ENOUGH, Kind, MAX_HEAD};
use super::unpack::{Packing, Unpack};

/// The longest block that is read whole, in bytes; of longer ones the beginning is.
pub(crate) const MAX_BLOCK: usize = 32 << 20;

/// From how many bytes on that were read they are let go.
const SPENT: usize = 1 << 20;

/// What stands behind a block.
const CLOSE: &[u8] = b"\r\n\r\n";

const TOO_LONG: &str = "the block of a record is shorter than its Content-Length";

/// How many members are told apart in what is unpacked; of a record in many more, its place is told
/// from an earlier one, which is as good.
const MEMBERS: usize = 4096;

/// Where a record stands in its file: where reading has to begin to come to it, and how many bytes
/// that are unpacked from there stand before it. In a file with a member for each record these are
/// none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// Where in the file its gzip member or zstd frame begins; where the record does if it is in
    /// none.
    pub(crate) member: u64,
    /// How many bytes stand before it in that.
    pub(crate) within: u64,
}

/// What the beginning of a file tells of the rest of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    packing: Packing,
    kind: Option<Kind>,
}

/// A record that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    /// The record, with all its fields as they were written.
    pub(crate) record: Record,
    /// Where it stands.
    pub(crate) place: Place,
    /// Whether only the beginning of its block was read: it is too long to be kept, or longer than
    /// its `Content-Length` says.
    pub(crate) is_cut: bool,
}

/// A part of a file that holds no record that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    /// Where it begins.
    pub(crate) place: Place,
    /// How many bytes it is long, as they stand in the file where that is compressed by member and
    /// none can be unpacked, else unpacked.
    pub(crate) lost: u64,
    /// Whether nothing good follows.
    pub(crate) is_last: bool,
    /// What is wrong.
    pub(crate) why: &'static str,
}

/// What stands next in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A record.
    Record(Stored),
    /// Damage.
    Damage(Damage),
}

/// Reads the records of a file.
pub(crate) struct Reader<R> {
    unpack: Unpack<R>,
    kind: Option<Kind>,
    /// What is unpacked.
    bytes: Vec<u8>,
    /// Where in it reading goes on.
    at: usize,
    /// How many bytes were unpacked and let go before it.
    gone: u64,
    /// Up to which of the unpacked bytes no head ends that began before.
    no_end_before: u64,
    /// The members that it came from.
    members: VecDeque<Member>,
    state: State,
    /// How many records were found.
    records: u64,
}

/// Where in the unpacked bytes those of a member begin.
#[derive(Clone, Copy, Debug)]
struct Member {
    index: usize,
    /// Where in the file it begins.
    offset: u64,
    /// How many of its bytes stood before those and are let go.
    within: u64,
}

/// What comes behind the unpacked bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// More of the member.
    Inside,
    /// The next member, or the end.
    Between,
    /// Nothing.
    Ended,
    /// A member that begins there is damaged.
    Broken { member: u64, why: &'static str },
}

/// The record that an earlier reading of a file found, read again; none where none can be read there
/// any more. The reader stands where its member begins.
pub(crate) fn read_again(reader: impl BufRead, place: Place, shape: &Shape) -> Option<Stored> {
    let found = Reader::at(reader, place, shape.clone()).and_then(|mut reader| reader.read());
    match found {
        Ok(Some(Found::Record(stored))) => Some(stored),
        _ => None,
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads a file from its beginning.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub(crate) fn new(reader: R) -> io::Result<Self> {
        Ok(Self::with(Unpack::new(reader)?))
    }

    /// Reads from a record on that an earlier reading of the same file found; the reader stands where its member begins.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub(crate) fn at(reader: R, place: Place, shape: Shape) -> io::Result<Self> {
        let unpack = Unpack::at(reader, place.member, shape.packing)?;
        let mut this = Self { kind: shape.kind, ..Self::with(unpack) };
        let mut left = place.within;
        while left > 0 && this.more()? {
            let passed = left.min(this.bytes.len() as u64);
            left -= passed;
            this.at = usize::try_from(passed).unwrap_or(usize::MAX);
            this.let_go();
        }
        Ok(this)
    }

    fn with(unpack: Unpack<R>) -> Self {
        Self {
            unpack,
            kind: None,
            bytes: Vec::new(),
            at: 0,
            gone: 0,
            no_end_before: 0,
            members: VecDeque::new(),
            state: State::Between,
            records: 0,
        }
    }

    /// What must be known of the file to begin further on in it.
    pub(crate) fn shape(&self) -> Shape {
        Shape { packing: self.unpack.packing().clone(), kind: self.kind }
    }

    /// How many records were read.
    pub(crate) fn records(&self) -> u64 {
        self.records
    }

    /// What stands next; none at the end of the file.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub(crate) fn read(&mut self) -> io::Result<Option<Found>> {
        self.skip_blank()?;
        if self.at == self.bytes.len() {
            return Ok(match self.state {
                State::Broken { member, why } => {
                    let place = Place { member, within: 0 };
                    Some(Found::Damage(self.next_member(place, why)?))
                }
                _ => None,
            });
        }
        let (place, begin) = (self.place(self.at), self.passed());
        match self.record(place)? {
            Ok(stored) => {
                self.records += 1;
                Ok(Some(Found::Record(stored)))
            }
            Err(bad) => self.resync(place, begin, &bad).map(Some),
        }
    }

    /// The record that begins where reading goes on; reading goes on behind it then.
    fn record(&mut self, place: Place) -> io::Result<Result<Stored, Bad>> {
        let begin = self.at;
        self.ensure(begin + ENOUGH)?;
        if self.kind.is_none() {
            self.kind = record::kind_of(self.from(begin));
        }
        let Some(kind) = self.kind.filter(|&kind| record::begins(self.from(begin), Some(kind)))
        else {
            return Ok(Err(Bad::new("no record begins there")));
        };
        let Some(head) = self.head(kind)? else {
            return Ok(Err(Bad::new("the head of a record does not end")));
        };
        let (mut record, length) = match record::read(self.head_bytes(head), kind) {
            Ok(read) => read,
            Err(why) => return Ok(Err(Bad::new(why))),
        };
        let block = begin + head;
        let kept = usize::try_from(length).unwrap_or(usize::MAX).min(MAX_BLOCK);
        if let Some(bad) = self.block(begin, block + kept)? {
            return Ok(Err(bad));
        }
        let is_long = length > kept as u64;
        // It is let go before its end is known.
        let kept_block = |this: &Self| this.from(block).get(..kept).unwrap_or_default().to_vec();
        if is_long {
            record.block = kept_block(self);
        }
        let is_cut = match self.behind(place, block + kept, length - kept as u64)? {
            Behind::Sound => is_long,
            Behind::More => true,
            Behind::Bad(bad) => return Ok(Err(bad)),
        };
        if !is_long {
            record.block = kept_block(self);
        }
        Ok(Ok(Stored { record, place, is_cut }))
    }

    /// The length of the head that begins where reading goes on.
    fn head(&mut self, kind: Kind) -> io::Result<Option<usize>> {
        let mut wanted = 2048;
        loop {
            self.ensure(self.at + wanted)?;
            let bytes = self.from(self.at);
            let bytes = bytes.get(..MAX_HEAD).unwrap_or(bytes);
            // What an earlier head was looked through for is not looked through again.
            let seen = usize::try_from(self.no_end_before.saturating_sub(self.passed()));
            let seen = seen.unwrap_or(usize::MAX).min(bytes.len());
            let (end, lines) = record::end_of_head(bytes, seen, kind);
            let is_all = self.from(self.at).len() < wanted || wanted >= MAX_HEAD;
            self.no_end_before = self.no_end_before.max(self.passed() + lines as u64);
            if end.is_some() || is_all {
                return Ok(end);
            }
            wanted *= 2;
        }
    }

    fn head_bytes(&self, length: usize) -> &[u8] {
        self.bytes.get(self.at..self.at + length).unwrap_or_default()
    }

    /// Unpacks a block up to its end; tells where it cannot be as long as it says.
    fn block(&mut self, begin: usize, end: usize) -> io::Result<Option<Bad>> {
        let mut known = self.members.len();
        while self.bytes.len() < end {
            if !self.more()? {
                return Ok(Some(Bad::new(self.why_ended())));
            }
            // Another record that begins with a member begins behind this one's end.
            while let Some(&member) = self.members.get(known) {
                known += 1;
                self.ensure(member.index + ENOUGH)?;
                let is_next = member.index > begin && member.index < end;
                if is_next && record::begins(self.from(member.index), self.kind) {
                    return Ok(Some(Bad { why: TOO_LONG, next: Some(member.index) }));
                }
            }
        }
        Ok(None)
    }

    /// Looks at what follows a block, `more` bytes of which were not unpacked: its end, and then
    /// nothing or another record. Reading goes on there.
    fn behind(&mut self, place: Place, end: usize, more: u64) -> io::Result<Behind> {
        if more > 0 {
            return self.rest_of_block(end, more);
        }
        self.ensure(end + CLOSE.len() + ENOUGH)?;
        let rest = self.from(end);
        let is_closed = [CLOSE, b"\n\n"].iter().any(|close| rest.starts_with(close))
            || (self.kind == Some(Kind::Arc) && rest.starts_with(b"\n"));
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let is_all = blank == rest.len();
        let is_followed = is_all
            || record::begins(rest.get(blank..).unwrap_or_default(), self.kind)
            || self.members.iter().any(|member| member.index >= end && member.index <= end + blank);
        // Where the length is too great, the next record stands within.
        if !is_closed
            && !is_followed
            && let Some(next) = self.next_within(self.at + 1, end + b"WARC".len())
            && next < end
        {
            return Ok(Behind::Bad(Bad { why: TOO_LONG, next: Some(next) }));
        }
        // What fails only at its end, at its checksum, failed all along.
        if let State::Broken { member, why } = self.state
            && member == place.member
            && place.within == 0
            && is_all
        {
            return Ok(Behind::Bad(Bad { why, next: Some(self.bytes.len()) }));
        }
        self.at = end;
        Ok(if is_closed || is_followed { Behind::Sound } else { Behind::More })
    }

    /// Passes over the part of a block that is too long to be kept. A record that begins in it, as
    /// one does behind another's end, shows that the block is not as long as it says.
    fn rest_of_block(&mut self, end: usize, more: u64) -> io::Result<Behind> {
        let mut left = more;
        let mut from = self.at + 1;
        let mut to = end;
        loop {
            if let Some(next) = self.next_closed(from, to) {
                return Ok(Behind::Bad(Bad { why: TOO_LONG, next: Some(next) }));
            }
            self.at = to;
            if left == 0 {
                return Ok(Behind::Sound);
            }
            // What is passed over is let go, but for what stands before the next record.
            self.at = to - CLOSE.len();
            self.let_go();
            from = self.at + CLOSE.len();
            self.ensure(from + 1 + ENOUGH)?;
            let room = self.bytes.len() - from;
            let step = room.saturating_sub(ENOUGH);
            let wanted = usize::try_from(left).unwrap_or(usize::MAX);
            if step == 0 && room < wanted {
                return Ok(Behind::Bad(Bad { why: self.why_ended(), next: Some(from) }));
            }
            let step = step.max(1).min(wanted);
            to = from + step;
            left -= step as u64;
        }
    }
}

/// What was found behind a block.
enum Behind {
    /// What stands behind one.
    Sound,
    /// More of it than its length says.
    More,
    /// What shows that it is none.
    Bad(Bad),
}

/// Why no record can be read there, and where in the unpacked bytes the next may begin, where that
/// is known.
struct Bad {
    why: &'static str,
    next: Option<usize>,
}

impl Bad {
    fn new(why: &'static str) -> Self {
        Self { why, next: None }
    }
}
