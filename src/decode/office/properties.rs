//! Properties: what a file says of itself, as Dublin Core and its kin are written in XML.

use quick_xml::Reader;
use quick_xml::events::Event;

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
    let mut said = Properties::default();
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut current = None;
    let mut value = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => {
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
                let found =
                    meaning(element.name().as_ref(), refined.as_deref().unwrap_or_default());
                current = found.or(current);
                if found.is_some() {
                    value.clear();
                }
            }
            Event::Text(words) if current.is_some() => value.push_str(&words),
            Event::GeneralRef(name) if current.is_some() => {
                let reference = format!("&{};", &*name);
                value.push_str(&html_escape::decode_html_entities(&reference));
            }
            Event::End(_) => {
                let Some(place) = current.take() else { continue };
                let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
                if !value.is_empty() {
                    place(&mut said).get_or_insert(value);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    said
}
