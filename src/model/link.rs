//! Links: what they are, where they stand, and the words that introduce them.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Claim, Confidence, PartialDate, Region, Span, plain_url};

/// What a link is for, as a reader of the page would say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A link in the running text.
    Body,
    /// A pointer to another article, set apart from the text (`Related article: …`).
    Related,
    /// The article's own address, printed in it (`Original url: …`).
    Original,
    /// The article's own address, stated in its markup.
    Canonical,
    /// A source credit that happens to be a host name (`Kremlin.ru`), not a link to follow.
    Credit,
    /// Menus, breadcrumbs, tag lists.
    Navigation,
    /// Beside the article.
    Sidebar,
    /// In the page's footer.
    Footer,
    /// In a reader's comment.
    Comment,
    /// A button for sharing or following.
    Share,
    /// An image, a video, a frame: part of the page, not a page to go to.
    Media,
    /// A footnote or an entry of a bibliography.
    Reference,
    /// A capture in a web archive.
    Archive,
    /// A tracker, shortener or cache in front of another address.
    Wrapper,
}

impl Role {
    /// Every role, for help texts and tests.
    pub const ALL: [Self; 14] = [
        Self::Body,
        Self::Related,
        Self::Original,
        Self::Canonical,
        Self::Credit,
        Self::Navigation,
        Self::Sidebar,
        Self::Footer,
        Self::Comment,
        Self::Share,
        Self::Media,
        Self::Reference,
        Self::Archive,
        Self::Wrapper,
    ];

    /// The name in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Related => "related",
            Self::Original => "original",
            Self::Canonical => "canonical",
            Self::Credit => "credit",
            Self::Navigation => "navigation",
            Self::Sidebar => "sidebar",
            Self::Footer => "footer",
            Self::Comment => "comment",
            Self::Share => "share",
            Self::Media => "media",
            Self::Reference => "reference",
            Self::Archive => "archive",
            Self::Wrapper => "wrapper",
        }
    }

    /// Whether the link names the article's own address: a claim about it, not an outgoing link.
    #[must_use]
    pub const fn is_own_address(self) -> bool {
        matches!(self, Self::Original | Self::Canonical)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How the link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// A markup link with anchor text: HTML `a` and `area`, Markdown inline and reference links.
    Anchor,
    /// A URL that stands in the text itself.
    Bare,
    /// A host without a scheme (`www.example.org`, `Kremlin.ru`).
    Schemeless,
    /// A URL made unclickable on purpose (`hxxp`, `[.]`).
    Defanged,
    /// A resource of the page: images, frames, media.
    Embed,
    /// A statement in the markup that no reader sees: `link`, `meta`, JSON-LD, `cite`.
    Metadata,
}

/// Words that introduce a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The words, white space folded.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// How a URL that was broken over line ends or by spaces was put together again.
///
/// A join of less than high confidence is a doubt: the link leads to its first part, and the whole
/// is the first of the alternatives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// How sure it is that the parts belong together.
    pub confidence: Confidence,
    /// Why, a clause each.
    pub reasons: Vec<Cow<'static, str>>,
    /// The other ways to read it, likeliest first (the first part alone or the whole, with a hyphen
    /// restored).
    pub alternatives: Vec<String>,
}

/// What the reason begins with that a fetch gave for a reading.
const ANSWERS: &str = "it answers, and ";

impl Join {
    /// Notes that this reading answers, and that the others, which are named, do not.
    pub fn note_answer(&mut self, others: &[&str]) {
        self.confidence = Confidence::High;
        let verb = if others.len() > 1 { "do" } else { "does" };
        self.reasons.push(format!("{ANSWERS}{} {verb} not", others.join(" and ")).into());
    }

    /// Whether a fetch has told that this is the right reading.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.reasons.iter().any(|reason| reason.starts_with(ANSWERS))
    }
}

/// A web-archive address taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// The archive's name.
    pub archive: String,
    /// The address that was captured, where the capture's address tells.
    pub target: Option<String>,
    /// When it was captured, as far as its address or the element that names it tells.
    pub captured: Option<PartialDate>,
}

/// What an address in which a year stands says of when its page came out.
#[derive(Clone, Debug)]
pub(crate) struct DayClue {
    /// The claim, if it makes one.
    pub(crate) published: Option<Claim>,
}

/// What was worked out once of the address of a link's target; most have no clues. Two links are equal
/// without it.
#[derive(Clone, Debug, Default)]
struct Clues {
    day: OnceLock<Option<Box<DayClue>>>,
    identifier: OnceLock<bool>,
}

impl PartialEq for Clues {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Clues {}

/// One link of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The bytes of the URL as it is written in the source.
    pub span: Span,
    #[serde(flatten)]
    address: Address,
    /// How it is written.
    pub kind: LinkKind,
    /// The anchor text, for links that have one.
    pub text: Option<Box<str>>,
    /// The words that introduce it, for links that stand bare.
    pub label: Option<Box<Label>>,
    /// What it is for.
    pub role: Role,
    /// The part of the page that it stands in.
    pub region: Region,
    /// How it was put together, if it was broken.
    pub join: Option<Box<Join>>,
    /// What it leads to inside a web archive, if it is a capture.
    pub capture: Option<Box<Capture>>,
    /// The address inside, if it is a wrapper that names it.
    pub inner: Option<Box<str>>,
    /// Why it is no valid address, if it means to be one and is none.
    pub malformed: Option<Box<str>>,
    /// What a clock that was learnt from the target's site says of its number, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site_clock: Option<Box<Claim>>,
    #[serde(skip)]
    clues: Clues,
}

impl Link {
    /// A link about which nothing is known but how it is written; its address is resolved
    /// against `base`, and that of a host without a scheme as browsers do it, with https.
    #[must_use]
    pub fn new(kind: LinkKind, span: Span, raw: &str, joined: &str, base: Option<&Url>) -> Self {
        let resolved = match kind {
            LinkKind::Schemeless => resolve(&format!("https://{joined}"), None),
            _ => resolve(joined, base),
        };
        let (url, malformed) = match resolved {
            Ok(url) => (url, None),
            Err(problem) => (None, Some(problem.into())),
        };
        Self { malformed, ..Self::resolved(kind, span, raw, joined, url) }
    }

    /// A link whose address is resolved already.
    #[must_use]
    pub fn resolved(kind: LinkKind, span: Span, raw: &str, joined: &str, url: Option<Url>) -> Self {
        Self {
            span,
            address: Address::new(raw, joined, url),
            kind,
            text: None,
            label: None,
            role: Role::Body,
            region: Region::Body,
            join: None,
            capture: None,
            inner: None,
            malformed: None,
            site_clock: None,
            clues: Clues::default(),
        }
    }

    /// The bytes of the URL: always the source's slice at `span`.
    #[must_use]
    pub fn raw(&self) -> &str {
        self.address.raw()
    }

    /// The URL that was meant: line breaks taken out, entities decoded. Of a doubtful join, the
    /// whole.
    #[must_use]
    pub fn joined(&self) -> &str {
        self.address.joined()
    }

    /// The address it leads to, resolved; none where it is no valid address. Of a doubtful join, the
    /// first part.
    #[must_use]
    pub const fn url(&self) -> Option<&Url> {
        self.address.url.as_ref()
    }

    /// Gives the link another address: as it is written, as it is meant, and where that leads to.
    pub fn readdress(&mut self, raw: &str, joined: &str, url: Option<Url>) {
        self.address = Address::new(raw, joined, url);
        self.clues = Clues::default();
    }

    /// What its target's address says of when it came out, if a year stands in it: worked out when it is
    /// asked for first, by when `capture` and `inner` are what they will be.
    pub(crate) fn day_clue(&self, look: impl FnOnce(&Self) -> Option<DayClue>) -> Option<&DayClue> {
        self.clues.day.get_or_init(|| look(self).map(Box::new)).as_deref()
    }

    /// Whether its target's address holds an identifier that tells when it was made; likewise.
    pub(crate) fn has_identifier(&self, look: impl FnOnce(&Self) -> bool) -> bool {
        *self.clues.identifier.get_or_init(|| look(self))
    }

    /// The address it leads to, taken out.
    #[must_use]
    pub fn into_url(self) -> Option<Url> {
        self.address.url
    }

    /// The words a reader takes the link's target to be: anchor text, or the introducing words.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        self.text.as_deref().or(self.label.as_ref().map(|label| label.text.as_str()))
    }

    /// Whether it may go on after a break, and leads to its first part as long as nothing tells.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.join.as_ref().is_some_and(|join| join.confidence < Confidence::High)
    }

    /// Whether the target is a page of the web that can be fetched.
    #[must_use]
    pub fn is_web(&self) -> bool {
        self.url().is_some_and(|url| matches!(url.scheme(), "http" | "https"))
    }
}

/// An address with its spellings. Most are written as they are meant and as they are resolved: what
/// is the same is kept once, so that two addresses are equal if their spellings are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Spelled", from = "Spelled")]
struct Address {
    /// As it is written, where that is not as it is meant.
    raw: Option<Box<str>>,
    /// As it is meant, where that is not as it is resolved.
    joined: Option<Box<str>>,
    url: Option<Url>,
}

impl Address {
    fn new(raw: &str, joined: &str, url: Option<Url>) -> Self {
        Self {
            raw: (raw != joined).then(|| raw.into()),
            joined: (url.as_ref().map(Url::as_str) != Some(joined)).then(|| joined.into()),
            url,
        }
    }

    fn raw(&self) -> &str {
        self.raw.as_deref().unwrap_or_else(|| self.joined())
    }

    fn joined(&self) -> &str {
        self.joined
            .as_deref()
            .unwrap_or_else(|| self.url.as_ref().map(Url::as_str).unwrap_or_default())
    }
}

/// An address with all its spellings, as it is serialised.
#[derive(Serialize, Deserialize)]
struct Spelled {
    raw: String,
    joined: String,
    url: Option<Url>,
}

impl From<Address> for Spelled {
    fn from(address: Address) -> Self {
        let (raw, joined) = (address.raw().to_owned(), address.joined().to_owned());
        Self { raw, joined, url: address.url }
    }
}

impl From<Spelled> for Address {
    fn from(spelled: Spelled) -> Self {
        Self::new(&spelled.raw, &spelled.joined, spelled.url)
    }
}

/// Longer addresses lead nowhere, in bytes: no browser takes more.
const LONGEST: usize = 2 << 20;

/// Resolves a reference (RFC 3986 as browsers do it, WHATWG URL). A relative reference without a
/// base is no error: it is just not known where it leads.
fn resolve(joined: &str, base: Option<&Url>) -> Result<Option<Url>, String> {
    if joined.len() > LONGEST {
        return Err("it is longer than any browser takes (2 MiB)".to_owned());
    }
    if let Some(url) = base.and_then(|base| plain_url::join(base, joined)) {
        return Ok(Some(url));
    }
    let trimmed = joined.trim();
    // Without a page's address, what has only a host is asked for as most of the web is.
    if base.is_none() && trimmed.starts_with("//") {
        return plain_url::parse(&["https:", trimmed].concat())
            .map(Some)
            .map_err(|problem| problem.to_string());
    }
    match (plain_url::parse(trimmed), base) {
        (Ok(url), _) => Ok(Some(url)),
        (Err(url::ParseError::RelativeUrlWithoutBase), None) => Ok(None),
        (Err(url::ParseError::RelativeUrlWithoutBase), Some(base)) => {
            base.join(trimmed).map(Some).map_err(|problem| problem.to_string())
        }
        (Err(problem), _) => Err(problem.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(raw: &str, joined: &str) -> Link {
        Link::new(LinkKind::Bare, Span::new(0, raw.len()), raw, joined, None)
    }

    #[test]
    fn spellings_are_kept_once_and_written_in_full() {
        for (raw, joined, url) in [
            ("http://a.example/b", "http://a.example/b", "http://a.example/b"),
            ("http://a.example", "http://a.example", "http://a.example/"),
            ("http://a.example/b\nc", "http://a.example/bc", "http://a.example/bc"),
            ("http://a.example/?b=1&amp;c", "http://a.example/?b=1&c", "http://a.example/?b=1&c"),
        ] {
            let link = link(raw, joined);
            let address = link.url().map(Url::as_str);
            assert_eq!((link.raw(), link.joined(), address), (raw, joined, Some(url)));
            let written = serde_json::to_value(&link).expect("JSON");
            assert_eq!(written["raw"], raw);
            assert_eq!(written["joined"], joined);
            assert_eq!(written["url"], url);
            assert_eq!(serde_json::from_value::<Link>(written).expect("a link"), link);
        }
    }

    #[test]
    fn a_host_without_a_scheme_is_asked_over_https() {
        let link = link("//a.example/b", "//a.example/b");
        assert_eq!(link.url().map(Url::as_str), Some("https://a.example/b"));
        assert_eq!(link.raw(), "//a.example/b");
    }

    #[test]
    fn an_address_that_no_browser_takes_leads_nowhere() {
        let link = link("x", &format!("http://a.example/{}", "a".repeat(LONGEST)));
        assert_eq!(link.url(), None);
        assert_eq!(link.malformed.as_deref(), Some("it is longer than any browser takes (2 MiB)"));
    }
}
