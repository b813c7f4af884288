//! How the time stands in an identifier.
//!
//! Each reader takes only what is written as identifiers of its kind are; whether the platform was
//! there at that time is for the table to say.

use jiff::ToSpan;
use jiff::civil::Date;

use super::anchors::Anchors;

/// A time read from an identifier, as exact as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// Milliseconds since 1970.
    Instant(i64),
    /// A day in UTC.
    Day(Date),
    /// A month, named by its first day.
    Month(Date),
    /// On that day or at any time after it.
    NotBefore(Date),
}

/// A way to lay a time out in an identifier.
#[derive(Debug)]
pub(super) enum Layout {
    /// A decimal number from `least` on: milliseconds since `epoch` (itself in milliseconds), then
    /// `shift` bits of other things.
    Snowflake { shift: u32, epoch: i64, least: u64 },
    /// The same with seconds.
    Seconds { shift: u32, epoch: i64, least: u64 },
    /// A snowflake in the 64 characters of URL-safe Base64, highest first.
    Code { shift: u32, epoch: i64 },
    /// A snowflake of seconds whose decimal digits are written in groups of seven, each of them as
    /// four characters to the base 62.
    Groups62 { shift: u32, epoch: i64 },
    /// The first ten digits are Unix seconds.
    FirstTen,
    /// The last ten digits are.
    LastTen,
    /// The first thirteen digits are Unix milliseconds.
    FirstThirteen,
    /// The first six characters are Unix seconds to the base 36.
    Seconds36,
    /// A timestamp identifier of the AT Protocol: 53 bits of microseconds.
    Tid,
    /// 128 bits to the base 62, of which the upper half is Unix milliseconds.
    Flake62,
    /// Ten characters of Crockford's Base32: 48 bits of Unix milliseconds.
    Ulid,
    /// A UUID of that version.
    Uuid(u8),
    /// A UUID of version 1 whose first fields are written with their bytes reversed.
    SqlGuid,
    /// A UUID-shaped identifier whose upper half is Unix milliseconds, but for the four bits of the
    /// version, so that it is exact to a minute.
    Brightspot,
    /// Eight hexadecimal digits of Unix seconds.
    ObjectId,
    /// A letter, then eight characters of Unix milliseconds to the base 36.
    Cuid,
    /// Eight characters to the base 36: milliseconds since 2000.
    Aid,
    /// Twelve hexadecimal digits: milliseconds since 1970 plus 2^47.
    Meid,
    /// Reuters' codes of prefix and six characters.
    Reuters,
    /// The month in an arXiv identifier, or the archive's name before it.
    Arxiv,
    /// `2020.04.07.` and more.
    DottedDay,
    /// A number to that base that only grows.
    Counter { radix: u32, anchors: &'static Anchors },
}

impl Layout {
    /// How exact the time is, in words.
    pub(super) const fn exactness(&self) -> &'static str {
        match self {
            Self::Reuters | Self::DottedDay => "the day",
            Self::Arxiv => "the month",
            Self::Counter { .. } => "a day before which it was not",
            Self::Brightspot => "the minute",
            _ => "the second",
        }
    }

    /// The time in an identifier, if it is one of that kind.
    pub(super) fn read(&self, id: &str) -> Option<Moment> {
        let instant = match *self {
            Self::Snowflake { shift, epoch, least } => {
                flake(decimal(id, least)?, shift)?.checked_add(epoch)
            }
            Self::Seconds { shift, epoch, least } => {
                seconds(flake(decimal(id, least)?, shift)?.checked_add(epoch)?)
            }
            Self::Code { shift, epoch } => flake(code(id)?, shift)?.checked_add(epoch),
            Self::Groups62 { shift, epoch } => {
                seconds(flake(groups62(id)?, shift)?.checked_add(epoch)?)
            }
            Self::FirstTen => seconds(id.get(..10)?.parse().ok()?),
            Self::LastTen => seconds(id.get(id.len().checked_sub(10)?..)?.parse().ok()?),
            Self::FirstThirteen => id.get(..13)?.parse().ok(),
            Self::Seconds36 => seconds(i64::from_str_radix(id.get(..6)?, 36).ok()?),
            Self::Tid => tid(id),
            Self::Flake62 => flake62(id),
            Self::Ulid => ulid(id),
            Self::Uuid(version) => uuid(id, version),
            Self::SqlGuid => sql_guid(id),
            Self::Brightspot => brightspot(id),
            Self::ObjectId => seconds(i64::from_str_radix(id.get(..8)?, 16).ok()?),
            Self::Cuid => i64::from_str_radix(id.get(1..9)?, 36).ok(),
            Self::Aid => i64::from_str_radix(id.get(..8)?, 36).ok()?.checked_add(MILLENNIUM),
            Self::Meid => i64::from_str_radix(id.get(..12)?, 16).ok()?.checked_sub(1 << 47),
            Self::Reuters => return reuters(id).map(Moment::Day),
            Self::Arxiv => return arxiv(id).map(Moment::Month),
            Self::DottedDay => return dotted_day(id).map(Moment::Day),
            Self::Counter { radix, anchors } => {
                let number = u64::from_str_radix(id, radix).ok()?;
                return anchors.not_before(number).map(Moment::NotBefore);
            }
        };
        instant.map(Moment::Instant)
    }
}

/// The first of January 2000, in milliseconds since 1970.
const MILLENNIUM: i64 = 946_684_800_000;

fn seconds(seconds: i64) -> Option<i64> {
    seconds.checked_mul(1_000)
}

fn decimal(id: &str, least: u64) -> Option<u64> {
    id.parse().ok().filter(|&number| number >= least)
}

fn flake(number: u64, shift: u32) -> Option<i64> {
    i64::try_from(number.checked_shr(shift)?).ok()
}

/// The value of a text to a base, by the place of its characters in an alphabet.
fn value(text: &str, digit: impl Fn(u8) -> Option<u8>, base: u128) -> Option<u128> {
    text.bytes()
        .try_fold(0_u128, |sum, byte| sum.checked_mul(base)?.checked_add(u128::from(digit(byte)?)))
}

fn offset(byte: u8, from: u8, first: u8) -> Option<u8> {
    byte.checked_sub(from)?.checked_add(first)
}

fn code(id: &str) -> Option<u64> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => offset(byte, b'A', 0),
        b'a'..=b'z' => offset(byte, b'a', 26),
        b'0'..=b'9' => offset(byte, b'0', 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    };
    u64::try_from(value(id, digit, 64)?).ok()
}

fn groups62(id: &str) -> Option<u64> {
    const SEVEN_DIGITS: u64 = 10_000_000;
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => offset(byte, b'0', 0),
        b'a'..=b'z' => offset(byte, b'a', 10),
        b'A'..=b'Z' => offset(byte, b'A', 36),
        _ => None,
    };
    let (head, rest) = id.split_at_checked(id.len() % 4)?;
    let mut number = u64::try_from(value(head, digit, 62)?).ok()?;
    for group in rest.as_bytes().chunks(4) {
        let group = value(std::str::from_utf8(group).ok()?, digit, 62)?;
        let group = u64::try_from(group).ok().filter(|&group| group < SEVEN_DIGITS)?;
        number = number.checked_mul(SEVEN_DIGITS)?.checked_add(group)?;
    }
    Some(number)
}

fn tid(id: &str) -> Option<i64> {
    let digit = |byte: u8| match byte {
        b'2'..=b'7' => offset(byte, b'2', 0),
        b'a'..=b'z' => offset(byte, b'a', 6),
        _ => None,
    };
    let number = u64::try_from(value(id, digit, 32)?).ok().filter(|number| number >> 63 == 0)?;
    i64::try_from((number >> 10) / 1_000).ok()
}

fn flake62(id: &str) -> Option<i64> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => offset(byte, b'0', 0),
        b'A'..=b'Z' => offset(byte, b'A', 10),
        b'a'..=b'z' => offset(byte, b'a', 36),
        _ => None,
    };
    i64::try_from(value(id, digit, 62)? >> 64).ok()
}

fn ulid(id: &str) -> Option<i64> {
    let digit = |byte: u8| {
        let at = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"
            .iter()
            .position(|&c| c == byte.to_ascii_uppercase());
        at.and_then(|at| u8::try_from(at).ok())
    };
    let number = value(id, digit, 32)?;
    i64::try_from(number >> 80).ok().filter(|milliseconds| milliseconds >> 48 == 0)
}

/// The digits of a UUID without its hyphens, if the variant is that of RFC 9562.
fn digits(id: &str) -> Option<u128> {
    let digits: String = id.chars().filter(|&c| c != '-').collect();
    let number = u128::from_str_radix(&digits, 16).ok()?;
    (number >> 62 & 0b11 == 0b10).then_some(number)
}

/// The milliseconds from the beginning of the Gregorian calendar, from which version 1 counts
/// tenths of microseconds, to 1970.
const GREGORIAN: i64 = 12_219_292_800_000;

fn gregorian(ticks: u128) -> Option<i64> {
    i64::try_from(ticks / 10_000).ok()?.checked_sub(GREGORIAN)
}

fn uuid(id: &str, version: u8) -> Option<i64> {
    let number = digits(id).filter(|number| number >> 76 & 0xf == u128::from(version))?;
    let (low, middle, high) = (number >> 96, number >> 80 & 0xffff, number >> 64 & 0xfff);
    match version {
        1 => gregorian(high << 48 | middle << 32 | low),
        6 => gregorian(low << 28 | middle << 12 | high),
        7 => i64::try_from(low << 16 | middle).ok(),
        _ => None,
    }
}

fn sql_guid(id: &str) -> Option<i64> {
    let number = digits(id)?;
    let low = u32::try_from(number >> 96).ok()?.swap_bytes();
    let middle = u16::try_from(number >> 80 & 0xffff).ok()?.swap_bytes();
    let high = u16::try_from(number >> 64 & 0xffff).ok()?.swap_bytes();
    let is_time = high >> 12 == 1;
    let high = u128::from(high & 0xfff);
    is_time.then(|| gregorian(high << 48 | u128::from(middle) << 32 | u128::from(low)))?
}

/// Beside the time these have the version that no standard knows and end in a small number.
fn brightspot(id: &str) -> Option<i64> {
    let number = digits(id)?;
    let is_one = number >> 76 & 0xf == 0xd && number & 0xfff0 == 0;
    is_one.then(|| i64::try_from(number >> 64).ok())?
}

/// `TRE7AC15K`: the year since 2004, the month and the day, each from nought, then a count.
/// `KBN1NV2FV`, `L8N2CK0J8`: the days since 2013 and since 2012, then a count.
fn reuters(id: &str) -> Option<Date> {
    let (prefix, time) = (id.get(..3)?.to_ascii_uppercase(), id.get(3..6)?);
    let number = |text: &str| i64::from_str_radix(text, 36).ok();
    let (year, days) = match prefix.as_str() {
        "TRE" | "BRE" | "LNE" => {
            let part = |at: usize| number(time.get(at..=at)?);
            let month = i8::try_from(part(1)? + 1).ok()?;
            let day = i8::try_from(part(2)? + 1).ok()?;
            return Date::new(i16::try_from(2004 + part(0)?).ok()?, month, day).ok();
        }
        "KBN" | "KCN" => (2013, number(time)?),
        _ => (2012, number(time)?),
    };
    Date::new(year, 1, 1).ok()?.checked_add(days.days()).ok()
}

/// `1709.03221`, of five digits since 2015 and of four before; `hep-th/9711200` until March 2007.
fn arxiv(id: &str) -> Option<Date> {
    let is_old = id.contains('/');
    let number = id.rsplit('/').next()?;
    let (year, month) = (number.get(..2)?.parse::<i16>().ok()?, number.get(2..4)?.parse().ok()?);
    let year = if is_old && year > 90 { 1900 + year } else { 2000 + year };
    let first = Date::new(year, month, 1).ok()?;
    let digits = number.split_once('.').map_or(0, |(_, count)| count.len());
    let expected = match (first.year(), first.month()) {
        (..=2006, _) | (2007, ..=3) => 0,
        (..=2014, _) => 4,
        _ => 5,
    };
    (digits == expected && is_old == (expected == 0)).then_some(first)
}

fn dotted_day(id: &str) -> Option<Date> {
    let mut parts = id.split('.');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = year.len() == 4 && month.len() == 2 && day.len() == 2;
    is_whole.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())?
}
