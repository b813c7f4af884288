//! Recordings that are made up of any bytes, and what becomes of a run that is answered from one.
//!
//! What a server sends is read by the fetcher alone. It is reached as users reach it: by a recording
//! that is replayed, so that no byte goes over a network.

use std::io::Write;
use std::sync::{Arc, LazyLock};

use dateline::fetch::{Fetcher, Settings};
use dateline::model::{Document, Outcome, Page};
use dateline::{date, extract};
use flate2::{Compression, write::GzEncoder};
use tokio::runtime::Runtime;
use url::Url;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a thread")
});

/// A record that holds the HTTP message as what `url` answered.
#[must_use]
pub fn response(url: &str, message: &[u8]) -> Vec<u8> {
    let length = message.len();
    let mut record = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n\
         WARC-Date: 2018-05-25T12:00:00Z\r\nContent-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    record.extend_from_slice(message);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// A recording: each part as a gzip member of its own.
///
/// # Panics
///
/// Where there is no memory.
#[must_use]
pub fn of_members<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let member = |part: &[u8]| {
        let mut member = GzEncoder::new(Vec::new(), Compression::none());
        member.write_all(part).and_then(|()| member.finish()).expect("memory")
    };
    parts.into_iter().flat_map(member).collect()
}

/// Visits addresses in a run that a recording answers, robots.txt heeded. Nothing where the file is
/// no recording.
///
/// # Panics
///
/// Where the machine has no room for a file, and where a page's digest says what cannot be.
#[must_use]
pub fn visit(recording: &[u8], urls: &[&str]) -> Option<Vec<Arc<Outcome>>> {
    let mut file = tempfile::NamedTempFile::new().expect("a place for a file");
    file.write_all(recording).expect("room");
    let settings =
        Settings { replay: vec![file.path().to_owned()], robots: true, ..Settings::default() };
    RUNTIME.block_on(async {
        let fetcher = Fetcher::new(settings).ok()?;
        let mut outcomes = Vec::new();
        for url in urls {
            let url: Url = url.parse().expect("a URL");
            outcomes.push(fetcher.visit(&url, digest).await);
        }
        fetcher.finish().expect("nothing is recorded");
        Some(outcomes)
    })
}

/// Reads all that a page says of its own time.
fn digest(url: Url, document: Document) -> Page {
    let extract = extract::extract(&document);
    let dating = date::date(&document, &extract);
    crate::possible(&document, &dating);
    Page {
        url,
        status: 0,
        media: document.media,
        titles: extract.titles,
        canonical: None,
        dating,
        partial: false,
        text: None,
        anchors: None,
        more: Vec::new(),
    }
}
