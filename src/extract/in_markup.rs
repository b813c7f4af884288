//! URLs that stand bare in the words of markup, HTML or Markdown, where entities may stand too.

use super::html::words::{decoded, folded};
use super::{labels, rejoin};
use crate::address::bare;
use crate::model::{Join, Label, LinkKind, Role, Span};

/// Introducing words reach no further back, in bytes.
const MAX_LABEL: usize = 160;

/// An entity is not longer than this.
const MAX_ENTITY: usize = 12;

/// A URL in the words of markup.
#[derive(Debug)]
pub(super) struct InMarkup<'t> {
    /// As it is written, entities and all.
    pub(super) raw: &'t str,
    /// Where it stands in the document.
    pub(super) span: Span,
    /// How it is written.
    pub(super) kind: LinkKind,
    /// The address that is meant, entities decoded.
    pub(super) address: String,
    /// What it is for, if the introducing words or its form tell.
    pub(super) role: Option<Role>,
    /// The words that introduce it.
    pub(super) label: Option<Label>,
    /// Why it is no valid address.
    pub(super) malformed: Option<&'static str>,
    /// How it was put together, if a line end broke it.
    pub(super) join: Option<Join>,
}

/// Finds the URLs of a run of text that begins at `offset` in the document; `rejoins` says whether
/// those are put together that a line end broke within signs.
pub(super) fn find<'t>(
    text: &'t str,
    offset: usize,
    rejoins: bool,
    mut found: impl FnMut(InMarkup<'t>),
) {
    if !may_hold_url(text) {
        return;
    }
    for piece in pieces(text) {
        let slice = piece.of(text);
        let mut reach = 0;
        for bare in bare::find(slice) {
            if bare.span.start < reach {
                continue;
            }
            let goes_over = rejoins && bare.kind == LinkKind::Bare;
            let whole = goes_over.then(|| rejoin::enclosed(slice, &bare)).flatten();
            let inside = whole.as_ref().map_or(bare.span, |(span, ..)| *span);
            reach = inside.end;
            let span =
                Span::new(offset + piece.start + inside.start, offset + piece.start + inside.end);
            let introduction = labels::introduction_before(before(slice, bare.span.start));
            let raw = inside.of(slice);
            let (joined, join) = whole.map(|(_, joined, join)| (joined, join)).unzip();
            let address = joined.map(|joined| decoded(&joined).into_owned());
            // A host alone names a source; with a path it is an address to follow.
            let is_host = bare.kind == LinkKind::Schemeless && !raw.contains('/');
            let credit = is_host.then_some(Role::Credit);
            let label = label(slice, bare.span.start, offset + piece.start);
            found(InMarkup {
                raw,
                span,
                kind: bare.kind,
                role: introduction.map(|introduction| introduction.role).or(credit),
                label: label.filter(|_| introduction.is_some()),
                malformed: bare.malformed(),
                address: address
                    .or_else(|| bare.refanged().map(str::to_owned))
                    .unwrap_or_else(|| decoded(raw).into_owned()),
                join,
            });
        }
    }
}

/// Whether a colon or a dot stands in the midst of a word: most words have none.
fn may_hold_url(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b':', b'.', b'[', bytes)
        .any(|at| bytes.get(at + 1).is_some_and(|next| !next.is_ascii_whitespace()))
}

/// The words before a URL, as far back as introducing words can reach.
fn before(text: &str, end: usize) -> &str {
    let start = text.ceil_char_boundary(end.saturating_sub(MAX_LABEL));
    text.get(start..end).unwrap_or_default()
}

/// The words right before a URL, from where their clause begins.
fn label(text: &str, end: usize, offset: usize) -> Option<Label> {
    let words = before(text, end).trim_end();
    let end = text.get(..end)?.trim_end().len();
    let ends = |c: char| matches!(c, '.' | '!' | '?' | ';' | '\n');
    let words = words.rsplit(ends).next()?.trim_start();
    let text = folded(words);
    let span = Span::new(offset + end.saturating_sub(words.len()), offset + end);
    (!text.is_empty()).then_some(Label { text, span })
}

/// The parts of a text between entities that stand for white space, quotation marks and brackets:
/// a URL ends there, though the entity's letters could go on with it.
fn pieces(text: &str) -> impl Iterator<Item = Span> {
    let mut start = Some(0);
    std::iter::from_fn(move || {
        let from = start?;
        let mut at = from;
        loop {
            let rest = text.get(at..).unwrap_or_default();
            let Some(found) = memchr::memchr(b'&', rest.as_bytes()) else {
                start = None;
                return Some(Span::new(from, text.len()));
            };
            at += found;
            match breaking_entity(text.get(at..).unwrap_or_default()) {
                Some(length) => {
                    start = Some(at + length);
                    return Some(Span::new(from, at));
                }
                None => at += 1,
            }
        }
    })
}

/// The length of the entity that `text` begins with, if it is none that a URL can hold.
fn breaking_entity(text: &str) -> Option<usize> {
    let end = text.bytes().take(MAX_ENTITY).position(|byte| byte == b';')? + 1;
    let entity = text.get(..end)?;
    let meant = decoded(entity);
    (meant != entity && !meant.starts_with(|c: char| c == '&' || c.is_alphanumeric()))
        .then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(text: &str) -> Vec<&str> {
        let mut urls = Vec::new();
        find(text, 0, false, |found| {
            assert_eq!(found.span.of(text), found.raw);
            urls.push(found.raw);
        });
        urls
    }

    #[test]
    fn entities_end_a_url_unless_they_stand_for_an_ampersand() {
        assert_eq!(
            urls("x http://a.example/?b=1&amp;c=2&nbsp;y"),
            ["http://a.example/?b=1&amp;c=2"]
        );
        assert_eq!(
            urls("&lt;http://a.example/b&gt;&quot;http://c.example&quot;"),
            ["http://a.example/b", "http://c.example"]
        );
    }

    #[test]
    fn introducing_words_are_the_label() {
        let mut labels = Vec::new();
        find("It is. Original url: http://a.example/b", 0, false, |found| {
            labels.push((found.role, found.label.map(|label| label.text)));
        });
        assert_eq!(labels, [(Some(Role::Original), Some("Original url:".to_owned()))]);
    }
}
