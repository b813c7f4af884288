//! Short words that sentences are full of and slugs rarely begin with, in the languages with most
//! text on the web.

use std::sync::LazyLock;

use foldhash::HashSet;

use crate::lang::{self, Meaning, Row};

static WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| lang::rows(Meaning::Function).flat_map(Row::words).collect());

/// Whether `word` is one of them, case aside.
pub(super) fn has(word: &str) -> bool {
    // Most words need not be written anew to be looked up without their case.
    const SHORT: usize = 16;
    let mut lower = [0; SHORT];
    let ascii = lower.get_mut(..word.len()).filter(|_| word.is_ascii()).and_then(|lower| {
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).ok()
    });
    match ascii {
        Some(lower) => WORDS.contains(lower),
        None => WORDS.contains(word.to_lowercase().as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_any_case() {
        assert!(has("The") && has("und") && !has("hyphsubst"));
    }
}
