//! What programs that take text out of a PDF leave in its addresses: signs that no reader sees, in
//! place of a hyphen at the end of a line, which is gone; ligatures; and a date whose hyphen is lost.

use std::borrow::Cow;

use super::Rejoined;
use super::parts::reread;
use crate::address::bare::Bare;
use crate::model::{Confidence, Join, Link, LinkKind, Span};

/// What `PDFium` puts in place of a hyphen at the end of a line.
const HYPHENS: [char; 2] = ['\u{FFFE}', '\u{2}'];

/// What is shown to nobody, or only where a line ends.
const UNSEEN: [char; 5] = ['\u{AD}', '\u{200B}', '\u{2060}', '\u{FEFF}', '\u{200C}'];

/// No URL is longer, in bytes.
const LONGEST: usize = 4096;

fn is_sign(c: char) -> bool {
    HYPHENS.contains(&c) || UNSEEN.contains(&c)
}

/// Puts a URL together that such a sign cuts within its line.
pub(super) fn rejoined(text: &str, seed: &Bare) -> Option<Rejoined> {
    let cut = text.get(seed.reach..)?.chars().next().filter(|&c| is_sign(c))?;
    if cut == '\u{AD}' && text.get(seed.reach + 2..)?.starts_with(['\n', '\r']) {
        return None;
    }
    let start = seed.span.start;
    let end = text.floor_char_boundary(text.len().min(start + LONGEST));
    // The URL without the signs, and where each of its bytes stands.
    let (mut joined, mut bare, mut places) = (String::new(), String::new(), Vec::new());
    let mut has_hyphen = false;
    for (at, c) in text.get(start..end)?.char_indices() {
        if c.is_whitespace() {
            break;
        }
        if is_sign(c) && !HYPHENS.contains(&c) {
            has_hyphen |= c == '\u{AD}';
            continue;
        }
        let is_hyphen = HYPHENS.contains(&c);
        has_hyphen |= is_hyphen;
        let shown = if is_hyphen { '-' } else { c };
        joined.push(shown);
        places.extend(std::iter::repeat_n(at + c.len_utf8(), shown.len_utf8()));
        bare.extend(Some(c).filter(|_| !is_hyphen));
    }
    let read = reread(seed.kind, &joined)?;
    let last = read.span.end.checked_sub(1).and_then(|last| places.get(last))?;
    let span = Span::new(start, start + last);
    if span.end <= seed.span.end {
        return None;
    }
    joined.truncate(read.span.end);
    let alternatives = if has_hyphen { other(span.of(text), &joined) } else { Vec::new() };
    let reason = if cut == '\u{AD}' || HYPHENS.contains(&cut) {
        "a program that took the text out of its lines left a sign in place of a hyphen"
    } else {
        "a sign that no reader sees stands in it"
    };
    let join =
        Join { confidence: Confidence::High, reasons: vec![Cow::Borrowed(reason)], alternatives };
    Some(Rejoined { span, joined, join, malformed: read.malformed(), certain: None })
}

/// The other reading of what may be a hyphen: without one that is restored, with one that is not.
fn other(raw: &str, joined: &str) -> Vec<String> {
    let is_restored = raw.contains(HYPHENS);
    let read = |c: char| match c {
        '\u{AD}' if !is_restored => Some('-'),
        c if is_sign(c) => None,
        c => Some(c),
    };
    let other: String = raw.chars().filter_map(read).collect();
    (other != joined).then_some(other).into_iter().collect()
}

/// Mends what is written within an address that was found: ligatures are the letters that they
/// show, and a typeset hyphen is one. A date that lost a hyphen may be read with it.
pub(in super::super) fn mend(link: &mut Link, text: &str) {
    if !matches!(link.kind, LinkKind::Bare | LinkKind::Schemeless) {
        return;
    }
    if !link.joined().is_ascii() && link.joined().contains(is_typeset) {
        let meant = folded(link.joined());
        let raw = link.span.of(text).to_owned();
        let new = Link::new(link.kind, link.span, &raw, &meant, None);
        link.malformed.clone_from(&new.malformed);
        link.readdress(&raw, &meant, new.into_url());
    }
    if link.join.is_none()
        && let Some(dated) = with_hyphen(link.joined())
    {
        let (raw, url) = (link.raw().to_owned(), link.url().cloned());
        link.join = Some(Box::new(Join {
            confidence: Confidence::Medium,
            reasons: vec![Cow::Borrowed(
                "programs that take text out of a PDF drop the hyphen at the end of a line, and its \
                 date has one of two",
            )],
            alternatives: vec![dated.clone()],
        }));
        link.readdress(&raw, &dated, url);
    }
}

const fn is_typeset(c: char) -> bool {
    matches!(c, '\u{FB00}'..='\u{FB06}' | '\u{2010}')
}

fn folded(address: &str) -> String {
    let mut folded = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '\u{FB00}' => folded.push_str("ff"),
            '\u{FB01}' => folded.push_str("fi"),
            '\u{FB02}' => folded.push_str("fl"),
            '\u{FB03}' => folded.push_str("ffi"),
            '\u{FB04}' => folded.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => folded.push_str("st"),
            '\u{2010}' => folded.push('-'),
            c => folded.push(c),
        }
    }
    folded
}

/// The address with the hyphen that `/201805-25/` or `/2018-0525/` lacks: a day with one hyphen is
/// written by nobody.
fn with_hyphen(address: &str) -> Option<String> {
    let bytes = address.as_bytes();
    // Most hyphens stand between words.
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_in_number = |hyphen: &usize| digit(hyphen.wrapping_sub(1)) && digit(hyphen + 1);
    let hyphens = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'-');
    hyphens.take(64).map(|(at, _)| at).filter(is_in_number).find_map(|hyphen| {
        let (after_month, after_year) = (hyphen.checked_sub(6), hyphen.checked_sub(4));
        let day =
            after_month.filter(|&begin| is_day(bytes, begin, hyphen + 3)).map(|begin| begin + 4);
        let month =
            after_year.filter(|&begin| is_day(bytes, begin, hyphen + 5)).map(|_| hyphen + 3);
        let lost = day.or(month)?;
        Some([address.get(..lost)?, "-", address.get(lost..)?].concat())
    })
}

/// Whether the bytes are a day of this age with one hyphen, and nothing else beside them.
fn is_day(bytes: &[u8], begin: usize, end: usize) -> bool {
    let beside =
        |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b'/' | b'-' | b'_' | b'.'));
    let Some(day) = bytes.get(begin..end) else { return false };
    let is_after_slash = begin.checked_sub(1).is_none_or(|at| bytes.get(at) == Some(&b'/'));
    if !is_after_slash || !matches!(day, [b'1' | b'2', ..]) {
        return false;
    }
    let digits: Vec<u8> = day.iter().filter(|byte| **byte != b'-').copied().collect();
    let number = |range: std::ops::Range<usize>| {
        std::str::from_utf8(digits.get(range)?).ok()?.parse::<u16>().ok()
    };
    let (year, month, date) = (number(0..4), number(4..6), number(6..8));
    digits.len() == 8
        && digits.iter().all(u8::is_ascii_digit)
        && year.is_some_and(|year| (1990..2100).contains(&year))
        && month.is_some_and(|month| (1..=12).contains(&month))
        && date.is_some_and(|date| (1..=31).contains(&date))
        && beside(bytes.get(end))
}

#[cfg(test)]
mod tests {
    use crate::extract::extract;
    use crate::model::{Document, Media};

    /// Where the only link of a text leads to, how it is meant, and the other readings.
    fn found(text: &str) -> (String, String, Vec<String>) {
        let document = Document::new("a.txt", Media::Text, text);
        let links = extract(&document).links;
        let [link] = &links[..] else { panic!("{text:?}: {links:?}") };
        assert_eq!(link.raw(), link.span.of(text));
        let url = link.url().map(ToString::to_string).unwrap_or_default();
        let others = link.join.as_ref().map(|join| join.alternatives.clone()).unwrap_or_default();
        (url, link.joined().to_owned(), others)
    }

    #[test]
    fn what_other_programs_leave_in_an_address_is_read() {
        let one = "https://a.example/2018/agree-to-push";
        for (text, url, joined, others) in [
            (
                "See https://a.example/2018/agree\u{FFFE}to-push now",
                one,
                one,
                &["https://a.example/2018/agreeto-push"][..],
            ),
            (
                "See https://a.example/2018/agree-to\u{2}push.",
                one,
                one,
                &["https://a.example/2018/agree-topush"],
            ),
            (
                "See https://a.example/2018/agr\u{AD}ee-to-push",
                one,
                one,
                &["https://a.example/2018/agr-ee-to-push"],
            ),
            ("See https://a.example/2018/\u{200B}agree-to-\u{200B}push", one, one, &[]),
            (
                "See https://a.example/o\u{FB03}ce",
                "https://a.example/office",
                "https://a.example/office",
                &[],
            ),
            (
                "See https://a.example/agree\u{2010}to",
                "https://a.example/agree-to",
                "https://a.example/agree-to",
                &[],
            ),
            (
                "See https://a.example/201805-25/one",
                "https://a.example/201805-25/one",
                "https://a.example/2018-05-25/one",
                &["https://a.example/2018-05-25/one"],
            ),
            (
                "See https://a.example/2018-0525/one",
                "https://a.example/2018-0525/one",
                "https://a.example/2018-05-25/one",
                &["https://a.example/2018-05-25/one"],
            ),
        ] {
            let expected =
                (url.to_owned(), joined.to_owned(), others.iter().map(|&o| o.to_owned()).collect());
            assert_eq!(found(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_such_thing_is_left_alone() {
        for text in [
            "See https://a.example/201805-2599/one",
            "See https://a.example/201813-25/one",
            "See https://a.example/x201805-25",
            "See https://a.example/b\u{200B} and more",
            "See https://a.example/%C2%AD",
        ] {
            let (url, joined, others) = found(text);
            assert_eq!((url, others), (joined, vec![]), "{text:?}");
        }
    }
}
