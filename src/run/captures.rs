//! Captures: what a web archive holds of the targets of an article's links, for the rules that
//! compare with it.
//!
//! Only the archive that the user names is asked, and only of links about which a rule can make use
//! of the answer: asking tells the archive of the link.

use std::sync::Arc;

use futures::future;
use jiff::Timestamp;
use url::Url;

use crate::address::day::date_in_url;
use crate::address::secret::is_secret;
use crate::fetch::{Archive, Digest, Fetcher};
use crate::model::{
    Captures, Case, Checked, Event, Failure, FailureKind, Former, LinkKind, Memento, Outcome, Page,
    Role, Status, When,
};
use crate::rules::{address_of_target, in_furniture, last_edit};

/// How an archive is asked.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    /// Who fetches.
    pub fetcher: &'a Fetcher,
    /// The archive.
    pub archive: &'a Archive,
    /// What is kept of a captured page.
    pub digest: Digest,
    /// Whether a rule compares its text with the target's.
    pub compares: bool,
}

impl Asking<'_> {
    /// Adds to each link's outcome what the archive holds of its target.
    pub(super) async fn attach(self, case: &mut Case) {
        let edited = last_edit(case).map(|edit| edit.when());
        let links = case.links().map(|checked| self.of_link(checked, edited));
        let captures = future::join_all(links).await;
        for (status, captures) in case.statuses.iter_mut().zip(captures) {
            if let (Status::Followed(outcome), Some(captures)) = (status, captures) {
                // Outcomes are shared by all articles, and the nearest capture is this one's.
                Arc::make_mut(outcome).captures = Some(captures);
            }
        }
    }

    async fn of_link(self, checked: Checked<'_>, edited: Option<When>) -> Option<Captures> {
        let outcome = checked.status.outcome()?;
        let target = address_of_target(checked.link)?;
        let (is_dated, wants_nearest) = (
            is_dated(&target, outcome),
            (self.compares && is_compared(checked, outcome)) || is_dead(outcome),
        );
        if !(is_dated || wants_nearest) || !may_be_told(checked, &target, outcome) {
            return None;
        }
        let nearest_to = edited.filter(|_| wants_nearest);
        let mut captures = Captures::default();
        if let Some(edited) = nearest_to {
            let capture = self.archive.at_gate(self.fetcher, &target, edited).await;
            captures.nearest = self.first_proved(capture.iter().collect(), &target).await;
        }
        let nearest_to = nearest_to.filter(|_| captures.nearest.is_none());
        if self.archive.lists() && (is_dated || nearest_to.is_some()) {
            let listed = self.archive.listed(self.fetcher, &target).await?;
            if is_dated {
                captures.earliest = self.first_proved(listed.earliest(), &target).await;
            }
            if let Some(edited) = nearest_to {
                captures.nearest = self.first_proved(listed.nearest(edited), &target).await;
            }
        }
        if let Some(edited) = edited.filter(|edited| is_newer(&target, *edited)) {
            captures.former = self.former(&target, edited).await;
        }
        Some(captures)
    }

    /// The address that the page most likely had when the article was last edited.
    async fn former(self, target: &Url, edited: When) -> Option<Former> {
        for (url, capture) in self.archive.of_same_name(self.fetcher, target, edited).await {
            let proved = self.archive.proved(self.fetcher, &capture, &url, self.digest).await;
            if let Some(capture) = proved {
                return Some(Former { url, capture });
            }
        }
        None
    }

    /// The first of some captures that proves to be one of the target.
    async fn first_proved(self, captures: Vec<&(Url, Timestamp)>, target: &Url) -> Option<Memento> {
        for capture in captures {
            let proved = self.archive.proved(self.fetcher, capture, target, self.digest).await;
            if proved.is_some() {
                return proved;
            }
        }
        None
    }
}

/// Whether the text of the target can be compared with that of a capture, as `content-drift` does:
/// home pages and what a template links change by their nature.
fn is_compared(checked: Checked<'_>, outcome: &Outcome) -> bool {
    let has_text = |page: &Page| page.text.is_some() && page.url.path() != "/";
    outcome.result.as_ref().is_ok_and(has_text)
        && checked.link.capture.is_none()
        && !in_furniture(checked.link)
}

/// Whether the target claims a time that a capture could refute.
fn is_dated(target: &Url, outcome: &Outcome) -> bool {
    let page = outcome.result.as_ref().ok();
    date_in_url(target).is_some()
        || page.is_some_and(|page| page.dating.about(Event::Published).next().is_some())
}

/// Whether the target's address has a date that lies after the article's last known edit.
fn is_newer(target: &Url, edited: When) -> bool {
    date_in_url(target).is_some_and(|date| date.when.certainly_after(edited))
}

/// Whether the target is gone, so that a capture is what can be linked instead.
fn is_dead(outcome: &Outcome) -> bool {
    outcome.result.as_ref().is_err_and(|failure| failure.kind.is_dead())
}

/// Whether an archive may be told of a link: one that a reader can follow, to an address that is
/// not private and holds no secret.
fn may_be_told(checked: Checked<'_>, target: &Url, outcome: &Outcome) -> bool {
    let is_cited = !matches!(checked.link.kind, LinkKind::Metadata | LinkKind::Embed)
        && checked.link.role != Role::Media;
    let is_private = matches!(&outcome.result, Err(Failure { kind: FailureKind::Blocked, .. }));
    let has_secret = target.query_pairs().any(|(name, value)| is_secret(&name, &value));
    is_cited && !is_private && !has_secret
}
