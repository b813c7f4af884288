//! Dates as people print them, in any of the languages that `names` knows.
//!
//! Numbers, names and the marks between them are read by a few patterns that hold for all
//! languages (day month year, month day year, year month day); a language decides only the order
//! of an ambiguous numeric date and the reading of an ambiguous name.

mod han;
mod named;
mod numeric;
mod scan;
mod weekday;

use jiff::civil::Date;

use super::tokens::{Kind, Token, tokens};
use crate::model::{PartialDate, Span};
use crate::text::ascii::holds_numeral;
use scan::Scan;

pub(crate) use weekday::Weekday;

/// What decides between readings.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Habit<'a> {
    /// The text's language, BCP 47 in lower case.
    pub language: Option<&'a str>,
    /// Whether the site writes the month before the day, where other dates of it show that.
    pub month_first: Option<bool>,
}

impl<'a> Habit<'a> {
    /// The language's primary subtag.
    #[must_use]
    pub(crate) fn primary(self) -> Option<&'a str> {
        self.language.and_then(|tag| tag.split(['-', '_']).next())
    }

    /// Whether `05/04` is a month and a day: as the site does it, else as the language does. Of
    /// the large languages only American and Philippine writing puts the month first.
    fn puts_month_first(self) -> bool {
        self.month_first.unwrap_or(match self.language {
            None => true,
            Some(tag) => matches!(tag, "en" | "en-us" | "en_us" | "en-ph" | "fil" | "es-us"),
        })
    }
}

/// The date itself, as far as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A day or a month of a year.
    Full(PartialDate),
    /// A month and a day of a year that stands elsewhere.
    Yearless {
        /// From 1 to 12.
        month: i8,
        /// From 1 to 31.
        day: i8,
    },
}

/// One printed date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Printed {
    /// Its bytes, without a weekday beside it.
    pub span: Span,
    /// What it says.
    pub reading: Reading,
    /// The other day that it could mean, where day and month can be exchanged.
    pub alternative: Option<Date>,
    /// Whether it is less certain than it looks: a year of two digits, another calendar.
    pub doubtful: bool,
    /// The weekday printed beside it.
    pub weekday: Option<Weekday>,
}

impl Printed {
    /// The day, where year, month and day are printed.
    #[must_use]
    pub(crate) fn day(&self) -> Option<Date> {
        match self.reading {
            Reading::Full(date) => date.as_day(),
            Reading::Yearless { .. } => None,
        }
    }

    /// Where day and month can be exchanged and the weekday beside them is that of one reading
    /// only, it is that one.
    fn decide_by_weekday(&mut self) {
        let (Some(day), Some(other), Some(weekday)) = (self.day(), self.alternative, self.weekday)
        else {
            return;
        };
        let falls_on_it =
            |day: Date| u32::try_from(day.weekday().to_monday_one_offset()) == Ok(weekday.number);
        if falls_on_it(day) == falls_on_it(other) {
            return;
        }
        if falls_on_it(other) {
            self.reading = Reading::Full(PartialDate::Day(other));
        }
        self.alternative = None;
    }

    /// The bytes of the date with the weekday beside it.
    #[must_use]
    pub(crate) fn whole(&self) -> Span {
        let Some(weekday) = self.weekday else { return self.span };
        Span::new(self.span.start.min(weekday.span.start), self.span.end.max(weekday.span.end))
    }
}

/// What a pattern has read, and the token after it.
type Match = (Printed, usize);

/// Every date in `text`, in order. Linear in the text's length.
#[must_use]
pub(crate) fn dates(text: &str, habit: Habit<'_>) -> Vec<Printed> {
    if !holds_numeral(text) {
        return Vec::new();
    }
    let tokens = tokens(text);
    let scan = Scan::new(text, &tokens, habit);
    let (mut at, mut found) = (0, Vec::new());
    let mut numbers = Numbers::new(&tokens);
    while at < tokens.len() {
        // No date is without a number, and none begins far before its first.
        match numbers.next_from(at) {
            Some(number) => at = at.max(number.saturating_sub(scan::REACH)),
            None => break,
        }
        let Some((mut printed, next)) = scan.date_at(at) else {
            at += 1;
            continue;
        };
        // What begins in another paragraph is no part of the date: its number, perhaps.
        if scan.is_parted(at, next - 1) {
            at += 1;
            continue;
        }
        printed.weekday = scan.weekday_beside(at, next);
        printed.decide_by_weekday();
        found.push(printed);
        at = next.max(at + 1);
    }
    found
}

/// The numbers among some tokens, in order.
struct Numbers<'a> {
    tokens: &'a [Token],
    next: usize,
}

impl<'a> Numbers<'a> {
    const fn new(tokens: &'a [Token]) -> Self {
        Self { tokens, next: 0 }
    }

    /// The first from token `at` on; `at` never falls.
    fn next_from(&mut self, at: usize) -> Option<usize> {
        self.next = self.next.max(at);
        let rest = self.tokens.get(self.next..)?;
        self.next += rest.iter().position(|token| matches!(token.kind, Kind::Number { .. }))?;
        Some(self.next)
    }
}

#[cfg(test)]
mod tests;
