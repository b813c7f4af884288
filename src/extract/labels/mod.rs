//! The words that introduce a link, and what they say that it is for.
//!
//! To teach another phrase, add it to its language's row in `src/lang/words/`: lower case, as it is
//! written, without the colon. A phrase of two words or more counts wherever a text begins with
//! it; a single word (`source`, `via`) only before a colon, a dash or the end, since it may also be
//! the first word of a sentence.

use std::sync::LazyLock;

use foldhash::HashMap;

use crate::lang::{self, Meaning};
use crate::model::Role;
use crate::text::ascii::ByteSet;
use crate::text::bloom::Bloom;

mod sections;

pub(crate) use sections::role_of_section;

/// Words at the beginning of a text that introduce a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Introduction {
    /// What they say that the link is for.
    pub role: Role,
    /// The language that they are in (BCP 47).
    pub language: &'static str,
    /// The byte offset in the text at which they begin.
    pub start: usize,
    /// The byte offset in the text at which they end, separators included: what follows is the
    /// name of the page, if the words name one.
    pub end: usize,
}

/// A phrase, what it says that a link is for, and its language.
struct Phrase {
    words: &'static str,
    role: Role,
    language: &'static str,
}

/// Phrases with the same beginning, longest first.
type Phrases = Vec<Phrase>;

/// The table's phrases by their beginnings.
struct Index {
    /// Those that begin with a letter of ASCII, by their [`beginning`].
    letters: HashMap<u64, Phrases>,
    /// The others, by their first characters.
    starts: HashMap<Start, Phrases>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index { letters: HashMap::default(), starts: HashMap::default() };
    for phrase in all_phrases() {
        let phrases = match beginning(phrase.words.as_bytes()) {
            0 => index.starts.entry(start_of(phrase.words)).or_default(),
            letters => index.letters.entry(letters).or_default(),
        };
        phrases.push(phrase);
    }
    for phrases in index.letters.values_mut().chain(index.starts.values_mut()) {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    }
    index
});

fn all_phrases() -> impl Iterator<Item = Phrase> {
    lang::rows(Meaning::Introduces).filter_map(|row| Some((row, role_named(row.detail)?))).flat_map(
        |(row, role)| row.words().map(move |words| Phrase { words, role, language: row.language }),
    )
}

/// The roles that words before a link can give it.
fn role_named(name: &str) -> Option<Role> {
    let roles = [Role::Archive, Role::Credit, Role::Original, Role::Reference, Role::Related];
    roles.into_iter().find(|role| role.as_str() == name)
}

/// The first characters of a phrase; those that a short phrase lacks are NUL.
type Start = [char; STARTS];

/// The number of characters that phrases are looked up by.
const STARTS: usize = 3;

/// The first characters of a text as phrases are compared with it: see [`folded_length_of`].
fn start_of(text: &str) -> Start {
    let mut start = Start::default();
    let mut slots = start.iter_mut();
    let mut after_blank = false;
    for c in text.chars() {
        let blank = c.is_whitespace();
        if !(blank && after_blank) {
            let plain = if blank { ' ' } else { straight(c) };
            plain.to_lowercase().zip(slots.by_ref()).for_each(|(lower, slot)| *slot = lower);
        }
        after_blank = blank;
        if slots.len() == 0 {
            break;
        }
    }
    start
}

/// The phrases that a text with this [`beginning`] can begin with, longest first.
#[expect(clippy::indexing_slicing, reason = "a length is at most that of the start")]
fn phrases(text: &str, letters: u64) -> impl Iterator<Item = &'static Phrase> {
    let mut found = [None; STARTS];
    if letters != 0 {
        found[0] = INDEX.letters.get(&letters);
    } else {
        let mut start = start_of(text);
        for (slot, length) in found.iter_mut().zip((1..=STARTS).rev()) {
            if start[length - 1] != '\0' {
                *slot = INDEX.starts.get(&start);
            }
            start[length - 1] = '\0';
        }
    }
    found.into_iter().flatten().flatten()
}

/// The beginnings of all phrases: most words begin none, and need not be looked up.
static BEGINNINGS: LazyLock<Bloom<512>> = LazyLock::new(|| {
    let mut beginnings = Bloom::new();
    for phrase in all_phrases() {
        beginnings.add(sifted(beginning(phrase.words.as_bytes())));
    }
    beginnings
});

/// The letters and digits in ASCII, eight at most, that a text begins with, case aside: a phrase
/// goes on as the text does up to the first sign that is no letter, and no letter follows on a phrase.
fn beginning(bytes: &[u8]) -> u64 {
    let letters = bytes.iter().take(8).take_while(|byte| byte.is_ascii_alphanumeric());
    letters.fold(0, |letters, byte| letters << 8 | u64::from(byte | 0x20))
}

/// A beginning as the number that the filter holds.
#[expect(clippy::cast_possible_truncation, reason = "both halves are in the lower one")]
const fn sifted(beginning: u64) -> u32 {
    (beginning ^ (beginning >> 32).wrapping_mul(0x85EB_CA6B)) as u32
}

/// Reads the introducing words that a text begins with, bullets and quotation marks aside.
#[must_use]
pub(crate) fn introduction(text: &str) -> Option<Introduction> {
    let start = first_letter(text)?;
    let words = text.get(start..)?;
    let letters = beginning(words.as_bytes());
    if !BEGINNINGS.may_hold(sifted(letters)) {
        return None;
    }
    phrases(words, letters).find_map(|phrase| {
        let length = length_of(words, phrase.words)?;
        let after = words.get(length..)?;
        let rest = after.trim_start();
        let body = rest.trim_start_matches(is_separator);
        let ends = rest.is_empty() || body.len() < rest.len();
        let many_words = phrase.words.contains(' ') && rest.len() < after.len();
        (ends || many_words).then(|| Introduction {
            role: phrase.role,
            language: phrase.language,
            start,
            end: text.len() - body.trim_start().len(),
        })
    })
}

/// The offset of a text's first letter or digit.
fn first_letter(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let at = bytes.iter().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
    if bytes.get(at).is_some_and(u8::is_ascii) {
        return Some(at);
    }
    text.find(char::is_alphanumeric)
}

/// The introducing words at the end of a text that a link follows: those that its last clause
/// begins with.
#[must_use]
pub(crate) fn introduction_before(text: &str) -> Option<Introduction> {
    let clause = text.trim_end().trim_end_matches(is_separator);
    let from = start_of_clause(clause);
    introduction(text.get(from..)?).map(|found| Introduction {
        start: from + found.start,
        end: from + found.end,
        ..found
    })
}

/// Where the last clause begins: after the last sign that ends or opens one.
fn start_of_clause(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = bytes.len();
    while let Some(at) = bytes.iter().take(end).rposition(|&byte| MAY_END_CLAUSE.has(byte)) {
        let sign = text.get(at..).and_then(|rest| rest.chars().next());
        if let Some(sign) = sign.filter(|sign| sign.is_ascii() || "“。，（".contains(*sign)) {
            return at + sign.len_utf8();
        }
        end = at;
    }
    0
}

/// The first bytes of the signs that end or open a clause.
static MAY_END_CLAUSE: ByteSet = ByteSet::of(b".!?;,([{\"\n\xE2\xE3\xEF");

/// What may stand between the introducing words and what they introduce.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ':' | '：'
                | '–'
                | '—'
                | '-'
                | '|'
                | '»'
                | '›'
                | '>'
                | '→'
                | '▶'
                | '►'
                | '…'
                | '*'
                | '<'
                | '“'
                | '"'
                | '„'
                | '«'
        )
}

/// Apostrophes as they are typed.
const fn straight(c: char) -> char {
    if matches!(c, '’' | 'ʼ') { '\'' } else { c }
}

/// The length of `text`'s beginning that says `phrase`, white space and case aside.
fn length_of(text: &str, phrase: &str) -> Option<usize> {
    // Most phrases are other ones, and few texts have anything to be folded but case.
    let mut after_blank = false;
    for (at, wanted) in phrase.bytes().enumerate() {
        let byte = text.as_bytes().get(at).copied().unwrap_or_default();
        if !byte.is_ascii_graphic() && (byte != b' ' || after_blank) {
            return folded_length_of(text, phrase);
        }
        if byte.to_ascii_lowercase() != wanted {
            return None;
        }
        after_blank = byte == b' ';
    }
    Some(phrase.len())
}

/// The length of `text`'s beginning that says `phrase`, character by character.
fn folded_length_of(text: &str, phrase: &str) -> Option<usize> {
    let mut wanted = phrase.chars().peekable();
    let mut in_space = false;
    for (at, c) in text.char_indices() {
        if wanted.peek().is_none() {
            return Some(at);
        }
        if c.is_whitespace() {
            if !in_space && wanted.next() != Some(' ') {
                return None;
            }
            in_space = true;
            continue;
        }
        in_space = false;
        if !straight(c).to_lowercase().all(|lower| wanted.next() == Some(lower)) {
            return None;
        }
    }
    wanted.peek().is_none().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn introducing_words_tell_the_role() {
        for (text, role) in [
            ("Related article: Trump Factor Leaves Macron Scrambling", Some(Role::Related)),
            ("RELATED:", Some(Role::Related)),
            ("» Lesen Sie auch „Der Fall“", Some(Role::Related)),
            ("À lire aussi : Macron à Moscou", Some(Role::Related)),
            ("相关文章：马克龙访问俄罗斯", Some(Role::Related)),
            ("Original url:", Some(Role::Original)),
            ("Originally  published at", Some(Role::Original)),
            ("Artículo original –", Some(Role::Original)),
            ("Original:", Some(Role::Original)),
            ("Original thinkers say so", None),
            ("Continue reading: https://", Some(Role::Related)),
            ("Abgerufen von", Some(Role::Reference)),
            ("Source: Reuters", Some(Role::Reference)),
            ("Источник: ТАСС", Some(Role::Reference)),
            ("Foto: dpa", Some(Role::Credit)),
            ("Archived from the original", Some(Role::Archive)),
            ("Source code is given below", None),
            ("Imagery of the sea", None),
            ("The source:", None),
            ("", None),
        ] {
            assert_eq!(introduction(text).map(|said| said.role), role, "{text}");
        }
    }

    #[test]
    fn what_follows_the_words_is_the_page_s_name() {
        let text = "Related article: Trump Factor";
        assert_eq!(
            introduction(text).and_then(|found| text.get(found.end..)),
            Some("Trump Factor")
        );
        let text = "Lesen Sie auch: „Der Fall“";
        assert_eq!(introduction(text).and_then(|found| text.get(found.end..)), Some("Der Fall“"));
    }

    #[test]
    fn the_last_clause_introduces() {
        let role = |text| introduction_before(text).map(|found| found.role);
        assert_eq!(role("TeX Live. 2022. URL: "), Some(Role::Reference));
        assert_eq!(role("the example is (Dostupné z "), Some(Role::Reference));
        assert_eq!(role("It was the source, he said at "), None);
    }

    #[test]
    fn the_table_is_in_order() {
        let mut languages = HashSet::new();
        let mut seen = HashSet::new();
        for Phrase { words, language, role } in all_phrases() {
            languages.insert(language);
            assert_eq!(words, words.to_lowercase(), "write phrases in lower case");
            assert_eq!(words.trim(), words);
            assert!(!words.ends_with(':'), "{words}: leave the colon out");
            assert!(seen.insert((language, role, words)), "{words} stands twice");
        }
        let rows = lang::rows(Meaning::Introduces);
        assert!(rows.map(|row| role_named(row.detail)).all(|role| role.is_some()));
        assert!(languages.len() >= 10);
    }

    #[test]
    fn no_phrase_is_sifted_out() {
        for Phrase { words: phrase, .. } in all_phrases() {
            let spread = phrase.replace(' ', "  ");
            for text in [phrase.to_ascii_uppercase(), spread, format!("{phrase} ")] {
                assert!(introduction(&format!("» {text}: x")).is_some(), "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,60}") {
            for found in [introduction(&text), introduction_before(&text)].into_iter().flatten() {
                prop_assert!(text.is_char_boundary(found.end));
            }
        }
    }
}
