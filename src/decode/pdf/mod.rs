//! PDF: bytes to a document of lines on pages, the links that it states, and its dates.
//!
//! The file is read by hayro; a device of our own takes down the glyphs of each page, and they
//! become lines here. Nothing is taken out of the text: a hyphen at the end of a line stays, and so
//! does what runs over the edge of the page.
//!
//! What a file may cost is bounded: in bytes, pages, glyphs and what is drawn. It is read in a thread
//! of its own, with room for objects that are nested deeply, and a panic there costs the page.

mod annotations;
mod bomb;
mod device;
mod furniture;
mod info;
mod lines;
mod xmp;

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread;

use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, RenderContent};

use crate::model::{Envelope, PageLine, PageLink, Pages, Span};
use device::{Collector, Enough};
use lines::Line;

/// The first bytes of a PDF.
pub(crate) const MAGIC: &[u8] = b"%PDF-";

/// Further pages are not read, nor is more text.
const MAX_PAGES: usize = 10_000;
const MAX_TEXT: usize = 16 << 20;

/// The name and the stack of the thread that reads.
const THREAD: &str = "reader of PDF";
const STACK: usize = 64 << 20;

/// What a PDF holds.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Its lines, those of a paragraph one below the other.
    pub text: String,
    /// Where they stand and lead to.
    pub pages: Pages,
    /// What it says of its dates.
    pub envelope: Option<Envelope>,
}

/// Reads a PDF. One that cannot be read has no text, and says so.
pub(crate) fn read(bytes: Vec<u8>) -> Reading {
    if bomb::is_one(&bytes) {
        return Reading::unreadable("it unpacks to more than is read of a file");
    }
    let reader = thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK);
    let read = reader.spawn(move || opened(bytes)).map(thread::JoinHandle::join);
    match read {
        Ok(Ok(reading)) => reading,
        _ => {
            Reading::unreadable("its structure is damaged in a way that the reader does not expect")
        }
    }
}

/// Leaves panics of the library to those who are told of them as files that cannot be read.
pub fn silence_panics() {
    let told = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if thread::current().name() != Some(THREAD) {
            told(panic);
        }
    }));
}

fn opened(bytes: Vec<u8>) -> Reading {
    let bytes = Arc::new(bytes);
    // A file that only its owner may change opens with an empty password.
    let pdf = match Pdf::new(Arc::clone(&bytes)) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            return Reading::unreadable("it is encrypted, and opens only with a password");
        }
        Err(LoadPdfError::Decryption(_)) => {
            return Reading::unreadable("it is encrypted in a way that is not read here");
        }
        Err(LoadPdfError::Invalid) => {
            return Reading::unreadable("its pages cannot be found: it is damaged or cut short");
        }
    };
    let info = info::of(&pdf, &bytes);
    let mut book = Book { is_printed: info.is_printed, ..Book::default() };
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings {
        render_content: RenderContent::all(),
        ..InterpreterSettings::default()
    };
    let all = pdf.pages();
    for (page, number) in all.iter().zip(1_u32..).take(MAX_PAGES) {
        let mut collector = Collector::default();
        let transform: [f64; 6] = page.initial_transform(true).as_coeffs();
        let at = Affine::new(transform);
        let read = panic::catch_unwind(AssertUnwindSafe(|| {
            interpret(page, at, &cache, &settings, &mut collector);
            annotations::of(page, at)
        }));
        let stated = match read {
            Ok(stated) => stated,
            Err(payload) if payload.is::<Enough>() => {
                book.costly.push(number);
                Vec::new()
            }
            Err(_) => {
                book.failed.push(number);
                Vec::new()
            }
        };
        let (_, height) = page.render_dimensions();
        book.add(number, &collector, stated, f64::from(height));
        if book.text.len() > MAX_TEXT {
            break;
        }
    }
    book.left_out = all.len().saturating_sub(book.pages);
    book.end(info.envelope)
}

fn interpret<'p>(
    page: &Page<'p>,
    at: Affine,
    cache: &InterpreterCache<'p>,
    settings: &InterpreterSettings,
    collector: &mut Collector,
) {
    let (width, height) = page.render_dimensions();
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(at, area, cache, page.xref(), settings.clone());
    hayro_interpret::interpret_page(page, &mut context, collector);
}

impl Reading {
    fn unreadable(why: &str) -> Self {
        let pages = Pages { unread: vec![why.to_owned()], is_unreadable: true, ..Pages::default() };
        Self { pages, ..Self::default() }
    }
}

/// What has been read so far, and what could not be.
#[derive(Default)]
struct Book {
    text: String,
    lines: Vec<PageLine>,
    links: Vec<PageLink>,
    pages: usize,
    left_out: usize,
    is_printed: bool,
    unmapped: Vec<u32>,
    pictures: Vec<u32>,
    failed: Vec<u32>,
    costly: Vec<u32>,
}

/// A page shows so many glyphs before it is said that they mean nothing.
const TELLING: usize = 20;

impl Book {
    fn add(
        &mut self,
        number: u32,
        page: &Collector,
        stated: Vec<annotations::Stated>,
        height: f64,
    ) {
        self.pages += 1;
        if page.unknown > TELLING && 2 * page.unknown > page.glyphs.len() {
            self.unmapped.push(number);
        }
        let mut lines = lines::of(page);
        if self.is_printed {
            furniture::strip(&mut lines, height);
        }
        if page.has_image && lines.is_empty() {
            self.pictures.push(number);
        }
        let starts = self.write(number, &lines);
        self.links.extend(annotations::placed(stated, &lines, &starts, &self.text));
    }

    /// Writes lines; says where each begins.
    fn write(&mut self, page: u32, lines: &[Line]) -> Vec<usize> {
        let mut starts = Vec::with_capacity(lines.len());
        for (number, line) in lines.iter().enumerate() {
            if !self.text.is_empty() {
                let is_apart = number == 0 || line.begins_block;
                self.text.push_str(if is_apart { "\n\n" } else { "\n" });
            }
            let start = self.text.len();
            starts.push(start);
            self.text.push_str(&line.text);
            let (x, y) = line.place();
            let near = |number: f64| i32::try_from(lines::whole(number)).unwrap_or(0);
            self.lines.push(PageLine { start, page, x: near(x), y: near(y) });
        }
        starts
    }

    fn end(mut self, envelope: Option<Envelope>) -> Reading {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let reasons = [
            (&self.unmapped, "glyphs stand for no characters, so that the text cannot be read"),
            (&self.pictures, "a picture, in which no words are read"),
            (&self.failed, "damaged, and not read to the end"),
            (&self.costly, "too much is drawn, and not all of it was read"),
        ];
        let unread =
            reasons.iter().filter_map(|(pages, why)| Some(format!("{}: {why}", named(pages)?)));
        let mut unread: Vec<String> = unread.collect();
        if self.left_out > 0 {
            unread.push(format!("it is too long: {} of its pages were not read", self.left_out));
        }
        let links = merged(self.links, &self.text);
        let pages = Pages { lines: self.lines, links, unread, is_unreadable: false };
        Reading { text: self.text, pages, envelope }
    }
}

/// Pages as they are told: the first ones, and how many more.
fn named(pages: &[u32]) -> Option<String> {
    const NAMED: usize = 5;
    let (first, rest) = pages.split_at(pages.len().min(NAMED));
    let numbers = first.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    match (first.len(), rest.len()) {
        (0, _) => None,
        (1, _) => Some(format!("page {numbers}")),
        (_, 0) => Some(format!("pages {numbers}")),
        (_, more) => Some(format!("pages {numbers} and {more} more")),
    }
}

/// Links in the order of the text; what one address covers without a word between is one.
fn merged(mut links: Vec<PageLink>, text: &str) -> Vec<PageLink> {
    links.sort_by_key(|link| link.span);
    let mut merged: Vec<PageLink> = Vec::with_capacity(links.len());
    for link in links {
        if let Some(before) = merged.last_mut().filter(|before| before.address == link.address) {
            let is_same = before.span == link.span;
            let between = Span::new(before.span.end, link.span.start.max(before.span.end));
            let goes_on = !before.span.is_empty()
                && !link.span.is_empty()
                && between.of(text).trim().is_empty();
            if is_same || goes_on {
                before.span.end = before.span.end.max(link.span.end);
                continue;
            }
        }
        merged.push(link);
    }
    merged
}

#[cfg(test)]
mod tests;
