//! Who says so: the kinds of evidence by the names that reports give them.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// What rules and reports must know of a kind of evidence.
#[derive(Debug)]
pub struct SourceInfo {
    /// What claims carry: `url-path`, `json-ld`.
    pub name: &'static str,
    /// The name as words, for tables: `URL path`.
    pub label: &'static str,
    /// What makes the claim, as words inside a sentence: `JSON-LD metadata`.
    pub phrase: &'static str,
    /// Who speaks.
    pub speaker: Speaker,
    /// Whether what it says can be another thing's day.
    pub standing: Standing,
}

/// Whether a date can be another thing's than the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The page's own, by its nature: its address, its metadata.
    Own,
    /// The page's own, stated by its author above the text.
    Header,
    /// What a file was named by its author, perhaps when it was begun.
    FileName,
    /// The line that is printed to date a text.
    Dateline,
    /// Anything's.
    Open,
}

/// Who makes a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// Whoever provided the document.
    Provider,
    /// The page's own address.
    Address,
    /// The page, or whoever sent it.
    Page,
    /// A web archive.
    Archive,
    /// This program.
    Program,
}

/// The kind of evidence that makes a claim: `url-path`, `json-ld`, `dateline` …
///
/// It is written as its name. How a name is read back stands beside the registry of evidence.
#[derive(Clone, Debug)]
pub struct Source(Repr);

#[derive(Clone, Debug)]
enum Repr {
    Known(&'static SourceInfo),
    /// A kind of another version of this program, of which only the name is known.
    Unknown(Arc<str>),
}

/// What is not collected from documents.
impl Source {
    /// An archive's list of captures, or the address of a capture.
    pub const WEB_ARCHIVE: Self = Self::known(&SourceInfo {
        name: "web-archive",
        label: "web archive",
        phrase: "web-archive",
        speaker: Speaker::Archive,
        standing: Standing::Open,
    });
    /// The copy that was taken.
    pub const CAPTURE: Self = Self::known(&SourceInfo {
        name: "capture",
        label: "capture",
        phrase: "capture",
        speaker: Speaker::Archive,
        standing: Standing::Open,
    });
    /// That what is judged was there when it was judged.
    pub const TIME_OF_JUDGING: Self = Self::known(&SourceInfo {
        name: "time-of-judging",
        label: "time of judging",
        phrase: "time-of-judging",
        speaker: Speaker::Program,
        standing: Standing::Open,
    });
    /// All of these.
    pub const BESIDE_EVIDENCE: [Self; 3] =
        [Self::WEB_ARCHIVE, Self::CAPTURE, Self::TIME_OF_JUDGING];
}

impl Source {
    /// A kind of evidence.
    #[must_use]
    pub const fn known(info: &'static SourceInfo) -> Self {
        Self(Repr::Known(info))
    }

    /// A kind of which only the name is known.
    #[must_use]
    pub fn unknown(name: &str) -> Self {
        Self(Repr::Unknown(name.into()))
    }

    /// The name as it stands in reports.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Known(info) => info.name,
            Repr::Unknown(name) => name,
        }
    }

    /// The name as words, for tables.
    #[must_use]
    pub fn label(&self) -> Cow<'static, str> {
        match &self.0 {
            Repr::Known(info) => info.label.into(),
            Repr::Unknown(name) => name.replace('-', " ").into(),
        }
    }

    /// What makes the claim, as words inside a sentence.
    #[must_use]
    pub fn phrase(&self) -> &str {
        match &self.0 {
            Repr::Known(info) => info.phrase,
            Repr::Unknown(name) => name,
        }
    }

    /// Whether what it says can be another thing's day.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match &self.0 {
            Repr::Known(info) => info.standing,
            Repr::Unknown(_) => Standing::Open,
        }
    }

    /// Who speaks. Of what is not known, nothing better can be said than that the page does.
    #[must_use]
    pub const fn speaker(&self) -> Speaker {
        match &self.0 {
            Repr::Known(info) => info.speaker,
            Repr::Unknown(_) => Speaker::Page,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Source {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Source {}

impl Hash for Source {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl PartialOrd for Source {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Source {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}
