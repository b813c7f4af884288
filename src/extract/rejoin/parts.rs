//! A URL at a line end, taken apart, and what may follow.

use super::follow::may_follow;
use super::lines::{self, Break};
use super::{first_word, word_after_space};
use crate::address::bare::{self, Bare};
use crate::model::{LinkKind, Span};

/// A URL as far as it is put together.
pub(super) struct Parts {
    pub(super) kind: LinkKind,
    /// What is put together, up to the line end, trailing punctuation included.
    pub(super) head: String,
    /// The offset of `head`'s end in the source.
    pub(super) reach: usize,
    /// Where the sign stands that closes what is open before the URL, if that is on another line.
    pub(super) closes_at: Option<usize>,
    /// Where it ends, if its font or color tells.
    pub(super) set_off: Option<usize>,
}

/// What the next line would add.
pub(super) struct Next {
    pub(super) at: Break,
    /// The first word of the next line.
    pub(super) token: Span,
    /// `head` and the token, read together.
    pub(super) joined: String,
    /// Where the URL ends in `joined`.
    pub(super) end: usize,
    /// How far it reaches in `joined`.
    pub(super) reach: usize,
    pub(super) malformed: Option<&'static str>,
    /// The hyphen that a typesetter put at the line's end, if one was left out.
    pub(super) hyphen: bool,
}

impl Parts {
    pub(super) fn new(text: &str, seed: &Bare, closes_at: Option<usize>) -> Self {
        let head = Span::new(seed.span.start, seed.reach).of(text).to_owned();
        Self { kind: seed.kind, head, reach: seed.reach, closes_at, set_off: None }
    }

    /// What the next line would add to the URL; nothing where it cannot add anything.
    pub(super) fn next(&self, text: &str) -> Option<Next> {
        let hyphen = hyphen_at(text, self.reach);
        let at = lines::break_at(text, self.reach + hyphen)?;
        let start = at.after.start + marker(at.before.of(text), at.after.of(text));
        let line = Span::new(start, at.after.end).of(text);
        let start = start + (line.len() - line.trim_start().len());
        let word = first_word(line.trim_start());
        let own = self.set_off.and_then(|end| end.checked_sub(start)).filter(|&own| own > 0);
        let word = own.and_then(|own| word.get(..own)).unwrap_or(word);
        self.with(at, Span::new(start, start + word.len()), word, hyphen > 0)
    }

    /// What the next word of the same line would add to the URL.
    pub(super) fn next_after_space(&self, text: &str, start: usize) -> Option<Next> {
        let token = word_after_space(text, start, self.reach)?;
        let at = Break {
            before: Span::new(lines::line_start(text, self.reach), self.reach),
            after: Span::new(token.start, lines::line_end(text, token.start)),
            blank: 0,
            page: false,
        };
        self.with(at, token, token.of(text), false)
    }

    fn with(&self, at: Break, token: Span, word: &str, hyphen: bool) -> Option<Next> {
        let is_enclosed = self.closes_at.or(self.set_off).is_some();
        if !may_follow(&self.head, word, is_enclosed) {
            return None;
        }
        let joined = [&self.head, word].concat();
        let read = reread(self.kind, &joined)?;
        let adds = read.span.end > self.head.len() && read.span.end <= joined.len();
        adds.then(|| Next {
            at,
            token,
            end: read.span.end,
            reach: read.reach.min(joined.len()),
            malformed: read.malformed(),
            joined,
            hyphen,
        })
    }

    /// Takes the next line's part in; false where the URL ends within it.
    pub(super) fn take(&mut self, next: &Next) -> bool {
        self.reach = next.token.start + (next.reach - self.head.len());
        self.head.clone_from(&next.joined);
        self.head.truncate(next.reach);
        next.reach == next.joined.len()
    }
}

/// The length of a hyphen at `at` that a typesetter puts at the end of a line.
pub(super) fn hyphen_at(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.chars().next().filter(|c| matches!(c, '\u{AD}' | '\u{2010}')).map_or(0, char::len_utf8)
}

/// The length of a quotation or comment mark that both lines begin with.
pub(super) fn marker(before: &str, after: &str) -> usize {
    match (mark(before), mark(after)) {
        (Some(one), Some(other)) if one == other => {
            let spaced =
                after.trim_start().get(one.len()..).is_some_and(|rest| rest.starts_with(' '));
            if spaced { lines::indent(after) + one.len() } else { 0 }
        }
        _ => 0,
    }
}

/// The quotation or comment mark that a line begins with.
fn mark(line: &str) -> Option<&str> {
    let inner = line.trim_start();
    let rest = inner.trim_start_matches(['>', '#', '*', ';', '%', '|', '/']);
    inner.get(..inner.len() - rest.len()).filter(|mark| !mark.is_empty())
}

/// What is put before a host without a scheme to read it again.
const SCHEME: &str = "http://";

/// Reads an address again from its beginning; offsets are those of `address`.
pub(super) fn reread(kind: LinkKind, address: &str) -> Option<Bare> {
    if kind == LinkKind::Bare {
        return bare::at_start(address);
    }
    let mut found = bare::at_start(&[SCHEME, address].concat())?;
    found.span.end = found.span.end.checked_sub(SCHEME.len())?;
    found.reach = found.reach.checked_sub(SCHEME.len())?;
    Some(found)
}
