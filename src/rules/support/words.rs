//! Words that tell what a day or a passage is about.
//!
//! They are compared without case and accents; those of scripts that put no spaces between words
//! are looked for anywhere.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::lang::{self, Meaning};

/// What a word speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// Something that people come to at an appointed time, and nothing else.
    Appointment,
    /// The same, but also what news report of afterwards.
    Event,
    /// What is such a thing in a list of them, and anything elsewhere.
    Listed,
    /// An issue of a periodical, which is dated ahead.
    Issue,
    /// A note that was put in after publication.
    Update,
}

use Sense::{Appointment, Event, Issue, Listed, Update};

/// What the tables call each sense.
const NAMES: [(&str, Sense); 5] = [
    ("appointment", Appointment),
    ("event", Event),
    ("listed", Listed),
    ("issue", Issue),
    ("update", Update),
];

fn rows() -> impl Iterator<Item = (Sense, &'static str)> {
    let rows = lang::rows(Meaning::Sense).filter_map(|row| {
        let (_, sense) = NAMES.into_iter().find(|(name, _)| *name == row.detail)?;
        Some((sense, row))
    });
    rows.flat_map(|(sense, row)| row.words().map(move |word| (sense, word)))
}

/// Words that say in an address that what follows is no programme but reports.
const REPORTS: [&str; 10] =
    ["news", "blog", "blogs", "press", "article", "articles", "post", "posts", "story", "stories"];

/// Whether a word, folded, is of a kind that reports: `news-events` is no calendar.
pub(crate) fn is_of_reports(folded: &str) -> bool {
    REPORTS.contains(&folded)
}

/// The single words of each sense, folded.
static WORDS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let mut words: HashMap<String, u8> = HashMap::new();
    for (sense, word) in rows() {
        *words.entry(fold(word)).or_default() |= 1 << sense as u8;
    }
    words
});

/// The words of notes that were put in later, folded, by the letter that they begin with.
static UPDATES: LazyLock<HashMap<char, Vec<String>>> = LazyLock::new(|| {
    let mut updates: HashMap<char, Vec<String>> = HashMap::new();
    for (_, word) in rows().filter(|(sense, _)| *sense == Update) {
        let word = fold(word);
        if let Some(first) = word.chars().next() {
            updates.entry(first).or_default().push(word);
        }
    }
    updates
});

/// What is looked for anywhere in a text: words of scripts without spaces, and phrases.
static PHRASES: LazyLock<Vec<(Sense, String)>> = LazyLock::new(|| {
    let is_phrase = |word: &str| !word.is_ascii() && is_unspaced(word) || word.contains([' ', '-']);
    let phrases = rows().filter(|(_, word)| is_phrase(word));
    phrases.map(|(sense, word)| (sense, fold(word))).collect()
});

/// Whether a word is of a script that puts no spaces between words.
fn is_unspaced(word: &str) -> bool {
    word.chars().next().is_some_and(
        |c| matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'),
    )
}

/// A text in lower case, without accents.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Whether a folded word has a sense.
pub(crate) fn is(folded: &str, sense: Sense) -> bool {
    WORDS.get(folded).is_some_and(|senses| senses & (1 << sense as u8) != 0)
}

/// Whether a text has a word of a sense.
pub(crate) fn holds(text: &str, sense: Sense) -> bool {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| is(word, sense))
        || PHRASES.iter().any(|(of, phrase)| *of == sense && folded.contains(phrase.as_str()))
}

/// Whether a text begins with a letter that some word of a note put in later begins with: every
/// sentence of a text is asked, and few do.
pub(crate) fn may_begin_update(text: &str) -> bool {
    updates_like(text).is_some()
}

/// The words of such notes that begin with the letter that a text does.
fn updates_like(text: &str) -> Option<&'static [String]> {
    let first = fold(text.chars().next()?.encode_utf8(&mut [0; 4]));
    UPDATES.get(&first.chars().next()?).map(Vec::as_slice)
}

/// Whether a text begins with a note that it was put in later: `Update:`, `Edit (2013-03-22)`,
/// `Update February 2018 –`. A sentence that begins with the word is none: `Update your tools`.
pub(crate) fn begins_update(text: &str) -> bool {
    /// Between the word and the mark after it stands no more than a day, in bytes.
    const BETWEEN: usize = 40;
    let text = text.get(..text.floor_char_boundary(160)).unwrap_or_default();
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some(updates) = updates_like(text) else { return false };
    let folded = fold(text);
    let mut rests = updates.iter().filter_map(|word| folded.strip_prefix(word.as_str()));
    rests.any(|rest| {
        let ends = |c: char| matches!(c, ':' | '：' | ')' | ']' | '】' | '—' | '–' | '\n');
        let Some(end) = rest.find(ends) else { return rest.trim().is_empty() };
        let between = rest.get(..end).unwrap_or_default().trim_matches([' ', '(', '#', '.']);
        let of_mark = rest.get(end..).and_then(|rest| rest.chars().next());
        let dated = between.len() <= BETWEEN && between.contains(|c: char| c.is_ascii_digit());
        (between.is_empty() || dated) && (of_mark != Some('\n') || rest.starts_with([' ', '\n']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_are_told_in_every_language() {
        for text in [
            "Update: In the next article",
            "UPDATE (May 2019): it moved",
            "Edit (2013-03-22)\nhttp",
            "Update Feburary 2018: released",
            "**Update:** we noticed",
            "_Correction:_ it was",
            "Update #2: more",
            "Actualización: Encontramos",
            "Mise à jour : Nous avons",
            "Обновление: в методе",
            "追記: Ruby 2.1.1 において",
            "추가: 회귀를",
            "更新：在",
            "[Update]",
            "Nachtrag, 3.5.2019: mehr",
        ] {
            assert!(begins_update(text), "{text}");
        }
    }

    #[test]
    fn sentences_that_begin_so_are_none() {
        for text in [
            "Update your toolchain: run rustup",
            "Updates from the team: all is well",
            "Edit the file and see: it works",
            "Added support for: nothing",
            "The update: none",
            "",
        ] {
            assert!(!begins_update(text), "{text}");
        }
    }

    #[test]
    fn senses_are_found_among_words() {
        assert!(holds("Iran Rust Meetup #12", Sense::Appointment));
        assert!(holds("## Upcoming Événements", Sense::Event));
        assert!(holds("次のイベント一覧", Sense::Event));
        assert!(!holds("Meetups2 eventful", Sense::Event));
    }

    #[test]
    fn rows_are_written_in_lower_case() {
        for (_, word) in rows() {
            assert_eq!(word, word.to_lowercase());
        }
        let known = |row: lang::Row| NAMES.iter().any(|(name, _)| *name == row.detail);
        assert!(lang::rows(Meaning::Sense).all(known));
    }
}
