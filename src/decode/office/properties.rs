//! Properties: what a file says of itself, as Dublin Core and its kin are written in XML.

use quick_xml::events::BytesStart;

use crate::decode::xml_values::{self, Seeker};
use crate::model::Envelope;

/// What a file says of itself.
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub title: Option<String>,
    pub published: Option<String>,
    pub created: Option<String>,
    pub modified: Option<String>,
}

impl Properties {
    /// Its dates, if it states any.
    pub(super) fn envelope(self) -> Option<Envelope> {
        let Self { published, created, modified, .. } = self;
        let says_something = published.is_some() || created.is_some() || modified.is_some();
        says_something.then_some(Envelope::Properties { published, created, modified })
    }
}

/// A property by the name of its element, and by `property` or `event` where that has one.
pub(super) type Meaning = fn(&str, &str) -> Option<fn(&mut Properties) -> &mut Option<String>>;

/// Reads the properties that an XML text states; of one that comes twice the first counts.
pub(super) fn read(text: &str, meaning: Meaning) -> Properties {
    let mut seeker = Stated { said: Properties::default(), meaning };
    xml_values::read(text, &mut seeker);
    seeker.said
}

struct Stated {
    said: Properties,
    meaning: Meaning,
}

impl Seeker for Stated {
    type Meaning = fn(&mut Properties) -> &mut Option<String>;

    fn begin(&mut self, element: &BytesStart<'_>) -> Option<Self::Meaning> {
        let mut attributes = element.attributes();
        let refined = attributes
            .with_checks(false)
            .flatten()
            .filter(|attribute| {
                let name: &str = attribute.key.as_ref();
                name == "property" || name.ends_with(":event")
            })
            .map(|attribute| attribute.value.to_string())
            .next();
        (self.meaning)(element.name().as_ref(), refined.as_deref().unwrap_or_default())
    }

    fn ends(&self, _: &str) -> bool {
        true
    }

    fn take(&mut self, place: Self::Meaning, value: String) {
        place(&mut self.said).get_or_insert(value);
    }
}
