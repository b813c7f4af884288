//! Numeric dates: `2018-05-25`, `25.05.2018`, `5/25/2018`, `25.05.18`.

use jiff::civil::Date;

use super::scan::Scan;
use super::{Match, Reading};
use crate::model::PartialDate;
use crate::text::dates::calendar;
use crate::text::dates::names::Calendar;

/// Reads three numbers with one mark between them.
pub(super) fn date(scan: &Scan<'_>, at: usize) -> Option<Match> {
    let mark = scan
        .mark(at + 1)
        .filter(|mark| matches!(mark, '-' | '/' | '.' | '‑' | '–' | '．' | '／'))?;
    if scan.mark(at + 3) != Some(mark) || !even_spaces(scan, at, mark) || scan.goes_on(at + 5) {
        return None;
    }
    let [first, second, third] = [scan.number(at)?, scan.number(at + 2)?, scan.number(at + 4)?];
    let (reading, alternative, doubtful) = match [first.1, second.1, third.1] {
        [4, 1..=2, 1..=2] => (civil(scan, first.0, second.0, third.0)?, None, false),
        // Markup runs a year of two digits together with the hour: `28.09.1912:34`.
        [2, 2, 4] if year_with_hour(scan, at + 4, third.0).is_some() => {
            let year = year_with_hour(scan, at + 4, third.0)?;
            let (day, alternative, _) = day_and_month(scan, [first.0, second.0], year, mark)?;
            (day, alternative, true)
        }
        [1..=2, 1..=2, 4] => day_and_month(scan, [first.0, second.0], third.0, mark)?,
        [2, 2, 2] | [1..=2, 1..=2, 2] if first.1 == 2 && second.1 == 2 || mark == '/' => {
            let (day, alternative, _) =
                day_and_month(scan, [first.0, second.0], two_digit_year(third.0)?, mark)?;
            (day, alternative, true)
        }
        _ => return None,
    };
    let (mut printed, next) = scan.printed(at, at + 5, Reading::Full(PartialDate::Day(reading)));
    (printed.alternative, printed.doubtful) = (alternative, doubtful);
    Some((printed, next))
}

/// The year in four digits of which the last two are the hour of a time that goes on.
fn year_with_hour(scan: &Scan<'_>, at: usize, number: u32) -> Option<u32> {
    let goes_on = scan.mark(at + 1) == Some(':') && !scan.spaced(at + 1) && !scan.spaced(at + 2);
    let minute = scan.number(at + 2).filter(|&(value, digits)| digits == 2 && value < 60);
    let is_time = goes_on && minute.is_some() && number % 100 < 24;
    two_digit_year(number / 100).filter(|_| is_time)
}

/// A dash never has spaces around it; a dot may have one after it (`25. 5. 2018`), a stroke both.
fn even_spaces(scan: &Scan<'_>, at: usize, mark: char) -> bool {
    let gap = |at: usize| (scan.spaced(at), scan.spaced(at + 1));
    let (first, second) = (gap(at + 1), gap(at + 3));
    match mark {
        '.' => !first.0 && !second.0,
        '/' => first == second && first.0 == first.1,
        _ => first == (false, false) && second == (false, false),
    }
}

/// Years of two digits are those of the web's age and its near future; others are more likely
/// part of a code.
pub(super) fn two_digit_year(year: u32) -> Option<u32> {
    match year {
        0..=39 => Some(2000 + year),
        90..=99 => Some(1900 + year),
        _ => None,
    }
}

type Days = (Date, Option<Date>, bool);

/// The day that comes of two numbers that are day and month in some order: what is possible, then
/// what the mark says (dots are never American), then the habit. The other reading is kept.
fn day_and_month(scan: &Scan<'_>, pair: [u32; 2], year: u32, mark: char) -> Option<Days> {
    let day_first = civil(scan, year, pair[1], pair[0]);
    let month_first = civil(scan, year, pair[0], pair[1]);
    let (day_first, month_first) = match (day_first, month_first) {
        (Some(day), None) | (None, Some(day)) => return Some((day, None, false)),
        (None, None) => return None,
        (Some(day_first), Some(month_first)) => (day_first, month_first),
    };
    if day_first == month_first || mark == '.' {
        return Some((day_first, None, false));
    }
    if scan.habit.puts_month_first() {
        Some((month_first, Some(day_first), false))
    } else {
        Some((day_first, Some(month_first), false))
    }
}

/// A civil day; a year of the Iranian calendar counts where the text is Persian.
fn civil(scan: &Scan<'_>, year: u32, month: u32, day: u32) -> Option<Date> {
    let persian = scan.habit.primary() == Some("fa") && (1300..=1450).contains(&year);
    let which = if persian { Calendar::Persian } else { Calendar::Gregorian };
    calendar::day(which, year, month, day, year >= 2400 && scan.is_thai())
}
