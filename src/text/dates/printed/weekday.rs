//! The weekday that is printed beside a date.

use super::scan::Scan;
use crate::model::Span;
use crate::text::dates::names::{fold, readings};

/// A weekday as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Weekday {
    /// From 1 for Monday to 7 for Sunday.
    pub number: u32,
    /// Its bytes.
    pub span: Span,
    /// Whether the word names no other weekday in another language.
    pub is_certain: bool,
}

/// Articles and the like that may stand between a weekday and its date.
const BETWEEN: &[&str] = &["the", "el", "den", "der", "d", "ngày", "dia", "día", "o", "a"];

/// The length in bytes up to which a weekday's name is an abbreviation.
pub(super) const ABBREVIATION: usize = 5;

/// Whether a letter belongs to a script that short names of weekdays are written in with letters of
/// its own, and not to the Latin one.
const fn is_of_other_script(c: char) -> bool {
    c > '\u{0370}' && !matches!(c, '\u{1E00}'..='\u{1EFF}')
}

impl Scan<'_> {
    /// The weekday beside the date of the tokens `from..to`: before it (`Friday, `), or after it
    /// (` (Fri)`, `(金)`).
    pub(super) fn weekday_beside(&self, from: usize, to: usize) -> Option<Weekday> {
        self.weekday_before(from).or_else(|| self.weekday_after(to))
    }

    fn weekday_before(&self, from: usize) -> Option<Weekday> {
        let mut at = from.checked_sub(1)?;
        let dotted = self.mark(at) == Some('.');
        let last = at;
        for _ in 0..3 {
            let mark = matches!(self.mark(at), Some(',' | '.' | '(' | '،' | '|' | '’' | '\''));
            if !mark && !BETWEEN.contains(&self.word(at)) {
                break;
            }
            at = at.checked_sub(1)?;
        }
        // What stands before a bracket can be what the bracket is about: `Sun (2002 November 14)`.
        let is_outside = (at..=last).any(|at| self.mark(at) == Some('('));
        // What ends in another paragraph is about something else.
        if self.is_parted(at, from) {
            return None;
        }
        if let Some(weekday) = self.hyphenated_weekday(at) {
            return Some(weekday);
        }
        // The name can be of up to three words; the longest wins.
        (0..3).rev().find_map(|back| {
            let start = at.checked_sub(back)?;
            let (number, next, is_certain) = self.weekday(start)?;
            // A stop after a whole name ends a sentence; after a short one it is part of it.
            let ends = dotted && self.span(start, next).len() > ABBREVIATION;
            (next == at + 1 && !ends).then(|| Weekday {
                number,
                span: self.span(start, next),
                is_certain: is_certain && !is_outside && !self.is_of_something_else(start, next),
            })
        })
    }

    /// Whether the words at `start..next` are a weekday's by chance: a part of a name (`Baltimore
    /// Sun`), a country's or a state's code (`Paris, FR`), an ending (`x.mo`, `29th`), a word with accents
    /// that the short name lacks (`từ`), or the last of several days (`Monday-Wednesday`).
    fn is_of_something_else(&self, start: usize, next: usize) -> bool {
        let name = self.slice(start, next - 1);
        let is_short = name.len() <= ABBREVIATION;
        let is_code = name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_accented = is_short
            && name.chars().count() <= 3
            && name.chars().any(|c| !c.is_ascii() && c.is_alphabetic() && !is_of_other_script(c));
        is_code || is_accented || self.is_named_after(start, is_short) || self.ends_range(start)
    }

    /// Whether what stands before a weekday's name makes it a part of something.
    fn is_named_after(&self, start: usize, is_short: bool) -> bool {
        let Some(before) = start.checked_sub(1) else { return false };
        let is_sign = matches!(self.mark(before), Some('.' | '_' | '/' | '@'));
        let is_glued = !self.spaced(start) && (is_sign || self.number(before).is_some());
        let is_capital = self.word(before).starts_with(char::is_uppercase);
        is_glued
            || is_short && is_capital && self.spaced(start) && !self.is_on_next_line(before, start)
    }

    fn is_on_next_line(&self, before: usize, at: usize) -> bool {
        self.slice(before, at).contains('\n')
    }

    /// Whether a weekday's name is the later one of two: `Monday-Wednesday`, `Friday to Sunday`.
    fn ends_range(&self, start: usize) -> bool {
        const BETWEEN: &[&str] = &[
            "to", "through", "thru", "until", "till", "and", "or", "bis", "und", "oder", "au",
            "et", "ou", "y", "e", "al", "до", "и", "по", "t/m", "en", "og", "och", "i", "do", "a",
            "à",
        ];
        let Some(between) = start.checked_sub(1) else { return false };
        let parts = matches!(self.mark(between), Some('-' | '–' | '—' | '/' | '&' | '+' | '~'))
            || BETWEEN.contains(&self.word(between));
        parts
            && between
                .checked_sub(1)
                .and_then(|first| self.weekday(first))
                .is_some_and(|(_, next, _)| next == between)
    }

    /// Whether a blank line lies between two tokens.
    pub(super) fn is_parted(&self, from: usize, to: usize) -> bool {
        let mut lines = self.slice(from, to).split('\n');
        lines.next();
        let mut lines = lines.rev();
        lines.next();
        lines.any(|line| line.trim().is_empty())
    }

    /// `sexta-feira`, its last token at `last`.
    fn hyphenated_weekday(&self, last: usize) -> Option<Weekday> {
        let first = last.checked_sub(2).filter(|_| self.mark(last - 1) == Some('-'))?;
        let both = !self.word(first).is_empty() && !self.word(last).is_empty();
        let names = both.then(|| readings(&fold(self.slice(first, last))))?;
        let number = self.choose_weekday(names)?;
        Some(Weekday { number, span: self.span(first, last + 1), is_certain: true })
    }

    fn weekday_after(&self, to: usize) -> Option<Weekday> {
        let opens = matches!(self.mark(to), Some(',' | '(' | '（' | '、' | '['));
        let at = if opens { to + 1 } else { to };
        if let Some((number, next, is_certain)) = self.weekday(at) {
            // Without a mark between them the word can begin what follows.
            let is_certain = is_certain && opens;
            return Some(Weekday { number, span: self.span(at, next), is_certain });
        }
        let bracketed = opens && matches!(self.mark(at + 1), Some(')' | '）'));
        let (number, length) = self.han_weekday(at, bracketed)?;
        Some(Weekday { number, span: self.span(at, at + length), is_certain: true })
    }

    /// `星期五`, `周五`, `金曜日`, and a single `金` in brackets.
    fn han_weekday(&self, at: usize, bracketed: bool) -> Option<(u32, usize)> {
        self.mark(at).filter(|c| !c.is_ascii() && c.is_alphabetic())?;
        for length in [3, 2] {
            let names = readings(&fold(self.slice(at, at + length - 1)));
            if let Some(number) = self.choose_weekday(names) {
                return Some((number, length));
            }
        }
        let single = "月火水木金土日".chars().position(|c| self.mark(at) == Some(c))?;
        Some((u32::try_from(single + 1).ok()?, 1)).filter(|_| bracketed)
    }
}
