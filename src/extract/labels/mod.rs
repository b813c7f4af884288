//! The words that introduce a link, and what they say that it is for.
//!
//! To teach another language or another phrase, add it to its line in `table.rs`: lower case, as it
//! is written, without the colon. A phrase of two words or more counts wherever a text begins with
//! it; a single word (`source`, `via`) only before a colon, a dash or the end, since it may also be
//! the first word of a sentence.

use std::sync::LazyLock;

use foldhash::HashMap;

use crate::model::Role;

mod table;

use table::{Entry, TABLE};

/// Words at the beginning of a text that introduce a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Introduction {
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

/// The first characters of a phrase; those that a short phrase lacks are NUL.
type Start = [char; STARTS];

/// No phrase is longer, in bytes.
const LONGEST_PHRASE: usize = 48;

/// The number of characters that phrases are looked up by.
const STARTS: usize = 3;

/// The table's phrases by their first characters, longest first.
static BY_START: LazyLock<HashMap<Start, Vec<(&'static str, &'static Entry)>>> =
    LazyLock::new(|| {
        let mut map: HashMap<Start, Vec<(&str, &Entry)>> = HashMap::default();
        for entry in TABLE {
            for phrase in entry.phrases {
                map.entry(start_of(phrase)).or_default().push((phrase, entry));
            }
        }
        for phrases in map.values_mut() {
            phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        }
        map
    });

/// The first characters of a text as phrases are compared with it: see [`length_of`].
fn start_of(text: &str) -> Start {
    if let [first, second, third, ..] = text.as_bytes()
        && first.is_ascii_alphanumeric()
        && second.is_ascii_graphic()
        && third.is_ascii_graphic()
    {
        return [first, second, third].map(|byte| char::from(byte.to_ascii_lowercase()));
    }
    let mut start = Start::default();
    let mut at = 0;
    let mut after_blank = false;
    for c in text.chars() {
        let blank = c.is_whitespace();
        if !(blank && after_blank) {
            let plain = if blank { ' ' } else { straight(c) };
            for lower in plain.to_lowercase().take(STARTS - at) {
                start[at] = lower;
                at += 1;
            }
        }
        after_blank = blank;
        if at == STARTS {
            break;
        }
    }
    start
}

/// The phrases that a text can begin with, longest first.
fn phrases(text: &str) -> impl Iterator<Item = &'static (&'static str, &'static Entry)> {
    let start = start_of(text);
    (1..=STARTS).rev().filter(move |&length| start[length - 1] != '\0').flat_map(move |length| {
        let mut key = Start::default();
        key[..length].copy_from_slice(&start[..length]);
        BY_START.get(&key).into_iter().flatten()
    })
}

/// A bit for each beginning in ASCII that a phrase has: most words begin none, and need not be
/// looked up. The lower five bits of a letter are the same in either case.
static SIEVE: LazyLock<[u32; 1 << 10]> = LazyLock::new(|| {
    let mut sieve = [0; 1 << 10];
    for phrase in TABLE.iter().flat_map(|entry| entry.phrases) {
        let bytes = phrase.as_bytes();
        let bits = bytes.get(2).map_or(u32::MAX, |&byte| 1 << (byte & 31));
        sieve[row(bytes.first().copied(), bytes.get(1).copied())] |= bits;
    }
    sieve
});

/// The row of the sieve for the first two bytes.
fn row(first: Option<u8>, second: Option<u8>) -> usize {
    let low = |byte: Option<u8>| usize::from(byte.unwrap_or(0) & 31);
    low(first) << 5 | low(second)
}

/// Whether a phrase may stand at the beginning of a text, by its first bytes.
fn may_begin(words: &str) -> bool {
    let [first, second, third, ..] = words.as_bytes() else { return true };
    // Beyond ASCII, and where white space may be folded, the phrases themselves tell.
    let is_plain = first.is_ascii_graphic() && second.is_ascii_graphic() && third.is_ascii();
    !is_plain
        || third.is_ascii_whitespace() && *third != b' '
        || SIEVE[row(Some(*first), Some(*second))] & 1 << (third & 31) != 0
}

/// What the words say that the link which they introduce is for.
#[must_use]
pub fn role_of(text: &str) -> Option<Role> {
    introduction(text).map(|introduction| introduction.role)
}

/// Reads the introducing words that a text begins with, bullets and quotation marks aside.
#[must_use]
pub fn introduction(text: &str) -> Option<Introduction> {
    let start = first_letter(text)?;
    let words = text.get(start..).filter(|words| may_begin(words))?;
    let plain = plain_beginning(words);
    phrases(words).find_map(|(phrase, entry)| {
        // Most phrases are other ones, and few texts have anything to be folded but case.
        let near = plain.get(..phrase.len()).unwrap_or(plain);
        if !phrase.as_bytes().get(..near.len())?.eq_ignore_ascii_case(near) {
            return None;
        }
        let is_whole = near.len() == phrase.len();
        let length = if is_whole { phrase.len() } else { length_of(words, phrase)? };
        let after = words.get(length..)?;
        let rest = after.trim_start();
        let body = rest.trim_start_matches(is_separator);
        let ends = rest.is_empty() || body.len() < rest.len();
        let many_words = phrase.contains(' ') && rest.len() < after.len();
        (ends || many_words).then(|| Introduction {
            role: entry.role,
            language: entry.language,
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
pub fn introduction_before(text: &str) -> Option<Introduction> {
    let clause = text.trim_end().trim_end_matches(is_separator);
    let from = clause.rfind(is_clause_end).map_or(0, |at| at + char_length(clause, at));
    introduction(text.get(from..)?).map(|found| Introduction {
        start: from + found.start,
        end: from + found.end,
        ..found
    })
}

fn is_clause_end(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | ';' | ',' | '(' | '[' | '{' | '"' | '“' | '\n' | '。' | '，' | '（'
    )
}

fn char_length(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

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

/// The beginning of a text in ASCII with nothing in it to fold but case, as long as phrases are.
fn plain_beginning(text: &str) -> &[u8] {
    let bytes = text.as_bytes();
    let near = bytes.get(..bytes.len().min(LONGEST_PHRASE)).unwrap_or_default();
    let mut after_blank = false;
    let folds = |&byte: &u8| {
        let twice = after_blank && byte == b' ';
        after_blank = byte == b' ';
        twice || !byte.is_ascii_graphic() && byte != b' '
    };
    let length = near.iter().position(folds).unwrap_or(near.len());
    near.get(..length).unwrap_or_default()
}

/// The length of `text`'s beginning that says `phrase`, white space and case aside.
fn length_of(text: &str, phrase: &str) -> Option<usize> {
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
            ("Source: Reuters", Some(Role::Reference)),
            ("Источник: ТАСС", Some(Role::Reference)),
            ("Foto: dpa", Some(Role::Credit)),
            ("Archived from the original", Some(Role::Archive)),
            ("Source code is given below", None),
            ("Imagery of the sea", None),
            ("The source:", None),
            ("", None),
        ] {
            assert_eq!(role_of(text), role, "{text}");
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
        for entry in TABLE {
            languages.insert(entry.language);
            let mut seen = HashSet::new();
            for phrase in entry.phrases {
                assert_eq!(*phrase, phrase.to_lowercase(), "write phrases in lower case");
                assert_eq!(phrase.trim(), *phrase);
                assert!(phrase.len() <= LONGEST_PHRASE, "{phrase}");
                assert!(!phrase.ends_with(':'), "{phrase}: leave the colon out");
                assert!(seen.insert(phrase), "{phrase} stands twice");
            }
        }
        assert!(languages.len() >= 10);
    }

    #[test]
    fn no_phrase_is_sifted_out() {
        for phrase in TABLE.iter().flat_map(|entry| entry.phrases) {
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
