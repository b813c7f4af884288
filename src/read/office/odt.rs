//! ODT: `OpenDocument` text (ISO/IEC 26300): paragraphs, headings, links, notes.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::docx::attribute;
use super::markup::Markup;
use super::parts::Parts;
use super::properties::{self, Properties};
use crate::model::Document;

pub(super) fn documents(input: &str, parts: &mut Parts) -> Result<Vec<Document>, String> {
    let text = parts.text("content.xml");
    let text = text.ok_or("it is no OpenDocument text: it has no content.xml")?;
    let mut markup = Markup::default();
    Walk::default().through(&text, &mut markup);
    let meta = parts.text("meta.xml").unwrap_or_default();
    let said = properties::read(&meta, |name, _| match name {
        "dc:title" => Some(|said: &mut Properties| &mut said.title),
        "meta:creation-date" => Some(|said: &mut Properties| &mut said.created),
        "dc:date" => Some(|said: &mut Properties| &mut said.modified),
        _ => None,
    });
    let title = said.title.clone();
    Ok(vec![super::document(input, markup, said.envelope(), title.as_deref())])
}

/// What has been seen of the text so far.
#[derive(Default)]
struct Walk {
    /// Whether words are part of the text: not those of styles and of changes that are tracked.
    in_text: bool,
    hidden: usize,
    level: Option<u8>,
}

impl Walk {
    fn through(mut self, text: &str, markup: &mut Markup) {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(element) => self.start(&element, markup),
                Event::Empty(element) => {
                    self.start(&element, markup);
                    self.end(element.name().as_ref(), markup);
                }
                Event::Text(words) => self.words(&words, markup),
                Event::GeneralRef(name) => {
                    let reference = format!("&{};", &*name);
                    self.words(&html_escape::decode_html_entities(&reference), markup);
                }
                Event::End(element) => self.end(element.name().as_ref(), markup),
                Event::Eof => break,
                _ => {}
            }
        }
    }

    fn words(&self, words: &str, markup: &mut Markup) {
        if self.in_text && self.hidden == 0 {
            markup.words(words);
        }
    }

    fn start(&mut self, element: &BytesStart<'_>, markup: &mut Markup) {
        match element.name().as_ref() {
            "office:text" => self.in_text = true,
            "text:tracked-changes" | "office:annotation" => self.hidden += 1,
            "text:h" => {
                let level = attribute(element, "outline-level");
                self.level = Some(level.and_then(|level| level.parse().ok()).unwrap_or(1));
            }
            "text:a" => markup.open(&attribute(element, "href").unwrap_or_default()),
            "text:s" | "text:tab" => markup.words(" "),
            "text:line-break" => markup.line(),
            // A note stands in the midst of the words that refer to it.
            "text:note-body" => markup.end_paragraph(None),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, markup: &mut Markup) {
        match name {
            "office:text" => self.in_text = false,
            "text:tracked-changes" | "office:annotation" => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            "text:h" => markup.end_paragraph(self.level.take()),
            "text:p" => markup.end_paragraph(None),
            "text:a" => markup.close(),
            _ => {}
        }
    }
}
