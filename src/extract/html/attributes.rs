//! The attributes that matter here, each value with its bytes.

use crate::markup::{Attribute, Sink, Table, Value};

/// An attribute by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Alt,
    Cite,
    Class,
    Content,
    /// `data-date`, `data-timestamp` and their like.
    DataDate,
    DataOriginalUrl,
    DataSrc,
    DataVersionUrl,
    Datetime,
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
    Title,
    Type,
    /// One that does not matter.
    Other,
}

/// How many attributes matter.
const COUNT: usize = Name::Other as usize;

static NAMES: Table<Name, 128> = Table::new(
    &[
        ("alt", Name::Alt),
        ("cite", Name::Cite),
        ("class", Name::Class),
        ("content", Name::Content),
        ("data-date", Name::DataDate),
        ("data-datetime", Name::DataDate),
        ("data-lazy-src", Name::DataSrc),
        ("data-original", Name::DataSrc),
        ("data-originalurl", Name::DataOriginalUrl),
        ("data-published", Name::DataDate),
        ("data-src", Name::DataSrc),
        ("data-srcset", Name::Srcset),
        ("data-time", Name::DataDate),
        ("data-timestamp", Name::DataDate),
        ("data-utime", Name::DataDate),
        ("data-versionurl", Name::DataVersionUrl),
        ("datetime", Name::Datetime),
        ("href", Name::Href),
        ("http-equiv", Name::HttpEquiv),
        ("id", Name::Id),
        ("itemprop", Name::Itemprop),
        ("lang", Name::Lang),
        ("name", Name::Name),
        ("poster", Name::Poster),
        ("property", Name::Property),
        ("pubdate", Name::Pubdate),
        ("rel", Name::Rel),
        ("role", Name::Role),
        ("src", Name::Src),
        ("srcset", Name::Srcset),
        ("title", Name::Title),
        ("type", Name::Type),
        ("xlink:href", Name::Href),
        ("xml:lang", Name::Lang),
    ],
    Name::Other,
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
    pub(super) fn get(&self, name: Name) -> Option<Value<'t>> {
        let is_present = self.present >> name as u32 & 1 == 1;
        self.values.get(name as usize).filter(|_| is_present).copied()
    }

    /// The value as it is written.
    pub(super) fn raw(&self, name: Name) -> Option<&'t str> {
        self.get(name).map(|value| value.raw)
    }
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
    use crate::markup::Scanner;

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
            let value = attributes.get(Name::Href).expect(tag);
            assert_eq!(value.raw, href, "{tag}");
            assert_eq!(value.span.of(tag), href, "{tag}");
        }
    }
}
