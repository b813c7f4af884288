//! Dates as programs write them: ISO 8601 and its near relations, RFC 2822, Unix time; and, since
//! the same fields are often filled by hand, printed dates.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::printed::{self, Habit, Reading};
use crate::model::PartialDate;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stated {
    /// The date.
    pub date: PartialDate,
    /// The other day that it could mean.
    pub alternative: Option<Date>,
}

/// Longer values hold more than a date; what they begin with is enough.
const LONGEST: usize = 256;

/// Reads the value of a field that holds a date.
#[must_use]
pub(crate) fn date(value: &str, habit: Habit<'_>) -> Option<Stated> {
    let value = value.trim().trim_matches(['"', '\'']);
    let value = value.get(..value.floor_char_boundary(LONGEST))?;
    let certain = iso(value).or_else(|| rfc2822(value)).or_else(|| unix_time(value));
    if let Some(date) = certain {
        return Some(Stated { date, alternative: None });
    }
    let found = printed::dates(value, habit);
    let first = found.iter().find(|printed| matches!(printed.reading, Reading::Full(_)))?;
    let Reading::Full(date) = first.reading else { return None };
    Some(Stated { date, alternative: first.alternative })
}

/// A reader of fixed-width numbers.
struct Cursor<'a> {
    rest: &'a [u8],
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn take(&mut self, wanted: &[u8]) -> Option<u8> {
        let byte = self.peek().filter(|byte| wanted.contains(byte))?;
        self.rest = self.rest.get(1..)?;
        Some(byte)
    }

    /// A number of at least `least` and at most `most` digits.
    fn number(&mut self, least: usize, most: usize) -> Option<i32> {
        let length = self.rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        if length < least {
            return None;
        }
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some(digits.iter().fold(0, |sum, byte| sum * 10 + i32::from(byte - b'0')))
    }

    fn skip_spaces(&mut self) {
        while self.take(b" \t").is_some() {}
    }
}

/// `2018-05-25T14:03:00+03:00`, with slashes or dots, without separators, cut short at any part.
fn iso(value: &str) -> Option<PartialDate> {
    let mut cursor = Cursor { rest: value.as_bytes() };
    let year =
        i16::try_from(cursor.number(4, 4)?).ok().filter(|year| (1000..3000).contains(year))?;
    let separator = cursor.take(b"-/.");
    if separator.is_none() && cursor.peek().is_none() {
        return Some(PartialDate::Year(year));
    }
    if cursor.take(b"Ww").is_some() {
        return week(year, cursor);
    }
    let least = if separator.is_some() { 1 } else { 2 };
    let month = i8::try_from(cursor.number(least, 2)?).ok()?;
    if cursor.rest.is_empty() {
        // Six digits alone could as well be a number.
        return separator.and_then(|_| PartialDate::month(year, month));
    }
    if let Some(separator) = separator {
        cursor.take(&[separator])?;
    }
    let day = i8::try_from(cursor.number(least, 2)?).ok()?;
    let date = Date::new(year, month, day).ok()?;
    if cursor.peek().is_some_and(|byte| byte.is_ascii_digit()) {
        return compact_time(date, cursor);
    }
    Some(with_time(date, cursor))
}

/// `2018-W21`, and a day of it, `2018-W21-5` (ISO 8601, week date).
fn week(year: i16, mut cursor: Cursor<'_>) -> Option<PartialDate> {
    let week = PartialDate::week(year, i8::try_from(cursor.number(2, 2)?).ok()?)?;
    if cursor.rest.is_empty() {
        return Some(week);
    }
    cursor.take(b"-");
    let weekday = cursor.number(1, 1).filter(|day| (1..=7).contains(day))?;
    let ends = cursor.peek().is_none_or(|byte| matches!(byte, b'T' | b't' | b' '));
    let date = week.first_day().checked_add((weekday - 1).days()).ok().filter(|_| ends)?;
    Some(with_time(date, cursor))
}

/// `20180525140300`, all in one.
fn compact_time(date: Date, mut cursor: Cursor<'_>) -> Option<PartialDate> {
    let (hour, minute) = (cursor.number(2, 2)?, cursor.number(2, 2)?);
    let second = cursor.number(2, 2).unwrap_or(0);
    if cursor.peek().is_some_and(|byte| byte.is_ascii_digit()) {
        return None;
    }
    stated(date, time(hour, minute, second), zone(cursor))
}

/// A date with the time after it, as far as that can be read; else the day.
fn with_time(date: Date, cursor: Cursor<'_>) -> PartialDate {
    time_after(date, cursor).unwrap_or(PartialDate::Day(date))
}

fn time_after(date: Date, mut cursor: Cursor<'_>) -> Option<PartialDate> {
    cursor.take(b",");
    cursor.skip_spaces();
    cursor.take(b"Tt");
    cursor.skip_spaces();
    let hour = cursor.number(1, 2)?;
    let separator = cursor.take(b":.hH");
    let minute = cursor.number(2, 2)?;
    let second = match separator {
        Some(_) => cursor.take(b":.").and_then(|_| cursor.number(2, 2)),
        None => cursor.number(2, 2),
    };
    if cursor.take(b".,").is_some() {
        cursor.number(1, 12);
    }
    let hour = twelve_hours(&mut cursor, hour);
    stated(date, time(hour, minute, second.unwrap_or(0)), zone(cursor))
}

/// Turns the hour of a twelve-hour clock into one of twenty-four.
fn twelve_hours(cursor: &mut Cursor<'_>, hour: i32) -> i32 {
    cursor.skip_spaces();
    let half = cursor.rest.get(..2).map(<[u8]>::to_ascii_lowercase);
    match half.as_deref() {
        Some(b"pm") if hour < 12 => hour + 12,
        Some(b"am") if hour == 12 => 0,
        _ => hour,
    }
}

fn time(hour: i32, minute: i32, second: i32) -> Option<Time> {
    let part = |number| i8::try_from(number).ok();
    // A leap second is stated as the one before it.
    Time::new(part(hour)?, part(minute)?, part(second.min(59))?, 0).ok()
}

/// A date with a time. Midnight to the second is how programs fill the time of a day that has
/// none, so it says no more than the day.
fn stated(date: Date, time: Option<Time>, zone: Option<Offset>) -> Option<PartialDate> {
    let time = time?;
    if time == Time::midnight() {
        return Some(PartialDate::Day(date));
    }
    let local = date.to_datetime(time);
    Some(zone.map_or(PartialDate::Local(local), |offset| PartialDate::Zoned(local, offset)))
}

/// An offset or one of the few names that mean one zone everywhere.
fn zone(mut cursor: Cursor<'_>) -> Option<Offset> {
    cursor.skip_spaces();
    let sign = match cursor.peek()? {
        b'Z' | b'z' => return Some(Offset::UTC),
        b'+' => 1,
        b'-' => -1,
        _ => return named_zone(cursor.rest),
    };
    cursor.rest = cursor.rest.get(1..)?;
    let hours = cursor.number(1, 2)?;
    cursor.take(b":");
    let minutes = cursor.number(2, 2).unwrap_or(0);
    // Farther than any zone is a mistake, and the local time all that can be believed.
    let valid = hours <= 14 && minutes < 60;
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok().filter(|_| valid)
}

/// RFC 2822's obsolete zones, and the European ones that stand in their place.
fn named_zone(rest: &[u8]) -> Option<Offset> {
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    // `GMT+0200` is what JavaScript writes, `UTC+2` what people do.
    let (name, after) = rest.split_at_checked(length)?;
    if matches!(name, b"GMT" | b"UTC" | b"UT") && matches!(after.first(), Some(b'+' | b'-')) {
        return zone(Cursor { rest: after });
    }
    let hours = match rest.get(..length)?.to_ascii_uppercase().as_slice() {
        b"UTC" | b"GMT" | b"UT" | b"WET" => 0,
        b"CET" | b"MEZ" => 1,
        b"CEST" | b"MESZ" | b"EET" => 2,
        b"EEST" | b"MSK" => 3,
        b"JST" | b"KST" => 9,
        b"EST" | b"CDT" => -5,
        b"EDT" => -4,
        b"CST" | b"MDT" => -6,
        b"MST" | b"PDT" => -7,
        b"PST" => -8,
        _ => return None,
    };
    Some(Offset::constant(hours))
}

const MONTHS: [&[u8; 3]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];

/// `Fri, 25 May 2018 14:03:00 GMT`, the date of mail and HTTP.
fn rfc2822(value: &str) -> Option<PartialDate> {
    let value = value.split_once(',').map_or(value, |(_, rest)| rest).trim_start();
    let mut cursor = Cursor { rest: value.as_bytes() };
    let day = i8::try_from(cursor.number(1, 2)?).ok()?;
    cursor.take(b" -")?;
    let name = cursor.rest.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| month.as_slice() == name)? + 1;
    cursor.rest = cursor.rest.get(3..)?;
    cursor.take(b" -")?;
    let year = match cursor.number(4, 4) {
        Some(year) => year,
        // RFC 2822, section 4.3: two digits are of this century up to 49.
        None => {
            cursor.number(2, 2).map(|year| if year < 50 { 2000 + year } else { 1900 + year })?
        }
    };
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, day).ok()?;
    Some(with_time(date, cursor))
}

/// Seconds or milliseconds since 1970, from 1995 on: smaller numbers are something else.
fn unix_time(value: &str) -> Option<PartialDate> {
    if !matches!(value.len(), 9 | 10 | 13) || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = value.parse().ok()?;
    let seconds = if value.len() == 13 { number / 1000 } else { number };
    let plausible = (788_918_400..4_102_444_800).contains(&seconds);
    plausible.then(|| Timestamp::from_second(seconds).ok().map(PartialDate::utc)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn assert_reads(value: &str, expected: &str) {
        let read = date(value, Habit::default()).map(|stated| stated.date.to_string());
        assert_eq!(read.as_deref(), Some(expected), "{value}");
    }

    #[test]
    fn what_programs_write_is_read() {
        assert_reads("2018-05-25T14:03:00+03:00", "2018-05-25T14:03:00+03:00");
        assert_reads("2018-05-25T14:03:00.123Z", "2018-05-25T14:03:00Z");
        assert_reads("2018-05-25T14:03+0300", "2018-05-25T14:03:00+03:00");
        assert_reads("2018-05-25 14:03:00 +02:00", "2018-05-25T14:03:00+02:00");
        assert_reads("2018-05-25 2:03 PM", "2018-05-25T14:03:00");
        assert_reads("2018-5-5", "2018-05-05");
        assert_reads("2018/05/25", "2018-05-25");
        assert_reads("20180525", "2018-05-25");
        assert_reads("20180525T140300Z", "2018-05-25T14:03:00Z");
        assert_reads("20180525140300", "2018-05-25T14:03:00");
        assert_reads("2018-05", "2018-05");
        assert_reads("2018", "2018");
        assert_reads("2018-W21", "2018-W21");
        assert_reads("2018W21", "2018-W21");
        assert_reads("2018-W21-5", "2018-05-25");
        assert_reads("2018W215T14:03:00Z", "2018-05-25T14:03:00Z");
        assert_reads("Fri, 25 May 2018 14:03:00 GMT", "2018-05-25T14:03:00Z");
        assert_reads("Fri, 25 May 2018 14:03:00 CEST", "2018-05-25T14:03:00+02:00");
        assert_reads("Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z");
        assert_reads("Fri, 25 May 98 14:03:00 GMT", "1998-05-25T14:03:00Z");
        assert_reads("2018-05-25 10:00:00 GMT+0200", "2018-05-25T10:00:00+02:00");
        assert_reads("2018-05-25 10:00:00 UTC+2", "2018-05-25T10:00:00+02:00");
        assert_reads("2018-05-25 10:00:00 UTC", "2018-05-25T10:00:00Z");
        assert_reads("1527256980", "2018-05-25T14:03:00Z");
        assert_reads("1527256980000", "2018-05-25T14:03:00Z");
        assert_reads("May 25, 2018", "2018-05-25");
        assert_reads("2018-05-25T99:99", "2018-05-25");
    }

    #[test]
    fn midnight_says_no_more_than_the_day() {
        assert_reads("2018-05-25T00:00:00Z", "2018-05-25");
        assert_reads("2018-05-25 00:00:00", "2018-05-25");
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for value in [
            "",
            "now",
            "2018-13-01",
            "2018-W54",
            "2018-W21-8",
            "2018-W2",
            "12345",
            "99999999",
            "201805",
            "0",
            "-1",
        ] {
            assert_eq!(date(value, Habit::default()), None, "{value}");
        }
    }

    proptest! {
        #[test]
        fn no_value_panics(value in "\\PC{0,40}") {
            let _ = date(&value, Habit::default());
        }

        #[test]
        fn no_digits_panic(value in "[0-9TZ:+., /-]{0,30}") {
            let _ = date(&value, Habit::default());
        }
    }
}
