//! Dates with the words for year, month and day: `2018年5月25日`, `2018년 5월 25일`,
//! `令和6年5月25日`.

use super::scan::Scan;
use super::{Match, Reading};
use crate::model::PartialDate;
use crate::text::dates::calendar::{civil_year, day, era_year};
use crate::text::dates::names::Calendar;

const YEAR: [&str; 2] = ["年", "년"];
const MONTH: [&str; 2] = ["月", "월"];
const DAY: [&str; 4] = ["日", "일", "号", "號"];

/// Reads a date that begins with its year's or its month's number.
pub(super) fn date(scan: &Scan<'_>, at: usize) -> Option<Match> {
    if let Some((month, _)) = unit(scan, at, &MONTH) {
        let (day, _) = unit(scan, at + 2, &DAY)?;
        let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
        let reading =
            Reading::Yearless { month: i8::try_from(month).ok()?, day: i8::try_from(day).ok()? };
        return valid.then(|| scan.printed(at, at + 4, reading));
    }
    let (year, digits) = unit(scan, at, &YEAR)?;
    if digits != 4 {
        return None;
    }
    month_and_day(scan, at, at + 2, civil_year(year, false)?)
}

/// Reads a date that begins with the two ideographs of an era.
pub(super) fn era_date(scan: &Scan<'_>, at: usize) -> Option<Match> {
    scan.mark(at).filter(|mark| matches!(mark, '令' | '平' | '昭' | '民'))?;
    let (year, _) = unit(scan, at + 2, &YEAR)?;
    month_and_day(scan, at, at + 4, era_year(scan.slice(at, at + 1), year)?)
}

/// The month and, if it is there, the day that follow a year.
fn month_and_day(scan: &Scan<'_>, from: usize, at: usize, year: u32) -> Option<Match> {
    let (month, _) = unit(scan, at, &MONTH)?;
    if let Some((number, _)) = unit(scan, at + 2, &DAY) {
        let day = day(Calendar::Gregorian, year, month, number, false)?;
        return Some(scan.printed(from, at + 4, Reading::Full(PartialDate::Day(day))));
    }
    let month = PartialDate::month(i16::try_from(year).ok()?, i8::try_from(month).ok()?)?;
    Some(scan.printed(from, at + 2, Reading::Full(month)))
}

/// A number and the word for its unit.
fn unit(scan: &Scan<'_>, at: usize, words: &[&str]) -> Option<(u32, usize)> {
    let number = scan.number(at)?;
    let word = scan.slice(at + 1, at + 1);
    words.iter().any(|unit| word.starts_with(unit)).then_some(number)
}
