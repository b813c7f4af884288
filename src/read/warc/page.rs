//! Page: what becomes of a record.

use std::collections::VecDeque;
use std::sync::Arc;

use url::Url;

use super::super::records::Known;
use super::super::{Options, ReadError, Source, Tally, feed};
use super::Originals;
use crate::decode::http::{self, Body, Message};
use crate::decode::warc::{self, Shape, Stored};
use crate::decode::{self, MAX_FILE_BYTES, media};
use crate::model::{ArchiveRecord, Document, Headers, Media, PartialDate};

/// Why a record holds no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Other {
    /// It is a redirect.
    Redirect,
    /// Its status is not 200.
    Status,
    /// It answers another method than GET.
    Method,
    /// It is of another kind than text, a feed, a PDF, a book or an office document.
    Kind,
    /// It tells of an earlier record that is not in the files given.
    NoOriginal,
    /// It is not what `--records` asks for.
    NotAskedFor,
    /// It has no body.
    Empty,
    /// It is not about an address of the web.
    NoAddress,
    /// What it holds is no HTTP message.
    NoMessage,
}

impl Other {
    /// What is said of such records, for one and for more.
    #[must_use]
    pub(crate) fn told(self) -> [&'static str; 2] {
        match self {
            Self::Redirect => ["a redirect", "redirects"],
            Self::Status => ["another status than 200", "other statuses than 200"],
            Self::Method => {
                ["an answer to another method than GET", "answers to other methods than GET"]
            }
            Self::Kind => ["a file that is no text", "files that are no text"],
            Self::NoOriginal => [
                "a revisit whose original is not in the files given",
                "revisits whose originals are not in the files given",
            ],
            Self::NotAskedFor => {
                ["one that --records does not ask for", "that --records does not ask for"]
            }
            Self::Empty => ["an empty body", "empty bodies"],
            Self::NoAddress => ["a record of no web address", "records of no web address"],
            Self::NoMessage => ["an answer that is no HTTP", "answers that are no HTTP"],
        }
    }
}

/// What documents are made with.
pub(in super::super) struct Making {
    /// The file as the user named it.
    pub(crate) input: String,
    /// The archive in it, where it holds some.
    member: Option<String>,
    /// Where in the file its bytes begin, where they can be read again.
    base: Option<u64>,
    options: Options,
    tally: Arc<Tally>,
    originals: Arc<Originals>,
}

type Ready = VecDeque<Result<Document, ReadError>>;

/// What is known of a page beside its bytes.
struct About<'a> {
    stored: &'a Stored,
    url: Url,
    headers: Headers,
}

impl About<'_> {
    fn captured(&self) -> Option<PartialDate> {
        self.stored.record.get("WARC-Date").and_then(warc::date)
    }
}

impl Making {
    pub(crate) fn new(input: String, options: &Options) -> Self {
        Self {
            member: None,
            base: (input != "-").then_some(0),
            input,
            options: options.clone(),
            tally: Arc::clone(&options.tally),
            originals: Arc::clone(&options.originals),
        }
    }

    /// The same for an archive in the file, whose bytes begin there if they stand as they are.
    pub(crate) fn of_member(self, member: String, base: Option<u64>) -> Self {
        Self { member: Some(member), base, ..self }
    }

    pub(crate) fn error(&self, problem: &str, help: &str) -> ReadError {
        let member = self.member.iter().map(|member| format!("{member}: "));
        ReadError::new(&self.input, member.collect::<String>() + problem, help)
    }

    fn note(&self, stored: &Stored, shape: &Shape) {
        if let Some(base) = self.base {
            self.originals.note((&self.input, base), stored, shape);
        }
    }

    pub(crate) fn pass_over(&self, why: Other) {
        self.tally.pass_over(why);
    }

    /// A record of which nothing stands beside it.
    pub(crate) fn take(&self, stored: &Stored, shape: &Shape, ready: &mut Ready) {
        let is = |kind: &str| stored.record.is(kind);
        if is("response") || is("revisit") {
            self.answer(stored, shape, ready);
        } else if is("resource") || is("conversion") {
            self.as_it_is(stored, shape, ready);
        }
    }

    /// An answer of HTTP, or a record that tells that it was as before.
    pub(crate) fn answer(&self, stored: &Stored, shape: &Shape, ready: &mut Ready) {
        let is_revisit = stored.record.is("revisit");
        if !is_revisit {
            self.note(stored, shape);
        }
        if let Err(why) = self.try_answer(stored, is_revisit, ready) {
            self.pass_over(why);
        }
    }

    fn try_answer(
        &self,
        stored: &Stored,
        is_revisit: bool,
        ready: &mut Ready,
    ) -> Result<(), Other> {
        let url = address(stored).ok_or(Other::NoAddress)?;
        let own = http::message(&stored.record.block);
        if let Some(message) = &own {
            self.is_page(message.status, is_revisit)?;
        }
        if !is_revisit || own.as_ref().is_some_and(|message| !message.body.is_empty()) {
            let message = own.ok_or(Other::NoMessage)?;
            let about = About { stored, url, headers: message.headers };
            return self.page(about, message.body, ready);
        }
        let original = self.originals.of(&stored.record, &self.options).ok_or(Other::NoOriginal)?;
        let Message { status, headers, body } =
            http::message(&original.record.block).ok_or(Other::NoOriginal)?;
        self.is_page(status, false)?;
        self.page(About { stored, url, headers }, body, ready)
    }

    fn is_page(&self, status: u16, is_revisit: bool) -> Result<(), Other> {
        match status {
            status if status == self.options.records.status() => Ok(()),
            // That it was not changed is what a revisit may tell.
            304 if is_revisit => Ok(()),
            301 | 302 | 303 | 307 | 308 => Err(Other::Redirect),
            _ => Err(Other::Status),
        }
    }

    /// A record that holds a file as it is, without HTTP.
    pub(crate) fn as_it_is(&self, stored: &Stored, shape: &Shape, ready: &mut Ready) {
        self.note(stored, shape);
        let made = address(stored).ok_or(Other::NoAddress).and_then(|url| {
            let kind = stored.record.get("Content-Type").unwrap_or_default().to_owned();
            let headers = Headers(vec![("content-type".to_owned(), kind)]);
            self.page(About { stored, url, headers }, &stored.record.block, ready)
        });
        if let Err(why) = made {
            self.pass_over(why);
        }
    }

    /// The page that bytes are, or the entries of the feed.
    fn page(&self, about: About<'_>, kept: &[u8], ready: &mut Ready) -> Result<(), Other> {
        let content_type = about.headers.get("content-type");
        let known = Known {
            url: about.stored.record.target().unwrap_or_default(),
            captured: about.captured(),
            media: content_type,
            status: None,
        };
        if !self.options.records.takes(&known) {
            return Err(Other::NotAskedFor);
        }
        let stated = media::stated(content_type, &about.url);
        let may_be_feed = content_type.is_some_and(|kind| kind.contains("xml"));
        let is_file = media::is_file(content_type, &about.url);
        if stated == Media::Other && !is_file && !may_be_feed {
            return Err(Other::Kind);
        }
        let Body { bytes, is_partial } = http::body(&about.headers, kept, MAX_FILE_BYTES);
        if bytes.is_empty() {
            return Err(Other::Empty);
        }
        let record = &about.stored.record;
        let is_partial =
            is_partial || about.stored.is_cut || record.get("WARC-Truncated").is_some();
        if stated != Media::Html && feed::holds_articles(bytes.get(..4096).unwrap_or(&bytes)) {
            let name = self.input.clone();
            let source = Source { name, reader: Box::new(std::io::Cursor::new(bytes)) };
            for entry in (feed::FORMAT.open)(source, &self.options) {
                ready.push_back(entry.map(|entry| self.placed(entry, &about)));
            }
            return Ok(());
        }
        let media = media::proven(stated, content_type.is_some(), &bytes);
        let document = decode::document(self.input.clone(), media, bytes, content_type);
        if document.media == Media::Other {
            return Err(Other::Kind);
        }
        let id = record.target().map(str::to_owned);
        let document =
            Document { id, url: Some(about.url.clone()), partial: is_partial, ..document };
        let mut document = self.placed(document, &about);
        document.headers = about.headers;
        ready.push_back(Ok(document));
        Ok(())
    }

    /// A document with what its record tells of it.
    fn placed(&self, document: Document, about: &About<'_>) -> Document {
        let Stored { record, place, .. } = about.stored;
        let bare = |id: &str| id.trim_matches(['<', '>']).to_owned();
        let at = ArchiveRecord {
            id: record.get("WARC-Record-ID").map(bare),
            member: self.member.clone(),
            offset: place.member,
            within: place.within,
        };
        Document { captured: about.captured(), record: Some(at), ..document }
    }
}

/// The address of the web that a record is about.
fn address(stored: &Stored) -> Option<Url> {
    let url = Url::parse(stored.record.target()?).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}
