//! XMP: the packet of metadata that describes the whole file.

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::objects::{Objects, inflated};

/// A longer packet is not read to its end.
const MAX_PACKET: usize = 256 << 10;

/// What a packet says.
#[derive(Debug, Default)]
pub(super) struct Packet {
    pub published: Option<String>,
    pub created: Option<String>,
    pub modified: Option<String>,
}

/// A property that matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Property {
    Published,
    Created,
    Modified,
}

/// Reads the packet that the catalog names; where it cannot be found, the last one of the file that
/// says it is a PDF's: the pictures in it have packets too.
pub(super) fn read(objects: &Objects<'_>) -> Packet {
    let named = objects.named_by_trailer(b"/Root").and_then(|catalog| {
        let stream = objects.referred(catalog, b"/Metadata")?;
        packet_in(stream)
    });
    named.or_else(|| described(objects.bytes())).map(|packet| parsed(&packet)).unwrap_or_default()
}

const BEGIN: &[u8] = b"<x:xmpmeta";

/// The packet in a stream, plain or deflated.
fn packet_in(stream: &[u8]) -> Option<Vec<u8>> {
    let begin = memmem::find(stream, b"stream")?;
    let (dictionary, data) = stream.split_at_checked(begin)?;
    let data = data.get(b"stream".len()..)?.trim_ascii_start();
    if memmem::find(dictionary, b"/FlateDecode").is_some() {
        return Some(inflated(data, MAX_PACKET));
    }
    Some(data.get(..memmem::find(data, b"endstream").unwrap_or(data.len()))?.to_vec())
}

/// How many packets of a file are looked at.
const MAX_PACKETS: usize = 64;

fn described(bytes: &[u8]) -> Option<Vec<u8>> {
    let packets = memmem::rfind_iter(bytes, BEGIN).take(MAX_PACKETS).filter_map(|at| {
        let rest = bytes.get(at..)?;
        let rest = rest.get(..MAX_PACKET).unwrap_or(rest);
        rest.get(..memmem::find(rest, b"</x:xmpmeta>")?)
    });
    let is_of_pdf = |packet: &&[u8]| {
        [&b"pdf:Producer"[..], b"application/pdf", b"pdfaid:"]
            .iter()
            .any(|sign| memmem::find(packet, sign).is_some())
    };
    packets.into_iter().find(is_of_pdf).map(<[u8]>::to_vec)
}

/// Reads a packet as far as it is XML. Of a property that comes twice the first counts: what
/// follows is the history of the file, or of its parts.
fn parsed(packet: &[u8]) -> Packet {
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
        _ => return None,
    })
}
