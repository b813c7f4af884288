//! The number in an address that its site counts upwards: `…-a61572`, `/id/48291033`,
//! `?newsid=57340`.

use std::ops::RangeInclusive;

use url::Url;

use super::hosts::without_www;

/// A number with what it is compared within.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Numbered {
    /// The host, without `www`.
    pub site: String,
    /// The address's shape, `#` for the number.
    pub shape: String,
    /// The number.
    pub number: u64,
}

/// Addresses longer than this, or with more segments, are no articles'.
const LONGEST: usize = 2_048;
const MOST_SEGMENTS: usize = 12;

/// How many digits count: fewer are a page or a part, more are random.
const DIGITS: RangeInclusive<usize> = 4..=18;

/// The parameters that name a page by its number.
const PARAMETERS: [&str; 12] = [
    "id",
    "p",
    "aid",
    "nid",
    "newsid",
    "news_id",
    "article",
    "articleid",
    "article_id",
    "story",
    "storyid",
    "oldid",
];

/// The number in an address, if it has one that can count.
#[must_use]
pub(crate) fn numbered(url: &Url) -> Option<Numbered> {
    if url.as_str().len() > LONGEST || !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let site = without_www(url.host_str()?);
    let segments: Vec<&str> = url
        .path()
        .split('/')
        .filter(|segment| !segment.is_empty())
        .take(MOST_SEGMENTS + 1)
        .collect();
    if segments.len() > MOST_SEGMENTS {
        return None;
    }
    let (shape, digits) = in_path(&segments).or_else(|| in_query(url, &segments))?;
    Some(Numbered { site: site.to_owned(), shape, number: digits.parse().ok()? })
}

fn in_path<'u>(segments: &[&'u str]) -> Option<(String, &'u str)> {
    let (last, before) = segments.split_last()?;
    let (name, extension) = match last.rsplit_once('.') {
        Some((name, extension)) if extension.len() <= 5 => (name, extension),
        _ => (*last, ""),
    };
    if let Some(digits) = counting(name) {
        return Some((format!("{}#.{extension}", folder(before, true)), digits));
    }
    if let Some((shape, digits)) = in_words(name) {
        return Some((format!("{}{shape}.{extension}", folder(before, false)), digits));
    }
    if let Some((letters, digits)) = glued(name) {
        return Some((format!("{}{letters}#.{extension}", folder(before, true)), digits));
    }
    // `/id/48291033/some-words`
    let (number, further) = before.split_last()?;
    let digits = counting(number).filter(|digits| digits.len() > *DIGITS.start())?;
    Some((format!("{}#/", folder(further, true)), digits))
}

/// The longest number at either end of some words; a short one may follow that at the end:
/// `some-words-61572`, `61572-some-words`, `1582045946_459487`, `some-words_6211625_19`.
fn in_words(name: &str) -> Option<(String, &str)> {
    let words: Vec<&str> = name.split(['-', '_', ',']).collect();
    let (last, before) = words.split_last()?;
    let first = before.first()?;
    let is_part = last.len() < *DIGITS.start() && last.bytes().all(|byte| byte.is_ascii_digit());
    let second = before.last().filter(|_| is_part && before.len() > 1);
    let found = [(Some(last), "-", ""), (second, "-", "-0"), (Some(first), "", "-")];
    let read = found.into_iter().filter_map(|(word, lead, trail)| {
        let (letters, digits) = glued(word?)?;
        Some((format!("{lead}{letters}#{trail}"), digits))
    });
    // Of numbers of one length that at the end counts.
    read.rev().max_by_key(|(_, digits)| digits.len())
}

/// A number behind at most two letters.
fn glued(word: &str) -> Option<(&str, &str)> {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = word.split_at_checked(letters).filter(|_| letters <= 2)?;
    Some((letters, counting(digits)?))
}

/// The segments before, as kinds, however many words there are; the word right before a bare number says
/// what it counts.
fn folder(segments: &[&str], is_bare: bool) -> String {
    const LONGEST: usize = 20;
    let last = segments.len().saturating_sub(1);
    let mut folder = String::from("/");
    for (at, segment) in segments.iter().enumerate() {
        let is_number = segment.bytes().all(|byte| byte.is_ascii_digit());
        match *segment {
            _ if is_number => folder += "0/",
            word if is_bare && at == last && word.len() <= LONGEST => {
                folder += word;
                folder.push('/');
            }
            // Sections have sections of their own, and one count.
            _ if folder.ends_with("*/") => {}
            _ => folder += "*/",
        }
    }
    folder
}

fn in_query<'u>(url: &'u Url, segments: &[&str]) -> Option<(String, &'u str)> {
    let mut pairs =
        url.query()?.split('&').take(MOST_SEGMENTS).filter_map(|pair| pair.split_once('='));
    let (name, digits) = pairs.find_map(|(name, value)| {
        let name = PARAMETERS.iter().find(|known| known.eq_ignore_ascii_case(name))?;
        Some((*name, counting(value)?))
    })?;
    Some((format!("{}?{name}=#", folder(segments, true)), digits))
}

/// Digits that are neither a year nor a day.
fn counting(text: &str) -> Option<&str> {
    let is_number = DIGITS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    let is_year = matches!(text.get(..2), Some("19" | "20"));
    let is_month = || part(4..6).is_some_and(|month| (1..=12).contains(&month));
    let is_day = || part(6..8).is_some_and(|day| (1..=31).contains(&day));
    let is_date = is_year
        && match text.len() {
            4 => true,
            6 => is_month(),
            8 | 10 | 12 | 14 => is_month() && is_day(),
            _ => false,
        };
    (is_number && !is_date).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(address: &str) -> Option<(String, u64)> {
        let url = Url::parse(&format!("https://www.a.example/{address}")).expect("an address");
        numbered(&url).map(|found| (found.shape, found.number))
    }

    #[test]
    fn the_number_and_its_shape_are_read() {
        for (address, shape, number) in [
            ("2018/05/25/some-words-a61572", "/0/0/0/-a#.", 61_572),
            ("world/some-words-61572.html", "/*/-#.html", 61_572),
            ("world/other_words_61573.html", "/*/-#.html", 61_573),
            ("world/europe/2018/05/some-words-61574", "/*/0/0/-#.", 61_574),
            ("id/48291033", "/id/#.", 48_291_033),
            ("news/48291033/some-words", "/news/#/", 48_291_033),
            ("news/c48291033.htm", "/news/c#.htm", 48_291_033),
            ("12345-some-words", "/#-.", 12_345),
            ("elpais/1582045946_459487.html", "/*/#-.html", 1_582_045_946),
            ("news/some-words_6211625_19.html", "/*/-#-0.html", 6_211_625),
            ("3000-some-words-61572", "/-#.", 61_572),
            ("w/index.php?title=A&oldid=842955862", "/*/index.php/?oldid=#", 842_955_862),
            ("?P=57340", "/?p=#", 57_340),
        ] {
            assert_eq!(read(address), Some((shape.to_owned(), number)), "{address}");
        }
    }

    #[test]
    fn days_years_and_words_are_no_numbers() {
        for address in [
            "2018/05/25/some-words",
            "best-of-2018",
            "a/20180525",
            "a-20180525",
            "a/201805",
            "a-20180525140300",
            "a?page=1234",
            "a-7",
            "words-of-covid19",
            "a-99999999999999999999",
        ] {
            assert_eq!(read(address), None, "{address}");
        }
    }

    proptest! {
        #[test]
        fn no_address_panics(rest in "[/0-9a-zA-Zé._~?=&#-]{0,80}") {
            let _ = read(&rest);
        }
    }
}
