//! SVG and `MathML` in HTML: where a `title` or a `style` holds markup, and where `CDATA` is text.
//!
//! Told by tags alone, without the stack of open elements, as `lol_html` does it.

use super::names::{Packed, Table, packed};
use super::raw::Content;
use super::{Attribute, Sink, Tag};

/// What an element's name means inside SVG or `MathML`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Svg,
    Math,
    /// HTML that cannot stand there: it ends the drawing or formula.
    Html,
    /// HTML that cannot, if it has an attribute of its own.
    Font,
    /// An element of SVG that holds HTML.
    InSvg,
    /// An element of `MathML` that holds text, and so HTML.
    InMath,
    /// An element of `MathML` that holds HTML if it says so.
    Annotation,
    /// `p` and `br`, of which the end tag too ends the drawing.
    Paragraph,
    Other,
}

static MEANINGS: Table<Meaning, 128> = Table::new(
    &[
        ("svg", Meaning::Svg),
        ("math", Meaning::Math),
        ("font", Meaning::Font),
        ("desc", Meaning::InSvg),
        ("title", Meaning::InSvg),
        ("foreignobject", Meaning::InSvg),
        ("mi", Meaning::InMath),
        ("mo", Meaning::InMath),
        ("mn", Meaning::InMath),
        ("ms", Meaning::InMath),
        ("mtext", Meaning::InMath),
        ("annotation-xml", Meaning::Annotation),
        ("p", Meaning::Paragraph),
        ("br", Meaning::Paragraph),
        ("b", Meaning::Html),
        ("big", Meaning::Html),
        ("blockquote", Meaning::Html),
        ("body", Meaning::Html),
        ("center", Meaning::Html),
        ("code", Meaning::Html),
        ("dd", Meaning::Html),
        ("div", Meaning::Html),
        ("dl", Meaning::Html),
        ("dt", Meaning::Html),
        ("em", Meaning::Html),
        ("embed", Meaning::Html),
        ("h1", Meaning::Html),
        ("h2", Meaning::Html),
        ("h3", Meaning::Html),
        ("h4", Meaning::Html),
        ("h5", Meaning::Html),
        ("h6", Meaning::Html),
        ("head", Meaning::Html),
        ("hr", Meaning::Html),
        ("i", Meaning::Html),
        ("img", Meaning::Html),
        ("li", Meaning::Html),
        ("listing", Meaning::Html),
        ("menu", Meaning::Html),
        ("meta", Meaning::Html),
        ("nobr", Meaning::Html),
        ("ol", Meaning::Html),
        ("pre", Meaning::Html),
        ("ruby", Meaning::Html),
        ("s", Meaning::Html),
        ("small", Meaning::Html),
        ("span", Meaning::Html),
        ("strong", Meaning::Html),
        ("strike", Meaning::Html),
        ("sub", Meaning::Html),
        ("sup", Meaning::Html),
        ("table", Meaning::Html),
        ("tt", Meaning::Html),
        ("u", Meaning::Html),
        ("ul", Meaning::Html),
        ("var", Meaning::Html),
    ],
    Meaning::Other,
);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Namespace {
    Html,
    Svg,
    MathMl,
}

/// The namespaces that are open, the outermost left out, which is HTML.
#[derive(Debug, Default)]
pub(super) struct Namespaces {
    open: Vec<Namespace>,
}

impl Namespaces {
    fn current(&self) -> Namespace {
        self.open.last().copied().unwrap_or(Namespace::Html)
    }

    /// The one around the current one.
    fn around(&self) -> Namespace {
        let above = self.open.len().checked_sub(2).and_then(|at| self.open.get(at));
        above.copied().unwrap_or(Namespace::Html)
    }

    /// Whether `CDATA` sections are text here.
    pub(super) fn has_cdata(&self) -> bool {
        self.current() != Namespace::Html
    }

    /// Notes a start tag, and tells how its element's content is read.
    pub(super) fn start<'t>(
        &mut self,
        tag: Tag<'t>,
        is_closed: bool,
        attributes: impl Fn(&mut dyn Sink<'t>),
    ) -> Content {
        if self.open.is_empty() {
            // Nearly all tags go this way.
            return self.start_of_html(tag.packed, is_closed);
        }
        match (self.current(), MEANINGS.get(tag.packed)) {
            (_, Meaning::Svg | Meaning::Math) | (Namespace::Html, _) => {
                return self.start_of_html(tag.packed, is_closed);
            }
            (_, Meaning::Html | Meaning::Paragraph) => self.leave(),
            (_, Meaning::Font) if Said::by(&attributes).font => self.leave(),
            (Namespace::Svg, Meaning::InSvg) | (Namespace::MathMl, Meaning::InMath)
                if !is_closed =>
            {
                self.open.push(Namespace::Html);
            }
            (Namespace::MathMl, Meaning::Annotation)
                if !is_closed && Said::by(&attributes).html =>
            {
                self.open.push(Namespace::Html);
            }
            _ => {}
        }
        Content::Markup
    }

    fn start_of_html(&mut self, name: Packed, is_closed: bool) -> Content {
        const SVG: Packed = packed(b"svg");
        const MATH: Packed = packed(b"math");
        match name {
            SVG if !is_closed => self.open.push(Namespace::Svg),
            MATH if !is_closed => self.open.push(Namespace::MathMl),
            _ => return Content::of(name),
        }
        Content::Markup
    }

    /// Notes an end tag.
    pub(super) fn end(&mut self, name: Packed) {
        if self.open.is_empty() {
            return;
        }
        let leaves = match (self.current(), MEANINGS.get(name)) {
            (Namespace::Html, Meaning::InSvg) => self.around() == Namespace::Svg,
            (Namespace::Html, Meaning::InMath | Meaning::Annotation) => {
                self.around() == Namespace::MathMl
            }
            (Namespace::Svg, Meaning::Svg | Meaning::Paragraph)
            | (Namespace::MathMl, Meaning::Math | Meaning::Paragraph) => true,
            _ => false,
        };
        if leaves {
            self.leave();
        }
    }

    fn leave(&mut self) {
        self.open.pop();
    }
}

/// What the attributes of an element say about it.
#[derive(Debug, Default)]
struct Said {
    /// Whether it is a `font` as only HTML has it.
    font: bool,
    /// Whether an annotation is HTML.
    html: bool,
}

impl Said {
    fn by<'t>(attributes: &impl Fn(&mut dyn Sink<'t>)) -> Self {
        let mut said = Self::default();
        attributes(&mut said);
        said
    }
}

impl<'t> Sink<'t> for Said {
    fn clear(&mut self) {
        *self = Self::default();
    }

    fn take(&mut self, attribute: Attribute<'t>) {
        const ENCODING: Packed = packed(b"encoding");
        let is_font = [packed(b"color"), packed(b"face"), packed(b"size")];
        let is_html = ["text/html", "application/xhtml+xml"];
        self.font |= is_font.contains(&attribute.packed);
        self.html |= attribute.packed == ENCODING
            && is_html.iter().any(|html| attribute.value().raw.eq_ignore_ascii_case(html));
    }
}
