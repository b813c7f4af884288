//! Walk: through the elements of an XML text in their order, as far as it is XML.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::markup::Markup;

/// What is made of a text's elements and words. Names come with their prefix.
pub(super) trait Walk {
    fn start(&mut self, element: &BytesStart<'_>, markup: &mut Markup);
    fn end(&mut self, name: &str, markup: &mut Markup);
    fn words(&mut self, words: &str, markup: &mut Markup);
}

/// Goes through a text; an element without content begins and ends.
pub(super) fn through(text: &str, walk: &mut impl Walk, markup: &mut Markup) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => walk.start(&element, markup),
            Event::Empty(element) => {
                walk.start(&element, markup);
                walk.end(element.name().as_ref(), markup);
            }
            Event::Text(words) => walk.words(&words, markup),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &*name);
                walk.words(&html_escape::decode_html_entities(&reference), markup);
            }
            Event::End(element) => walk.end(element.name().as_ref(), markup),
            Event::Eof => break,
            _ => {}
        }
    }
}

/// The value of an attribute, under whatever prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| {
        let full: &str = attribute.key.as_ref();
        full == name || full.rsplit_once(':').is_some_and(|(_, local)| local == name)
    })?;
    Some(html_escape::decode_html_entities(&found.value).into_owned())
}
