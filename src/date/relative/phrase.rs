//! Phrases that tell a distance in time: `2 hours ago`, `vor 2 Stunden`, `昨日`.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use jiff::Unit;

use crate::lang::{self, Meaning};
use crate::text::dates::digits::digit;
use crate::text::dates::printed::Habit;

/// How long ago something was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ago {
    /// How many units.
    pub count: u32,
    /// The unit.
    pub unit: Unit,
}

/// One phrase as a language has it.
#[derive(Debug)]
struct Phrase {
    language: &'static str,
    unit: Unit,
    /// The count that it says itself; the number beside it where it says none.
    count: Option<u32>,
}

struct Phrases {
    finder: AhoCorasick,
    /// What each pattern of the finder says.
    meanings: Vec<Phrase>,
}

static PHRASES: LazyLock<Option<Phrases>> = LazyLock::new(|| {
    let mut patterns = Vec::new();
    let mut meanings = Vec::new();
    for row in lang::rows(Meaning::Ago) {
        let language = row.language;
        let (unit, count) = row.detail.split_once('.')?;
        let unit = unit_named(unit)?;
        for phrase in row.words() {
            patterns.push(folded(&phrase.replace('#', "0")).0);
            meanings.push(Phrase { language, unit, count: count.parse().ok() });
        }
    }
    let finder = AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns).ok()?;
    Some(Phrases { finder, meanings })
});

fn unit_named(name: &str) -> Option<Unit> {
    Some(match name {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    })
}

/// The text in lower case, numbers as `#`, without dots, blanks as one; and the numbers.
fn folded(text: &str) -> (String, Vec<u32>) {
    let mut folded = String::with_capacity(text.len());
    let mut numbers: Vec<u32> = Vec::new();
    let mut in_number = false;
    for c in text.chars().filter(|c| !matches!(c, '.' | '#' | '\u{200E}' | '\u{200F}')) {
        match digit(c) {
            Some(digit) if in_number => {
                if let Some(number) = numbers.last_mut() {
                    *number = number.saturating_mul(10).saturating_add(digit);
                }
            }
            Some(digit) => {
                numbers.push(digit);
                folded.push('#');
            }
            None if c.is_whitespace() && (folded.is_empty() || folded.ends_with(' ')) => {}
            None if c.is_whitespace() => folded.push(' '),
            None => folded.extend(c.to_lowercase()),
        }
        in_number = digit(c).is_some();
    }
    (folded, numbers)
}

/// The longest phrase of the text's own language, or of English, that a text holds as words of
/// their own.
pub(super) fn read(text: &str, habit: Habit<'_>) -> Option<Ago> {
    let phrases = PHRASES.as_ref()?;
    let (text, numbers) = folded(text);
    let own = habit.primary().unwrap_or("en");
    let mut best: Option<(usize, Ago)> = None;
    for found in phrases.finder.find_overlapping_iter(&text) {
        let phrase = phrases.meanings.get(found.pattern().as_usize())?;
        let known = phrase.language.split('-').next() == Some(own) || phrase.language == "en";
        let longer = best.is_none_or(|(length, _)| found.len() > length);
        if !known || !longer || !stands_free(&text, found.start(), found.end()) {
            continue;
        }
        let before = text.get(..found.end())?.matches('#').count();
        let number = || numbers.get(before.checked_sub(1)?).copied();
        let Some(count) = phrase.count.or_else(number) else { continue };
        best = Some((found.len(), Ago { count, unit: phrase.unit }));
    }
    best.map(|(_, ago)| ago)
}

/// Whether no letter goes on where a phrase begins or ends; scripts that write no blanks do.
fn stands_free(text: &str, start: usize, end: usize) -> bool {
    let glues = |c: Option<char>| {
        c.is_some_and(|c| {
            c == '#'
                || c.is_alphabetic() && !('\u{0E00}'..='\u{0FFF}').contains(&c) && c < '\u{2E80}'
        })
    };
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    !glues(before) && !glues(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_reads(text: &str, language: &str, count: u32, unit: Unit) {
        let habit = Habit { language: Some(language), ..Habit::default() };
        assert_eq!(read(text, habit), Some(Ago { count, unit }), "{text}");
    }

    #[test]
    fn distances_are_read_in_many_languages() {
        assert_reads("2 hours ago", "en", 2, Unit::Hour);
        assert_reads("By Jane Doe · 5 min. ago", "en-gb", 5, Unit::Minute);
        assert_reads("5h ago", "en", 5, Unit::Hour);
        assert_reads("an hour ago", "en", 1, Unit::Hour);
        assert_reads("Yesterday, 14:03", "en", 1, Unit::Day);
        assert_reads("vor 2 Stunden", "de", 2, Unit::Hour);
        assert_reads("Vorgestern", "de", 2, Unit::Day);
        assert_reads("il y a 3 jours", "fr", 3, Unit::Day);
        assert_reads("hace 3 semanas", "es", 3, Unit::Week);
        assert_reads("há 2 horas", "pt-br", 2, Unit::Hour);
        assert_reads("2 ore fa", "it", 2, Unit::Hour);
        assert_reads("2 uur geleden", "nl", 2, Unit::Hour);
        assert_reads("5 часов назад", "ru", 5, Unit::Hour);
        assert_reads("5 godzin temu", "pl", 5, Unit::Hour);
        assert_reads("2 saat önce", "tr", 2, Unit::Hour);
        assert_reads("قبل ساعتين", "ar", 2, Unit::Hour);
        assert_reads("۳ روز پیش", "fa", 3, Unit::Day);
        assert_reads("3日前", "ja", 3, Unit::Day);
        assert_reads("3小时前", "zh", 3, Unit::Hour);
        assert_reads("3시간 전", "ko", 3, Unit::Hour);
        assert_reads("昨日", "ja", 1, Unit::Day);
        assert_reads("3 jam yang lalu", "id", 3, Unit::Hour);
        assert_reads("3 giờ trước", "vi", 3, Unit::Hour);
        assert_reads("pred 2 hodinami", "sk", 2, Unit::Hour);
    }

    #[test]
    fn words_of_other_languages_and_parts_of_words_are_none() {
        let german = Habit { language: Some("de"), ..Habit::default() };
        for text in ["hier", "ma", "2 hours", "heutenacht", "12 ago", "todays", "", "# ago"] {
            assert_eq!(read(text, german), None, "{text}");
        }
    }

    #[test]
    fn every_row_is_understood() {
        for row in lang::rows(Meaning::Ago) {
            let (unit, count) = row.detail.split_once('.').expect("a unit and a count");
            assert!(unit_named(unit).is_some(), "{row:?}");
            let counted = count == "#";
            assert!(
                row.words().all(|phrase| phrase.contains('#') == counted || !counted),
                "{row:?}"
            );
        }
        assert!(PHRASES.is_some());
    }
}
