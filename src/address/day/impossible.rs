//! A day in an address that no calendar has.

use jiff::civil::Date;
use url::Url;

use super::{MAX_SEGMENTS, WEB_YEARS, day_below, may_hold_year, number, segments, year};

/// A day in an address that no calendar has (`/2022/02/30/`), as it is written there.
#[must_use]
pub fn impossible_date_in_url(url: &Url) -> Option<String> {
    if !may_hold_year(url) {
        return None;
    }
    let decoded = segments(url);
    let segments: Vec<&str> = decoded.iter().map(AsRef::as_ref).collect();
    let by_path = segments.windows(3).find_map(|window| {
        let [a, b, c] = *window else { return None };
        let (_, day) = day_below(b, c)?;
        impossible(a, b, day).then(|| format!("{a}/{b}/{day}"))
    });
    by_path.or_else(|| {
        segments.iter().find_map(|segment| {
            let words: Vec<&str> = segment.split('-').take(MAX_SEGMENTS).collect();
            words.windows(3).find_map(|window| {
                let [a, b, c] = *window else { return None };
                impossible(a, b, c).then(|| format!("{a}-{b}-{c}"))
            })
        })
    })
}

/// Whether these are a year, a month and a day from 29 to 31 that the month does not have. Other
/// numbers are more likely an id than a mistaken date.
fn impossible(a: &str, b: &str, c: &str) -> bool {
    let parts = (year(a), number(b, 2), number(c, 2));
    let (Some(year), Some(month), Some(day)) = parts else { return false };
    let padded = b.len() == 2 && c.len() == 2 && WEB_YEARS.contains(&year);
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return false };
    padded
        && (1..=12).contains(&month)
        && (29..=31).contains(&day)
        && Date::new(year, month, day).is_err()
}
