//! An address taken apart as recognisers look at it.

use std::borrow::Cow;

use url::Url;

/// Segments beyond this count are not looked at.
const MOST: usize = 12;

/// The parts of an address.
#[derive(Debug)]
pub struct Place<'u> {
    pub host: &'u str,
    pub path: &'u str,
    pub query: Option<&'u str>,
    pub fragment: Option<&'u str>,
    segments: [&'u str; MOST],
    count: usize,
    longest_word: usize,
}

impl<'u> Place<'u> {
    pub fn of(url: &'u Url, host: &'u str) -> Self {
        let mut place = Self {
            host,
            path: url.path(),
            query: url.query(),
            fragment: url.fragment(),
            segments: [""; MOST],
            count: 0,
            longest_word: 0,
        };
        place.longest_word = place.query.map_or(0, longest_word).max(longest_word(place.path));
        for segment in place.path.split('/').filter(|segment| !segment.is_empty()) {
            let Some(room) = place.segments.get_mut(place.count) else { break };
            *room = segment;
            place.count += 1;
        }
        place
    }

    /// The length of the longest word of letters and digits in the path and the query, in bytes.
    pub const fn longest_word(&self) -> usize {
        self.longest_word
    }

    /// The segments of the path that are not empty.
    pub fn segments(&self) -> &[&'u str] {
        self.segments.get(..self.count).unwrap_or_default()
    }

    /// The segment at a place counted from zero.
    pub fn at(&self, index: usize) -> Option<&'u str> {
        self.segments().get(index).copied()
    }

    pub fn last(&self) -> Option<&'u str> {
        self.segments().last().copied()
    }

    /// The segment that follows the first of those names.
    pub fn after(&self, names: &[&str]) -> Option<&'u str> {
        let at = self.segments().iter().position(|segment| names.contains(segment))?;
        self.at(at + 1)
    }

    /// The value of a parameter, as it is written.
    pub fn parameter(&self, names: &[&str]) -> Option<&'u str> {
        let mut pairs = self.query?.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(name, _)| names.contains(name)).map(|(_, value)| value)
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
pub fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<&str> {
    (digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// The part of a text before the first of these characters.
pub fn before<'t>(text: &'t str, ends: &[char]) -> &'t str {
    text.split(|c| ends.contains(&c)).next().unwrap_or_default()
}

/// An identifier that stands in the address as it is.
pub fn written(id: &str) -> Cow<'_, str> {
    Cow::Borrowed(id)
}
