//! Held: the bytes of a file as they come in, with those just read kept for a while, so that a
//! reader that ran over a damaged place can go back and look for the next good one.

use std::io::{self, BufRead};

/// How many bytes behind the place that is read are kept: what a damaged stream can run over before
/// its damage shows.
const KEPT: usize = 1 << 20;

/// How many bytes may be read a second time beyond as many as were read once, so that no file can
/// be made that is read again and again.
const CREDIT: u64 = 64 << 20;

/// The bytes of a file.
pub(super) struct Held<R> {
    inner: R,
    bytes: Vec<u8>,
    /// Where in `bytes` reading goes on.
    at: usize,
    /// Where in the file `bytes` begin.
    base: u64,
    ended: bool,
    credit: u64,
}

impl<R: BufRead> Held<R> {
    /// Of a reader that stands at a place of its file.
    pub(crate) fn new(inner: R, base: u64) -> Self {
        Self { inner, bytes: Vec::new(), at: 0, base, ended: false, credit: CREDIT }
    }

    /// Where in the file reading goes on.
    pub(crate) fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// At least `least` of the bytes that come next, or all that there are.
    pub(crate) fn ahead(&mut self, least: usize) -> io::Result<&[u8]> {
        while self.bytes.len() - self.at < least && !self.ended {
            self.let_go();
            let more = match self.inner.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                more => more?,
            };
            let taken = more.len();
            self.bytes.extend_from_slice(more);
            self.inner.consume(taken);
            self.ended = taken == 0;
            self.credit = self.credit.saturating_add(taken as u64);
        }
        Ok(self.bytes.get(self.at..).unwrap_or_default())
    }

    /// Goes on behind `count` of the bytes that come next.
    pub(crate) fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.bytes.len());
    }

    /// Goes back to a place, or as near behind it as can be.
    pub(crate) fn go_back_to(&mut self, offset: u64) {
        let target = usize::try_from(offset.saturating_sub(self.base)).unwrap_or(usize::MAX);
        let Some(back) = self.at.checked_sub(target) else { return };
        let Some(left) = self.credit.checked_sub(back as u64) else { return };
        self.credit = left;
        self.at = target;
    }

    /// Lets go what was read long ago; seldom, so that each byte is moved but once.
    fn let_go(&mut self) {
        if self.at > 2 * KEPT {
            let gone = self.at - KEPT;
            self.bytes.drain(..gone);
            self.at = KEPT;
            self.base += gone as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_just_read_can_be_read_again_but_not_without_end() {
        let file: Vec<u8> = (0..5_u32 << 20).map(|place| place.to_le_bytes()[1]).collect();
        let mut held = Held::new(&file[..], 0);
        while !held.ahead(1).expect("memory").is_empty() {
            held.consume(1000);
        }
        assert_eq!(held.offset(), file.len() as u64);
        let place = file.len() - 1000;
        held.go_back_to(place as u64);
        assert_eq!(held.ahead(1).expect("memory"), &file[place..]);
        held.consume(1000);
        held.go_back_to(0);
        assert!(held.bytes.len() <= 4 * KEPT && held.offset() > 0);
        held.credit = 10;
        let now = held.offset();
        held.consume(100);
        held.go_back_to(now);
        assert_eq!(held.offset(), now + 100);
    }
}
