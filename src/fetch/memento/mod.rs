//! Memento: what a web archive holds of an address, by its `TimeMap` (RFC 7089, section 5) in
//! link-format (RFC 6690), its index (a CDX server), or its `TimeGate` (RFC 7089, section 4).
//!
//! A list is fetched as every page is, guarded, paced, remembered and recorded, and digested
//! into claims that the address existed by the time of each capture. An archive is asked only where
//! the user names one: nobody else is told of an article's links.
//!
//! A list promises more than an archive holds. Archives find captures by keys that fold more than
//! the spelling of an address (SURT drops the case of path and query), list captures of errors and
//! of redirects, and answer a page of their own where a capture is asked for as readers see it. So
//! a capture counts only once it has been read, in the raw form, and says itself what it is: with
//! `Memento-Datetime`, a status of 200, and an original that is the link's own address.

pub(super) mod archive;
mod former;
mod index;
mod link_format;
mod proof;
mod timegate;
mod timemap;

pub use proof::witnessed;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use url::Url;

use crate::address::archive::take_apart;
use crate::address::resource::is_same_resource;
use crate::fetch::client::verdict;
use crate::fetch::fetcher::{Digest, Fetcher};
use crate::model::{
    Claim, Confidence, Dating, Document, Event, Failure, FailureKind, Page, PartialDate, Source,
    When,
};

use archive::Archive;

/// The most captures that are read of one list, and the most that are kept of it.
const MOST_READ: usize = 50_000;
const MOST_KEPT: usize = 1000;

/// The most captures that are read to find one that proves itself.
const MOST_PROVED: usize = 3;

/// The most pages of one list that are read.
const MOST_LISTS: usize = 20;

/// Dates are the heaviest to read, so no more of a value is looked at than an RFC 1123 date takes.
const LONGEST_DATE: usize = 64;

/// The claims of a digested list.
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
        let mut list = self.list(url)?;
        let digest = if self.has_index() { index::digest } else { timemap::digest };
        let mut listed = Listed::default();
        let mut seen = Vec::new();
        loop {
            let page = match self.asked(fetcher, &list, digest).await {
                Ok(page) => page,
                Err(is_empty) => return is_empty.then_some(listed),
            };
            listed.add(self, &page, url);
            seen.push(list);
            let more = page.more.iter().filter_map(|more| Url::parse(more).ok());
            match more.into_iter().find(|more| !seen.contains(more)) {
                Some(next) if seen.len() < MOST_LISTS => list = next,
                next => {
                    listed.partial |= next.is_some();
                    return Some(listed);
                }
            }
        }
    }

    /// What the archive answers; otherwise whether that says that it holds nothing.
    async fn asked(&self, fetcher: &Fetcher, at: &Url, digest: Digest) -> Result<Page, bool> {
        if !self.may_ask(fetcher) {
            return Err(false);
        }
        let outcome = fetcher.visit(at, digest).await;
        match &outcome.result {
            Ok(page) => Ok(page.clone()),
            Err(failure) if failure.kind == FailureKind::NotFound && self.is_empty(failure) => {
                Err(true)
            }
            Err(failure) => {
                if !failure.kind.is_unasked() {
                    fetcher.tell(unasked(self.name(), failure.kind, &failure.detail));
                }
                Err(false)
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
                self.name()
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
    /// Adds what a list, or a page of one, has of an address.
    fn add(&mut self, archive: &Archive, page: &Page, url: &Url) {
        let captures = rows_of(page).filter_map(|(named, at)| {
            if archive.has_index() {
                return is_same_resource(named.as_str(), url)
                    .then(|| archive.of_row(&named, at))?
                    .zip(Some(at));
            }
            let target = take_apart(&named).and_then(|capture| capture.target);
            let is_of_url = target.is_none_or(|target| is_same_resource(&target, url));
            is_of_url.then_some((named, at))
        });
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

/// A list as it is kept until the rules want it: that what it names existed by the time of each
/// capture, and where the rest of the list is.
fn listing(
    url: Url,
    document: &Document,
    captures: Vec<(Url, Timestamp)>,
    more: Vec<String>,
) -> Page {
    let claim = |(named, at): (Url, Timestamp)| {
        let (event, when) = (Event::ExistedBy, PartialDate::utc(at));
        Claim::new(event, when, SOURCE, Confidence::High, named.as_str())
    };
    let claims = thinned(captures).into_iter().map(claim).collect();
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

/// What a kept list names, with the time of each capture.
fn rows_of(page: &Page) -> impl Iterator<Item = (Url, Timestamp)> {
    let claims = page.dating.claims.iter().filter(|claim| claim.source == SOURCE);
    claims.filter_map(|claim| Some((Url::parse(&claim.quote).ok()?, claim.when.earliest)))
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

/// The beginning of 1991, the year in which the first website was made public.
fn first_web_page() -> Timestamp {
    const SECONDS: i64 = 662_688_000;
    Timestamp::from_second(SECONDS).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests;
