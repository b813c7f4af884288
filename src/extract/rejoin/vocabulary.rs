//! The words that a text holds.

use foldhash::HashMap;

use crate::text::fnv;

/// A longer text is read no further, in bytes.
const LIMIT: usize = 1 << 20;

/// How often a text holds each word; kept as hashes, so that a long text costs little.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    counts: HashMap<u64, u32>,
}

impl Vocabulary {
    /// Takes in the words of a text.
    pub(super) fn new(text: &str) -> Self {
        let text = text.get(..text.floor_char_boundary(LIMIT)).unwrap_or_default();
        let mut counts = HashMap::default();
        let mut word = Hash::default();
        for c in text.chars().chain([' ']) {
            if c.is_alphanumeric() {
                word.add(c);
            } else if word.length > 0 {
                if word.length > 1 {
                    *counts.entry(word.value).or_default() += 1;
                }
                word = Hash::default();
            }
        }
        Self { counts }
    }

    /// How often the text has this word, case aside.
    pub(super) fn count(&self, word: &str) -> u32 {
        let mut hash = Hash::default();
        word.chars().for_each(|c| hash.add(c));
        self.counts.get(&hash.value).copied().unwrap_or(0)
    }
}

/// A word's hash, made letter by letter while the text is read.
struct Hash {
    value: u64,
    /// The word's length in bytes.
    length: usize,
}

impl Default for Hash {
    fn default() -> Self {
        Self { value: fnv::OFFSET, length: 0 }
    }
}

impl Hash {
    /// Adds a letter, case aside.
    fn add(&mut self, c: char) {
        self.length += c.len_utf8();
        if c.is_ascii() {
            self.mix(c.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(|lower| self.mix(lower));
        }
    }

    fn mix(&mut self, c: char) {
        // A sigma at a word's end is one in its midst.
        let c = if c == 'ς' { 'σ' } else { c };
        self.value = fnv::add(self.value, c);
    }
}
