//! Start tags taken apart: the element's name and its attributes, each value with its bytes.
//!
//! The pass says where a start tag stands; reading its attributes from the source slice keeps every
//! value a slice of the text, with nothing copied.

use crate::model::Span;

/// Attributes beyond this count are not looked at: no page has them, hostile input does.
const MAX_ATTRIBUTES: usize = 256;

/// The elements that matter here, and how they behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    A,
    Address,
    Area,
    Article,
    Aside,
    Audio,
    Base,
    Blockquote,
    Body,
    Button,
    Caption,
    Dd,
    Del,
    Details,
    Div,
    Dl,
    Dt,
    Embed,
    Fieldset,
    Figcaption,
    Figure,
    Footer,
    Form,
    Head,
    Header,
    Heading(u8),
    Hr,
    Html,
    Iframe,
    Img,
    Ins,
    Li,
    Link,
    Main,
    Meta,
    Nav,
    Object,
    Ol,
    P,
    Pre,
    Q,
    Script,
    Section,
    Source,
    Svg,
    Table,
    Tbody,
    Td,
    Template,
    Th,
    Time,
    Title,
    Tr,
    Ul,
    Video,
    /// Inline elements that the adoption rules of HTML treat as formatting.
    Formatting,
    /// `br`, a line break without content.
    Br,
    /// Other elements without content.
    Void,
    /// Other elements whose content is text and no markup.
    Raw,
    /// Elements whose content no reader sees.
    Unseen,
    /// Everything else.
    Other,
}

/// A longer name is none that matters.
const MAX_NAME: usize = 16;

/// A name in lower case as a number, so that names are compared as fast as numbers; none for names
/// that are longer than any that matters.
const fn packed(name: &[u8]) -> u128 {
    if name.len() > MAX_NAME {
        return 0;
    }
    let mut packed = 0;
    let mut at = 0;
    while at < name.len() {
        packed |= (name[at].to_ascii_lowercase() as u128) << (8 * at);
        at += 1;
    }
    packed
}

/// Matches a packed name against the names that matter.
macro_rules! by_name {
    ($name:expr, { $($($text:literal)|+ => $value:expr,)+ _ => $other:expr $(,)? }) => {{
        let name: u128 = $name;
        $(if $(name == const { packed($text) })||+ { $value } else)+ { $other }
    }};
}

impl Tag {
    /// The element of this name, in any case.
    pub(super) fn of(name: &str) -> Self {
        Self::named(packed(name.as_bytes()))
    }

    fn named(name: u128) -> Self {
        by_name!(name, {
            b"a" => Self::A,
            b"div" => Self::Div,
            b"p" => Self::P,
            b"li" => Self::Li,
            b"img" | b"amp-img" => Self::Img,
            b"h1" => Self::Heading(1),
            b"h2" => Self::Heading(2),
            b"h3" => Self::Heading(3),
            b"h4" => Self::Heading(4),
            b"h5" => Self::Heading(5),
            b"h6" => Self::Heading(6),
            b"address" => Self::Address,
            b"area" => Self::Area,
            b"article" => Self::Article,
            b"aside" => Self::Aside,
            b"audio" => Self::Audio,
            b"base" => Self::Base,
            b"blockquote" => Self::Blockquote,
            b"body" => Self::Body,
            b"br" => Self::Br,
            b"button" => Self::Button,
            b"caption" => Self::Caption,
            b"dd" => Self::Dd,
            b"del" => Self::Del,
            b"details" => Self::Details,
            b"dl" => Self::Dl,
            b"dt" => Self::Dt,
            b"embed" => Self::Embed,
            b"fieldset" => Self::Fieldset,
            b"figcaption" => Self::Figcaption,
            b"figure" => Self::Figure,
            b"footer" => Self::Footer,
            b"form" => Self::Form,
            b"frame" | b"iframe" | b"amp-iframe" => Self::Iframe,
            b"head" => Self::Head,
            b"header" => Self::Header,
            b"hr" => Self::Hr,
            b"html" => Self::Html,
            b"ins" => Self::Ins,
            b"link" => Self::Link,
            b"main" => Self::Main,
            b"meta" => Self::Meta,
            b"nav" => Self::Nav,
            b"object" => Self::Object,
            b"ol" => Self::Ol,
            b"pre" => Self::Pre,
            b"q" => Self::Q,
            b"script" => Self::Script,
            b"section" => Self::Section,
            b"source" => Self::Source,
            b"svg" => Self::Svg,
            b"table" => Self::Table,
            b"tbody" | b"thead" | b"tfoot" => Self::Tbody,
            b"td" => Self::Td,
            b"template" => Self::Template,
            b"th" => Self::Th,
            b"time" => Self::Time,
            b"title" => Self::Title,
            b"tr" => Self::Tr,
            b"ul" | b"menu" | b"dir" => Self::Ul,
            b"video" => Self::Video,
            b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small"
            | b"strike" | b"strong" | b"tt" | b"u" => Self::Formatting,
            b"col" | b"input" | b"keygen" | b"param" | b"track" | b"wbr" | b"basefont"
            | b"bgsound" => Self::Void,
            b"style" | b"textarea" | b"xmp" | b"noembed" | b"noframes" | b"noscript"
            | b"plaintext" => Self::Raw,
            b"select" | b"math" | b"datalist" => Self::Unseen,
            _ => Self::Other,
        })
    }

    /// Whether the element never has content, nor an end tag.
    pub(super) const fn is_void(self) -> bool {
        matches!(
            self,
            Self::Area
                | Self::Base
                | Self::Br
                | Self::Embed
                | Self::Hr
                | Self::Img
                | Self::Link
                | Self::Meta
                | Self::Source
                | Self::Void
        )
    }

    /// Whether its content is text up to its own end tag.
    pub(super) const fn is_raw(self) -> bool {
        matches!(self, Self::Script | Self::Title | Self::Iframe | Self::Raw)
    }

    /// Whether no reader sees the words inside.
    pub(super) const fn is_unseen(self) -> bool {
        matches!(self, Self::Head | Self::Svg | Self::Template | Self::Object | Self::Unseen)
    }

    /// Whether it stands on lines of its own, so that words do not run on over its edges.
    pub(super) const fn is_block(self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Article
                | Self::Aside
                | Self::Blockquote
                | Self::Body
                | Self::Button
                | Self::Caption
                | Self::Dd
                | Self::Details
                | Self::Div
                | Self::Dl
                | Self::Dt
                | Self::Fieldset
                | Self::Figcaption
                | Self::Figure
                | Self::Footer
                | Self::Form
                | Self::Header
                | Self::Heading(_)
                | Self::Html
                | Self::Li
                | Self::Main
                | Self::Nav
                | Self::Ol
                | Self::P
                | Self::Pre
                | Self::Section
                | Self::Table
                | Self::Tbody
                | Self::Td
                | Self::Th
                | Self::Tr
                | Self::Ul
        )
    }

    /// Whether end tags of what stands around it do not reach through it.
    pub(super) const fn is_scope(self) -> bool {
        matches!(self, Self::Td | Self::Th | Self::Caption | Self::Table | Self::Template)
    }

    /// Whether a start tag of `next` ends this element unsaid.
    pub(super) const fn is_ended_by(self, next: Self) -> bool {
        match self {
            Self::P => next.is_block() && !matches!(next, Self::Button | Self::Caption),
            Self::Li => matches!(next, Self::Li),
            Self::Dd | Self::Dt => matches!(next, Self::Dd | Self::Dt),
            Self::Td | Self::Th => matches!(next, Self::Td | Self::Th | Self::Tr | Self::Tbody),
            Self::Tr => matches!(next, Self::Tr | Self::Tbody),
            Self::Head => next.is_block(),
            Self::A => matches!(next, Self::A),
            _ => false,
        }
    }
}

/// An attribute's value: the words between its quotes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'t> {
    /// As written, entities and all.
    pub(super) raw: &'t str,
    /// Where it stands in the document.
    pub(super) span: Span,
}

/// The attributes that matter here; of one given twice the first counts, as in browsers.
#[derive(Debug, Default)]
pub(super) struct Attributes<'t> {
    pub(super) alt: Option<Value<'t>>,
    pub(super) cite: Option<Value<'t>>,
    pub(super) class: Option<Value<'t>>,
    pub(super) content: Option<Value<'t>>,
    /// `data-date`, `data-timestamp` and their like.
    pub(super) data_date: Option<Value<'t>>,
    pub(super) data_original_url: Option<Value<'t>>,
    pub(super) data_src: Option<Value<'t>>,
    pub(super) data_version_date: Option<Value<'t>>,
    pub(super) data_version_url: Option<Value<'t>>,
    pub(super) datetime: Option<Value<'t>>,
    pub(super) hidden: bool,
    pub(super) href: Option<Value<'t>>,
    pub(super) http_equiv: Option<Value<'t>>,
    pub(super) id: Option<Value<'t>>,
    pub(super) itemprop: Option<Value<'t>>,
    pub(super) lang: Option<Value<'t>>,
    pub(super) name: Option<Value<'t>>,
    pub(super) poster: Option<Value<'t>>,
    pub(super) property: Option<Value<'t>>,
    pub(super) pubdate: Option<Value<'t>>,
    pub(super) rel: Option<Value<'t>>,
    pub(super) role: Option<Value<'t>>,
    pub(super) src: Option<Value<'t>>,
    pub(super) srcset: Option<Value<'t>>,
    pub(super) title: Option<Value<'t>>,
    pub(super) kind: Option<Value<'t>>,
}

impl<'t> Attributes<'t> {
    /// Reads the attributes of a start tag; `tag` is its source, `from` the offset in it after the
    /// element's name, `offset` the tag's own place in the document.
    pub(super) fn read(tag: &'t str, from: usize, offset: usize) -> Self {
        let mut attributes = Self::default();
        let mut reader = Reader { tag, at: from };
        for _ in 0..MAX_ATTRIBUTES {
            let Some((name, value)) = reader.next_attribute() else { break };
            let value = Value {
                raw: value.of(tag),
                span: Span::new(offset + value.start, offset + value.end),
            };
            attributes.take(name, value);
        }
        attributes
    }

    fn take(&mut self, name: &str, value: Value<'t>) {
        let name = packed(name.as_bytes());
        if name == const { packed(b"hidden") } {
            self.hidden = true;
        } else if let Some(slot) = self.slot(name) {
            slot.get_or_insert(value);
        }
    }

    fn slot(&mut self, name: u128) -> Option<&mut Option<Value<'t>>> {
        Some(by_name!(name, {
            b"class" => &mut self.class,
            b"href" | b"xlink:href" => &mut self.href,
            b"id" => &mut self.id,
            b"src" => &mut self.src,
            b"alt" => &mut self.alt,
            b"content" => &mut self.content,
            b"cite" => &mut self.cite,
            b"data-date" | b"data-time" | b"data-datetime" | b"data-timestamp"
                | b"data-published" | b"data-utime" => &mut self.data_date,
            b"data-originalurl" => &mut self.data_original_url,
            b"data-src" | b"data-lazy-src" | b"data-original" => &mut self.data_src,
            b"data-versiondate" => &mut self.data_version_date,
            b"data-versionurl" => &mut self.data_version_url,
            b"datetime" => &mut self.datetime,
            b"http-equiv" => &mut self.http_equiv,
            b"itemprop" => &mut self.itemprop,
            b"lang" | b"xml:lang" => &mut self.lang,
            b"name" => &mut self.name,
            b"poster" => &mut self.poster,
            b"property" => &mut self.property,
            b"pubdate" => &mut self.pubdate,
            b"rel" => &mut self.rel,
            b"role" => &mut self.role,
            b"srcset" | b"data-srcset" => &mut self.srcset,
            b"title" => &mut self.title,
            b"type" => &mut self.kind,
            _ => return None,
        }))
    }
}

/// Attribute by attribute, as the tokenizer of the HTML standard reads them (13.2.5.32 onward).
struct Reader<'t> {
    tag: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.tag.as_bytes().get(self.at).copied()
    }

    fn skip_while(&mut self, belongs: impl Fn(u8) -> bool) -> Span {
        let start = self.at;
        let rest = self.tag.as_bytes().get(start..).unwrap_or_default();
        self.at += rest.iter().position(|&byte| !belongs(byte)).unwrap_or(rest.len());
        Span::new(start, self.at)
    }

    /// The next attribute's name and the place of its value in the tag (empty without a value).
    fn next_attribute(&mut self) -> Option<(&'t str, Span)> {
        self.skip_while(|byte| is_space(byte) || byte == b'/');
        let start = self.at;
        if self.peek().is_none_or(|byte| byte == b'>') {
            return None;
        }
        // A name may begin with an equals sign, but holds none.
        self.at += 1;
        let name = self.skip_while(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
        let name = Span::new(start, name.end).of(self.tag);
        self.skip_while(is_space);
        let value = if self.peek() == Some(b'=') {
            self.at += 1;
            self.value()
        } else {
            Span::new(self.at, self.at)
        };
        Some((name, value))
    }

    fn value(&mut self) -> Span {
        self.skip_while(is_space);
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let rest = self.tag.as_bytes().get(self.at..).unwrap_or_default();
                let length = memchr::memchr(quote, rest).unwrap_or(rest.len());
                let span = Span::new(self.at, self.at + length);
                self.at = (span.end + 1).min(self.tag.len());
                span
            }
            _ => self.skip_while(|byte| !is_space(byte) && byte != b'>'),
        }
    }
}

/// White space as HTML has it in tags.
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

/// The name at the start of `text`: up to white space, a slash or the tag's end.
pub(super) fn name_of(text: &str) -> &str {
    let end = text.bytes().position(|byte| is_space(byte) || matches!(byte, b'/' | b'>'));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tag: &str) -> Attributes<'_> {
        Attributes::read(tag, 1 + name_of(&tag[1..]).len(), 0)
    }

    #[test]
    fn values_are_found_however_they_are_quoted() {
        for (tag, href) in [
            ("<a href=\"x y\">", "x y"),
            ("<a href='x\"y'>", "x\"y"),
            ("<a href=x/y>", "x/y"),
            ("<a HREF = x class=b>", "x"),
            ("<a/href=x>", "x"),
            ("<a class href=x href=y>", "x"),
            ("<a href=\"\">", ""),
            ("<a href>", ""),
            ("<a =href=z href=x>", "x"),
        ] {
            let value = read(tag).href.expect(tag);
            assert_eq!(value.raw, href, "{tag}");
            assert_eq!(value.span.of(tag), href, "{tag}");
        }
    }

    #[test]
    fn names_are_those_of_html_in_any_case() {
        assert_eq!(Tag::of("ARTICLE"), Tag::Article);
        assert_eq!(Tag::of("h3"), Tag::Heading(3));
        assert_eq!(Tag::of("a-very-long-custom-element"), Tag::Other);
        assert_eq!(Tag::of(""), Tag::Other);
    }
}
