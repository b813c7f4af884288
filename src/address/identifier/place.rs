//! An address taken apart as recognisers look at it.

use std::borrow::Cow;
use std::cell::OnceCell;

use jiff::civil::Date;
use url::Url;

/// Segments beyond this count are not looked at.
const MOST: usize = 12;

/// The parts of an address.
#[derive(Debug)]
pub(super) struct Place<'u> {
    pub host: &'u str,
    pub path: &'u str,
    pub query: Option<&'u str>,
    pub fragment: Option<&'u str>,
    segments: [&'u str; MOST],
    count: usize,
    longest_word: OnceCell<usize>,
}

impl<'u> Place<'u> {
    pub(super) fn of(url: &'u Url, host: &'u str) -> Self {
        let mut place = Self {
            host,
            path: url.path(),
            query: url.query(),
            fragment: url.fragment(),
            segments: [""; MOST],
            count: 0,
            longest_word: OnceCell::new(),
        };
        for segment in place.path.split('/').filter(|segment| !segment.is_empty()) {
            let Some(room) = place.segments.get_mut(place.count) else { break };
            *room = segment;
            place.count += 1;
        }
        place
    }

    /// The length of the longest word of letters and digits in the path and the query, in bytes.
    pub(super) fn longest_word(&self) -> usize {
        let of_all = || self.query.map_or(0, longest_word).max(longest_word(self.path));
        *self.longest_word.get_or_init(of_all)
    }

    /// The segments of the path that are not empty.
    pub(super) fn segments(&self) -> &[&'u str] {
        self.segments.get(..self.count).unwrap_or_default()
    }

    /// The segment at a place counted from zero.
    pub(super) fn at(&self, index: usize) -> Option<&'u str> {
        self.segments().get(index).copied()
    }

    pub(super) fn last(&self) -> Option<&'u str> {
        self.segments().last().copied()
    }

    /// Whether something follows an identifier in the path that is more than a word for a form of the
    /// same thing (`comments`, `embed`).
    pub(super) fn is_inside(&self, id: &str) -> bool {
        let at = self.segments().iter().rposition(|segment| segment.contains(id));
        let after = at.and_then(|at| self.segments().get(at + 1..)).unwrap_or_default();
        let is_word = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        after.len() > 1 || after.iter().any(|segment| !is_word(segment))
    }

    /// The day that folders of the path name, or the first of the month: `/2020/09/15/`, `/2020/09/`.
    pub(super) fn day(&self) -> Option<Date> {
        let segments = self.segments();
        segments.windows(2).enumerate().find_map(|(at, pair)| {
            let [year, month] = *pair else { return None };
            let year = number(year, 4..=4).filter(|year| year.starts_with("20"))?.parse().ok()?;
            let month = number(month, 2..=2)?.parse().ok()?;
            let day = segments.get(at + 2).and_then(|day| number(day, 2..=2)?.parse().ok());
            let day = day.and_then(|day| Date::new(year, month, day).ok());
            day.or_else(|| Date::new(year, month, 1).ok())
        })
    }

    /// The segment that follows the first of those names.
    pub(super) fn after(&self, names: &[&str]) -> Option<&'u str> {
        let at = self.segments().iter().position(|segment| names.contains(segment))?;
        self.at(at + 1)
    }

    /// The value of a parameter, as it is written.
    pub(super) fn parameter(&self, names: &[&str]) -> Option<&'u str> {
        self.parameters(names).next()
    }

    /// The values of all parameters of those names.
    pub(super) fn parameters(&self, names: &[&str]) -> impl Iterator<Item = &'u str> {
        let pairs = self.query.into_iter().flat_map(|query| query.split('&'));
        let split = pairs.filter_map(|pair| pair.split_once('='));
        split.filter(|(name, _)| names.contains(name)).map(|(_, value)| value)
    }

    /// Whether the address stands on that host itself, not on one of its subdomains but `www` and `m`.
    pub(super) fn is_on(&self, host: &str) -> bool {
        let own = self.host.strip_suffix(host);
        own.is_some_and(|sub| matches!(sub, "" | "www." | "m."))
    }
}

fn longest_word(text: &str) -> usize {
    let (mut longest, mut length) = (0, 0);
    for byte in text.bytes() {
        length = if byte.is_ascii_alphanumeric() { length + 1 } else { 0 };
        longest = longest.max(length);
    }
    longest
}

/// A number, if nothing but one of so many digits stands there.
pub(super) fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<&str> {
    (digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// The part of a text before the first of these characters.
pub(super) fn before<'t>(text: &'t str, ends: &[char]) -> &'t str {
    text.split(|c| ends.contains(&c)).next().unwrap_or_default()
}

/// An identifier that stands in the address as it is.
pub(super) fn written(id: &str) -> Cow<'_, str> {
    Cow::Borrowed(id)
}
