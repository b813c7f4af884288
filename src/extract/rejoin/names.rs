//! The names of pages that introducing words above a URL give, read once each.

use std::collections::VecDeque;

use super::lines::{LINES, NEAR};
use crate::extract::labels;
use crate::text::words::Words;

/// So many lines above a URL may introduce it.
const ABOVE: usize = 2 * LINES;

/// The names in the lines above the URL that was asked about last; URLs are asked about in document
/// order.
#[derive(Debug, Default)]
pub(super) struct Names {
    found: VecDeque<Name>,
    /// How many lines have been read.
    lines: usize,
    /// Where the next one begins.
    next: usize,
}

#[derive(Debug)]
struct Name {
    /// The number of its line, and where that begins.
    line: usize,
    start: usize,
    words: Words,
}

impl Names {
    /// Reads the lines above an offset's own, as far as they are near, and forgets those above.
    pub(super) fn read_to(&mut self, text: &str, at: usize) {
        let floor = text.floor_char_boundary(at.saturating_sub(NEAR));
        let bytes = text.as_bytes().get(..at).unwrap_or_default();
        if self.next < floor || self.next > at {
            let near = bytes.get(floor..).unwrap_or_default();
            let is_start = floor == 0 || bytes.get(floor - 1) == Some(&b'\n');
            let skipped =
                if is_start { Some(0) } else { memchr::memchr(b'\n', near).map(|at| at + 1) };
            *self = Self { next: skipped.map_or(at, |length| floor + length), ..Self::default() };
        }
        while let Some(length) = bytes.get(self.next..).and_then(|rest| memchr::memchr(b'\n', rest))
        {
            let line = text.get(self.next..self.next + length).unwrap_or_default();
            if let Some(name) = labels::introduction(line).and_then(|found| line.get(found.end..)) {
                let words = Words::of_text(name, None);
                self.found.push_back(Name { line: self.lines, start: self.next, words });
            }
            self.lines += 1;
            self.next += length + 1;
        }
        while self
            .found
            .front()
            .is_some_and(|name| name.start < floor || name.line + ABOVE < self.lines)
        {
            self.found.pop_front();
        }
    }

    /// The names, from the nearest up.
    pub(super) fn above(&self) -> impl Iterator<Item = &Words> {
        self.found.iter().rev().map(|name| &name.words)
    }
}
