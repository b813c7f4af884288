//! What the targets share: the way of a document through the pure stages, and recordings that answer.

use std::io::Write;
use std::sync::Arc;

use dateline::model::{
    Case, Dating, Document, Finding, Hop, Judged, Local, Media, Outcome, Page, Profile, Status, Tuning,
};
use dateline::read::{self, Source};
use dateline::{date, extract, rules};
use jiff::Timestamp;

pub mod recording;
pub mod reports;

/// Takes bytes from decoding to judgement and checks what must hold of every document.
///
/// # Panics
///
/// Where it does not hold.
pub fn whole_way(bytes: &[u8], media: Media) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    drop(judged(Document::new("fuzz", media, text), |_| Status::Offline));
}

/// Takes a document to judgement; `status` says what came of each address that it links to.
///
/// # Panics
///
/// Where something does not hold that must hold of every document.
#[must_use]
pub fn judged(article: Document, status: impl Fn(&url::Url) -> Status) -> Judged {
    let extract = extract::extract(&article);
    for link in &extract.links {
        assert_eq!(link.span.of(&article.text), link.raw(), "a link's source is its raw text");
    }
    let dating = date::date(&article, &extract);
    possible(&article, &dating);
    let followed = |link: &dateline::model::Link| link.url().map_or(Status::NotFollowed, &status);
    let statuses = extract.links.iter().map(followed).collect();
    let case = Case { article, extract, dating, statuses, local: Local::default(), now: Timestamp::UNIX_EPOCH };
    let all: Vec<_> = rules::RULES.iter().collect();
    let tuning = Tuning { profile: Profile::Audit, ..Tuning::default() };
    let findings: Vec<Finding> = rules::judge(&case, &all, &tuning);
    for finding in &findings {
        assert!(!finding.message.is_empty(), "{} says nothing", finding.rule);
    }
    Judged::new(case, findings)
}

/// Checks that a document's claims are possible, and that they stand where they say.
///
/// # Panics
///
/// Where one is not.
pub fn possible(document: &Document, dating: &Dating) {
    for claim in &dating.claims {
        assert!(claim.when.earliest < claim.when.before, "a claim allows some instant");
        if let Some(span) = claim.span {
            assert!(
                document.text.get(span.start..span.end).is_some(),
                "a claim stands in the text"
            );
        }
    }
}

/// A page of the given bytes that an address led to.
#[must_use]
pub fn page_of(url: &url::Url, text: &str) -> Status {
    let document = Document { url: Some(url.clone()), ..Document::new("page", Media::Html, text) };
    let extract = extract::extract(&document);
    let page = Page {
        url: url.clone(),
        status: 200,
        media: Media::Html,
        dating: date::date(&document, &extract),
        titles: extract.titles,
        canonical: None,
        partial: false,
        text: None,
        anchors: None,
        more: Vec::new(),
    };
    Status::Followed(Arc::new(Outcome {
        chain: vec![Hop { url: url.clone(), status: Some(200) }],
        result: Ok(page),
        fetched: Some(Timestamp::UNIX_EPOCH),
        captures: None,
    }))
}

/// Reads bytes as an input of that format, and gives how many documents and errors there are.
///
/// # Panics
///
/// Where there is no such format, or no room for a file.
#[must_use]
pub fn entries(format: &str, bytes: &[u8]) -> usize {
    let format = read::FORMATS.iter().find(|known| known.name == format).expect("it is registered");
    // Some formats go back in their file, and so have one.
    let mut file = tempfile::NamedTempFile::new().expect("room for a file");
    file.write_all(bytes).expect("room for the bytes");
    let name = file.path().to_string_lossy().into_owned();
    let reader = Box::new(std::io::Cursor::new(bytes.to_vec()));
    (format.open)(Source { name, reader }, &read::Options::default()).count()
}
