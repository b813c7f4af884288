//! The attributes that matter here, each value with its bytes.

use crate::html::{Attribute, Sink, Table, Value};

/// An attribute by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    Alt,
    Cite,
    Class,
    Content,
    Data,
    /// `data-date`, `data-timestamp` and their like.
    DataDate,
    DataOriginalUrl,
    DataSrc,
    DataVersionDate,
    DataVersionUrl,
    Datetime,
    Hidden,
    Href,
    HttpEquiv,
    Id,
    Itemprop,
    Lang,
    Name,
    Poster,
    Property,
    Pubdate,
    Rel,
    Role,
    Src,
    Srcset,
    Style,
    Title,
    Type,
    /// One that does not matter.
    Other,
}

/// How many attributes matter.
const COUNT: usize = Known::Other as usize;

static NAMES: Table<Known, 128> = Table::new(
    &[
        ("alt", Known::Alt),
        ("cite", Known::Cite),
        ("class", Known::Class),
        ("content", Known::Content),
        ("data", Known::Data),
        ("data-date", Known::DataDate),
        ("data-datetime", Known::DataDate),
        ("data-lazy-src", Known::DataSrc),
        ("data-original", Known::DataSrc),
        ("data-originalurl", Known::DataOriginalUrl),
        ("data-published", Known::DataDate),
        ("data-src", Known::DataSrc),
        ("data-srcset", Known::Srcset),
        ("data-time", Known::DataDate),
        ("data-timestamp", Known::DataDate),
        ("data-utime", Known::DataDate),
        ("data-versiondate", Known::DataVersionDate),
        ("data-versionurl", Known::DataVersionUrl),
        ("datetime", Known::Datetime),
        ("hidden", Known::Hidden),
        ("href", Known::Href),
        ("http-equiv", Known::HttpEquiv),
        ("id", Known::Id),
        ("itemprop", Known::Itemprop),
        ("lang", Known::Lang),
        ("name", Known::Name),
        ("poster", Known::Poster),
        ("property", Known::Property),
        ("pubdate", Known::Pubdate),
        ("rel", Known::Rel),
        ("role", Known::Role),
        ("src", Known::Src),
        ("srcset", Known::Srcset),
        ("style", Known::Style),
        ("title", Known::Title),
        ("type", Known::Type),
        ("xlink:href", Known::Href),
        ("xml:lang", Known::Lang),
    ],
    Known::Other,
);

/// The attributes of one start tag that matter; of one given twice the first counts, as in
/// browsers. Made once for a page: what a tag lacks is not cleared but marked.
#[derive(Debug, Default)]
pub(super) struct Attributes<'t> {
    values: [Value<'t>; COUNT],
    /// A bit for each name that the tag has.
    present: u32,
}

impl<'t> Attributes<'t> {
    /// The value of an attribute, if the tag has it.
    pub(super) fn get(&self, name: Known) -> Option<Value<'t>> {
        let is_present = self.present >> name as u32 & 1 == 1;
        self.values.get(name as usize).filter(|_| is_present).copied()
    }

    /// Whether the element shows its words to nobody.
    pub(super) fn hides(&self) -> bool {
        const HIDING: [&str; 2] = ["display:none", "visibility:hidden"];
        let style = self.raw(Known::Style).filter(|style| style.len() < 400);
        self.get(Known::Hidden).is_some()
            || style.is_some_and(|style| HIDING.iter().any(|hiding| declares(style, hiding)))
    }

    /// The value as it is written.
    pub(super) fn raw(&self, name: Known) -> Option<&'t str> {
        self.get(name).map(|value| value.raw)
    }
}

/// Whether a declaration stands in a style, in any case and with blanks anywhere.
fn declares(style: &str, declaration: &str) -> bool {
    let first = declaration.bytes().next();
    let begins = |(_, byte): &(usize, u8)| Some(byte.to_ascii_lowercase()) == first;
    style.bytes().enumerate().filter(begins).any(|(start, _)| {
        let rest = style.as_bytes().get(start..).unwrap_or_default();
        let mut rest = rest.iter().filter(|byte| **byte != b' ').map(u8::to_ascii_lowercase);
        declaration.bytes().all(|byte| rest.next() == Some(byte))
    })
}

impl<'t> Sink<'t> for Attributes<'t> {
    fn clear(&mut self) {
        self.present = 0;
    }

    fn take(&mut self, attribute: Attribute<'t>) {
        let name = NAMES.get(attribute.packed);
        let bit = 1 << name as u32;
        if let Some(value) = self.values.get_mut(name as usize)
            && self.present & bit == 0
        {
            self.present |= bit;
            *value = attribute.value();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::Scanner;

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
            let mut attributes = Attributes::default();
            Scanner::new(tag).next(&mut attributes).expect(tag);
            let value = attributes.get(Known::Href).expect(tag);
            assert_eq!(value.raw, href, "{tag}");
            assert_eq!(value.span.of(tag), href, "{tag}");
        }
    }
}
