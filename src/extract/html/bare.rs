//! URLs that stand in the words of the page.

use crate::extract::{bare, labels};
use crate::model::{Label, LinkKind, Role, Span};

use super::links::Found;
use super::tag::Value;
use super::words::{decoded, folded};

/// An entity is not longer than this.
const MAX_ENTITY: usize = 12;

/// Finds the URLs of a run of text that begins at `offset` in the document.
pub(super) fn find<'t>(text: &'t str, offset: usize, mut found: impl FnMut(Found<'t>)) {
    for piece in pieces(text) {
        let slice = piece.of(text);
        for bare in bare::find(slice) {
            let span = Span::new(
                offset + piece.start + bare.span.start,
                offset + piece.start + bare.span.end,
            );
            let introduction =
                labels::introduction_before(slice.get(..bare.span.start).unwrap_or_default());
            let role = introduction.map(|introduction| introduction.role);
            let credit = (bare.kind == LinkKind::Schemeless).then_some(Role::Credit);
            found(Found {
                unescaped: bare.refanged.clone(),
                label: introduction
                    .and_then(|_| label(slice, bare.span.start, offset + piece.start)),
                ..Found::new(bare.kind, Value { raw: bare.span.of(slice), span }, role.or(credit))
            });
        }
    }
}

/// The words right before a URL, from where their clause begins.
fn label(text: &str, end: usize, offset: usize) -> Option<Label> {
    let before = text.get(..end)?.trim_end();
    let ends = |c: char| matches!(c, '.' | '!' | '?' | ';' | '\n');
    let start = before.rfind(ends).map_or(0, |at| at + 1);
    let words = before.get(start..)?;
    let start = start + (words.len() - words.trim_start().len());
    let text = folded(words);
    (!text.is_empty())
        .then(|| Label { text, span: Span::new(offset + start, offset + before.len()) })
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
        find(text, 0, |found| {
            assert_eq!(found.value.span.of(text), found.value.raw);
            urls.push(found.value.raw);
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
        find("It is. Original url: http://a.example/b", 0, |found| {
            labels.push((found.role, found.label.map(|label| label.text)));
        });
        assert_eq!(labels, [(Some(Role::Original), Some("Original url:".to_owned()))]);
    }
}
