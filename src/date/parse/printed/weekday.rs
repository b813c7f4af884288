//! The weekday that is printed beside a date.

use super::scan::Scan;
use crate::date::parse::names::{fold, readings};
use crate::model::Span;

/// A weekday as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekday {
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
pub const ABBREVIATION: usize = 5;

impl Scan<'_> {
    /// The weekday beside the date of the tokens `from..to`: before it (`Friday, `), or after it
    /// (` (Fri)`, `(金)`).
    pub fn weekday_beside(&self, from: usize, to: usize) -> Option<Weekday> {
        self.weekday_before(from).or_else(|| self.weekday_after(to))
    }

    fn weekday_before(&self, from: usize) -> Option<Weekday> {
        let mut at = from.checked_sub(1)?;
        let dotted = self.mark(at) == Some('.');
        for _ in 0..3 {
            let mark = matches!(self.mark(at), Some(',' | '.' | '(' | '،' | '|' | '’' | '\''));
            if !mark && !BETWEEN.contains(&self.word(at)) {
                break;
            }
            at = at.checked_sub(1)?;
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
                is_certain,
            })
        })
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
