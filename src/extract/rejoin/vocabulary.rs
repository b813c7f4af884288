//! The words that a text holds.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

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
        let mut counts = HashMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1) {
            *counts.entry(hash(word)).or_default() += 1;
        }
        Self { counts }
    }

    /// How often the text has this word, case aside.
    pub(super) fn count(&self, word: &str) -> u32 {
        self.counts.get(&hash(word)).copied().unwrap_or(0)
    }
}

fn hash(word: &str) -> u64 {
    let build = BuildHasherDefault::<DefaultHasher>::default();
    build.hash_one(word.to_lowercase())
}
