//! DOCX: Word (ECMA-376, part 1): paragraphs, headings, hyperlinks by relation or by field, notes.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::markup::Markup;
use super::parts::Parts;
use super::properties::{self, Properties};
use super::walk::{Walk, attribute, through};
use crate::model::Document;

/// The text, and what stands beside it in parts of its own.
const TEXT: &str = "document";
const BESIDE: [&str; 2] = ["footnotes", "endnotes"];

pub(super) fn document(input: &str, parts: &mut Parts) -> Result<Document, String> {
    let mut markup = Markup::default();
    if !part(TEXT, parts, &mut markup) {
        return Err("it is no Word document: it has no word/document.xml".to_owned());
    }
    for name in BESIDE {
        part(name, parts, &mut markup);
    }
    let core = parts.text("docProps/core.xml").unwrap_or_default();
    let said = properties::read(&core, |name, _| match name {
        "dc:title" => Some(|said: &mut Properties| &mut said.title),
        "dcterms:created" => Some(|said: &mut Properties| &mut said.created),
        "dcterms:modified" => Some(|said: &mut Properties| &mut said.modified),
        _ => None,
    });
    let title = said.title.clone();
    Ok(super::made(input, markup, said.envelope(), title.as_deref()))
}

/// Reads a part of the text, if it is there.
fn part(name: &str, parts: &mut Parts, markup: &mut Markup) -> bool {
    let Some(text) = parts.text(&format!("word/{name}.xml")) else { return false };
    let relations = parts.text(&format!("word/_rels/{name}.xml.rels")).unwrap_or_default();
    through(&text, &mut Seen { relations: targets(&relations), ..Seen::default() }, markup);
    markup.end_paragraph(None);
    true
}

/// The addresses that relations lead to, by their ids.
fn targets(text: &str) -> HashMap<String, String> {
    let mut targets = HashMap::new();
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Empty(element) | Event::Start(element)) => {
                let is_outside = attribute(&element, "TargetMode").as_deref() == Some("External");
                let ids = attribute(&element, "Id").zip(attribute(&element, "Target"));
                if let Some((id, target)) = ids.filter(|_| is_outside) {
                    targets.insert(id, target);
                }
            }
            Ok(Event::Eof) | Err(_) => return targets,
            Ok(_) => {}
        }
    }
}

/// What has been seen of a part so far.
#[derive(Default)]
struct Seen {
    relations: HashMap<String, String>,
    heading: Option<u8>,
    /// Whether the words of an element are shown, or tell what a field is.
    is_text: bool,
    is_instruction: bool,
    /// Elements that say once more what was said, for older programs.
    hidden: usize,
    /// The fields that are open, innermost last: what they are told to do, and whether they show a link.
    fields: Vec<Field>,
    /// The hyperlinks that are open, and whether they lead outside.
    hyperlinks: Vec<bool>,
}

#[derive(Default)]
struct Field {
    instruction: String,
    is_link: bool,
}

impl Walk for Seen {
    fn words(&mut self, words: &str, markup: &mut Markup) {
        if self.hidden > 0 {
            return;
        }
        if self.is_text {
            markup.words(words);
        } else if let Some(field) = self.fields.last_mut().filter(|_| self.is_instruction) {
            field.instruction.push_str(words);
        }
    }

    fn start(&mut self, element: &BytesStart<'_>, markup: &mut Markup) {
        match element.local_name().as_ref() {
            "Fallback" => self.hidden += 1,
            "t" => self.is_text = true,
            "instrText" => self.is_instruction = true,
            "tab" => markup.words(" "),
            "br" | "cr" => markup.line(),
            "noBreakHyphen" => markup.words("-"),
            "softHyphen" => markup.words("\u{ad}"),
            "pStyle" => self.heading = attribute(element, "val").as_deref().and_then(heading),
            "hyperlink" => {
                let target = attribute(element, "id").and_then(|id| self.relations.get(&id));
                if let Some(target) = target {
                    markup.open(target);
                }
                self.hyperlinks.push(target.is_some());
            }
            "fldSimple" => {
                let target = attribute(element, "instr").as_deref().and_then(target);
                if let Some(target) = &target {
                    markup.open(target);
                }
                self.fields.push(Field { is_link: target.is_some(), ..Field::default() });
            }
            "fldChar" => match attribute(element, "fldCharType").as_deref() {
                Some("begin") => self.fields.push(Field::default()),
                Some("separate") => {
                    let Some(field) = self.fields.last_mut() else { return };
                    if let Some(target) = target(&field.instruction) {
                        field.is_link = true;
                        markup.open(&target);
                    }
                }
                Some("end") => self.end_field(markup),
                _ => {}
            },
            _ => {}
        }
    }

    fn end(&mut self, name: &str, markup: &mut Markup) {
        match name.rsplit_once(':').map_or(name, |(_, local)| local) {
            "Fallback" => self.hidden = self.hidden.saturating_sub(1),
            "t" => self.is_text = false,
            "instrText" => self.is_instruction = false,
            "p" => markup.end_paragraph(self.heading.take()),
            "hyperlink" if self.hyperlinks.pop() == Some(true) => markup.close(),
            "fldSimple" => self.end_field(markup),
            _ => {}
        }
    }
}

impl Seen {
    fn end_field(&mut self, markup: &mut Markup) {
        if self.fields.pop().is_some_and(|field| field.is_link) {
            markup.close();
        }
    }
}

/// The level of a heading's style: `Heading1`, `Title`.
fn heading(style: &str) -> Option<u8> {
    if style.eq_ignore_ascii_case("title") {
        return Some(1);
    }
    style.strip_prefix("Heading").and_then(|level| level.trim().parse().ok())
}

/// The address in `HYPERLINK "http://…"`; `\l` names a place in the text itself.
fn target(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?.trim_start();
    let (address, _) = rest.strip_prefix('"')?.split_once('"')?;
    (!address.is_empty()).then(|| address.to_owned())
}
