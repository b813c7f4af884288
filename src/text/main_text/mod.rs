//! Main text of a page, and whether two texts are versions of one.

pub(crate) use absence::{absence, absence_in_title, speaks_of_absence};
pub(crate) use document::main_text;

mod absence;
mod document;

use super::fnv;
use crate::model::MainText;

/// How many words a shingle has.
const SHINGLE: usize = 4;

/// How many places a signature has: the estimate's standard error is at most 1/16.
const PLACES: usize = 64;

/// Shorter texts have too few shingles to compare.
const FEWEST_WORDS: usize = 30;

/// A text with more words says more than that what was asked for is not there; for a notice alone
/// no more are counted.
pub(crate) const NOTICE_WORDS: usize = 250;

/// What a main text is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To see whether the page says that it is not there.
    Notice,
    /// To compare it with that of another copy, too, which takes far longer to prepare.
    Comparison,
}

impl Purpose {
    /// Of how many words no more are of use.
    const fn most_words(self) -> usize {
        match self {
            Self::Notice => NOTICE_WORDS + 1,
            Self::Comparison => usize::MAX,
        }
    }
}

/// Reduces a text to what rules compare.
#[must_use]
pub(crate) fn main_text_of_words(text: &str, purpose: Purpose) -> MainText {
    let counted = count_words(text, purpose.most_words());
    let is_compared = purpose == Purpose::Comparison && counted >= FEWEST_WORDS;
    let notice =
        || text.split(['.', '!', '?', '。', '！', '।', '\n']).find_map(absence).map(str::to_owned);
    MainText {
        words: counted,
        signature: if is_compared {
            signature(&words(text).collect::<Vec<_>>())
        } else {
            Vec::new()
        },
        absence: (counted <= NOTICE_WORDS).then(notice).flatten(),
    }
}

/// The runs of letters and digits of a text.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// How many words a text has, counted up to a limit.
fn count_words(text: &str, limit: usize) -> usize {
    if !text.is_ascii() {
        return words(text).take(limit).count();
    }
    let in_word = |byte: u8| {
        u8::from((byte | 0x20).wrapping_sub(b'a') < 26) | u8::from(byte.wrapping_sub(b'0') < 10)
    };
    count_runs(text.as_bytes(), limit, in_word)
}

/// How many runs of other bytes than ASCII white space a text has.
fn count_spaced(text: &str) -> usize {
    let is_space = |byte: u8| u8::from(byte == b' ') | u8::from(matches!(byte, 9 | 10 | 12 | 13));
    count_runs(text.as_bytes(), usize::MAX, |byte| 1 - is_space(byte))
}

/// How many runs of bytes that are 1 by `inside` a text has, counted up to a limit, in a loop that
/// compilers do many bytes at a time.
fn count_runs(text: &[u8], limit: usize, inside: impl Fn(u8) -> u8) -> usize {
    /// Few enough bytes that not many are counted in vain, and that a piece's count is small.
    const PIECE: usize = 2048;
    let (mut count, mut before) = (0, 0);
    for piece in text.chunks(PIECE) {
        if count >= limit {
            return limit;
        }
        let pairs = piece.iter().zip(piece.get(1..).unwrap_or_default());
        let within: u16 =
            pairs.map(|(&one, &next)| u16::from((1 - inside(one)) & inside(next))).sum();
        let first = piece.first().map_or(0, |&first| (1 - before) & inside(first));
        count += usize::from(within) + usize::from(first);
        before = piece.last().map_or(0, |&last| inside(last));
    }
    count.min(limit)
}

/// A `MinHash` signature of the text's shingles by one hash function and 64 permutations of it.
fn signature(words: &[&str]) -> Vec<u32> {
    let mut least = vec![u32::MAX; PLACES];
    for shingle in words.windows(SHINGLE) {
        let hash = shingle.iter().fold(fnv::OFFSET, |hash, word| add_word(hash, word));
        for (place, least) in (1_u64..).zip(&mut least) {
            let mixed = mix(hash.wrapping_add(place.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
            *least = (*least).min((mixed >> 32) as u32);
        }
    }
    least
}

/// Adds a word's lower-case letters and a separator to a hash.
fn add_word(hash: u64, word: &str) -> u64 {
    word.chars().flat_map(char::to_lowercase).chain([' ']).fold(hash, fnv::add)
}

/// The finaliser of `SplitMix64`.
const fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// An estimate of the Jaccard similarity of two texts' shingles, from 0 to 1; none where either is
/// too short to compare.
#[must_use]
pub(crate) fn similarity(one: &MainText, other: &MainText) -> Option<f64> {
    if one.signature.is_empty() || one.signature.len() != other.signature.len() {
        return None;
    }
    let equal = one.signature.iter().zip(&other.signature).filter(|(a, b)| a == b).count();
    #[expect(clippy::cast_precision_loss, reason = "64 places at most")]
    Some(equal as f64 / one.signature.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(from: usize, to: usize) -> MainText {
        let words: Vec<String> = (from..to).map(|n| format!("w{n}")).collect();
        main_text_of_words(&words.join(" "), Purpose::Comparison)
    }

    #[test]
    fn similarity_estimates_the_share_of_common_shingles() {
        let text = numbered(0, 300);
        assert_eq!(similarity(&text, &text), Some(1.0));
        assert_eq!(similarity(&text, &numbered(1_000, 1_300)), Some(0.0));
        let half = similarity(&text, &numbered(100, 400)).expect("long enough");
        assert!((0.3..0.7).contains(&half), "{half}");
        assert_eq!(similarity(&text, &numbered(0, 10)), None);
    }

    #[test]
    fn words_are_counted_alike_in_all_scripts_and_for_a_notice_only_as_far_as_it_can_go() {
        for (text, count) in
            [("", 0), ("a", 1), (" a-b, 12 ", 3), ("ж и 1", 3), ("--", 0), ("A[`{@/:Z9", 2)]
        {
            assert_eq!(main_text_of_words(text, Purpose::Notice).words, count, "{text}");
        }
        for long in ["word ".repeat(3_000), "слово ".repeat(3_000)] {
            assert_eq!(main_text_of_words(&long, Purpose::Notice).words, NOTICE_WORDS + 1);
            assert_eq!(main_text_of_words(&long, Purpose::Comparison).words, 3_000);
        }
        let one = "x".repeat(10_000);
        assert_eq!(main_text_of_words(&one, Purpose::Notice).words, 1);
    }

    proptest::proptest! {
        #[test]
        fn words_are_counted_as_they_are_split(text in "[a-zA-Z0-9 \\n\\t.@\\[`{ж-]{0,60}", times in 1_usize..80) {
            let text = text.repeat(times);
            proptest::prop_assert_eq!(count_words(&text, usize::MAX), words(&text).count());
            proptest::prop_assert_eq!(count_spaced(&text), text.split_ascii_whitespace().count());
        }
    }
}
