//! ODT: `OpenDocument` text (ISO/IEC 26300): paragraphs, headings, links, notes.

use quick_xml::events::BytesStart;

use super::markup::Markup;
use super::parts::Parts;
use super::properties::{self, Properties};
use super::walk::{Walk, attribute, through};
use crate::model::Document;

pub(super) fn document(input: &str, parts: &mut Parts) -> Result<Document, String> {
    let text = parts.text("content.xml");
    let text = text.ok_or("it is no OpenDocument text: it has no content.xml")?;
    let mut markup = Markup::default();
    through(&text, &mut Seen::default(), &mut markup);
    let meta = parts.text("meta.xml").unwrap_or_default();
    let said = properties::read(&meta, |name, _| match name {
        "dc:title" => Some(|said: &mut Properties| &mut said.title),
        "meta:creation-date" => Some(|said: &mut Properties| &mut said.created),
        "dc:date" => Some(|said: &mut Properties| &mut said.modified),
        _ => None,
    });
    let title = said.title.clone();
    Ok(super::made(input, markup, said.envelope(), title.as_deref()))
}

/// What has been seen of the text so far.
#[derive(Default)]
struct Seen {
    /// Whether words are part of the text: not those of styles and of changes that are tracked.
    in_text: bool,
    hidden: usize,
    level: Option<u8>,
}

impl Walk for Seen {
    fn words(&mut self, words: &str, markup: &mut Markup) {
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
