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

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use url::Url;

use crate::address::archive::take_apart;
use crate::address::resource::is_same_resource;
use crate::fetch::client::verdict;
use crate::fetch::fetcher::{Digest, Fetcher};
use crate::model::{
    Claim, Confidence, Dating, Document, Event, Failure, FailureKind, Headers, Memento, Page,
    PartialDate, Source, When,
};

use archive::{Archive, is_web};
use link_format::{Linked, has_relation, links};

/// The most captures that are read of one `TimeMap`, and the most that are kept of it.
const MOST_READ: usize = 50_000;
const MOST_KEPT: usize = 1000;

/// The most captures that are read to find one that proves itself.
const MOST_PROVED: usize = 3;

/// The most pages of one `TimeMap` that are read.
const MOST_TIMEMAPS: usize = 20;

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
        let mut timemap = self.timemap(url)?;
        let mut listed = Listed::default();
        let mut seen = Vec::new();
        loop {
            if !self.may_ask(fetcher) {
                return None;
            }
            let outcome = fetcher.visit(&timemap, digest).await;
            let page = match &outcome.result {
                Ok(page) => page,
                Err(failure) if failure.kind == FailureKind::NotFound && self.is_empty(failure) => {
                    return Some(listed);
                }
                Err(failure) if failure.kind.is_unasked() => return None,
                Err(failure) => {
                    fetcher.tell(unasked(&self.template, failure.kind, &failure.detail));
                    return None;
                }
            };
            listed.add(page, url);
            seen.push(timemap);
            let more = page.more.iter().filter_map(|more| Url::parse(more).ok());
            match more.into_iter().find(|more| !seen.contains(more)) {
                Some(next) if seen.len() < MOST_TIMEMAPS => timemap = next,
                next => {
                    listed.partial |= next.is_some();
                    return Some(listed);
                }
            }
        }
    }

    /// Whether "not found" says that nothing is held, and not that there is no archive.
    fn is_empty(&self, failure: &Failure) -> bool {
        self.is_wayback() || failure.detail == verdict::NOTHING_LISTED
    }

    /// Takes the right to ask once more; where there is none left, the user is told.
    fn may_ask(&self, fetcher: &Fetcher) -> bool {
        let may = self.take();
        if !may {
            fetcher.tell(format!(
                "the archive {} was asked as often as its `limit` allows, and what it holds of the \
                 other links is not known; raise the limit, or run again: what it said is cached",
                self.template
            ));
        }
        may
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
    /// Adds what a `TimeMap` or a page of one lists.
    fn add(&mut self, page: &Page, url: &Url) {
        let claims = page.dating.claims.iter().filter(|claim| claim.source == SOURCE);
        let capture = |claim: &Claim| Some((Url::parse(&claim.quote).ok()?, claim.when.earliest));
        let is_of_url = |capture: &Url| {
            let target = take_apart(capture).and_then(|capture| capture.target);
            target.is_none_or(|target| is_same_resource(&target, url))
        };
        let captures = claims.filter_map(capture).filter(|(capture, _)| is_of_url(capture));
        self.captures.extend(captures);
        self.captures.sort_by_key(|(_, at)| *at);
        self.partial |= page.partial;
    }

    /// The first captures in time.
    #[must_use]
    pub fn earliest(&self) -> Vec<&(Url, Timestamp)> {
        self.captures.iter().take(MOST_PROVED).collect()
    }

    /// The captures nearest to an interval, the nearest first. Of a cut list, what comes after its
    /// end is not known, and so neither is the capture nearest to a time after it.
    #[must_use]
    pub fn nearest(&self, edited: When) -> Vec<&(Url, Timestamp)> {
        let last = self.captures.last().map(|(_, at)| *at);
        if self.partial && last <= Some(edited.earliest) {
            return Vec::new();
        }
        let mut sorted: Vec<_> = self.captures.iter().collect();
        sorted.sort_by_key(|(_, at)| edited.seconds_from(*at));
        sorted.truncate(MOST_PROVED);
        sorted
    }
}

impl Archive {
    /// The capture that a list names, read in the raw form, if it proves to be one of the page at
    /// `target`. `digest` keeps what it says of itself ([`witnessed`]).
    pub async fn proved(
        &self,
        fetcher: &Fetcher,
        (capture, listed): &(Url, Timestamp),
        target: &Url,
        digest: Digest,
    ) -> Option<Memento> {
        if !self.may_ask(fetcher) {
            return None;
        }
        let raw = self.raw(capture, *listed, target);
        let outcome = fetcher.visit(&raw, digest).await;
        let page = outcome.result.as_ref().ok().filter(|page| page.status == 200)?;
        let proof = page.dating.claims.first().filter(|claim| claim.source == SOURCE)?;
        let url = self.readable(capture, &raw, &page.url);
        is_same_resource(&proof.quote, target).then(|| Memento {
            url,
            captured: proof.when.earliest,
            page: Some(Box::new(page.clone())),
        })
    }
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
    let more = further(&document.text, &url);
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
        more,
    }
}

/// The other pages of a `TimeMap` that is parted (RFC 7089, section 5.1.2), as it names them.
fn further(text: &str, base: &Url) -> Vec<String> {
    let others = links(text).filter(|link| has_relation(link, "timemap"));
    let others = others.filter_map(|link| base.join(link.target.trim()).ok().filter(is_web));
    // A list that is none of this archive's is nothing that the user wants asked.
    let others = others.filter(|other| other.origin() == base.origin() && other != base);
    others.take(MOST_TIMEMAPS).map(String::from).collect()
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
