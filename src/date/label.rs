//! Words that say what a date is the date of: `Published:`, `Zuletzt geändert am`.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::lang::{self, Meaning};
use crate::text::bloom::Bloom;

/// What a label says a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// When it came out.
    Published,
    /// When it was last changed.
    Modified,
    /// A copyright. One that names a whole day is written by the system at each change.
    Copyright,
    /// Something else: an event, a life, a membership.
    Other,
}

/// Beginnings of words in lower case, with what they say. The longest match decides, so that `last
/// updated` is no mere `last`.
fn words() -> impl Iterator<Item = (&'static str, Label)> {
    let rows = lang::rows(Meaning::Label);
    let known = rows.filter_map(|row| Some((row, label_named(row.detail)?)));
    known.flat_map(|(row, label)| row.words().map(move |word| (word, label)))
}

fn label_named(name: &str) -> Option<Label> {
    Some(match name {
        "published" => Label::Published,
        "modified" => Label::Modified,
        "copyright" => Label::Copyright,
        "other" => Label::Other,
        _ => return None,
    })
}

/// The words of a change, as they stand after its day.
static CHANGES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let changes = words().filter(|(_, label)| *label == Label::Modified);
    changes.map(|(word, _)| word.trim_end_matches([' ', ':'])).collect()
});

static FINDER: LazyLock<Option<(AhoCorasick, Vec<Label>)>> = LazyLock::new(|| {
    let (words, labels): (Vec<&str>, Vec<Label>) = words().unzip();
    Some((AhoCorasick::new(words).ok()?, labels))
});

/// The first three letters of each label that a text in ASCII can hold.
static BEGINNINGS: LazyLock<Bloom<128>> = LazyLock::new(|| {
    let mut beginnings = Bloom::new();
    for (word, _) in words() {
        if let [first, second, third, ..] = word.as_bytes() {
            beginnings.add(beginning([*first, *second, *third]));
        }
    }
    beginnings
});

/// Three letters as a number, case aside.
const fn beginning([first, second, third]: [u8; 3]) -> u32 {
    u32::from_be_bytes([0, first, second, third]) | 0x20_2020
}

/// Whether a word of a text may begin a label: mostly none does, and the labels need not be looked
/// for. All labels in ASCII have three letters at least.
fn may_hold_label(text: &str) -> bool {
    let mut after_letter = false;
    !text.is_ascii()
        || text.as_bytes().array_windows().any(|&letters| {
            let begins_word =
                !std::mem::replace(&mut after_letter, letters[0].is_ascii_alphanumeric());
            begins_word && BEGINNINGS.may_hold(beginning(letters))
        })
}

/// How far before a date its label can stand, in bytes.
const REACH: usize = 80;

/// A label for something else must stand this near, since texts around a date name many things.
const NEAR: usize = 16;

/// The label that stands nearest before byte `at` of `text`.
#[must_use]
pub(super) fn before(text: &str, at: usize) -> Option<Label> {
    nearest(text, at, REACH)
}

/// The word for a change that stands right after byte `at` of `text`, where no other date follows
/// that it could belong to: `2018年5月25日更新`, `May 25, 2018 (updated)`.
#[must_use]
pub(super) fn changed_after(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    // A time of day may stand between.
    let rest = rest.trim_start_matches(|c: char| {
        c.is_whitespace()
            || c.is_ascii_digit()
            || matches!(c, ':' | '(' | '（' | '[' | ',' | '|' | '·' | '-')
    });
    let near = rest.get(..rest.floor_char_boundary(REACH)).unwrap_or_default().to_lowercase();
    CHANGES.iter().any(|word| near.starts_with(word)) && !crate::text::ascii::holds_numeral(&near)
}

/// The label that stands before the place `at` of HTML source, tags left out.
#[must_use]
pub(super) fn before_in_source(source: &str, at: usize) -> Option<Label> {
    /// The source that is looked at, and the words that are, in bytes.
    const SOURCE: usize = 300;
    const WORDS: usize = 32;
    let start = source.floor_char_boundary(at.saturating_sub(SOURCE));
    let words = last_words(source.get(start..at)?, WORDS);
    nearest(&words, words.len(), WORDS)
}

/// The end of the text of a piece of HTML source that may begin and end inside a tag: at least so
/// many bytes, where there are so many.
fn last_words(source: &str, bytes: usize) -> String {
    let (mut pieces, mut length, mut rest) = (Vec::with_capacity(8), 0, source);
    while length < bytes {
        let tag = memchr::memrchr(b'<', rest.as_bytes());
        let piece = rest.get(tag.map_or(0, |at| at + 1)..).unwrap_or_default();
        let text = match (memchr::memchr(b'>', piece.as_bytes()), tag) {
            (Some(end), _) => piece.get(end + 1..).unwrap_or_default(),
            (None, None) => piece,
            (None, Some(_)) => "",
        }
        .trim();
        pieces.push(text);
        length += text.len() + 1;
        let Some(tag) = tag else { break };
        rest = rest.get(..tag).unwrap_or_default();
    }
    let mut words = String::with_capacity(length);
    for piece in pieces.into_iter().rev() {
        words.push_str(piece);
        words.push(' ');
    }
    words
}

fn nearest(text: &str, at: usize, reach: usize) -> Option<Label> {
    let start = text.floor_char_boundary(at.saturating_sub(reach));
    let words = text.get(start..at).filter(|words| may_hold_label(words))?.to_lowercase();
    let (finder, labels) = FINDER.as_ref()?;
    let mut nearest: Option<(usize, Label)> = None;
    for found in finder.find_overlapping_iter(&words) {
        let begins_word = words
            .get(..found.start())
            .and_then(|before| before.chars().next_back())
            .is_none_or(|c| !c.is_alphanumeric() || !c.is_ascii());
        let label = *labels.get(found.pattern().as_usize())?;
        let near =
            !matches!(label, Label::Other | Label::Copyright) || words.len() - found.end() <= NEAR;
        if begins_word && near && nearest.is_none_or(|(end, _)| found.end() > end) {
            nearest = Some((found.end(), label));
        }
    }
    nearest.map(|(_, label)| label)
}

/// What a class or id says: `entry-date published updated` is both, and then the publication's.
#[must_use]
pub(super) fn in_hint(hint: &str) -> Option<Label> {
    let has = |parts: &[&str]| parts.iter().any(|part| hint.contains(part));
    if has(&[
        "comment",
        "copyright",
        "event",
        "today",
        "current-date",
        "currentdate",
        "clock",
        "countdown",
        "datepicker",
    ]) {
        return Some(Label::Other);
    }
    if has(&[
        "publish",
        "pubdate",
        "pub-date",
        "pub_date",
        "posted",
        "postdate",
        "entry-date",
        "post-date",
        "created",
        "veroeffentlicht",
        "publicado",
        "publication",
    ]) {
        return Some(Label::Published);
    }
    has(&["updat", "modif", "lastmod", "revis", "edited", "aktualisier", "actualiz"])
        .then_some(Label::Modified)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_label_decides() {
        let text = "Published May 25, 2018 | Last updated: May 27, 2018";
        assert_eq!(before(text, 10), Some(Label::Published));
        assert_eq!(before(text, 39), Some(Label::Modified));
        assert_eq!(before("Zuletzt geändert am ", 20), Some(Label::Modified));
        assert_eq!(before("Опубликовано ", 24), Some(Label::Published));
        assert_eq!(before("© ", 3), Some(Label::Copyright));
        assert_eq!(before("The council met on ", 19), None);
        assert_eq!(before("republished ", 12), None);
    }

    #[test]
    fn a_change_can_be_named_after_its_day() {
        for text in ["May 25, 2018 (updated)", "May 25, 2018, 10:30 | Updated", "May 25, 2018更新"]
        {
            assert!(changed_after(text, 12), "{text}");
        }
        for text in ["May 25, 2018 | Updated May 27, 2018", "May 25, 2018", "May 25, 2018 by Joe"] {
            assert!(!changed_after(text, 12), "{text}");
        }
    }

    #[test]
    fn every_label_is_found_and_hardly_a_text_without_one_is_searched() {
        for (word, _) in words() {
            for text in [format!("{word} "), format!("A ({}", word.to_ascii_uppercase())] {
                assert!(before(&text, text.len()).is_some(), "{text}");
            }
        }
        assert!(!may_hold_label("The leaders of both countries met again in the old town: "));
    }

    #[test]
    fn labels_in_other_elements_are_seen() {
        let source = "x\"><dt>Joined:</dt> <dd class=\"published\">May 11, 2017";
        assert_eq!(before_in_source(source, source.len() - 12), Some(Label::Other));
        assert_eq!(before_in_source("<p class=\"published\">", 21), None);
    }

    proptest::proptest! {
        #[test]
        fn the_last_words_are_the_end_of_all_words(
            source in "([<>a-z ]|é|<p>|</b>){0,60}",
            bytes in 0_usize..40,
        ) {
            let (all, last) = (last_words(&source, usize::MAX), last_words(&source, bytes));
            proptest::prop_assert!(all.ends_with(&last) && last.len() >= bytes.min(all.len()));
        }
    }

    #[test]
    fn a_class_can_be_both() {
        assert_eq!(in_hint("entry-date published updated"), Some(Label::Published));
        assert_eq!(in_hint("updated"), Some(Label::Modified));
        assert_eq!(in_hint("meta-date"), None);
        assert_eq!(in_hint("countdown-date"), Some(Label::Other));
    }
}
