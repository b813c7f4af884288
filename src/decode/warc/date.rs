//! Date: `WARC-Date` as tools write it, which is an interval like any date.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use crate::model::PartialDate;

/// The time of a record: of WARC 1.1 with any precision from a year to a nanosecond, in any zone or
/// in one that is not stated, or the digits of ARC. None where it is no date.
pub(crate) fn date(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    if text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return of_digits(text);
    }
    text.parse().ok()
}

/// `YYYYMMDDhhmmss` in UTC, with parts of a second behind it or without some of its end.
fn of_digits(text: &str) -> Option<PartialDate> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i8>().ok();
    let year = text.get(..4)?.parse().ok()?;
    let (month, day) = (number(4, 6)?, number(6, 8)?);
    let (Some(hour), Some(minute)) = (number(8, 10), number(10, 12)) else {
        return PartialDate::day(year, month, day);
    };
    // A leap second is told as the last of its minute.
    let second = number(12, 14).unwrap_or(0);
    let second = if second == 60 { 59 } else { second };
    let time = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    Some(PartialDate::Zoned(time, Offset::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_precise_as_they_are_written() {
        for (text, read) in [
            ("2018-05-25T14:03:09Z", Some("2018-05-25T14:03:09Z")),
            ("2018-05-25T14:03:09.1Z", Some("2018-05-25T14:03:09Z")),
            ("2018-05-25T14:03:09.123456789Z", Some("2018-05-25T14:03:09Z")),
            ("2018-05-25T14:03:09+02:00", Some("2018-05-25T14:03:09+02:00")),
            ("2018-05-25T14:03:09", Some("2018-05-25T14:03:09")),
            ("2018-05-25T14:03Z", Some("2018-05-25T14:03:00Z")),
            ("2016-12-31T23:59:60Z", Some("2016-12-31T23:59:59Z")),
            ("2018-05-25", Some("2018-05-25")),
            ("2018-05", Some("2018-05")),
            (" 2018 ", Some("2018")),
            ("20180525140309", Some("2018-05-25T14:03:09Z")),
            ("20180525140360", Some("2018-05-25T14:03:59Z")),
            ("20180525140309123", Some("2018-05-25T14:03:09Z")),
            ("20180525", Some("2018-05-25")),
            ("20181325140309", None),
            ("2018-13-25T14:03:09Z", None),
            ("0", None),
            ("", None),
            ("yesterday", None),
        ] {
            let told = date(text).map(|date| date.to_string());
            assert_eq!(told.as_deref(), read, "{text}");
        }
    }
}
