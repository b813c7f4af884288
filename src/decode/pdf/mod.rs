//! PDF: bytes to a document of lines on pages, the links that it states, and its dates.
//!
//! The file is read by hayro; a device of our own takes down the glyphs of each page, and they
//! become lines here. Nothing is taken out of the text: a hyphen at the end of a line stays, and so
//! does what runs over the edge of the page.
//!
//! What a file may cost is bounded: in bytes, pages, glyphs, what is drawn, and time. It is read in a
//! thread of its own, with room for objects that are nested deeply, and a panic there costs the page.

mod annotations;
mod bomb;
mod book;
mod device;
mod furniture;
mod info;
mod lines;
mod set_off;
mod xmp;

use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use hayro_interpret::hayro_syntax::object::{ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, RenderContent};

use super::reading::Reading;
use book::Book;
use device::{Collector, Enough};

/// What to do about one that cannot be read.
pub(crate) const HELP: &str =
    "open it elsewhere and save it anew (qpdf --decrypt IN OUT), then check that";

/// Further pages are not read, nor is more text.
const MAX_PAGES: usize = 10_000;
const MAX_TEXT: usize = 16 << 20;

/// The name and the stack of the thread that reads.
const THREAD: &str = "reader of PDF";
const STACK: usize = 64 << 20;

/// How long a file may take. The slowest of a thousand real ones takes a fortieth of it.
const TIME: Duration = Duration::from_mins(1);
/// How long what was asked to stop may take to do so, before it is left behind.
const GRACE: Duration = Duration::from_secs(10);

/// Reads a PDF. One that cannot be read has no text, and says so.
pub(crate) fn read(bytes: Vec<u8>) -> Reading {
    within(TIME, GRACE, bytes)
}

fn within(time: Duration, grace: Duration, bytes: Vec<u8>) -> Reading {
    if bomb::is_one(&bytes) {
        return Reading::unreadable("it unpacks to more than is read of a file");
    }
    let stop = Arc::new(AtomicBool::new(false));
    let (done, read) = mpsc::channel();
    let stopped = Arc::clone(&stop);
    let reader = thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK);
    let reader = reader.spawn(move || {
        // Nobody may wait any more.
        let _ = done.send(opened(bytes, &stopped));
    });
    if reader.is_err() {
        return Reading::unreadable("there is no room for a thread that reads it");
    }
    let result = match read.recv_timeout(time) {
        Err(mpsc::RecvTimeoutError::Timeout) => {
            stop.store(true, Ordering::Relaxed);
            read.recv_timeout(grace)
        }
        result => result,
    };
    match result {
        Ok(reading) => reading,
        Err(mpsc::RecvTimeoutError::Timeout) => Reading::unreadable("reading it takes too long"),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
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

fn opened(bytes: Vec<u8>, stop: &Arc<AtomicBool>) -> Reading {
    let hidden = bomb::hidden(&bytes);
    if hidden.iter().any(|stream| stream.has_objects) {
        return Reading::unreadable(
            "it is encrypted, and may unpack to more than is read of a file",
        );
    }
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
    let decrypted = hidden.iter().filter_map(|hidden| {
        let stream: Stream<'_> = pdf.xref().get(ObjectIdentifier::new(hidden.number, 0))?;
        Some(stream.raw_data())
    });
    if bomb::unpack_to_more(decrypted) {
        return Reading::unreadable("it unpacks to more than is read of a file");
    }
    let info = info::of(&pdf, &bytes);
    let mut book = Book::new(info.is_printed);
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings {
        render_content: RenderContent::all(),
        ..InterpreterSettings::default()
    };
    let all = pdf.pages();
    for (page, number) in all.iter().zip(1_u32..).take(MAX_PAGES) {
        if stop.load(Ordering::Relaxed) {
            book.is_late = true;
            break;
        }
        let mut collector = Collector::new(Arc::clone(stop));
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

#[cfg(test)]
mod tests;
