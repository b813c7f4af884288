//! XMP: the packet of metadata that describes the whole file.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

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
enum Property {
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
    let text = String::from_utf8_lossy(packet);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut current = None;
    let mut value = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => {
                attributes(&element, &mut said);
                if let Some(property) = property(element.name().as_ref()) {
                    current = Some(property);
                    value.clear();
                }
            }
            Event::Empty(element) => attributes(&element, &mut said),
            Event::Text(words) if current.is_some() => {
                value.push_str(&words);
            }
            Event::GeneralRef(name) if current.is_some() => {
                let reference = format!("&{};", &*name);
                value.push_str(&html_escape::decode_html_entities(&reference));
            }
            // A list has its values in elements of its own: the first counts.
            Event::End(element) => {
                let name = element.name();
                let is_value = name.as_ref() == "rdf:li" || property(name.as_ref()).is_some();
                if let Some(property) = current.take_if(|_| is_value) {
                    said.note(property, &value);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    said
}

fn attributes(element: &BytesStart<'_>, said: &mut Packet) {
    for attribute in element.attributes().with_checks(false).flatten() {
        if let Some(property) = property(attribute.key.as_ref()) {
            said.note(property, &html_escape::decode_html_entities(&attribute.value));
        }
    }
}

impl Packet {
    fn note(&mut self, property: Property, value: &str) {
        let place = match property {
            Property::Published => &mut self.published,
            Property::Created => &mut self.created,
            Property::Modified => &mut self.modified,
            Property::Tool => &mut self.tool,
            Property::Producer => &mut self.producer,
        };
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if place.is_none() && !value.is_empty() {
            *place = Some(value);
        }
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
