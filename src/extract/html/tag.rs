//! The elements that matter here, and how they behave.

use crate::html::{Packed, Table};

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
    Noscript,
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
    /// Elements whose content no reader sees.
    Unseen,
    /// Everything else.
    Other,
}

static TAGS: Table<Tag, 256> = Table::new(
    &[
        ("a", Tag::A),
        ("div", Tag::Div),
        ("p", Tag::P),
        ("li", Tag::Li),
        ("img", Tag::Img),
        ("amp-img", Tag::Img),
        ("h1", Tag::Heading(1)),
        ("h2", Tag::Heading(2)),
        ("h3", Tag::Heading(3)),
        ("h4", Tag::Heading(4)),
        ("h5", Tag::Heading(5)),
        ("h6", Tag::Heading(6)),
        ("address", Tag::Address),
        ("area", Tag::Area),
        ("article", Tag::Article),
        ("aside", Tag::Aside),
        ("audio", Tag::Audio),
        ("base", Tag::Base),
        ("blockquote", Tag::Blockquote),
        ("body", Tag::Body),
        ("br", Tag::Br),
        ("button", Tag::Button),
        ("caption", Tag::Caption),
        ("dd", Tag::Dd),
        ("del", Tag::Del),
        ("details", Tag::Details),
        ("dl", Tag::Dl),
        ("dt", Tag::Dt),
        ("embed", Tag::Embed),
        ("fieldset", Tag::Fieldset),
        ("figcaption", Tag::Figcaption),
        ("figure", Tag::Figure),
        ("footer", Tag::Footer),
        ("form", Tag::Form),
        ("frame", Tag::Iframe),
        ("iframe", Tag::Iframe),
        ("amp-iframe", Tag::Iframe),
        ("head", Tag::Head),
        ("header", Tag::Header),
        ("hr", Tag::Hr),
        ("html", Tag::Html),
        ("ins", Tag::Ins),
        ("link", Tag::Link),
        ("main", Tag::Main),
        ("meta", Tag::Meta),
        ("nav", Tag::Nav),
        ("noscript", Tag::Noscript),
        ("object", Tag::Object),
        ("ol", Tag::Ol),
        ("pre", Tag::Pre),
        ("q", Tag::Q),
        ("script", Tag::Script),
        ("section", Tag::Section),
        ("source", Tag::Source),
        ("svg", Tag::Svg),
        ("table", Tag::Table),
        ("tbody", Tag::Tbody),
        ("thead", Tag::Tbody),
        ("tfoot", Tag::Tbody),
        ("td", Tag::Td),
        ("template", Tag::Template),
        ("th", Tag::Th),
        ("time", Tag::Time),
        ("title", Tag::Title),
        ("tr", Tag::Tr),
        ("ul", Tag::Ul),
        ("menu", Tag::Ul),
        ("dir", Tag::Ul),
        ("video", Tag::Video),
        ("b", Tag::Formatting),
        ("big", Tag::Formatting),
        ("code", Tag::Formatting),
        ("em", Tag::Formatting),
        ("font", Tag::Formatting),
        ("i", Tag::Formatting),
        ("nobr", Tag::Formatting),
        ("s", Tag::Formatting),
        ("small", Tag::Formatting),
        ("strike", Tag::Formatting),
        ("strong", Tag::Formatting),
        ("tt", Tag::Formatting),
        ("u", Tag::Formatting),
        ("col", Tag::Void),
        ("input", Tag::Void),
        ("keygen", Tag::Void),
        ("param", Tag::Void),
        ("track", Tag::Void),
        ("wbr", Tag::Void),
        ("basefont", Tag::Void),
        ("bgsound", Tag::Void),
        ("select", Tag::Unseen),
        ("math", Tag::Unseen),
        ("datalist", Tag::Unseen),
    ],
    Tag::Other,
);

impl Tag {
    /// The element of this name.
    pub(super) fn of(name: Packed) -> Self {
        TAGS.get(name)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::packed;

    #[test]
    fn names_are_those_of_html_in_any_case() {
        for (name, tag) in [
            ("ARTICLE", Tag::Article),
            ("h3", Tag::Heading(3)),
            ("a-very-long-custom-element", Tag::Other),
            ("", Tag::Other),
        ] {
            assert_eq!(Tag::of(packed(name.as_bytes())), tag, "{name}");
        }
    }
}
