//! Values in XML: the words of those elements that say something, as Dublin Core, XMP and their kin are
//! written.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What is looked for in an XML text.
pub(super) trait Seeker {
    /// What the words of an element say.
    type Meaning;

    /// Looks at an element and its attributes; says what its words mean, if they mean something.
    fn begin(&mut self, element: &BytesStart<'_>) -> Option<Self::Meaning>;

    /// Whether a value ends with the element of that name.
    fn ends(&self, name: &str) -> bool;

    /// Takes the words, with one blank between them; there are some.
    fn take(&mut self, meaning: Self::Meaning, value: String);
}

/// Reads a text as far as it is XML.
pub(super) fn read(text: &str, seeker: &mut impl Seeker) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut current = None;
    let mut value = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => {
                if let Some(meaning) = seeker.begin(&element) {
                    current = Some(meaning);
                    value.clear();
                }
            }
            Event::Empty(element) => drop(seeker.begin(&element)),
            Event::Text(words) if current.is_some() => value.push_str(&words),
            Event::GeneralRef(name) if current.is_some() => {
                let reference = format!("&{};", &*name);
                value.push_str(&html_escape::decode_html_entities(&reference));
            }
            Event::End(element) => {
                let is_end = seeker.ends(element.name().as_ref());
                let value = folded(&value);
                if let Some(meaning) = current.take_if(|_| is_end).filter(|_| !value.is_empty()) {
                    seeker.take(meaning, value);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
}

/// Words with one blank between them.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
