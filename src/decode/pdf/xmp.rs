//! XMP: the packet of metadata that describes the whole file.

use quick_xml::events::BytesStart;

use crate::decode::xml_values::{self, Seeker};

/// What a packet says.
#[derive(Debug, Default)]
pub(super) struct Packet {
    pub published: Option<String>,
    pub created: Option<String>,
    pub modified: Option<String>,
    /// What the text was written with, and what made the file of it.
    pub tool: Option<String>,
    pub producer: Option<String>,
}

/// A property that matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Property {
    Published,
    Created,
    Modified,
    Tool,
    Producer,
}

/// Reads a packet as far as it is XML. Of a property that comes twice the first counts: what
/// follows is the history of the file, or of its parts.
pub(super) fn read(packet: &[u8]) -> Packet {
    let mut said = Packet::default();
    xml_values::read(&String::from_utf8_lossy(packet), &mut said);
    said
}

impl Seeker for Packet {
    type Meaning = Property;

    fn begin(&mut self, element: &BytesStart<'_>) -> Option<Property> {
        for attribute in element.attributes().with_checks(false).flatten() {
            if let Some(property) = property(attribute.key.as_ref()) {
                let value = html_escape::decode_html_entities(&attribute.value);
                let value = xml_values::folded(&value);
                if !value.is_empty() {
                    self.take(property, value);
                }
            }
        }
        property(element.name().as_ref())
    }

    // A list has its values in elements of its own: the first counts.
    fn ends(&self, name: &str) -> bool {
        name == "rdf:li" || property(name).is_some()
    }

    fn take(&mut self, property: Property, value: String) {
        let place = match property {
            Property::Published => &mut self.published,
            Property::Created => &mut self.created,
            Property::Modified => &mut self.modified,
            Property::Tool => &mut self.tool,
            Property::Producer => &mut self.producer,
        };
        place.get_or_insert(value);
    }
}

/// Properties by the prefixes that their vocabularies go by.
fn property(name: &str) -> Option<Property> {
    Some(match name {
        "prism:publicationDate" | "prism:coverDate" | "dcterms:issued" => Property::Published,
        "xmp:CreateDate" | "xap:CreateDate" | "dcterms:created" => Property::Created,
        "xmp:ModifyDate" | "xap:ModifyDate" | "dcterms:modified" => Property::Modified,
        "xmp:CreatorTool" | "xap:CreatorTool" => Property::Tool,
        "pdf:Producer" => Property::Producer,
        _ => return None,
    })
}
