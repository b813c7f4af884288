//! A document: an article or a page that a link leads to. Both are the same type, so that the
//! dating of one dates the other.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Pages, PartialDate, Visited};

/// The medium of a document's text, which decides how links are found in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Media {
    /// Plain text, also what was taken out of a PDF.
    #[serde(rename = "text/plain")]
    Text,
    /// Markdown (CommonMark with the usual extensions).
    #[serde(rename = "text/markdown")]
    Markdown,
    /// reStructuredText.
    #[serde(rename = "text/x-rst")]
    Rst,
    /// `AsciiDoc`.
    #[serde(rename = "text/asciidoc")]
    AsciiDoc,
    /// HTML or XHTML.
    #[serde(rename = "text/html")]
    Html,
    /// PDF: the lines of its pages.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// Something that has no text to read.
    #[serde(rename = "application/octet-stream")]
    Other,
}

impl fmt::Display for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Rst => "text/x-rst",
            Self::AsciiDoc => "text/asciidoc",
            Self::Html => "text/html",
            Self::Pdf => "application/pdf",
            Self::Other => "application/octet-stream",
        })
    }
}

/// HTTP header fields, names in lower case, in the order they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headers(pub Vec<(String, String)>);

impl Headers {
    /// The first value of a field; `name` is in lower case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// What carried a document and dates it from outside of its text, as it is written there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Envelope {
    /// An entry of an RSS or Atom feed, or of a sitemap.
    FeedEntry {
        /// `pubDate`, `published`, `dc:date`, `news:publication_date`.
        published: Option<String>,
        /// `updated`, `dcterms:modified`, `lastmod`.
        updated: Option<String>,
    },
    /// An e-mail message.
    Email {
        /// The field `Date` (RFC 5322).
        date: Option<String>,
    },
    /// The properties of a book or an office document.
    Properties {
        /// When a book came out: `dc:date` of its package.
        published: Option<String>,
        /// `dcterms:created`, `meta:creation-date`: when the file was made.
        created: Option<String>,
        /// `dcterms:modified`, the `dc:date` of `OpenDocument`.
        modified: Option<String>,
    },
    /// The metadata of a PDF.
    Pdf {
        /// `prism:publicationDate`, `dcterms:issued`.
        published: Option<String>,
        /// `CreationDate`, `xmp:CreateDate`: when the file was made.
        created: Option<String>,
        /// `ModDate`, `xmp:ModifyDate`.
        modified: Option<String>,
        /// `Creator` and `Producer`: what the file was made with.
        #[serde(default)]
        tool: Option<String>,
    },
}

/// Where a web archive holds a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveRecord {
    /// The `WARC-Record-ID`, without its angle brackets.
    pub id: Option<String>,
    /// The archive inside the input, where that is a collection of some (WACZ).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Where in that file the record's gzip member or zstd frame begins, or the record itself.
    pub offset: u64,
    /// How many unpacked bytes stand before it in its gzip member or zstd frame.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub within: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// One article or page, read and decoded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The input that it came from, as the user named it: a path, a URL or `-`.
    pub input: String,
    /// Where its file stands, from the root of the repository and with `/`, if the input does not
    /// say so itself: the same whatever folder the run started in.
    #[serde(default)]
    pub path: Option<String>,
    /// Its name inside an input that holds many documents (the `id` of a JSON Lines row).
    pub id: Option<String>,
    /// Its own address, where it is known from outside the text.
    pub url: Option<Url>,
    /// What its relative references resolve against, where that is not its own address.
    pub base: Option<Url>,
    /// What kind of text it is.
    pub media: Media,
    /// The HTTP header fields that it came with, if it came by HTTP.
    pub headers: Headers,
    /// What the feed, the mail or the PDF that carried it says of it.
    pub envelope: Option<Envelope>,
    /// The text in UTF-8; every span is an offset into it.
    pub text: String,
    /// When this copy was taken, if it is known to be a copy of something that can change.
    pub captured: Option<PartialDate>,
    /// The record of a web archive that holds it.
    #[serde(default)]
    pub record: Option<ArchiveRecord>,
    /// The publication date that its provider states outside the text (a flag, a row's `date`).
    pub stated_date: Option<PartialDate>,
    /// Whether the text was cut short at a size limit.
    pub partial: bool,
    /// Why nothing but its address is known, if it was to be fetched and was not.
    #[serde(default)]
    pub unfetched: Option<String>,
    /// The encoding that its bytes were in, if that is known and not UTF-8: browsers write queries
    /// in it.
    #[serde(default)]
    pub encoding: Option<String>,
    /// Where its words stand and lead to, if it is laid out on pages.
    #[serde(default)]
    pub pages: Option<Arc<Pages>>,
    /// What came of asking its links, where another run has asked them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<Vec<Visited>>,
}

impl Document {
    /// A document of which nothing is known but its text.
    #[must_use]
    pub fn new(input: impl Into<String>, media: Media, text: impl Into<String>) -> Self {
        Self {
            input: input.into(),
            path: None,
            id: None,
            url: None,
            base: None,
            media,
            headers: Headers::default(),
            envelope: None,
            text: text.into(),
            captured: None,
            record: None,
            stated_date: None,
            partial: false,
            unfetched: None,
            encoding: None,
            pages: None,
            outcomes: None,
        }
    }

    /// The name that reports call it by: the input, and the row's id where the input holds many.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.id {
            Some(id) => format!("{}#{id}", self.input),
            None => self.input.clone(),
        }
    }

    /// What its relative references resolve against, as far as that is known from outside the text.
    #[must_use]
    pub fn base(&self) -> Option<&Url> {
        self.base.as_ref().or(self.url.as_ref())
    }

    /// What it is known by in another run, whatever the file was called that held it: its own
    /// address, or the id of its row, or where its file stands.
    #[must_use]
    pub fn identity(&self) -> String {
        let address = self.url.as_ref().map(|url| url.as_str().to_owned());
        address.or_else(|| self.id.clone()).unwrap_or_else(|| self.place())
    }

    /// Where it stands, by the name that other programs and later runs know it by.
    #[must_use]
    pub fn place(&self) -> String {
        self.path.clone().unwrap_or_else(|| plain_path(&self.input))
    }
}

/// A path as people and forges write it: with `/`, without a leading `./`.
#[must_use]
pub fn plain_path(input: &str) -> String {
    let path =
        if std::path::MAIN_SEPARATOR == '\\' { input.replace('\\', "/") } else { input.to_owned() };
    path.strip_prefix("./").map(str::to_owned).unwrap_or(path)
}
