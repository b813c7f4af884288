//! Markup: HTML cut into tags, text and raw content, as the HTML standard's tokenizer cuts it
//! (WHATWG HTML, 13.2.5), over a text that is in memory as a whole.
//!
//! Every token is a span of the source; nothing is copied, and nothing is allocated for a token.
//! Tags are found with `memchr`, so that text, scripts and styles cost next to nothing, and an
//! attribute's value is looked at only by who asked for it. Every byte is looked at a bounded
//! number of times, whatever the bytes are: what is not ended (a comment, a quote, a script)
//! reaches to the end of the text and is not tried again as something else.
//!
//! Why not `lol_html`, which does the same: it rewrites streams, and so hands each element through
//! selector matching and a handler as an owned value. Asked for every element it reads about a
//! fifth of what it reads when it is asked for few, and that was most of the time a page took.
//! A test compares this tokenizer with it over random and hostile input; the bench does so for
//! speed. For the selectors that a user may configure it is what reads the page.
//!
//! *Deviations from the standard.* Which elements are open is not tracked, so that what depends on
//! it is simulated as `lol_html` does it: [`foreign`] tells SVG and `MathML` from HTML by their
//! tags alone. `noscript` holds raw text, as in a browser that runs scripts. Null characters stay.
//! From `lol_html` it deviates where the standard does: `<svg/>` and `<math/>` open nothing, and
//! `<script x=>` is a script.

mod foreign;
mod names;
mod raw;
mod scanner;
#[cfg(test)]
mod tests;

pub(crate) use names::{Packed, Table, packed};
pub(crate) use scanner::{Scanner, Unread};

use crate::model::Span;

/// A piece of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'t> {
    /// Text between tags, entities and all.
    Text(Span),
    /// What an element holds that has no markup inside (`script`, `style`, `title` …). It follows
    /// the element's start tag.
    Raw(Span),
    /// A start tag.
    Start(Tag<'t>),
    /// An end tag.
    End(Tag<'t>),
}

/// A start or an end tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'t> {
    /// The element's name as written.
    pub(crate) name: &'t str,
    /// The same in lower case as a number.
    pub(crate) packed: Packed,
    /// From its `<` to its `>`.
    pub(crate) span: Span,
    /// Whether what follows up to its end tag is raw.
    pub(crate) is_raw: bool,
}

/// An attribute of a start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attribute<'t> {
    text: &'t str,
    /// The bytes of its name.
    pub(crate) name: Span,
    /// Its name in lower case as a number.
    pub(crate) packed: Packed,
    /// The bytes of its value without quotes; empty where it has none.
    pub(crate) value: Span,
}

impl<'t> Attribute<'t> {
    /// The value.
    pub(crate) fn value(self) -> Value<'t> {
        Value { raw: self.value.of(self.text), span: self.value }
    }
}

/// An attribute's value: the words between its quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Value<'t> {
    /// As written, entities and all.
    pub(crate) raw: &'t str,
    /// Where it stands in the document.
    pub(crate) span: Span,
}

/// Takes the attributes of start tags as they are read.
pub(crate) trait Sink<'t> {
    /// A start tag begins: what has been taken of another is let go.
    fn clear(&mut self);

    /// Takes an attribute. Of one given twice the first counts.
    fn take(&mut self, attribute: Attribute<'t>);
}

/// White space as HTML has it in tags.
pub(crate) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}
