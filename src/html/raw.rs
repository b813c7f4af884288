//! Raw content: what stands in elements that hold no markup, up to their own end tag.

use super::is_space;
use super::names::{Packed, Table};

/// How an element's content is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Text and tags.
    Markup,
    /// Text up to its end tag.
    Raw,
    /// Text up to its end tag, but for those in what a comment hides from old browsers.
    Script,
    /// Text up to the end.
    Plain,
}

static CONTENT: Table<Content, 32> = Table::new(
    &[
        ("script", Content::Script),
        ("style", Content::Raw),
        ("title", Content::Raw),
        ("textarea", Content::Raw),
        ("iframe", Content::Raw),
        ("noscript", Content::Raw),
        ("xmp", Content::Raw),
        ("noembed", Content::Raw),
        ("noframes", Content::Raw),
        ("plaintext", Content::Plain),
    ],
    Content::Markup,
);

impl Content {
    /// How the content of an HTML element is read.
    pub(super) fn of(name: Packed) -> Self {
        CONTENT.get(name)
    }

    /// The offset at which the content that begins at `from` ends: that of its end tag, or the
    /// text's own end.
    pub(super) fn end(self, text: &[u8], from: usize, name: &str) -> usize {
        let end = match self {
            Self::Markup => Some(from),
            Self::Raw => end_tag(text, from, name),
            Self::Script => end_of_script(text, from),
            Self::Plain => None,
        };
        end.unwrap_or(text.len())
    }
}

fn end_tag(text: &[u8], from: usize, name: &str) -> Option<usize> {
    let rest = text.get(from..)?;
    let mut brackets = memchr::memchr_iter(b'<', rest).map(|at| from + at);
    brackets.find(|&at| text.get(at + 1) == Some(&b'/') && is_named(text, at + 2, name))
}

/// Whether a tag's name at `at` is this one, as a whole.
fn is_named(text: &[u8], at: usize, name: &str) -> bool {
    let end = at + name.len();
    text.get(at..end).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        && text.get(end).is_some_and(|&byte| is_space(byte) || matches!(byte, b'/' | b'>'))
}

/// Where in a script one is (WHATWG HTML, 13.2.5.4 and 13.2.5.15 onward).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escape {
    None,
    /// After `<!--`.
    Escaped,
    /// After `<script` in what is escaped, where the next end tag is not the script's own.
    Twice,
}

fn end_of_script(text: &[u8], from: usize) -> Option<usize> {
    const NAME: &str = "script";
    let mut escape = Escape::None;
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        at += match escape {
            Escape::None => memchr::memchr(b'<', rest)?,
            _ => memchr::memchr2(b'<', b'-', rest)?,
        };
        let rest = text.get(at..)?;
        let is_end = rest.get(1) == Some(&b'/') && is_named(text, at + 2, NAME);
        if is_end && escape != Escape::Twice {
            return Some(at);
        }
        (escape, at) = match escape {
            // The two dashes can be those that end it: `<!-->`.
            Escape::None if rest.starts_with(b"<!--") => (Escape::Escaped, at + 2),
            Escape::Escaped | Escape::Twice if rest.starts_with(b"-->") => (Escape::None, at + 3),
            Escape::Escaped if is_begun(text, at, NAME) => (Escape::Twice, at + 1),
            Escape::Twice if is_end => (Escape::Escaped, at + 1),
            _ => (escape, at + 1),
        };
    }
}

fn is_begun(text: &[u8], at: usize, name: &str) -> bool {
    text.get(at) == Some(&b'<') && is_named(text, at + 1, name)
}
