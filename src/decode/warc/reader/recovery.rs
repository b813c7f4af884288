//! Going on behind damage: at the next record that begins soundly, or at the next member.

use std::io::{self, BufRead};

use super::super::record::{self, ENOUGH, Kind, MAX_HEAD};
use super::{Bad, CLOSE, Damage, Found, Place, Reader, State};

impl<R: BufRead> Reader<R> {
    /// Why there is no more of a record.
    pub(super) fn why_ended(&self) -> &'static str {
        match self.state {
            State::Broken { why, .. } => why,
            _ => "the file ends in a record",
        }
    }

    /// Where a record begins soundly in a part of the unpacked bytes.
    pub(super) fn next_within(&self, from: usize, to: usize) -> Option<usize> {
        let bytes = self.bytes.get(from..to.min(self.bytes.len()))?;
        match self.kind {
            Some(Kind::Arc) => memchr::memchr_iter(b'\n', bytes)
                .map(|line| from + line + 1)
                .find(|&line| record::begins(self.from(line), self.kind)),
            _ => memchr::memmem::find_iter(bytes, b"WARC/")
                .map(|found| from + found)
                .find(|&found| record::begins(self.from(found), self.kind)),
        }
    }

    /// The same, right behind what ends a record.
    pub(super) fn next_closed(&self, from: usize, to: usize) -> Option<usize> {
        let mut from = from;
        while let Some(found) = self.next_within(from, to) {
            if self.bytes.get(..found).is_some_and(|before| before.ends_with(CLOSE)) {
                return Some(found);
            }
            from = found + 1;
        }
        None
    }

    /// Goes to the next record that begins soundly behind a place where none can be read, up to
    /// which so many bytes were passed.
    pub(super) fn resync(&mut self, place: Place, begin: u64, bad: &Bad) -> io::Result<Found> {
        let why = bad.why;
        self.at = bad.next.unwrap_or(self.at + 1).min(self.bytes.len());
        // Within a line of ARC the rest of it looks like a line.
        let may_begin = bad.next.is_some() || self.kind != Some(Kind::Arc);
        loop {
            let is_found = may_begin && record::begins(self.from(self.at), self.kind);
            let found =
                if is_found { Some(self.at) } else { self.next_within(self.at, usize::MAX) };
            if let Some(found) = found {
                self.at = found;
                let lost = self.passed() - begin;
                return Ok(Found::Damage(Damage { place, lost, is_last: false, why }));
            }
            // The bytes that may begin a record are kept.
            let rest = self.from(self.at);
            let passed = match self.kind {
                Some(Kind::Arc) => memchr::memrchr(b'\n', rest).unwrap_or(0),
                _ => rest.len().saturating_sub(ENOUGH),
            };
            self.at += passed.max(rest.len().saturating_sub(MAX_HEAD));
            self.let_go();
            if !self.more()? {
                break;
            }
        }
        self.at = self.bytes.len();
        let lost = self.passed() - begin;
        match self.state {
            State::Broken { member, .. } if member == place.member => {
                self.next_member(place, why).map(Found::Damage)
            }
            // What is wrong behind it is told by itself.
            State::Broken { .. } => Ok(Found::Damage(Damage { place, lost, is_last: false, why })),
            _ => Ok(Found::Damage(Damage { place, lost, is_last: true, why })),
        }
    }

    /// Goes to the next good member behind a damaged one.
    pub(super) fn next_member(&mut self, place: Place, why: &'static str) -> io::Result<Damage> {
        self.at = self.bytes.len();
        self.let_go();
        self.members.clear();
        let next = self.unpack.find_next(self.kind)?;
        self.state = if next.is_some() { State::Between } else { State::Ended };
        let end = next.unwrap_or_else(|| self.unpack.offset());
        let lost = end.saturating_sub(place.member);
        Ok(Damage { place, lost, is_last: next.is_none(), why })
    }
}
