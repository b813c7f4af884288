//! What is kept of a fetched page: what rules need, and no more.

use url::Url;

use crate::fetch::{Digest, witnessed};
use crate::model::{Document, Link, Media, Page, Role};
use crate::text::main_text::{Purpose, main_text};
use crate::{date, extract};

/// What is kept of a page: its text too where a rule asks for that, and what it takes to compare
/// it with another's where a rule does.
pub(super) fn of(with_text: bool, for_comparison: bool) -> Digest {
    match (with_text, for_comparison) {
        (_, true) => digest_for_comparison,
        (true, false) => digest_with_text,
        (false, false) => digest,
    }
}

/// What is kept of a capture: what its archive says of it, and its text where a rule compares it.
pub(super) fn of_capture(for_comparison: bool) -> Digest {
    if for_comparison { digest_of_compared_capture } else { digest_of_capture }
}

fn digest_of_capture(url: Url, document: Document) -> Page {
    let headers = document.headers.clone();
    witnessed(digest(url, document), &headers)
}

fn digest_of_compared_capture(url: Url, document: Document) -> Page {
    let headers = document.headers.clone();
    witnessed(digest_for_comparison(url, document), &headers)
}

/// Reads and dates a fetched page as an article is read and dated, and keeps what rules need.
#[expect(clippy::needless_pass_by_value, reason = "the fetcher lets the body go with it")]
fn digest(url: Url, document: Document) -> Page {
    let extract = extract::extract_target(&document);
    let dating = date::date(&document, &extract);
    let anchors =
        (document.media == Media::Html).then(|| extract::anchors::of(&document, &extract));
    let canonical = extract.links.into_iter().find(|link| link.role == Role::Canonical);
    Page {
        url,
        status: 0,
        media: document.media,
        titles: extract.titles,
        canonical: canonical.and_then(Link::into_url),
        dating,
        partial: document.partial,
        text: None,
        anchors,
        more: Vec::new(),
    }
}

/// The same with what the main text says.
fn digest_with_text(url: Url, document: Document) -> Page {
    let text = main_text(&document, Purpose::Notice);
    Page { text, ..digest(url, document) }
}

/// The same with what it takes to compare the main text with another's.
fn digest_for_comparison(url: Url, document: Document) -> Page {
    let text = main_text(&document, Purpose::Comparison);
    Page { text, ..digest(url, document) }
}
