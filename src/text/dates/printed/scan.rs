//! A cursor over tokens, and what the patterns ask of it.

use super::weekday::ABBREVIATION;
use super::{Habit, Match, Printed, Reading, han, named, numeric};
use crate::model::Span;
use crate::text::dates::names::{
    Calendar, LONGEST, Name, Named, fold, may_begin_with, may_begin_with_letters, readings,
};
use crate::text::dates::tokens::{Kind, Token};

/// How many tokens before its first number a date can begin: a month's name of three words, and
/// fillers.
pub(super) const REACH: usize = 5;

/// The tokens of one text, and what decides between readings.
pub(super) struct Scan<'a> {
    text: &'a str,
    tokens: &'a [Token],
    is_ascii: bool,
    pub habit: Habit<'a>,
}

/// A month's name that was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Month {
    pub calendar: Calendar,
    pub number: u32,
    pub language: &'static str,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token], habit: Habit<'a>) -> Self {
        Self { text, tokens, is_ascii: text.is_ascii(), habit }
    }

    /// The date that begins with token `at`.
    pub(super) fn date_at(&self, at: usize) -> Option<Match> {
        match self.kind(at)? {
            Kind::Number { .. } => {
                if !self.stands_free(at) {
                    return None;
                }
                self.in_han(at)
                    .or_else(|| numeric::date(self, at))
                    .or_else(|| named::day_first(self, at))
                    .or_else(|| named::year_first(self, at))
            }
            Kind::Word => named::month_first(self, at),
            Kind::Mark(_) => han::era_date(self, at),
        }
    }

    fn in_han(&self, at: usize) -> Option<Match> {
        if self.is_ascii { None } else { han::date(self, at) }
    }

    pub(super) fn token(&self, at: usize) -> Option<Token> {
        self.tokens.get(at).copied()
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.token(at).map(|token| token.kind)
    }

    pub(super) fn spaced(&self, at: usize) -> bool {
        self.token(at).is_none_or(|token| token.spaced)
    }

    /// The value and the count of digits of a number.
    pub(super) fn number(&self, at: usize) -> Option<(u32, usize)> {
        match self.kind(at)? {
            Kind::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    /// A number that can be a day of a month.
    pub(super) fn day_number(&self, at: usize) -> Option<u32> {
        self.number(at)
            .filter(|&(value, digits)| digits <= 2 && (1..=31).contains(&value))
            .map(|n| n.0)
    }

    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.kind(at)? {
            Kind::Mark(c) => Some(c),
            _ => None,
        }
    }

    /// The word at `at`, or nothing.
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.token(at)
            .filter(|token| token.kind == Kind::Word)
            .and_then(|token| self.text.get(token.start..token.end))
            .unwrap_or_default()
    }

    /// The text from the start of one token to the end of another.
    pub(super) fn slice(&self, from: usize, last: usize) -> &'a str {
        let span = self.span(from, last + 1);
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The bytes of the tokens `from..to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.token(from).map_or(self.text.len(), |token| token.start);
        let end = self.token(to.saturating_sub(1)).map_or(self.text.len(), |token| token.end);
        Span::new(start, end)
    }

    pub(super) fn printed(&self, from: usize, to: usize, reading: Reading) -> Match {
        let span = self.span(from, to);
        (Printed { span, reading, alternative: None, doubtful: false, weekday: None }, to)
    }

    /// Whether a number begins here and is no part of a longer one, a code or a range
    /// (`747-400`, `1.25`, `$25`, `A4`).
    pub(super) fn stands_free(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| !self.spaced(at)) else { return true };
        match self.kind(before) {
            None => true,
            Some(Kind::Number { .. }) => false,
            // Markup runs words together: `Jane Doe25.05.2018`.
            Some(Kind::Word) => {
                let word = self.word(before);
                !word.is_ascii()
                    || word.len() > 2
                    || matches!(word, "am" | "on" | "le" | "el" | "il")
            }
            Some(Kind::Mark(c)) => match c {
                '$' | '€' | '£' | '¥' | '%' | '+' | '=' | '&' | '@' | '#' => false,
                '-' if self.is_ordinal_prefix(before) => true,
                '-' | '/' | '.' | '_' | '–' | '\\' => self.spaced(before),
                ',' | ':' => self.number(before.wrapping_sub(1)).is_none(),
                _ => true,
            },
        }
    }

    /// Filipino writes its ordinals with a prefix: `Ika-25 ng Mayo`.
    fn is_ordinal_prefix(&self, dash: usize) -> bool {
        dash.checked_sub(1).is_some_and(|at| self.word(at).eq_ignore_ascii_case("ika"))
    }

    /// Whether the number before `next` goes on: a longer code, a range, a fraction.
    pub(super) fn goes_on(&self, next: usize) -> bool {
        if self.spaced(next) {
            return false;
        }
        match self.kind(next) {
            Some(Kind::Mark('-' | '–' | '/' | '.' | ',' | '_')) => {
                !self.spaced(next + 1) && self.number(next + 1).is_some()
            }
            Some(Kind::Mark('%' | '€' | '$' | '°')) => true,
            _ => false,
        }
    }

    /// Whether the words around are Thai, so that a year can be of the Buddhist era.
    pub(super) fn is_thai(&self) -> bool {
        self.habit.primary() == Some("th")
            || self.text.chars().take(2_000).any(|c| matches!(c, '\u{0E01}'..='\u{0E4E}'))
    }

    /// The names that the words at `at` can be, longest first, with the token after them.
    fn names(&self, at: usize) -> impl Iterator<Item = (&'static [Name], usize)> + '_ {
        let words = self.words_of_name(at);
        (1..=words).rev().filter_map(move |count| {
            let phrase = self.slice(at, at + count - 1);
            let short = phrase.len() <= LONGEST * 4;
            let found = readings(&fold(short.then_some(phrase)?));
            (!found.is_empty()).then_some((found, at + count))
        })
    }

    /// How many words from `at` on can be a name together: none if no name begins with the first.
    fn words_of_name(&self, at: usize) -> usize {
        let begins = if self.is_ascii {
            self.may_begin_name(at)
        } else {
            let first = self.word(at);
            first.len() <= LONGEST * 4 && may_begin_with(first)
        };
        if !begins {
            return 0;
        }
        (0..3).take_while(move |&more| !self.word(at + more).is_empty()).count()
    }

    /// Whether a name may begin with the word at `at`, in a text whose words are letters of ASCII.
    fn may_begin_name(&self, at: usize) -> bool {
        let word = self.tokens.get(at).filter(|token| token.kind == Kind::Word);
        let letters = word.and_then(|word| self.text.as_bytes().get(word.start..word.end));
        letters.is_some_and(may_begin_with_letters)
    }

    /// The month named at `at`, and the token after it.
    pub(super) fn month(&self, at: usize) -> Option<(Month, usize)> {
        // Most words are none, and are done with here.
        if self.is_ascii && self.words_of_name(at) == 0 {
            return None;
        }
        let month =
            self.names(at).find_map(|(names, next)| Some((self.choose_month(names)?, next)));
        // Hebrew writes its "in" as one word with the month.
        month.or_else(|| {
            let prefixed = self.word(at).strip_prefix("ב").filter(|_| !self.is_ascii)?;
            Some((self.choose_month(readings(&fold(prefixed)))?, at + 1))
        })
    }

    fn choose_month(&self, names: &[Name]) -> Option<Month> {
        let months = names.iter().filter_map(|name| match name.named {
            Named::Month(calendar, number) => {
                Some(Month { calendar, number, language: name.language })
            }
            Named::Weekday(_) => None,
        });
        self.prefer(
            &months,
            |month| month.language,
            |a, b| a.number == b.number && a.calendar == b.calendar,
        )
    }

    /// The weekday named at `at`, from 1 for Monday, the token after it, and whether the word
    /// names the same in all languages or in the text's own.
    pub(super) fn weekday(&self, at: usize) -> Option<(u32, usize, bool)> {
        self.names(at).find_map(|(names, next)| {
            let number = self.choose_weekday(names)?;
            let own = self.habit.primary();
            let short = self.span(at, next).len() <= ABBREVIATION;
            let of_own = names.iter().any(|name| Some(name.language) == own);
            // Short words of one language are words of all kinds in others (`on`, `die`, `son`).
            let known = !short || names.iter().any(|name| name.language == "en");
            let one = names.iter().all(|name| name.named == Named::Weekday(number));
            // English writes them with a capital: `30th Apr` holds no Thursday, and `In 2019.2.1, we`
            // no Wednesday.
            let is_english = own.is_none_or(|own| own == "en");
            let plain =
                short && is_english && self.slice(at, next).starts_with(|c: char| c.is_lowercase());
            let certain = (of_own || one && known) && !plain;
            Some((number, next, certain))
        })
    }

    pub(super) fn choose_weekday(&self, names: &[Name]) -> Option<u32> {
        let days = names.iter().filter_map(|name| match name.named {
            Named::Weekday(number) => Some((number, name.language)),
            Named::Month(..) => None,
        });
        Some(self.prefer(&days, |day| day.1, |a, b| a.0 == b.0)?.0)
    }

    /// The reading in the text's own language, else in English, else the one most languages share.
    fn prefer<T: Copy>(
        &self,
        readings: &(impl Iterator<Item = T> + Clone),
        language: impl Fn(&T) -> &'static str,
        same: impl Fn(&T, &T) -> bool,
    ) -> Option<T> {
        let own = self.habit.primary().unwrap_or("en");
        readings
            .clone()
            .find(|reading| language(reading) == own)
            .or_else(|| readings.clone().find(|reading| language(reading) == "en"))
            .or_else(|| {
                let votes = |a: &T| readings.clone().filter(|b| same(a, b)).count();
                let mut best: Option<(T, usize)> = None;
                for reading in readings.clone() {
                    let count = votes(&reading);
                    if best.is_none_or(|(_, most)| count > most) {
                        best = Some((reading, count));
                    }
                }
                best.map(|(reading, _)| reading)
            })
    }
}
