//! Tells a dateline from a line that merely mentions a date.

use crate::date::label::{self, Label};
use crate::text::dates::printed::{Printed, Reading};

/// How a line dates the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `Published: May 25, 2018`
    Published,
    /// `Updated May 27, 2018`
    Modified,
    /// The date stands alone, or with an author, a place, a time.
    Alone,
    /// `ST. PETERSBURG, May 24 (Reuters) —`, at the head of a paragraph.
    Wire,
}

/// Words that may stand beside a date that dates a text.
const MAX_WORDS: usize = 7;

/// The date of a line with the form in which it stands, if the line is a dateline. `is_cut` says
/// that only the line's beginning is given.
pub(super) fn read(line: &str, dates: &[Printed], is_cut: bool) -> Option<(Printed, Form)> {
    let plain = line.trim_start_matches(['#', '>', '*', '_', '-', '|', ' ']);
    let lead = line.len() - plain.len();
    if let Some(changed) = changed(line, dates) {
        return Some((changed, Form::Modified));
    }
    if !is_cut {
        if let Some(labelled) = labelled(line, dates) {
            return Some(labelled);
        }
        if let Some(alone) = alone(line, dates) {
            return Some(alone);
        }
    }
    let first = dates.first()?;
    (is_wire(line, lead, first)).then_some((*first, Form::Wire))
}

/// The date of a note that the text was changed: its words stand first on the line, and whatever
/// was changed may follow; or right after the date of a line that is no more than that.
fn changed(line: &str, dates: &[Printed]) -> Option<Printed> {
    const FIRST: usize = 4;
    let first = dates.first()?;
    // A short `on` before a date is a weekday in some language, and belongs to the label here.
    let before = line.get(..first.span.start)?;
    let is_full = matches!(first.reading, Reading::Full(_));
    let is_first = label::before(line, first.span.start) == Some(Label::Modified)
        && words(before) <= FIRST
        && !before.contains(['.', ';', '|', '•', '·']);
    let is_after = || {
        dates.len() == 1
            && words(before) <= FIRST
            && label::before(line, first.whole().start).is_none()
            && label::changed_after(line, first.whole().end)
            && words(line.get(first.whole().end..).unwrap_or_default()) <= MAX_WORDS
    };
    let is_change = is_full && (is_first && dates.len() == 1 || is_after());
    is_change.then_some(*first)
}

/// The date that a label says to be the publication's, else the last change's.
fn labelled(line: &str, dates: &[Printed]) -> Option<(Printed, Form)> {
    let usable = |printed: &&Printed| matches!(printed.reading, Reading::Full(date) if date.as_day().is_some());
    let with = |wanted: Label| {
        dates.iter().filter(usable).find(|printed| {
            label::before(line, printed.whole().start) == Some(wanted)
                && is_beside_label(line, printed)
        })
    };
    let published = with(Label::Published).map(|printed| (*printed, Form::Published));
    published.or_else(|| with(Label::Modified).map(|printed| (*printed, Form::Modified)))
}

/// Whether the words before a date are a label and no sentence: few of them, on a line that is
/// not prose.
fn is_beside_label(line: &str, printed: &Printed) -> bool {
    const LABEL_WORDS: usize = 6;
    let before = line.get(..printed.whole().start).unwrap_or_default();
    let after = line.get(printed.whole().end..).unwrap_or_default();
    let last = before.rsplit(['|', '•', '·', ';']).next().unwrap_or(before);
    let after = after.split(['|', '•', '·', ';']).next().unwrap_or(after);
    words(last) <= LABEL_WORDS && words(after) <= MAX_WORDS && small_words(after) < SMALL_WORDS
}

/// So many small words in a row are a clause.
const SMALL_WORDS: usize = 3;

/// How many words of more than a letter begin small.
fn small_words(text: &str) -> usize {
    let is_small = |word: &&str| {
        word.chars().next().is_some_and(char::is_lowercase) && word.chars().count() > 1
    };
    text.split_whitespace().filter(is_small).count()
}

/// A date with little beside it. Sentences end in a stop and have verbs; datelines have neither,
/// but only the stop can be seen.
fn alone(line: &str, dates: &[Printed]) -> Option<(Printed, Form)> {
    let [printed] = dates else { return None };
    let before = line.get(..printed.whole().start)?;
    let after = line.get(printed.whole().end..)?;
    let label = label::before(line, printed.whole().start);
    if matches!(label, Some(Label::Other | Label::Copyright)) || !is_day_of_a_text(printed) {
        return None;
    }
    // Words that say what a date is of, and none for a publication: something else's.
    let is_labelled = before.trim_end().ends_with([':', '：']) && label.is_none();
    let is_version = names_a_version(before) || names_a_version(after) || is_release(before, after);
    if is_labelled || is_version {
        return None;
    }
    let count = words(before) + words(after);
    let is_bare = count == 0;
    let is_sentence = count > 2 && after.trim_end().ends_with(['.', '?', '!', '。', '।']);
    let is_quoted = before.contains(['"', '“', '«', '„', '「']);
    let calm = !is_sentence && !is_quoted && count <= MAX_WORDS && !asks_for_more(before, after);
    (is_bare || calm && is_credit(before, after)).then_some((*printed, Form::Alone))
}

/// Whether words name a version, whose day it is then: `v0.10`, `1.2.3`, `1.3b1`.
fn names_a_version(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',')).any(
        |word| {
            let bare = word.trim_start_matches(['v', 'V']);
            let least = if bare.len() < word.len() { 1 } else { 2 };
            let is_long = bare.matches('.').count() >= least;
            bare.starts_with(|c: char| c.is_ascii_digit()) && (is_long || is_before_release(bare))
        },
    )
}

/// What stands before the number of a version that is yet to come (PEP 440).
const BEFORE_RELEASE: &[&str] = &["a", "b", "c", "rc", "alpha", "beta", "pre", "dev"];

/// `1.3b1`, `2.0rc2`, `1.0.dev3`
fn is_before_release(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = rest.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let numbers = word.len() - rest.len();
    let letters = rest.get(..rest.len() - number.len()).unwrap_or_default();
    word.get(..numbers).is_some_and(|numbers| numbers.contains('.'))
        && BEFORE_RELEASE.contains(&letters)
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1.3 (2010-10-25)`: what is no more than a version of two numbers with its day in brackets.
fn is_release(before: &str, after: &str) -> bool {
    let name = before.trim_end().strip_suffix(['(', '[']).map(str::trim);
    let is_version = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_digit())
            && name.contains('.')
            && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    name.is_some_and(is_version) && matches!(after.trim(), ")" | "]")
}

/// A month alone dates an issue, but a year alone dates nothing.
fn is_day_of_a_text(printed: &Printed) -> bool {
    !matches!(printed.reading, Reading::Full(date) if date.as_day().is_none())
}

/// Words that a clause goes on after.
const GOES_ON: &[&str] = &[
    "on",
    "since",
    "until",
    "till",
    "from",
    "by",
    "before",
    "after",
    "to",
    "and",
    "or",
    "the",
    "of",
    "in",
    "for",
    "between",
    "seit",
    "bis",
    "vom",
    "zum",
    "ab",
    "nach",
    "vor",
    "und",
    "du",
    "depuis",
    "jusqu'au",
    "au",
    "desde",
    "hasta",
    "al",
    "até",
    "dal",
    "fino",
    "с",
    "до",
    "по",
    "от",
    "после",
    "born",
    "died",
    "geboren",
    "né",
    "née",
];

/// A clause that goes on around the date: `on`, `in`, `the`, a colon with an announcement.
fn asks_for_more(before: &str, after: &str) -> bool {
    let last =
        before.split_whitespace().next_back().unwrap_or_default().to_lowercase().replace('’', "'");
    let last = last.trim_end_matches([',', ':']);
    GOES_ON.contains(&last)
        || after
            .trim_start()
            .starts_with(|c: char| matches!(c, '–' | '—' | '-') && after.trim().len() > 40)
}

/// Whether what stands beside a date looks like a name, a place or a time: no long run of small
/// words.
fn is_credit(before: &str, after: &str) -> bool {
    small_words(before) + small_words(after) < SMALL_WORDS
}

/// The words of a text; scripts that write no blanks count a word for every four characters.
fn words(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(|word| {
            if word.is_ascii() {
                1
            } else {
                1 + word.chars().filter(|&c| c > '\u{2E7F}').count() / 4
            }
        })
        .sum()
}

/// The bytes of a paragraph within which a wire dateline's date stands.
const WIRE: usize = 70;

/// A place before the date and an agency or a dash after it: `PARIS, 25 mai (AFP) –`, or a date
/// and a dash at the very beginning.
fn is_wire(line: &str, lead: usize, printed: &Printed) -> bool {
    let start = printed.whole().start;
    let (Some(before), Some(after)) = (line.get(lead..start), line.get(printed.whole().end..))
    else {
        return false;
    };
    if start.saturating_sub(lead) > WIRE || !is_place(before) {
        return false;
    }
    let after = after.trim_start_matches([' ', '.', ',']);
    let agency =
        after.strip_prefix(['(', '/', '（']).and_then(|rest| rest.split_once([')', '/', '）']));
    match agency {
        Some((name, rest)) => {
            words(name) <= 4 && rest.trim_start().starts_with(is_dash)
                || !before.trim().is_empty() && words(name) <= 3
        }
        None => {
            after.starts_with(is_dash) && words(before) > 0
                || after.starts_with(['电', '電', '讯', '訊'])
                || after.trim_start_matches(char::is_alphabetic).trim_start().starts_with(is_dash)
                    && is_agency(after)
        }
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | ':')
}

/// A single word that begins large.
fn is_agency(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

/// Names only: each word begins large, or the script knows no large letters.
fn is_place(text: &str) -> bool {
    let mut names = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty());
    names.all(|word| {
        let first = word.chars().next().unwrap_or('a');
        !first.is_lowercase()
            || matches!(
                word,
                "de" | "la"
                    | "le"
                    | "of"
                    | "the"
                    | "da"
                    | "do"
                    | "del"
                    | "am"
                    | "an"
                    | "der"
                    | "den"
                    | "di"
                    | "на"
            )
    }) && words(text) <= 8
}
