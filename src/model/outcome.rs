//! What came of fetching a link. A failure is data, never the end of a run.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Anchors, Dating, Media, Title};

/// One request of a redirect chain and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// The address that was asked, credentials taken out.
    pub url: Url,
    /// The status code that it answered, if it answered.
    pub status: Option<u16>,
}

/// What went wrong, coarse enough to tell dead from unverifiable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// 404.
    NotFound,
    /// 410.
    Gone,
    /// The host name does not resolve, although others do.
    NoSuchHost,
    /// The name servers did not say whether the host exists.
    Unresolved,
    /// The host refuses connections.
    Refused,
    /// 401, 403 or another status by which a host turns a visitor away.
    Denied,
    /// The way leads to a login instead of the page.
    LoginWall,
    /// 429, or a wait longer than the budget.
    RateLimited,
    /// 5xx.
    ServerError,
    /// Another status that is no answer.
    UnexpectedStatus,
    /// It took too long.
    Timeout,
    /// The certificate or the handshake failed.
    Tls,
    /// The connection broke, or the answer was no HTTP.
    Protocol,
    /// The chain of redirects comes back to itself.
    RedirectLoop,
    /// The chain of redirects was longer than the limit.
    TooManyRedirects,
    /// The address, or one that it redirects to, may not be connected to.
    Blocked,
    /// The body could not be decoded.
    Undecodable,
    /// robots.txt asks not to be visited.
    DisallowedByRobots,
    /// No name resolves at all: this machine has no network.
    NoNetwork,
    /// The recording that is replayed does not hold it.
    NotRecorded,
    /// The run was ended before it was tried.
    NotTried,
}

impl FailureKind {
    /// Every kind.
    pub const ALL: [Self; 21] = [
        Self::NotFound,
        Self::Gone,
        Self::NoSuchHost,
        Self::Unresolved,
        Self::Refused,
        Self::Denied,
        Self::LoginWall,
        Self::RateLimited,
        Self::ServerError,
        Self::UnexpectedStatus,
        Self::Timeout,
        Self::Tls,
        Self::Protocol,
        Self::RedirectLoop,
        Self::TooManyRedirects,
        Self::Blocked,
        Self::Undecodable,
        Self::DisallowedByRobots,
        Self::NoNetwork,
        Self::NotRecorded,
        Self::NotTried,
    ];

    /// Whether the target is gone, as against not judged.
    #[must_use]
    pub const fn is_dead(self) -> bool {
        matches!(self, Self::NotFound | Self::Gone | Self::NoSuchHost | Self::Refused)
    }

    /// Whether nothing was asked of the target, so that there is nothing to say about it.
    #[must_use]
    pub const fn is_unasked(self) -> bool {
        matches!(self, Self::NoNetwork | Self::NotRecorded | Self::NotTried)
    }

    /// The name in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Gone => "gone",
            Self::NoSuchHost => "no-such-host",
            Self::Unresolved => "unresolved",
            Self::Refused => "refused",
            Self::Denied => "denied",
            Self::LoginWall => "login-wall",
            Self::RateLimited => "rate-limited",
            Self::ServerError => "server-error",
            Self::UnexpectedStatus => "unexpected-status",
            Self::Timeout => "timeout",
            Self::Tls => "tls",
            Self::Protocol => "protocol",
            Self::RedirectLoop => "redirect-loop",
            Self::TooManyRedirects => "too-many-redirects",
            Self::Blocked => "blocked",
            Self::Undecodable => "undecodable",
            Self::DisallowedByRobots => "disallowed-by-robots",
            Self::NoNetwork => "no-network",
            Self::NotRecorded => "not-recorded",
            Self::NotTried => "not-tried",
        }
    }
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a link's target was not had, with what was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The kind of failure.
    pub kind: FailureKind,
    /// What was seen, in words: a status line, an operating-system error.
    pub detail: String,
}

impl Failure {
    /// A failure of a kind, with what was seen.
    #[must_use]
    pub fn new(kind: FailureKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into() }
    }
}

/// What rules need of a fetched page. The body itself is read, dated and let go, so that memory is
/// bounded by the fetches in flight and not by the number of links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// The address that answered, after redirects.
    pub url: Url,
    /// Its status code.
    pub status: u16,
    /// What kind of text it is.
    pub media: Media,
    /// The names it gives itself, best first.
    pub titles: Vec<Title>,
    /// The address it calls its own.
    pub canonical: Option<Url>,
    /// When it came into being, and who says so.
    pub dating: Dating,
    /// Whether only a part of it was read.
    pub partial: bool,
    /// Its main text, reduced to what rules compare; none where no rule asked for it.
    #[serde(default)]
    pub text: Option<MainText>,
    /// The places inside it that a fragment can name; none where it is no HTML, or was read by an
    /// earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchors: Option<Anchors>,
    /// Addresses at which it goes on, for what comes in pages; none where that is not asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<String>,
}

/// A page's main text (menus, boxes and boilerplate left out), reduced to what rules compare.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MainText {
    /// How many words it has; no more are counted than its purpose needs.
    pub words: usize,
    /// A `MinHash` signature of its word shingles: the share of equal places of two signatures
    /// estimates the Jaccard similarity of the texts. Empty for a text too short to compare.
    pub signature: Vec<u32>,
    /// The words with which the page says that what was asked for is not there, if it does.
    pub absence: Option<String>,
}

/// One capture of a page in a web archive (a memento, RFC 7089).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memento {
    /// The address of the capture.
    pub url: Url,
    /// When it was taken.
    pub captured: Timestamp,
    /// The captured page, where it was fetched.
    pub page: Option<Box<Page>>,
}

/// What web archives hold of a page (a `TimeMap`, RFC 7089), reduced to what rules compare.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captures {
    /// The earliest capture: the page existed by then.
    pub earliest: Option<Memento>,
    /// The capture nearest the article's last known edit: what its author most likely saw.
    pub nearest: Option<Memento>,
    /// A capture from around that edit of a page of the same site and name under another address: the
    /// one that the target most likely had then.
    pub former: Option<Former>,
}

/// A page under an address that its site has left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// The address that it had.
    pub url: Url,
    /// The capture that shows it.
    pub capture: Memento,
}

/// What came of following one link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Every address that was asked, in order; the first is the link's own.
    pub chain: Vec<Hop>,
    /// The page, or why there is none.
    pub result: Result<Page, Failure>,
    /// When the last answer came, or it was clear that none would; none where nothing was asked.
    pub fetched: Option<Timestamp>,
    /// What web archives hold of it; none where no rule asked.
    #[serde(default)]
    pub captures: Option<Captures>,
}

/// An address, and what came of asking it: the row of `dateline fetch`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visited {
    /// The address that was asked for.
    pub url: Url,
    /// What came of it.
    pub outcome: Outcome,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_listed_under_the_name_that_it_is_stored_by() {
        for (at, kind) in FailureKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, at, "{kind}");
            assert_eq!(serde_json::to_value(kind).expect("a word"), kind.as_str());
        }
        assert_eq!(FailureKind::NotTried as usize + 1, FailureKind::ALL.len(), "the last kind");
    }
}
