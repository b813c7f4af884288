//! Where path, query and fragment of a URL in running text end (the termination algorithm of
//! Unicode UTS #58, section 3).

use super::class::{self, Class};
use super::{marks, spaceless};
use crate::text::ascii::ByteSet;

/// More open brackets than this are no URL; UTS #58 sets the same limit.
const DEEPEST: usize = 125;

/// What stands after the authority, measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    /// The offset that the URL ends at, trailing punctuation left out.
    pub end: usize,
    /// The offset at which nothing can belong to it any more, so that what lies between the two
    /// is punctuation that would belong to it if more followed.
    pub reach: usize,
}

/// The part of a URL that a character stands in, which decides what separates its brackets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Path,
    Query,
    Fragment,
}

/// Measures the URL in `text` from `from`, the offset just after its authority.
///
/// `before` is the character that stands right before the URL, if one does.
pub(super) fn measure(text: &str, from: usize, before: Option<char>) -> Extent {
    let extent = scan(text, from, before);
    let end = marks::without_emphasis(text, from, extent.end, before);
    let is_whole = end < extent.end;
    Extent { end, reach: if is_whole { end } else { extent.reach } }
}

fn scan(text: &str, from: usize, before: Option<char>) -> Extent {
    let mut scan = Scan { end: from, open: Vec::new(), part: Part::Path, quotes: [0; 2] };
    let mut is_ascii = true;
    let Some(rest) = text.get(from..) else { return Extent { end: from, reach: from } };
    if !rest.starts_with(['/', '?', '#']) {
        return Extent { end: from, reach: from };
    }
    let mut at = from;
    loop {
        // Most of a URL is letters, digits and signs that bear on nothing but open brackets.
        let ahead = text.as_bytes().get(at..).unwrap_or_default();
        let is_plain = if scan.open.is_empty() { &PLAIN } else { &PLAIN_IN_BRACKETS };
        let plain = ahead.iter().take_while(|&&byte| is_plain.has(byte)).count();
        if plain > 0 {
            at += plain;
            scan.end = at;
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            return Extent { end: scan.end, reach: text.len() };
        };
        if c == ':'
            && let Some(next) = next_url(text, from, at)
        {
            return measure(text.get(..next).unwrap_or_default(), from, before);
        }
        if is_ascii && !c.is_ascii() {
            is_ascii = false;
            if marks::is_foreign_bracket(c) || spaceless::begins(text, from, at, c, before) {
                return Extent { end: scan.end, reach: at };
            }
        }
        let is_quote_open = !scan.quotes[0].is_multiple_of(2);
        if marks::ends(text, from, at, c, before, is_quote_open) || !scan.takes(c, at) {
            return Extent { end: scan.end, reach: at };
        }
        at += c.len_utf8();
    }
}

/// The ASCII characters that are part of a URL whatever stands around them.
static PLAIN: ByteSet = class::INCLUDED.set(b"#", false);

/// The same where brackets are open, which some characters close.
static PLAIN_IN_BRACKETS: ByteSet = class::INCLUDED.set(b"#/=&", false);

struct Scan {
    end: usize,
    open: Vec<char>,
    part: Part,
    /// How many double and single quotation marks the URL holds so far.
    quotes: [usize; 2],
}

impl Scan {
    /// Goes over one character; false where the URL cannot go on past it.
    fn takes(&mut self, c: char, at: usize) -> bool {
        let next = at + c.len_utf8();
        if self.separates(c) {
            return true;
        }
        match class::of(c) {
            Class::Soft => {}
            Class::Include => self.end = next,
            Class::Quote => self.quoted(c, next),
            Class::Open if self.open.len() == DEEPEST => return false,
            Class::Open => self.open.extend(class::partner(c)),
            Class::Close if self.open.pop() == Some(c) => self.end = next,
            Class::Close | Class::Hard => return false,
        }
        if matches!((self.part, c), (Part::Path, '/') | (Part::Query, '=' | '&')) {
            self.open.clear();
        }
        true
    }

    /// `?` and `#` begin a new part; they belong to the URL only if more follows.
    fn separates(&mut self, c: char) -> bool {
        let part = match (self.part, c) {
            (Part::Path, '?') => Part::Query,
            (Part::Path | Part::Query, '#') => Part::Fragment,
            _ => return false,
        };
        self.part = part;
        self.open.clear();
        true
    }

    /// A quotation mark belongs to the URL if its partner does.
    fn quoted(&mut self, c: char, next: usize) {
        let [double, single] = &mut self.quotes;
        let count = if c == '\'' { single } else { double };
        *count += 1;
        if count.is_multiple_of(2) {
            self.end = next;
        }
    }
}

/// Where another URL begins that was put right after this one, if the colon at `at` is its own.
/// After a separator it is part of this one, as in a web archive's address.
fn next_url(text: &str, from: usize, at: usize) -> Option<usize> {
    if !text.get(at..)?.starts_with("://") {
        return None;
    }
    let before = text.get(from..at)?;
    let rest = ["https", "http", "ftp"].iter().find_map(|scheme| before.strip_suffix(scheme))?;
    rest.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '.' | ')' | '|'))
        .then_some(from + rest.len())
}
