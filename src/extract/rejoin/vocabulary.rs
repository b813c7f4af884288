//! The words that a text holds.

use std::hash::BuildHasher;

use foldhash::HashMap;
use foldhash::fast::FixedState;

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
    // Most words need not be written anew to be compared without their case.
    const SHORT: usize = 32;
    let mut lower = [0; SHORT];
    let state = FixedState::default();
    match lower.get_mut(..word.len()).filter(|_| word.is_ascii()) {
        Some(lower) => {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            state.hash_one(&*lower)
        }
        None => state.hash_one(word.to_lowercase().as_bytes()),
    }
}
