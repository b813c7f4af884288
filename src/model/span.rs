//! Where something stands in a source text.

use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets into a document's UTF-8 text.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset one past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`; an inverted range becomes empty at `start`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the range holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text that the span names, or nothing where it does not fit `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The same range, of a text that begins at `offset` of another.
    #[must_use]
    pub const fn moved(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }

    /// Whether `other` lies wholly inside this span.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A place as people name it: both numbers count from one, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Line number, from one.
    pub line: usize,
    /// Column in Unicode scalar values, from one.
    pub column: usize,
}

/// The line starts of one text, so that many offsets can be named without rescanning it.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// How many characters begin before each block of [`BLOCK`] bytes: a text can be one long line.
    characters: Vec<usize>,
}

/// How many bytes are scanned at most to name an offset.
const BLOCK: usize = 256;

impl LineIndex {
    /// Reads the line starts of `text`; lines end at `\n`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let blocks = text
            .as_bytes()
            .chunks(BLOCK)
            .scan(0, |before, block| Some(std::mem::replace(before, *before + characters(block))));
        Self { starts: std::iter::once(0).chain(breaks).collect(), characters: blocks.collect() }
    }

    /// Line and column of a byte offset in `text`, the text that this index was made from.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let column = self.before(text, offset) - self.before(text, start) + 1;
        Position { line, column }
    }

    /// How many characters of `text` begin before `offset`.
    fn before(&self, text: &str, offset: usize) -> usize {
        let Some(&counted) = self.characters.get(offset / BLOCK) else {
            // Only the end of a text of whole blocks has no block of its own.
            let last = self.characters.last().copied().unwrap_or(0);
            let block = offset.saturating_sub(BLOCK);
            return last + text.as_bytes().get(block..offset).map_or(0, characters);
        };
        let block = offset - offset % BLOCK;
        counted + text.as_bytes().get(block..offset).map_or(0, characters)
    }
}

/// A character is counted at its first byte; continuation bytes are `0b10xx_xxxx`.
fn characters(bytes: &[u8]) -> usize {
    // Counts that fit a byte are summed many at a time.
    const COUNTED: usize = 128;
    let in_part = |part: &[u8]| part.iter().map(|byte| u8::from(byte & 0xC0 != 0x80)).sum::<u8>();
    bytes.chunks(COUNTED).map(|part| usize::from(in_part(part))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_from_one() {
        let text = "één\nтекст\n";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 0), Position { line: 1, column: 1 });
        assert_eq!(index.position(text, 2), Position { line: 1, column: 2 });
        let second = text.find('е').expect("the letter is in the text");
        assert_eq!(index.position(text, second), Position { line: 2, column: 2 });
        assert_eq!(index.position(text, 10_000).line, 3);
    }

    proptest::proptest! {
        #[test]
        fn positions_in_long_lines_are_those_of_counting(text in "[aé\n]{0,3000}", at in 0_usize..4000) {
            let at = text.floor_char_boundary(at);
            let before = &text[..at];
            let start = before.rfind('\n').map_or(0, |newline| newline + 1);
            let counted = Position {
                line: before.matches('\n').count() + 1,
                column: text[start..at].chars().count() + 1,
            };
            proptest::prop_assert_eq!(LineIndex::new(&text).position(&text, at), counted);
        }
    }

    #[test]
    fn spans_outside_a_text_are_empty_text() {
        assert_eq!(Span::new(0, 99).of("abc"), "");
        assert_eq!(Span::new(1, 2).of("é"), "");
        assert!(Span::new(5, 2).is_empty());
    }
}
