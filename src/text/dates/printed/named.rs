//! Dates with the month's name: `25 May 2018`, `May 25, 2018`, `2018. május 25.`.

use super::numeric::two_digit_year;
use super::scan::{Month, REACH, Scan};
use super::{Match, Reading};
use crate::html::{Table, packed};
use crate::model::PartialDate;
use crate::text::dates::calendar;
use crate::text::dates::names::Calendar;

/// Words that stand between the parts of a date and say nothing.
static FILLERS: Table<bool, 128> = words(&[
    "de",
    "del",
    "d",
    "di",
    "da",
    "do",
    "dos",
    "of",
    "the",
    "le",
    "el",
    "al",
    "m",
    "g",
    "gada",
    "год",
    "года",
    "г",
    "р",
    "рік",
    "року",
    "ж",
    "жыл",
    "жылы",
    "жылғы",
    "оны",
    "он",
    "il",
    "yil",
    "yili",
    "ko",
    "eko",
    "ren",
    "urteko",
    "năm",
    "ngày",
    "tháng",
    "წლის",
    "წელი",
    "թ",
    "թվականի",
    "του",
    "a",
    "ce",
    "în",
    "ที่",
    "พ.ศ",
    "ค.ศ",
    "โดย",
    "सन",
    "ව",
    "roku",
    "r",
    "í",
    "هـ",
    "م",
    "سال",
    "ماه",
    "ஆண்டு",
    "ng",
]);

/// Endings that are written onto a day's number.
static ORDINALS: Table<bool, 128> = words(&[
    "st", "nd", "rd", "th", "er", "ère", "re", "e", "o", "a", "ú", "an", "en", "ste", "de", "eme",
    "ème", "nda", "inci", "i", "én", "án", "ін", "ге", "го", "й", "е", "ого", "ая", "mh", "ain",
    "fed", "eg", "af", "ilea", "ean", "t", "to", "lea", "η", "ης", "den", "te", "нче", "nci",
]);

/// Languages that print the year before the month's name.
const YEAR_FIRST: &[&str] =
    &["hu", "lt", "lv", "eu", "mn", "kk", "uz", "ky", "si", "ne", "tk", "ko", "sv", "sq"];

/// Languages in which a month without a year is read as a date wherever it stands.
fn is_trusted(scan: &Scan<'_>, month: &Month) -> bool {
    month.language == "en" || scan.habit.language.is_none_or(|tag| tag.starts_with(month.language))
}

/// Day, month, and a year if it is there.
pub(super) fn day_first(scan: &Scan<'_>, at: usize) -> Option<Match> {
    let day = scan.day_number(at)?;
    let after_day = after_ordinal(scan, at + 1);
    let (month, next) = month_between(scan, after_day)?;
    if let Some((year, end, doubtful)) = year_after(scan, next) {
        return full(scan, at, end, &month, [year, day], doubtful);
    }
    let next = if scan.mark(next) == Some('.') && !scan.spaced(next) { next + 1 } else { next };
    yearless(scan, at, next, &month, day)
}

/// Month and day, and a year if it is there; or month and year.
pub(super) fn month_first(scan: &Scan<'_>, at: usize) -> Option<Match> {
    // A name is only looked up where a number stands near.
    if !(1..=REACH).any(|ahead| scan.number(at + ahead).is_some()) || joined_before(scan, at) {
        return None;
    }
    let (month, next) = scan.month(at)?;
    let day_at = skip_between(scan, next);
    if let Some((day, year)) = run_together(scan, day_at) {
        return full(scan, at, day_at + 1, &month, [year, day], false);
    }
    if let Some(day) = scan.day_number(day_at) {
        let after_day = after_ordinal(scan, day_at + 1);
        if scan.goes_on(after_day) && scan.number(after_day + 1).is_none_or(|n| n.1 != 4) {
            return None;
        }
        if let Some((year, end, doubtful)) = year_after(scan, after_day) {
            return full(scan, at, end, &month, [year, day], doubtful);
        }
        let time =
            matches!(scan.mark(after_day), Some(':')) && scan.number(after_day + 1).is_some();
        return if time { None } else { yearless(scan, at, after_day, &month, day) };
    }
    month_and_year(scan, at, day_at, &month)
}

/// A day and a year of the web whose elements have no blank between them, as a leaf of a calendar
/// has them below each other: `Feb 182009`.
fn run_together(scan: &Scan<'_>, at: usize) -> Option<(u32, u32)> {
    let (value, digits) = scan.number(at)?;
    let (day, year) = (value / 10_000, value % 10_000);
    let valid = matches!(digits, 5 | 6)
        && (1..=31).contains(&day)
        && (1990..2100).contains(&year)
        && !scan.goes_on(at + 1);
    valid.then_some((day, year))
}

/// Year, month and day, as Hungarian, Lithuanian and others print them, or year, day and month.
pub(super) fn year_first(scan: &Scan<'_>, at: usize) -> Option<Match> {
    let (year, _) = scan.number(at).filter(|number| number.1 == 4)?;
    let after_year = after_ordinal(scan, at + 1);
    let after_year = skip_between(scan, after_year);
    let ((month, next), day_at) = match scan.day_number(after_year) {
        Some(_) => (month_between(scan, after_ordinal(scan, after_year + 1))?, Some(after_year)),
        None => (scan.month(after_year)?, None),
    };
    if !YEAR_FIRST.contains(&month.language) && !is_even(scan, at + 1, after_year, next) {
        return None;
    }
    let day_at_end = skip_between(scan, next);
    let (day, end) = match day_at {
        Some(day_at) => (scan.day_number(day_at)?, next),
        None => (scan.day_number(day_at_end)?, day_at_end + 1),
    };
    if scan.goes_on(end) {
        return None;
    }
    full(scan, at, end, &month, [year, day], false)
}

/// Whether year, name and day stand apart by blanks or by the same stroke (`2018 May 25`,
/// `2018-May-25`), which is how other languages write them if they put the year first.
fn is_even(scan: &Scan<'_>, first: usize, after_first: usize, second: usize) -> bool {
    match scan.mark(first).filter(|mark| matches!(mark, '-' | '/')) {
        Some(mark) => after_first == first + 1 && scan.mark(second) == Some(mark),
        None => after_first == first && scan.number(second).is_some(),
    }
}

fn full(
    scan: &Scan<'_>,
    from: usize,
    to: usize,
    month: &Month,
    [year, day]: [u32; 2],
    doubtful: bool,
) -> Option<Match> {
    let thai = month.language == "th" || scan.habit.primary() == Some("th");
    let date = calendar::day(month.calendar, year, month.number, day, thai)?;
    let (mut printed, next) = scan.printed(from, to, Reading::Full(PartialDate::Day(date)));
    // The moon is sighted a day earlier or later in places.
    printed.doubtful = doubtful || month.calendar == Calendar::Hijri;
    Some((printed, next))
}

fn yearless(scan: &Scan<'_>, from: usize, to: usize, month: &Month, day: u32) -> Option<Match> {
    if month.calendar != Calendar::Gregorian || !is_trusted(scan, month) {
        return None;
    }
    let (month, day) = (i8::try_from(month.number).ok()?, i8::try_from(day).ok()?);
    // The year is unknown, so the day is tried in a leap year.
    PartialDate::day(2020, month, day)?;
    Some(scan.printed(from, to, Reading::Yearless { month, day }))
}

fn month_and_year(scan: &Scan<'_>, from: usize, at: usize, month: &Month) -> Option<Match> {
    let (year, end, doubtful) = year_after(scan, at)?;
    if month.calendar != Calendar::Gregorian || doubtful {
        return None;
    }
    let year = calendar::civil_year(year, month.language == "th")?;
    let date = PartialDate::month(i16::try_from(year).ok()?, i8::try_from(month.number).ok()?)?;
    Some(scan.printed(from, end, Reading::Full(date)))
}

/// Whether a word is glued to something before it (`foo-may-25`).
fn joined_before(scan: &Scan<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        !scan.spaced(at)
            && matches!(scan.mark(before), Some('-' | '/' | '_' | '.' | '@' | '#'))
            && !scan.spaced(before)
    })
}

/// The token after a day's ordinal ending, dot or raised letter.
fn after_ordinal(scan: &Scan<'_>, mut at: usize) -> usize {
    let word = scan.word(at + 1);
    if scan.mark(at) == Some('-') && !scan.spaced(at + 1) && ORDINALS.get(packed(word.as_bytes())) {
        return at + 2;
    }
    if !scan.spaced(at) && is_one_of(&ORDINALS, scan.word(at)) {
        at += 1;
    }
    if !scan.spaced(at)
        && matches!(scan.mark(at), Some('.' | 'º' | 'ª' | '°' | ':'))
        && scan.number(at + 1).is_none()
    {
        at += 1;
    }
    at
}

/// A table of words in lower case.
#[expect(clippy::indexing_slicing, reason = "made at compile time, where a panic stops the build")]
const fn words<const COUNT: usize, const SLOTS: usize>(
    words: &[&str; COUNT],
) -> Table<bool, SLOTS> {
    let mut named = [("", true); COUNT];
    let mut at = 0;
    while at < COUNT {
        named[at].0 = words[at];
        at += 1;
    }
    Table::new(&named, false)
}

/// Whether a word is one of some, in any case.
fn is_one_of<const SLOTS: usize>(words: &Table<bool, SLOTS>, word: &str) -> bool {
    if word.is_ascii() {
        return words.get(packed(word.as_bytes()));
    }
    words.get(packed(word.to_lowercase().as_bytes()))
}

/// The token after the fillers and single marks that can stand between two parts.
fn skip_between(scan: &Scan<'_>, mut at: usize) -> usize {
    for _ in 0..4 {
        let skips = match scan.mark(at) {
            Some(mark) => matches!(
                mark,
                ',' | '.' | '-' | '/' | '\'' | '’' | '،' | '‑' | '·' | '\u{5F3}' | '\u{5F4}' | '"'
            ),
            None => is_one_of(&FILLERS, scan.word(at)),
        };
        if !skips {
            break;
        }
        at += 1;
    }
    at
}

/// The month after a day: its name, or Vietnamese and Mongolian `tháng 5`.
fn month_between(scan: &Scan<'_>, at: usize) -> Option<(Month, usize)> {
    // "ma" and "de" are months' abbreviations somewhere; a filler is tried as such only after it
    // was tried as a name.
    scan.month(at).or_else(|| {
        let next = skip_between(scan, at);
        let filler = scan.word(next.checked_sub(1)?);
        if let (true, Some(number)) = (filler.eq_ignore_ascii_case("tháng"), scan.day_number(next))
        {
            let month = Month { calendar: Calendar::Gregorian, number, language: "vi" };
            return (number <= 12).then_some((month, next + 1));
        }
        (next > at).then(|| scan.month(next)).flatten()
    })
}

/// The year after a day or a month: directly, after fillers, or after a time of day.
fn year_after(scan: &Scan<'_>, at: usize) -> Option<(u32, usize, bool)> {
    let next = skip_between(scan, at);
    let next = after_time(scan, next).unwrap_or(next);
    let (value, digits) = scan.number(next)?;
    if digits == 4 && !scan.goes_on(next + 1) {
        return Some((value, next + 1, false));
    }
    let apostrophe = matches!(scan.mark(next.checked_sub(1)?), Some('\'' | '’' | '-' | '/'));
    let tight = apostrophe && !scan.spaced(next);
    let short = (digits == 2 && tight && !scan.goes_on(next + 1)).then(|| two_digit_year(value));
    Some((short??, next + 1, true))
}

/// The token after a time of day and its zone, as `ctime` prints them before the year.
fn after_time(scan: &Scan<'_>, at: usize) -> Option<usize> {
    scan.number(at).filter(|number| number.1 <= 2)?;
    let mut next = at + 1;
    while scan.mark(next) == Some(':') && scan.number(next + 1).is_some() && next < at + 5 {
        next += 2;
    }
    if next == at + 1 {
        return None;
    }
    if matches!(scan.mark(next), Some('+' | '-')) && scan.number(next + 1).is_some_and(|n| n.1 == 4)
    {
        return Some(next + 2);
    }
    let zone = scan.word(next);
    let is_zone = (2..=5).contains(&zone.len()) && zone.bytes().all(|b| b.is_ascii_uppercase());
    Some(if is_zone { next + 1 } else { next })
}
