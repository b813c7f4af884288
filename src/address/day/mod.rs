//! The day in an address (`/2018/05/25/`), read strictly: an identifier that happens to look like one is
//! none.

mod impossible;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use jiff::civil::Date;
use url::Url;

use super::identifier;
use crate::model::{Claim, Confidence, Event, PartialDate, Source, SourceInfo, Speaker, Standing};
use crate::text::dates::names::{Calendar, Named, fold, readings};
use crate::text::dates::no_day;

pub use impossible::impossible_date_in_url;

/// The kind of evidence that a day in an address is, as claims name it.
pub const SOURCE: Source = Source::known(&SourceInfo {
    name: "url-path",
    label: "URL path",
    phrase: "address",
    speaker: Speaker::Address,
    standing: Standing::Own,
});

/// How an address holds a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A day in its path.
    Day,
    /// A day among its words, which may be what the page is about.
    Words,
    /// A month or a week.
    Month,
}

impl Form {
    /// How far such a date is to be believed.
    pub(crate) const fn confidence(self) -> Confidence {
        match self {
            Self::Day => Confidence::High,
            Self::Words => Confidence::Low,
            Self::Month => Confidence::Medium,
        }
    }
}

/// A date that an address holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub form: Form,
    pub date: PartialDate,
    pub alternative: Option<Date>,
    pub quote: String,
}

/// Addresses with more segments than this are read no further.
pub(crate) const MAX_SEGMENTS: usize = 64;

/// The years that an address can name. The web is young, but newspapers put their old volumes on
/// it; for anything but a whole path of year, month and day the web's own years count.
const PATH_YEARS: std::ops::RangeInclusive<i16> = 1850..=2099;
pub(crate) const WEB_YEARS: std::ops::RangeInclusive<i16> = 1990..=2099;

/// Whether the four digits of a year stand in an address, or codes that may be some of them: in most
/// none do, and those need not be taken apart.
pub(crate) fn may_hold_year(url: &Url) -> bool {
    let of = |text: &str| {
        text.as_bytes().windows(4).any(|bytes| match bytes {
            [b'1', b'8' | b'9', tens, ones] | [b'2', b'0', tens, ones] => {
                tens.is_ascii_digit() && ones.is_ascii_digit()
            }
            [b'%', b'3', ..] => true,
            _ => false,
        })
    };
    of(url.path()) || url.query().is_some_and(of)
}

/// What a URL itself claims about the publication of the page it leads to, if anything. Rules use
/// it for links that were not fetched, so only the strict forms are believed: a whole day in the
/// path, or one that a part of it begins with. A day among other words is as likely that of which
/// the page speaks, and eight digits together are as likely a number.
#[must_use]
pub fn date_in_url(url: &Url) -> Option<Claim> {
    let found = date(url).filter(|found| !no_day::is_none(found.date, &SOURCE))?;
    let is_certain = found.form == Form::Day && found.alternative.is_none();
    let most = match found.alternative {
        Some(_) => Confidence::Low,
        None if is_certain && begins_with_day(url, &found) => Confidence::High,
        None => Confidence::Medium,
    };
    let confidence = found.form.confidence().min(most);
    Some(Claim::new(Event::Published, found.date, SOURCE, confidence, found.quote))
}

/// The date in an address, the surest form first. A day that stands inside an identifier is when the
/// address was made, which the identifier's own evidence says.
pub(crate) fn date(url: &Url) -> Option<Found> {
    if !may_hold_year(url) {
        return None;
    }
    in_address(url)
        .filter(|found| !identifier::made(url, None).is_some_and(|made| made.holds(found.date)))
}

fn in_address(url: &Url) -> Option<Found> {
    let decoded = segments(url);
    let segments: Vec<&str> = decoded.iter().map(AsRef::as_ref).collect();
    by_segments(&segments)
        .or_else(|| segments.iter().rev().find_map(|segment| glued(segment)))
        .or_else(|| segments.iter().rev().find_map(|segment| compact(segment)))
        .or_else(|| segments.iter().rev().find_map(|segment| in_words(segment)))
        .or_else(|| query(url))
        .or_else(|| week(&segments))
        .or_else(|| month(&segments))
}

/// The parts of the path as they are meant: the digits of a percent code (`2025.04%20-`) are no
/// number.
pub(crate) fn segments(url: &Url) -> Vec<Cow<'_, str>> {
    let path = page_path(url);
    let parts = path.split('/').take(MAX_SEGMENTS);
    if !path.contains('%') {
        return parts.map(Cow::Borrowed).collect();
    }
    parts.map(|part| percent_encoding::percent_decode_str(part).decode_utf8_lossy()).collect()
}

/// Whether a day that was found is three parts of the path, or begins a part of it with its own
/// marks: `/2018/05/25/`, `/2018-05-25-a-story`.
pub(crate) fn begins_with_day(url: &Url, found: &Found) -> bool {
    let marked = found.quote.split(['/', '-']).filter(|part| !part.is_empty()).count() == 3;
    let begins = |part: &Cow<'_, str>| {
        let part = part.replace('_', "-");
        let rest = part.strip_prefix(found.quote.as_str());
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    marked && (found.quote.starts_with('/') || segments(url).iter().any(begins))
}

/// The path; of a capture in a web archive that of the captured address, since the capture's own
/// time is not when the page came out.
fn page_path(url: &Url) -> &str {
    let path = url.path();
    let capture =
        path.split_once("/http").map(|(before, inner)| (before.rsplit('/').next(), inner));
    match capture {
        Some((Some(stamp), inner)) if is_capture_stamp(stamp) => inner,
        _ => path,
    }
}

/// Fourteen digits, or fewer for a coarser time, with the letters that ask for a raw copy.
fn is_capture_stamp(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '_');
    (4..=14).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

pub(crate) fn number(text: &str, most: usize) -> Option<i16> {
    let valid = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    valid.then(|| text.parse().ok()).flatten()
}

pub(crate) fn year(text: &str) -> Option<i16> {
    number(text, 4).filter(|year| text.len() == 4 && PATH_YEARS.contains(year))
}

/// A month by number or by name.
fn month_of(text: &str) -> Option<i8> {
    if let Some(number) = number(text, 2) {
        return i8::try_from(number).ok().filter(|month| (1..=12).contains(month));
    }
    let is_word = text.len() >= 3 && text.len() <= 40 && !text.bytes().any(|b| b.is_ascii_digit());
    let names = is_word.then(|| readings(&fold(text)))?;
    let month = |name: &crate::text::dates::names::Name| match name.named {
        Named::Month(Calendar::Gregorian, number) => i8::try_from(number).ok(),
        _ => None,
    };
    let first = names.iter().find_map(month)?;
    names.iter().filter_map(month).all(|other| other == first).then_some(first)
}

/// The number that a segment begins with, if no letter or digit is glued to it: `25`, `25.html`.
fn leading_day(text: &str) -> Option<(i8, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(length);
    let ends = rest.bytes().next().is_none_or(|byte| matches!(byte, b'.' | b'-' | b'_' | b'~'));
    // "25-years-of-rust" begins with a number that is no day; only an ending may follow.
    let ends = ends && (rest.is_empty() || rest.starts_with('.'));
    Some((i8::try_from(number(digits, 2).filter(|_| ends)?).ok()?, digits))
}

/// The day that a segment right below a month begins with. A number with an ending below a month in digits
/// may be the title's: Blogger makes file names of what letters and digits of ASCII a title has
/// (`/2005/10/11.html`), and its addresses have no day. No more have those of WordPress's uploads
/// (`/2020/02/3.jpg`).
fn day_below<'a>(month: &str, name: &'a str) -> Option<(i8, &'a str)> {
    leading_day(name).filter(|_| number(month, 2).is_none() || !name.contains('.'))
}

/// `/2018/05/25/`, `/2018/may/25/`, `/25/05/2018/`, `/2018/0525/`, `/201805/25/`.
fn by_segments(segments: &[&str]) -> Option<Found> {
    let threes = segments.windows(3).find_map(|window| {
        let [a, b, c] = *window else { return None };
        year_month_day(a, b, c).or_else(|| day_month_year(a, b, c)).or_else(|| repeated(a, b, c))
    });
    threes.or_else(|| {
        segments.windows(2).find_map(|window| {
            let [a, b] = *window else { return None };
            year_and_rest(a, b).or_else(|| month_and_day(a, b))
        })
    })
}

fn year_month_day(a: &str, b: &str, c: &str) -> Option<Found> {
    let (day, digits) = day_below(b, c)?;
    let date = Date::new(year(a)?, month_of(b)?, day).ok()?;
    Some(found(Form::Day, date, format!("/{a}/{b}/{digits}")))
}

fn day_month_year(a: &str, b: &str, c: &str) -> Option<Found> {
    let year = year(c).filter(|year| WEB_YEARS.contains(year))?;
    let (day, month) = (i8::try_from(number(a, 2)?).ok()?, month_of(b)?);
    let quote = format!("/{a}/{b}/{c}");
    let date = Date::new(year, month, day).ok();
    let exchanged =
        i8::try_from(number(b, 2).unwrap_or(99)).ok().and_then(|b| Date::new(year, day, b).ok());
    match (date, exchanged) {
        (Some(date), None) | (None, Some(date)) => Some(found(Form::Day, date, quote)),
        (Some(date), Some(other)) if date == other => Some(found(Form::Day, date, quote)),
        (Some(date), Some(other)) => {
            Some(Found { alternative: Some(other), ..found(Form::Words, date, quote) })
        }
        (None, None) => None,
    }
}

/// `/2018/0525/` and `/201805/25/`.
fn year_and_rest(a: &str, b: &str) -> Option<Found> {
    let digits = format!("{a}{b}");
    let shaped = matches!((a.len(), b.len()), (4, 4) | (6, 2));
    let date = eight_digits(&digits).filter(|_| shaped)?;
    Some(found(Form::Day, date, format!("/{a}/{b}")))
}

/// `/2020-05/25/`
fn month_and_day(a: &str, b: &str) -> Option<Found> {
    let (of_year, of_month) = a.split_once('-')?;
    let (year, month) = (year(of_year)?, number(of_month, 2).filter(|_| of_month.len() == 2)?);
    let (day, digits) = leading_day(b).filter(|day| day.1.len() == 2)?;
    let date = Date::new(year, i8::try_from(month).ok()?, day).ok()?;
    Some(found(Form::Day, date, format!("/{a}/{digits}")))
}

/// `/2015/06/150615_words`, where the day repeats the year and the month.
fn repeated(a: &str, b: &str, c: &str) -> Option<Found> {
    let (digits, rest) = c.split_at_checked(6)?;
    let ends = rest.is_empty() || rest.starts_with(['_', '-', '.']);
    let same = b.len() == 2 && digits.get(..2) == a.get(2..) && digits.get(2..4)? == b;
    let day = number(digits.get(4..)?, 2).filter(|_| ends && same)?;
    let month = i8::try_from(number(b, 2)?).ok()?;
    let date = Date::new(year(a)?, month, i8::try_from(day).ok()?).ok()?;
    Some(found(Form::Day, date, format!("/{a}/{b}/{digits}")))
}

/// A day that is glued to an agency's code: `AEN20250321001500315` of three capitals, the day, and
/// nine digits, and `…-idUSKBN0MJ1QT20150323`.
fn glued(segment: &str) -> Option<Found> {
    let capitals = segment.get(..3).filter(|c| c.bytes().all(|byte| byte.is_ascii_uppercase()));
    let digits = capitals.and_then(|_| segment.get(3..)).filter(|rest| rest.len() == 17);
    let first = digits.filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    let last = || {
        let code = segment.get(segment.rfind("id")?..)?.trim_end_matches('/');
        let (code, day) = code.split_at_checked(code.len().checked_sub(8)?)?;
        let is_code = code.len() >= 8
            && code.get(2..4)?.bytes().all(|byte| byte.is_ascii_uppercase())
            && code.get(4..)?.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        is_code.then_some(day)
    };
    let day = first.and_then(|digits| digits.get(..8)).or_else(last)?;
    Some(found(Form::Day, eight_digits(day)?, day.to_owned()))
}

fn found(form: Form, date: Date, quote: String) -> Found {
    Found { form, date: PartialDate::Day(date), alternative: None, quote }
}

/// A day as eight digits, of the web's years.
fn eight_digits(digits: &str) -> Option<Date> {
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i16 = digits.get(..4)?.parse().ok()?;
    let date =
        Date::new(year, digits.get(4..6)?.parse().ok()?, digits.get(6..)?.parse().ok()?).ok()?;
    WEB_YEARS.contains(&year).then_some(date)
}

/// The day in one segment, in digits or in words.
pub(crate) fn in_segment(segment: &str) -> Option<Found> {
    compact(segment).or_else(|| in_words(segment))
}

/// `20180525`, also with the time of day, as a word of its own in a segment.
fn compact(segment: &str) -> Option<Found> {
    let words = segment.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| matches!(word.len(), 8 | 12 | 14)).find_map(|word| {
        let (day, time) = (word.get(..8)?, word.get(8..)?);
        let date = eight_digits(day)?;
        let part = |range: std::ops::Range<usize>| time.get(range).and_then(|text| number(text, 2));
        let timed = time.is_empty()
            || part(0..2).is_some_and(|hour| hour < 24)
                && part(2..4).is_some_and(|minute| minute < 60);
        let form = if word.len() == segment.len() { Form::Day } else { Form::Words };
        timed.then(|| found(form, date, word.to_owned()))
    })
}

/// `2018-05-25`, `25-05-2018`, `may-25-2018`, `25-de-mayo-de-2018` among the words of a segment.
fn in_words(segment: &str) -> Option<Found> {
    // A year of four digits is among them.
    if segment.bytes().filter(u8::is_ascii_digit).count() < 4 {
        return None;
    }
    let words: Vec<&str> = segment
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "de" | "of" | "del"))
        .take(MAX_SEGMENTS)
        .collect();
    words.windows(3).enumerate().find_map(|(at, window)| {
        let [a, b, c] = *window else { return None };
        // `14-20-january-2022` names the days that the page is about.
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        if number(a, 2).is_some() && before.is_some_and(|word| number(word, 2).is_some()) {
            return None;
        }
        let quote = || segment.to_owned();
        if let (Some(year), Some(month), 1..=2, Some(day)) =
            (year(a), month_of(b), c.len(), number(c, 2))
        {
            let numeric = b.len() == 2 && c.len() == 2;
            let date = Date::new(year, month, i8::try_from(day).ok()?).ok()?;
            let form = if numeric { Form::Day } else { Form::Words };
            return Some(found(form, date, format!("{a}-{b}-{c}")))
                .filter(|_| WEB_YEARS.contains(&year));
        }
        let year = year(c).filter(|year| WEB_YEARS.contains(year))?;
        named_day(a, b, year).map(|date| found(Form::Words, date, quote())).or_else(|| {
            day_month_year(a, b, c).map(|found| Found {
                form: Form::Words,
                quote: quote(),
                ..found
            })
        })
    })
}

/// A day and a month's name, in either order.
fn named_day(a: &str, b: &str, year: i16) -> Option<Date> {
    let (day, name) = if a.bytes().all(|b| b.is_ascii_digit()) { (a, b) } else { (b, a) };
    if name.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    Date::new(year, month_of(name)?, i8::try_from(number(day, 2)?).ok()?).ok()
}

/// `?date=2018-05-25`.
fn query(url: &Url) -> Option<Found> {
    let (key, value) = url.query_pairs().take(MAX_SEGMENTS).find(|(key, _)| {
        matches!(
            key.as_ref(),
            "date" | "d" | "dt" | "pubdate" | "publish_date" | "published" | "day"
        )
    })?;
    let digits: String = value.chars().filter(|c| !matches!(c, '-' | '/' | '.')).collect();
    let date = eight_digits(digits.get(..8).filter(|_| value.len() <= 32)?)?;
    Some(found(Form::Words, date, format!("{key}={value}")))
}

/// `/2018/05/` and `/2018-05/`, where no day follows.
fn month(segments: &[&str]) -> Option<Found> {
    let pair = segments.windows(2).enumerate().find_map(|(at, window)| {
        let [a, b] = *window else { return None };
        let month = (b.len() >= 2).then(|| month_of(b)).flatten()?;
        // What stands in a day's place and is none makes the rest doubtful too.
        let day = segments.get(at + 2).is_some_and(|c| number(c, 2).is_some());
        Some((year(a)?, month, format!("/{a}/{b}"))).filter(|_| !day)
    });
    let joined = || {
        segments.iter().find_map(|segment| {
            let (a, b) = segment.split_once('-')?;
            let month = (b.len() == 2).then(|| month_of(b)).flatten()?;
            Some((year(a)?, month, format!("/{segment}")))
        })
    };
    let (year, month, quote) = pair.or_else(joined).filter(|found| WEB_YEARS.contains(&found.0))?;
    Some(Found {
        form: Form::Month,
        date: PartialDate::month(year, month)?,
        alternative: None,
        quote,
    })
}

/// `/2018-W21/`, `/2018/w21/` and `/2018/week-21/`, a week as ISO 8601 counts them.
fn week(segments: &[&str]) -> Option<Found> {
    let named = |text: &str| {
        let text = text.to_ascii_lowercase();
        let digits = text.strip_prefix("week").or_else(|| text.strip_prefix('w'))?.to_owned();
        i8::try_from(number(digits.trim_start_matches(['-', '_']), 2)?).ok()
    };
    let joined = segments.iter().find_map(|segment| {
        let (a, b) = segment.split_at_checked(4)?;
        let week = named(b.strip_prefix('-').unwrap_or(b)).filter(|_| b.len() <= 4)?;
        Some((year(a)?, week, format!("/{segment}")))
    });
    let (year, week, quote) = joined.or_else(|| {
        segments.windows(2).find_map(|window| {
            let [a, b] = *window else { return None };
            Some((year(a)?, named(b)?, format!("/{a}/{b}")))
        })
    })?;
    let date = PartialDate::week(year, week).filter(|_| WEB_YEARS.contains(&year))?;
    Some(Found { form: Form::Month, date, alternative: None, quote })
}
