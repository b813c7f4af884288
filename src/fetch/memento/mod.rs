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
mod listing;
mod proof;
mod timegate;
mod timemap;

pub use proof::witnessed;

use jiff::Timestamp;
use url::Url;

use crate::address::archive::take_apart;
use crate::address::resource::is_same_resource;
use crate::fetch::client::verdict;
use crate::fetch::fetcher::{Digest, Fetcher};
use crate::model::{Failure, FailureKind, Page, When};

use archive::Archive;
use listing::{MOST_LISTS, MOST_PROVED, rows_of};

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

#[cfg(test)]
mod tests;
