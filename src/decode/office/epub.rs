//! EPUB: the chapters of a book in the order of reading (EPUB 3.3), each a document; the book dates
//! them.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

use super::parts::Parts;
use super::properties::{self, Properties};
use super::walk::attribute;
use crate::decode;
use crate::model::{Document, Envelope, Media};

/// Further chapters are left out.
const MOST: usize = 5_000;

/// Of a book as one document no more text is read, in bytes.
const MOST_TEXT: usize = 8 << 20;

/// What cannot be resolved against: the chapters' links to each other lead into the file.
const NOWHERE: &str = "about:blank";

/// A book as one document, with the title of the book.
pub(super) fn book(input: &str, parts: &mut Parts) -> Result<Document, String> {
    let (title, chapters) = read(input, parts)?;
    let mut chapters = chapters.into_iter();
    let mut book = chapters.next().unwrap_or_else(|| Document::new(input, Media::Html, ""));
    if let Some(title) = title {
        let title = html_escape::encode_text(&title);
        book.text = format!("<title>{title}</title>\n{}", book.text);
    }
    for chapter in chapters {
        if book.text.len() + chapter.text.len() > MOST_TEXT {
            book.partial = true;
            break;
        }
        book.text.push('\n');
        book.text.push_str(&chapter.text);
    }
    book.base = Url::parse(NOWHERE).ok();
    Ok(book)
}

/// The chapters of a book, a document each.
pub(super) fn chapters(input: &str, parts: &mut Parts) -> Result<Vec<Document>, String> {
    Ok(read(input, parts)?.1)
}

fn read(input: &str, parts: &mut Parts) -> Result<(Option<String>, Vec<Document>), String> {
    let container = parts.text("META-INF/container.xml").unwrap_or_default();
    let package = elements(&container, "rootfile", "full-path").next();
    let package = package.ok_or("it is no book: META-INF/container.xml names no package")?;
    let text = parts.text(&package);
    let text = text.ok_or_else(|| format!("it names {package} as its package, and has none"))?;
    let said = properties::read(&text, |name, refined| match (name, refined) {
        ("dc:title", _) => Some(|said: &mut Properties| &mut said.title),
        ("dc:date", "" | "publication") => Some(|said: &mut Properties| &mut said.published),
        ("dc:date", "creation") => Some(|said: &mut Properties| &mut said.created),
        ("dc:date", "modification") | ("meta", "dcterms:modified") => {
            Some(|said: &mut Properties| &mut said.modified)
        }
        _ => None,
    });
    let title = said.title.clone();
    let envelope: Option<Envelope> = said.envelope();
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut documents = Vec::new();
    for name in spine(&text).into_iter().take(MOST) {
        let name = placed(folder, &name);
        let Some(bytes) = parts.bytes(&name) else { continue };
        let mut document = decode::document(input, Media::Html, bytes, None);
        document.id = Some(name);
        document.envelope.clone_from(&envelope);
        documents.push(document);
    }
    if documents.is_empty() {
        return Err("it is a book without a chapter that can be read".to_owned());
    }
    Ok((title, documents))
}

/// The files of the chapters, as the package names them.
fn spine(package: &str) -> Vec<String> {
    let items: HashMap<String, String> =
        elements(package, "item", "id").zip(elements(package, "item", "href")).collect();
    elements(package, "itemref", "idref").filter_map(|id| items.get(&id).cloned()).collect()
}

/// An attribute of each element of a name; empty where one has it not.
fn elements<'t>(text: &'t str, name: &'t str, of: &'t str) -> impl Iterator<Item = String> + 't {
    let mut reader = Reader::from_str(text);
    std::iter::from_fn(move || {
        loop {
            match reader.read_event() {
                Ok(Event::Empty(element) | Event::Start(element))
                    if element.local_name().as_ref() == name =>
                {
                    return Some(attribute(&element, of).unwrap_or_default());
                }
                Ok(Event::Eof) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    })
}

/// A path of the package as one of the ZIP file.
fn placed(folder: &str, href: &str) -> String {
    let path = href.split(['#', '?']).next().unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}
