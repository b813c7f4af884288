//! Memento: what a web archive holds of an address, by its `TimeMap` (RFC 7089, section 5) in
//! link-format (RFC 6690).
//!
//! A `TimeMap` is fetched as every page is, guarded, paced, remembered and recorded, and digested
//! into claims that the address existed by the time of each capture. An archive is asked only where
//! the user names one: nobody else is told of an article's links.
//!
//! A list promises more than an archive holds. Archives find captures by keys that fold more than
//! the spelling of an address (SURT drops the case of path and query), list captures of errors and
//! of redirects, and answer a page of their own where a capture is asked for as readers see it. So
//! a capture counts only once it has been read, in the raw form, and says itself what it is: with
//! `Memento-Datetime`, a status of 200, and an original that is the link's own address.

pub(super) mod archive;
mod link_format;

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use url::Url;

use crate::address::archive::take_apart;
use crate::address::hosts::without_www;
use crate::fetch::client::verdict;
use crate::fetch::fetcher::{Digest, Fetcher};
use crate::model::{
    Claim, Confidence, Dating, Document, Event, FailureKind, Headers, Memento, Page, PartialDate,
    Source, When,
};

use archive::{Archive, WAYBACK, is_web};
use link_format::{Linked, has_relation, links};

/// The most captures that are read of one `TimeMap`, and the most that are kept of it.
const MOST_READ: usize = 50_000;
const MOST_KEPT: usize = 1000;

/// The most captures that are read to find one that proves itself.
const MOST_PROVED: usize = 3;

/// The digits of a whole stamp, to the second.
const STAMP: usize = 14;

/// Dates are the heaviest to read, so no more of a value is looked at than an RFC 1123 date takes.
const LONGEST_DATE: usize = 64;

/// The claims of a digested `TimeMap`.
const SOURCE: Source = Source::WEB_ARCHIVE;

/// Reads dates whose day of the week is wrong, too: it adds nothing.
static DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// The captures that an archive lists of an address, in order of time; none is proved yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    captures: Vec<(Url, Timestamp)>,
    /// Whether the list was cut, so that what comes after its end is not known.
    partial: bool,
}

impl Archive {
    /// What the archive lists of a page; none where it cannot be asked or is no archive, which the
    /// user is told.
    pub async fn listed(&self, fetcher: &Fetcher, url: &Url) -> Option<Listed> {
        let timemap = self.timemap(url)?;
        let outcome = fetcher.visit(&timemap, digest).await;
        match &outcome.result {
            Ok(page) => Some(Listed::of(page, url)),
            Err(failure)
                if failure.kind == FailureKind::NotFound
                    && (self.template == WAYBACK || failure.detail == verdict::NOTHING_LISTED) =>
            {
                Some(Listed::default())
            }
            Err(failure) if failure.kind.is_unasked() => None,
            Err(failure) => {
                fetcher.tell(unasked(&self.template, failure.kind, &failure.detail));
                None
            }
        }
    }
}

/// What is said of an archive that did not answer as one.
fn unasked(template: &str, kind: FailureKind, detail: &str) -> String {
    let what = match kind {
        FailureKind::NotFound => {
            "an archive that holds nothing of a page answers with an empty list in link-format: \
             check the address, and the collection in it"
        }
        _ => "run again when it answers, or with --archive off",
    };
    format!(
        "the archive {template} could not be asked about every link ({detail}), and what it holds \
         of them is not known; {what}"
    )
}

impl Listed {
    fn of(page: &Page, url: &Url) -> Self {
        let claims = page.dating.claims.iter().filter(|claim| claim.source == SOURCE);
        let capture = |claim: &Claim| Some((Url::parse(&claim.quote).ok()?, claim.when.earliest));
        let is_of_url = |capture: &Url| {
            let target = take_apart(capture).and_then(|capture| capture.target);
            target.is_none_or(|target| is_same_resource(&target, url))
        };
        let captures = claims.filter_map(capture).filter(|(capture, _)| is_of_url(capture));
        Self { captures: captures.collect(), partial: page.partial }
    }

    /// The first captures in time.
    #[must_use]
    pub fn earliest(&self) -> Vec<&Url> {
        self.captures.iter().map(|(capture, _)| capture).take(MOST_PROVED).collect()
    }

    /// The captures nearest to an interval, the nearest first. Of a cut list, what comes after its
    /// end is not known, and so neither is the capture nearest to a time after it.
    #[must_use]
    pub fn nearest(&self, edited: When) -> Vec<&Url> {
        let last = self.captures.last().map(|(_, at)| *at);
        if self.partial && last <= Some(edited.earliest) {
            return Vec::new();
        }
        let mut sorted: Vec<_> = self.captures.iter().collect();
        sorted.sort_by_key(|(_, at)| distance(*at, edited));
        sorted.into_iter().map(|(capture, _)| capture).take(MOST_PROVED).collect()
    }
}

/// The capture at an address, read in the raw form, if it proves to be one of the page at `target`.
/// `digest` keeps what it says of itself ([`witnessed`]).
pub async fn proved(
    fetcher: &Fetcher,
    capture: &Url,
    target: &Url,
    digest: Digest,
) -> Option<Memento> {
    let outcome = fetcher.visit(&with_modifier(capture, "id_"), digest).await;
    let page = outcome.result.as_ref().ok().filter(|page| page.status == 200)?;
    let proof = page.dating.claims.first().filter(|claim| claim.source == SOURCE)?;
    is_same_resource(&proof.quote, target).then(|| Memento {
        url: with_modifier(&page.url, ""),
        captured: proof.when.earliest,
        page: Some(Box::new(page.clone())),
    })
}

/// A captured page with what its archive says of it in place of the page's own dates: that
/// `original` existed by `Memento-Datetime`. What comes without that is no capture, and has none.
#[must_use]
pub fn witnessed(page: Page, headers: &Headers) -> Page {
    let claims = proof(&page.url, headers).into_iter().collect();
    Page { dating: Dating { claims, ..Dating::default() }, ..page }
}

/// What the header fields of a memento say (RFC 7089, section 2.1): its time, and its original. An
/// archive in pywb's manner leaves the captured page's own `Link` beside its own, so that an
/// original that the address names comes first.
fn proof(url: &Url, headers: &Headers) -> Option<Claim> {
    let date = headers.get("memento-datetime").filter(|date| date.len() <= LONGEST_DATE)?;
    let at = DATES.parse_timestamp(date.trim()).ok().filter(|at| *at >= first_web_page())?;
    let named = take_apart(url).and_then(|capture| capture.target);
    let fields = headers.0.iter().filter(|(name, _)| name == "link");
    let stated = || {
        fields
            .flat_map(|(_, field)| links(field))
            .find(|link| has_relation(link, "original"))
            .map(|link| link.target.trim().to_owned())
    };
    let original = named.or_else(stated)?;
    Some(Claim::new(Event::ExistedBy, PartialDate::utc(at), SOURCE, Confidence::High, original))
}

/// A capture's address with another modifier behind its stamp, as the Wayback Machine and pywb have
/// them: `id_` asks for the captured bytes, none for the page as readers see it. An address
/// without a whole stamp stays as it is.
fn with_modifier(capture: &Url, modifier: &str) -> Url {
    let text = capture.as_str();
    let path = capture[..url::Position::BeforePath].len();
    let mut at = path;
    for segment in text.get(path..).unwrap_or_default().split('/') {
        let end = at + segment.len();
        let stamp = segment.get(..STAMP).filter(|stamp| stamp.bytes().all(|b| b.is_ascii_digit()));
        let rest = segment.get(STAMP..).unwrap_or_default();
        if stamp.is_some() && (rest.is_empty() || rest.len() == 3 && rest.ends_with('_')) {
            let (before, after) = (text.get(..at + STAMP), text.get(end..));
            let joined =
                format!("{}{modifier}{}", before.unwrap_or_default(), after.unwrap_or_default());
            return Url::parse(&joined).unwrap_or_else(|_| capture.clone());
        }
        at = end + 1;
    }
    capture.clone()
}

/// Whether two addresses name one resource whatever their site: only scheme, port, `www.`, a slash
/// at the end, and the coding of characters that mean the same coded and bare (RFC 3986, section
/// 2.3) may differ; case and query may not.
fn is_same_resource(one: &str, other: &Url) -> bool {
    let parsed = Url::parse(one).or_else(|_| Url::parse(&format!("http://{one}")));
    parsed.is_ok_and(|one| folded(&one) == folded(other))
}

fn folded(url: &Url) -> (String, String, Option<String>) {
    let host = without_www(url.host_str().unwrap_or_default()).to_owned();
    let plain = |part: &str| {
        let decoded: Cow<'_, [u8]> = percent_encoding::percent_decode_str(part).into();
        // What is reserved stays coded, and so does what is no text.
        match std::str::from_utf8(&decoded) {
            Ok(text) if !RESERVED.iter().any(|code| contains_ignoring_case(part, code)) => {
                text.to_owned()
            }
            _ => part.to_owned(),
        }
    };
    let query = url.query().filter(|query| !query.is_empty()).map(plain);
    (host, plain(url.path().trim_end_matches('/')), query)
}

/// Reserved characters (RFC 3986, section 2.2) and `%` itself, coded.
const RESERVED: &[&str] = &[
    "%21", "%23", "%24", "%25", "%26", "%27", "%28", "%29", "%2a", "%2b", "%2c", "%2f", "%3a",
    "%3b", "%3d", "%3f", "%40", "%5b", "%5d",
];

fn contains_ignoring_case(text: &str, code: &str) -> bool {
    text.as_bytes().windows(code.len()).any(|part| part.eq_ignore_ascii_case(code.as_bytes()))
}

/// The seconds between an instant and an interval.
fn distance(at: Timestamp, when: When) -> i64 {
    let before = when.earliest.as_second() - at.as_second();
    let after = at.as_second() - when.before.as_second();
    before.max(after).max(0)
}

/// Keeps of a `TimeMap` that the address existed by the time of each capture.
#[expect(clippy::needless_pass_by_value, reason = "the fetcher lets the body go with it")]
fn digest(url: Url, document: Document) -> Page {
    let claim = |(capture, at): (Url, Timestamp)| {
        Claim::new(
            Event::ExistedBy,
            PartialDate::utc(at),
            SOURCE,
            Confidence::High,
            capture.as_str(),
        )
    };
    let claims = thinned(mementos(&document.text, &url)).into_iter().map(claim).collect();
    Page {
        url,
        status: 0,
        media: document.media,
        titles: Vec::new(),
        canonical: None,
        dating: Dating { claims, ..Dating::default() },
        partial: document.partial,
        text: None,
        anchors: None,
    }
}

/// Captures in order of time, and of very many an even choice with the first and the last.
fn thinned(mut captures: Vec<(Url, Timestamp)>) -> Vec<(Url, Timestamp)> {
    captures.sort_by_key(|(_, at)| *at);
    let last = captures.len().saturating_sub(1);
    if last < MOST_KEPT {
        return captures;
    }
    let step = last.div_ceil(MOST_KEPT - 1);
    let chosen = captures.into_iter().enumerate();
    let chosen = chosen.filter(|(at, _)| at % step == 0 || *at == last);
    chosen.map(|(_, capture)| capture).collect()
}

/// The captures that a `TimeMap` in link-format lists, in its order, with the time of each. What is
/// not understood is passed over.
fn mementos(text: &str, base: &Url) -> Vec<(Url, Timestamp)> {
    links(text).filter_map(|link| memento(&link, base)).take(MOST_READ).collect()
}

fn memento(link: &Linked<'_>, base: &Url) -> Option<(Url, Timestamp)> {
    if !has_relation(link, "memento") {
        return None;
    }
    let date = link.datetime.filter(|date| date.len() <= LONGEST_DATE)?;
    let at = DATES.parse_timestamp(date.trim()).ok()?;
    let url = base.join(link.target.trim()).ok().filter(is_web)?;
    // Archives hold nothing from before the web: such a time is a damaged record's.
    (at >= first_web_page()).then_some((url, at))
}

/// The beginning of 1991, the year in which the first website was made public.
fn first_web_page() -> Timestamp {
    const SECONDS: i64 = 662_688_000;
    Timestamp::from_second(SECONDS).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests;
