//! Following an article's links: which, within what room, and what each leads to.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures::future;
use url::Url;

use super::captures::Asking;
use super::source::Source;
use super::stages::{Stages, compares};
use super::{digest, settling};
use crate::fetch::{ArchiveChoice, Digest};
use crate::model::{
    Case, Document, Failure, FailureKind, Link, Need, Outcome, PartialDate, Status, When,
};
use crate::rules;
use crate::suppress::changed::Touched;

impl Stages {
    /// What each link leads to, in the order of the links. All are under way at once: the fetcher
    /// bounds what it asks, and a slow host holds up only its own links.
    pub(super) async fn statuses(
        &self,
        source: &Source<'_>,
        case: &Case,
        room: usize,
    ) -> Vec<Status> {
        let links = self.followed(case, room);
        let (digest, near) = (self.digest(), written(case));
        let status = async |url: Option<&Url>| match url {
            Some(url) => status_of(source.visit(url, near, digest).await),
            None => Status::NotFollowed,
        };
        future::join_all(links.into_iter().map(status)).await
    }

    /// The same where nobody is asked.
    pub(super) fn offline(&self, case: &Case, room: usize) -> Vec<Status> {
        let status = |url: Option<&Url>| url.map_or(Status::NotFollowed, |_| Status::Offline);
        self.followed(case, room).into_iter().map(status).collect()
    }

    /// Tells the links that are not followed because the user does not want it from the others.
    pub(super) fn mark_excluded(&self, case: &mut Case) {
        for (link, status) in case.extract.links.iter().zip(&mut case.statuses) {
            let excluded = link.url().is_some_and(|url| {
                link.is_followed_to(url) && self.settings.addresses.leave_out(url)
            });
            if excluded {
                *status = Status::Excluded;
            }
        }
    }

    /// Asks for every reading of each broken URL that the change touched, the article's own address
    /// among them, and lets the one that answers win.
    pub(super) async fn settle(
        &self,
        source: Option<&Source<'_>>,
        case: &mut Case,
        room: &mut usize,
    ) {
        let Some(source) = source else { return };
        let (near, mut asked) = (written(case), Vec::new());
        let Case { article, extract, .. } = case;
        let touched = self.touched(article);
        for link in &mut extract.links {
            if touched.as_ref().is_some_and(|touched| !touched.span(link.span)) {
                continue;
            }
            let mut readings = link.readings();
            if readings.iter().any(|url| self.settings.addresses.leave_out(url)) {
                readings.clear();
            }
            if let Some(left) = room.checked_sub(readings.len()).filter(|_| !readings.is_empty()) {
                *room = left;
                asked.push((readings, link));
            }
        }
        let settled = asked.into_iter().map(async |(readings, link)| {
            let visits = readings.iter().map(|url| source.visit(url, near, self.digest()));
            let outcomes = future::join_all(visits).await;
            settling::settle(link, &readings, &outcomes);
        });
        future::join_all(settled).await;
    }

    /// Asks the archive, where the user names one, what it holds of the links' targets.
    pub(super) async fn captures(&self, case: &mut Case) {
        let ArchiveChoice::At(archive) = &self.settings.fetch.archive else { return };
        let Some(fetcher) = self.fetcher.as_ref().filter(|_| self.wants(Need::Captures)) else {
            return;
        };
        let compares = compares(&self.settings);
        let digest = digest::of_capture(compares);
        Asking { fetcher, archive, digest, compares }.attach(case).await;
    }

    /// What is kept of a fetched page: its text too where a rule asks for that.
    fn digest(&self) -> Digest {
        digest::of(self.wants(Need::Text), compares(&self.settings))
    }

    /// How many addresses are asked for a document at most: those of its links, and every reading
    /// of its broken ones.
    pub(super) fn wanted(&self, case: &Case) -> usize {
        let links = self.to_follow(case).into_iter().flatten().count();
        links + case.extract.links.iter().map(|link| link.readings().len()).sum::<usize>()
    }

    /// The address of each link that is to be followed: of those to fetch, the ones that the change
    /// touched.
    fn to_follow<'c>(&self, case: &'c Case) -> Vec<Option<&'c Url>> {
        let touched = self.touched(&case.article);
        let to_follow = |link: &'c Link| {
            let url = link.url().filter(|url| link.is_followed_to(url))?;
            if self.settings.addresses.leave_out(url) {
                return None;
            }
            touched.as_ref().is_none_or(|touched| touched.span(link.span)).then_some(url)
        };
        case.extract.links.iter().map(to_follow).collect()
    }

    /// What the change touched of an article, where only that is judged.
    pub(super) fn touched<'a>(&'a self, article: &'a Document) -> Option<Touched<'a>> {
        let lines = self.changes.as_ref()?.of(&article.input)?;
        Some(Touched::new(lines, article))
    }

    /// The same as far as there is room.
    fn followed<'c>(&self, case: &'c Case, mut room: usize) -> Vec<Option<&'c Url>> {
        let followed = |url: Option<&'c Url>| {
            let url = url?;
            let Some(left) = room.checked_sub(1) else {
                self.beyond.fetch_add(1, Ordering::Relaxed);
                return None;
            };
            room = left;
            Some(url)
        };
        self.to_follow(case).into_iter().map(followed).collect()
    }
}

/// When the article was last edited, or else when the copy of it was taken.
fn written(case: &Case) -> Option<When> {
    let edited = rules::last_edit(case).map(|edit| edit.when());
    edited.or_else(|| case.article.captured.map(PartialDate::when))
}

fn status_of(outcome: Arc<Outcome>) -> Status {
    match &outcome.result {
        Err(Failure { kind: FailureKind::NoNetwork, .. }) => Status::Offline,
        _ => Status::Followed(outcome),
    }
}
