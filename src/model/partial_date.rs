//! A date as it was stated, with only the precision that it was stated with.

use std::fmt;

use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::When;

/// A date of reduced precision, as in ISO 8601-2 (EDTF level 0), or a full date with a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// `2018`
    Year(i16),
    /// `2018-05`; the date is the month's first day.
    Month(Date),
    /// `2018-W21`, a week as ISO 8601 counts them; the date is its Monday.
    Week(Date),
    /// `2018-05-25`
    Day(Date),
    /// `2018-05-25T14:03:00`, in a zone that nobody stated.
    Local(DateTime),
    /// `2018-05-25T14:03:00+03:00`
    Zoned(DateTime, Offset),
}

/// The zones a printed date could be in run from UTC-12 to UTC+14.
const EASTERNMOST: SignedDuration = SignedDuration::from_hours(14);
const WESTERNMOST: SignedDuration = SignedDuration::from_hours(12);

impl PartialDate {
    /// A year and a month, or none where there is no such month.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Date::new(year, month, 1).ok().map(Self::Month)
    }

    /// A year and a week of it, or none where there is no such week.
    #[must_use]
    pub fn week(year: i16, week: i8) -> Option<Self> {
        ISOWeekDate::new(year, week, Weekday::Monday).ok().map(|week| Self::Week(week.date()))
    }

    /// A day, or none where the calendar has no such day.
    #[must_use]
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self::Day)
    }

    /// The moment of a timestamp, stated in UTC.
    #[must_use]
    pub fn utc(at: Timestamp) -> Self {
        Self::Zoned(Offset::UTC.to_datetime(at), Offset::UTC)
    }

    /// The first day that the statement covers.
    #[must_use]
    pub fn first_day(self) -> Date {
        match self {
            Self::Year(year) => Date::new(year, 1, 1).unwrap_or(Date::MIN),
            Self::Month(date) | Self::Week(date) | Self::Day(date) => date,
            Self::Local(time) | Self::Zoned(time, _) => time.date(),
        }
    }

    /// The last day that the statement covers.
    #[must_use]
    pub fn last_day(self) -> Date {
        let first = self.first_day();
        match self {
            Self::Year(_) => first.last_of_year(),
            Self::Month(_) => first.last_of_month(),
            Self::Week(_) => first.saturating_add(6.days()),
            Self::Day(_) | Self::Local(_) | Self::Zoned(..) => first,
        }
    }

    /// The stated calendar day, if the statement is as precise as that.
    #[must_use]
    pub fn as_day(self) -> Option<Date> {
        match self {
            Self::Year(_) | Self::Month(_) | Self::Week(_) => None,
            Self::Day(date) => Some(date),
            Self::Local(time) | Self::Zoned(time, _) => Some(time.date()),
        }
    }

    /// The same statement with any time of day left off.
    #[must_use]
    pub fn to_day_precision(self) -> Self {
        self.as_day().map_or(self, Self::Day)
    }

    /// Whether a day lies within the days that the statement covers.
    #[must_use]
    pub fn covers(self, day: Date) -> bool {
        (self.first_day()..=self.last_day()).contains(&day)
    }

    /// The narrowest of a day, a week, a month and a year that covers all days from `first` to
    /// `last`, or none where they lie in two years.
    #[must_use]
    pub fn covering(first: Date, last: Date) -> Option<Self> {
        let week = first.iso_week_date();
        let wider = [
            Some(Self::Day(first)),
            Self::week(week.year(), week.week()),
            Self::month(first.year(), first.month()),
            Some(Self::Year(first.year())),
        ];
        wider.into_iter().flatten().find(|date| date.covers(first) && date.covers(last))
    }

    /// The interval of instants that the statement allows.
    ///
    /// Without a zone it is as wide as the zones it could be in: a printed day begins at UTC+14
    /// and ends at UTC-12, and so is 50 hours long. A stated time is taken to be exact to its
    /// second.
    #[must_use]
    pub fn when(self) -> When {
        let second = SignedDuration::from_secs(1);
        let (first, end) = match self {
            Self::Zoned(time, offset) => {
                let at = offset.to_timestamp(time).unwrap_or(Timestamp::MAX);
                return interval(at, at.saturating_add(second).unwrap_or(Timestamp::MAX));
            }
            Self::Local(time) => (time, time.saturating_add(second)),
            Self::Day(date) => (date.into(), date.tomorrow().unwrap_or(Date::MAX).into()),
            Self::Week(date) => (date.into(), date.saturating_add(1.week()).into()),
            Self::Month(date) => (date.into(), following(date.last_of_month())),
            Self::Year(_) => {
                let first = self.first_day();
                (first.into(), following(first.last_of_year()))
            }
        };
        let utc = |time: DateTime| Offset::UTC.to_timestamp(time).unwrap_or(Timestamp::MAX);
        interval(
            utc(first).saturating_sub(EASTERNMOST).unwrap_or(Timestamp::MIN),
            utc(end).saturating_add(WESTERNMOST).unwrap_or(Timestamp::MAX),
        )
    }
}

fn following(last: Date) -> DateTime {
    last.tomorrow().unwrap_or(Date::MAX).into()
}

/// At the ends of representable time an interval keeps at least one instant.
fn interval(earliest: Timestamp, before: Timestamp) -> When {
    When::new(earliest, before).unwrap_or(When {
        earliest: Timestamp::MAX
            .saturating_sub(SignedDuration::from_secs(1))
            .unwrap_or(Timestamp::MIN),
        before: Timestamp::MAX,
    })
}

impl fmt::Display for PartialDate {
    /// ISO 8601, no more precise than stated; times are cut to the second.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(date) => write!(f, "{:04}-{:02}", date.year(), date.month()),
            Self::Week(date) => {
                let week = date.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Self::Day(date) => write!(f, "{date}"),
            Self::Local(time) => write!(f, "{}", time.strftime("%Y-%m-%dT%H:%M:%S")),
            Self::Zoned(time, offset) => {
                write!(f, "{}{}", time.strftime("%Y-%m-%dT%H:%M:%S"), zone(*offset))
            }
        }
    }
}

fn zone(offset: Offset) -> String {
    let seconds = offset.seconds();
    if seconds == 0 {
        return "Z".to_owned();
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

impl std::str::FromStr for PartialDate {
    type Err = String;

    /// Reads what [`Display`](fmt::Display) writes: `2018`, `2018-05`, `2018-W21`, `2018-05-25`, and
    /// a date with a time, with or without a zone.
    ///
    /// # Errors
    ///
    /// Says what is accepted, for a person who typed the text.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!("`{text}` is no date: write 2018-05-25, 2018-05, 2018 or 2018-05-25T14:03:00Z")
        };
        let text = text.trim();
        let number = |part: &str| {
            part.parse::<i16>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()))
        };
        match text.len() {
            4 => number(text).map(Self::Year).ok_or_else(wrong),
            7 => text
                .split_once('-')
                .and_then(|(year, month)| {
                    Self::month(number(year)?, i8::try_from(number(month)?).ok()?)
                })
                .ok_or_else(wrong),
            8 => text
                .split_once("-W")
                .and_then(|(year, week)| {
                    Self::week(number(year)?, i8::try_from(number(week)?).ok()?)
                })
                .ok_or_else(wrong),
            10 => text.parse().map(Self::Day).map_err(|_| wrong()),
            _ => zoned(text).or_else(|| local(text)).ok_or_else(wrong),
        }
    }
}

/// A date and time with an explicit offset or `Z`.
fn zoned(text: &str) -> Option<PartialDate> {
    let at: Timestamp = text.parse().ok()?;
    let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
    let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
    Some(PartialDate::Zoned(offset.to_datetime(at), offset))
}

/// A date and time without a zone.
fn local(text: &str) -> Option<PartialDate> {
    text.contains(['T', 't', ' ']).then(|| text.parse().ok().map(PartialDate::Local))?
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> PartialDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_printed_day_is_as_wide_as_the_zones_it_could_be_in() {
        let when = read("2018-05-25").when();
        assert_eq!(when.earliest.to_string(), "2018-05-24T10:00:00Z");
        assert_eq!(when.before.to_string(), "2018-05-26T12:00:00Z");
    }

    #[test]
    fn precision_is_kept() {
        for text in [
            "2018",
            "2018-05",
            "2018-W21",
            "2018-05-25",
            "2018-05-25T14:03:00",
            "2018-05-25T14:03:00+03:00",
        ] {
            assert_eq!(read(text).to_string(), text);
        }
    }

    #[test]
    fn two_days_are_covered_by_the_narrowest_that_holds_both() {
        let covering = |first: &str, last: &str| {
            let day = |text: &str| text.parse().expect("a day");
            PartialDate::covering(day(first), day(last)).map(|date| date.to_string())
        };
        assert_eq!(covering("2018-05-25", "2018-05-25").as_deref(), Some("2018-05-25"));
        assert_eq!(covering("2018-05-21", "2018-05-27").as_deref(), Some("2018-W21"));
        assert_eq!(covering("2018-05-20", "2018-05-27").as_deref(), Some("2018-05"));
        assert_eq!(covering("2018-05-20", "2018-06-27").as_deref(), Some("2018"));
        assert_eq!(covering("2017-05-20", "2018-05-20"), None);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "18",
            "2018-13",
            "2018-W54",
            "2018-02-30",
            "2018-5-25",
            "May 25",
            "+018",
            "20180525",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_day_lies_within_its_month_and_year(days in -20_000_i64..40_000) {
            let epoch = jiff::civil::date(1970, 1, 1);
            let date = epoch.saturating_add(jiff::Span::new().days(days));
            let day = PartialDate::Day(date).when();
            let week = date.iso_week_date();
            for wider in [PartialDate::week(week.year(), week.week()), PartialDate::month(date.year(), date.month()), Some(PartialDate::Year(date.year()))] {
                let wider = wider.expect("a date").when();
                prop_assert_eq!(wider.intersection(day), Some(day));
            }
        }

        #[test]
        fn reading_any_text_never_panics(text in ".{0,40}") {
            let _ = text.parse::<PartialDate>();
        }
    }
}
