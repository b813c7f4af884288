//! Unpack: the members of a gzip file, or the frames of a zstd file, one after the other. A file
//! that is not compressed is one member.

use std::io::{self, BufRead, Read};
use std::sync::Arc;

use flate2::{Crc, Decompress, FlushDecompress, Status};
use zstd::stream::raw::{DParameter, Decoder, InBuffer, Operation, OutBuffer};

use super::held::Held;
use super::record::Kind;

/// How many bytes come out of a step at most.
const STEP: usize = 64 * 1024;

/// How long the head of a gzip member may be.
const MAX_MEMBER_HEAD: usize = 128 * 1024;

/// The largest zstd window, as a power of two: what `zstd --long` reaches without being asked for
/// more.
const ZSTD_WINDOW_LOG: u32 = 27;

/// The largest dictionary.
const MAX_DICTIONARY: usize = 32 << 20;

/// How much of a member is looked at to tell whether a record begins in it.
const TRIED_IN: usize = 4096;
const TRIED_OUT: usize = 1024;

const GZIP: &[u8] = b"\x1f\x8b\x08";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";
/// The first frame of a file whose frames share a dictionary, which is in it.
pub(super) const DICTIONARY: &[u8] = b"\x5d\x2a\x4d\x18";

/// Whether a file that begins so is compressed.
pub(super) fn is_packed(head: &[u8]) -> bool {
    head.starts_with(GZIP.get(..2).unwrap_or_default()) || head.starts_with(ZSTD)
}

/// How a file is compressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Packing {
    /// Not at all.
    #[default]
    Plain,
    /// In gzip members.
    Gzip,
    /// In zstd frames, with the dictionary that they share, if they share one.
    Zstd(Option<Arc<[u8]>>),
}

/// What a step came to.
pub(super) enum Step {
    /// More bytes came out.
    Bytes,
    /// The member is at its end, which is as it should be.
    End,
    /// The file is at its end.
    Eof,
    /// What stands there is damaged.
    Broken(&'static str),
}

/// A file that is being unpacked.
pub(super) struct Unpack<R> {
    held: Held<R>,
    packing: Packing,
    inside: bool,
    /// Where the member under way begins.
    member: u64,
    inflate: Decompress,
    crc: Crc,
    zstd: Option<Decoder<'static>>,
}

impl<R: BufRead> Unpack<R> {
    /// Begins with a file.
    pub(crate) fn new(reader: R) -> io::Result<Self> {
        let mut held = Held::new(reader, 0);
        let first = held.ahead(ZSTD.len())?;
        let packing = if first.starts_with(GZIP.get(..2).unwrap_or_default()) {
            Packing::Gzip
        } else if first.starts_with(ZSTD) {
            Packing::Zstd(None)
        } else if first.starts_with(DICTIONARY) {
            Packing::Zstd(dictionary(&mut held)?)
        } else {
            first_packing(held.ahead(STEP)?)
        };
        Self::with(held, packing)
    }

    /// Goes on at a member whose place is known.
    pub(crate) fn at(reader: R, offset: u64, packing: Packing) -> io::Result<Self> {
        Self::with(Held::new(reader, offset), packing)
    }

    fn with(held: Held<R>, packing: Packing) -> io::Result<Self> {
        let zstd = match &packing {
            Packing::Zstd(dictionary) => Some(zstd_decoder(dictionary.as_deref())?),
            _ => None,
        };
        let inflate = Decompress::new(false);
        Ok(Self { held, packing, inside: false, member: 0, inflate, crc: Crc::new(), zstd })
    }

    pub(crate) fn packing(&self) -> &Packing {
        &self.packing
    }

    /// Where the member under way begins.
    pub(crate) fn member(&self) -> u64 {
        self.member
    }

    /// How far into the file it was read.
    pub(crate) fn offset(&self) -> u64 {
        self.held.offset()
    }

    /// Adds what comes next to `out`.
    pub(crate) fn step(&mut self, out: &mut Vec<u8>) -> io::Result<Step> {
        if !self.inside {
            if self.held.ahead(1)?.is_empty() {
                return Ok(Step::Eof);
            }
            self.member = self.held.offset();
            if let Some(why) = self.begin()? {
                return Ok(Step::Broken(why));
            }
            self.inside = true;
        }
        let step = match self.packing {
            Packing::Plain => self.copy(out)?,
            Packing::Gzip => self.inflate(out)?,
            Packing::Zstd(_) => self.decompress(out)?,
        };
        self.inside = matches!(step, Step::Bytes);
        Ok(step)
    }

    /// Reads the head of a member; says what is wrong with it.
    fn begin(&mut self) -> io::Result<Option<&'static str>> {
        match self.packing {
            Packing::Plain => return Ok(None),
            Packing::Gzip => {
                let mut wanted = 512;
                let head = loop {
                    let bytes = self.held.ahead(wanted)?;
                    match gzip_head(bytes) {
                        Some(Head::Longer) if bytes.len() < wanted => {
                            return Ok(Some("the file ends in the head of a gzip member"));
                        }
                        Some(Head::Longer) if wanted < MAX_MEMBER_HEAD => wanted *= 2,
                        Some(Head::Is(length)) => break length,
                        _ => return Ok(Some("no gzip member begins there")),
                    }
                };
                self.held.consume(head);
                self.inflate.reset(false);
                self.crc.reset();
            }
            Packing::Zstd(_) => {
                let bytes = self.held.ahead(ZSTD.len())?;
                if !bytes.starts_with(ZSTD) && !is_skippable(bytes) {
                    return Ok(Some("no zstd frame begins there"));
                }
                if let Some(zstd) = &mut self.zstd {
                    zstd.reinit()?;
                }
            }
        }
        Ok(None)
    }

    fn copy(&mut self, out: &mut Vec<u8>) -> io::Result<Step> {
        let bytes = self.held.ahead(1)?;
        let bytes = bytes.get(..STEP).unwrap_or(bytes);
        out.extend_from_slice(bytes);
        let taken = bytes.len();
        self.held.consume(taken);
        Ok(if taken == 0 { Step::End } else { Step::Bytes })
    }

    fn inflate(&mut self, out: &mut Vec<u8>) -> io::Result<Step> {
        loop {
            out.reserve(STEP);
            let input = self.held.ahead(1)?;
            let (read, had) = (self.inflate.total_in(), out.len());
            let status = self.inflate.decompress_vec(input, out, FlushDecompress::None);
            let at_end = input.is_empty();
            let taken = self.inflate.total_in() - read;
            self.held.consume(usize::try_from(taken).unwrap_or(usize::MAX));
            let new = out.get(had..).unwrap_or_default();
            self.crc.update(new);
            match status {
                Ok(Status::StreamEnd) => return self.end_of_member(),
                Ok(_) if !new.is_empty() => return Ok(Step::Bytes),
                Ok(_) if at_end => return Ok(Step::Broken("the file ends in a gzip member")),
                Ok(_) => {}
                Err(_) => return Ok(Step::Broken("a gzip member is damaged")),
            }
        }
    }

    fn end_of_member(&mut self) -> io::Result<Step> {
        const TRAILER: usize = 8;
        let trailer = self.held.ahead(TRAILER)?;
        let Some((sum, length)) = trailer.get(..TRAILER).map(|trailer| trailer.split_at(4)) else {
            return Ok(Step::Broken("the file ends in a gzip member"));
        };
        let (of_bytes, amount) = (self.crc.sum().to_le_bytes(), self.crc.amount().to_le_bytes());
        let good = sum == of_bytes && length == amount;
        self.held.consume(TRAILER);
        Ok(if good { Step::End } else { Step::Broken("the checksum of a gzip member is wrong") })
    }

    fn decompress(&mut self, out: &mut Vec<u8>) -> io::Result<Step> {
        let Some(zstd) = &mut self.zstd else { return Ok(Step::Eof) };
        loop {
            let had = out.len();
            out.reserve(STEP);
            let bytes = self.held.ahead(1)?;
            let at_end = bytes.is_empty();
            let mut input = InBuffer::around(bytes);
            let mut room = OutBuffer::around_pos(out, had);
            let status = zstd.run(&mut input, &mut room);
            let taken = input.pos();
            self.held.consume(taken);
            match status {
                Ok(0) => return Ok(Step::End),
                Ok(_) if out.len() > had => return Ok(Step::Bytes),
                Ok(_) if at_end => return Ok(Step::Broken("the file ends in a zstd frame")),
                Ok(_) => {}
                Err(_) => return Ok(Step::Broken("a zstd frame is damaged")),
            }
        }
    }

    /// Goes to the next member behind a damaged one in which a record begins; none if there is none.
    pub(crate) fn find_next(&mut self, kind: Option<Kind>) -> io::Result<Option<u64>> {
        let magic = match self.packing {
            Packing::Plain => return Ok(None),
            Packing::Gzip => GZIP,
            Packing::Zstd(_) => ZSTD,
        };
        self.inside = false;
        self.held.go_back_to(self.member + 1);
        let mut tried = Vec::new();
        loop {
            let bytes = self.held.ahead(STEP)?;
            let Some(found) = memchr::memmem::find(bytes, magic) else {
                if bytes.len() < STEP {
                    let rest = bytes.len();
                    self.held.consume(rest);
                    return Ok(None);
                }
                // A member's first bytes may stand across the end of the piece.
                let passed = bytes.len() - (magic.len() - 1);
                self.held.consume(passed);
                continue;
            };
            self.held.consume(found);
            let offset = self.held.offset();
            let bytes = self.held.ahead(TRIED_IN)?;
            let bytes = bytes.get(..TRIED_IN).unwrap_or(bytes);
            tried.clear();
            match &self.packing {
                Packing::Plain => {}
                Packing::Gzip => try_gzip(&mut self.inflate, bytes, &mut tried),
                Packing::Zstd(_) => {
                    if let Some(zstd) = &mut self.zstd {
                        try_zstd(zstd, bytes, &mut tried);
                    }
                }
            }
            if super::record::begins(tried.trim_ascii_start(), kind) {
                return Ok(Some(offset));
            }
            self.held.consume(1);
        }
    }
}

/// How a file is compressed that begins as none is: by what stands first in it, where its beginning
/// is damaged.
fn first_packing(head: &[u8]) -> Packing {
    let place = |what: &[u8]| memchr::memmem::find(head, what).unwrap_or(usize::MAX);
    let plain = match super::record::kind_of(head.trim_ascii_start()) {
        Some(_) => 0,
        None => place(b"WARC/"),
    };
    let (gzip, zstd) = (place(GZIP), place(ZSTD));
    if gzip < plain.min(zstd) {
        Packing::Gzip
    } else if zstd < plain {
        Packing::Zstd(None)
    } else {
        Packing::Plain
    }
}

fn try_gzip(inflate: &mut Decompress, bytes: &[u8], out: &mut Vec<u8>) {
    let Some(Head::Is(head)) = gzip_head(bytes) else { return };
    inflate.reset(false);
    out.reserve_exact(TRIED_OUT.saturating_sub(out.capacity()));
    let bytes = bytes.get(head..).unwrap_or_default();
    // What comes out before the damage shows is looked at too.
    let _ = inflate.decompress_vec(bytes, out, FlushDecompress::None);
}

fn try_zstd(zstd: &mut Decoder<'static>, bytes: &[u8], out: &mut Vec<u8>) {
    out.reserve_exact(TRIED_OUT.saturating_sub(out.capacity()));
    if zstd.reinit().is_ok() {
        let (mut input, mut room) = (InBuffer::around(bytes), OutBuffer::around(out));
        let _ = zstd.run(&mut input, &mut room);
    }
}

fn zstd_decoder(dictionary: Option<&[u8]>) -> io::Result<Decoder<'static>> {
    let mut decoder = Decoder::with_dictionary(dictionary.unwrap_or_default())?;
    decoder.set_parameter(DParameter::WindowLogMax(ZSTD_WINDOW_LOG))?;
    Ok(decoder)
}

fn is_skippable(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| first & 0xF0 == 0x50)
        && bytes.get(1..4) == DICTIONARY.get(1..4)
}

/// The dictionary in the first frame of a file, which may itself be compressed.
fn dictionary<R: BufRead>(held: &mut Held<R>) -> io::Result<Option<Arc<[u8]>>> {
    const HEAD: usize = 8;
    let Some(length) = held.ahead(HEAD)?.get(4..HEAD).and_then(|length| length.try_into().ok())
    else {
        return Ok(None);
    };
    let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
    if length > MAX_DICTIONARY {
        return Ok(None);
    }
    let frame = held.ahead(HEAD + length)?;
    let frame = frame.get(HEAD..HEAD + length).unwrap_or_default();
    let dictionary = if frame.starts_with(ZSTD) {
        let mut plain = Vec::new();
        let decoder = zstd::stream::read::Decoder::with_buffer(frame)?;
        decoder.take(MAX_DICTIONARY as u64).read_to_end(&mut plain)?;
        plain
    } else {
        frame.to_vec()
    };
    held.consume(HEAD + length);
    Ok(Some(dictionary.into()))
}

enum Head {
    /// It is so long.
    Is(usize),
    /// It goes on behind the bytes.
    Longer,
}

/// The head of a gzip member (RFC 1952); none where none begins.
fn gzip_head(bytes: &[u8]) -> Option<Head> {
    const FIXED: usize = 10;
    const RESERVED: u8 = 0xE0;
    const CHECKSUM: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    let Some(fixed) = bytes.get(..FIXED) else {
        let is_start = bytes.starts_with(GZIP) || GZIP.starts_with(bytes);
        return is_start.then_some(Head::Longer);
    };
    let flags = fixed.get(3).copied()?;
    if !fixed.starts_with(GZIP) || flags & RESERVED != 0 {
        return None;
    }
    let mut at = FIXED;
    if flags & EXTRA != 0 {
        let Some(length) = bytes.get(at..at + 2).and_then(|length| length.try_into().ok()) else {
            return Some(Head::Longer);
        };
        at += 2 + usize::from(u16::from_le_bytes(length));
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            let Some(end) = bytes.get(at..).and_then(|rest| memchr::memchr(0, rest)) else {
                return Some(Head::Longer);
            };
            at += end + 1;
        }
    }
    at += if flags & CHECKSUM != 0 { 2 } else { 0 };
    Some(if at <= bytes.len() { Head::Is(at) } else { Head::Longer })
}
