//! Compact: a judged document without the links and claims that no finding is about.

use std::collections::{BTreeMap, HashSet};

use url::Url;

use super::row::verdict;
use crate::address::hosts::registrable;
use crate::model::{
    Case, Checked, Claim, Conclusion, Dating, Event, Extract, Finding, Judged, LeftOut, Link,
    LinkCount, Outcome, Page, Status, Title,
};

/// The same document with its findings, all that they rest on and the links that they are about. What
/// is left out is counted, by what figures are made of.
#[must_use]
pub fn compact(judged: &Judged) -> Judged {
    let known = judged.suppressed.iter().map(|known| &known.finding);
    let about = About::of(judged.findings.iter().chain(known));
    let Case { article, extract, dating, statuses: _, local: _, now } = &judged.case;
    let mut counts: BTreeMap<LinkCount, usize> = BTreeMap::new();
    for links in &judged.left_out.links {
        *counts.entry(LinkCount { count: 0, ..links.clone() }).or_default() += links.count;
    }
    let (mut links, mut statuses) = (Vec::new(), Vec::new());
    for checked in judged.case.links() {
        if about.link(checked.link) {
            links.push(checked.link.clone());
            statuses.push(about.status(checked.status));
        } else {
            *counts.entry(counted(&checked)).or_default() += 1;
        }
    }
    let claims: Vec<Claim> =
        dating.claims.iter().filter(|claim| about.claim(claim, dating)).cloned().collect();
    let left_out = LeftOut {
        claims: judged.left_out.claims + dating.claims.len() - claims.len(),
        links: counts.into_iter().map(|(of, count)| LinkCount { count, ..of }).collect(),
    };
    let title = extract.title().map(|text| extract.titles.iter().find(|it| it.text == text));
    let titles: Vec<Title> = title.flatten().cloned().into_iter().collect();
    let case = Case {
        article: article.clone(),
        extract: Extract { titles, links, ..Extract::default() },
        dating: Dating { claims, ..dating.clone() },
        statuses,
        local: crate::model::Local::default(),
        now: *now,
    };
    Judged {
        suppressed: judged.suppressed.clone(),
        left_out,
        ..Judged::new(case, judged.findings.clone())
    }
}

/// What figures count a link as.
fn counted(checked: &Checked<'_>) -> LinkCount {
    let Checked { link, status } = checked;
    LinkCount {
        site: link.url().and_then(site),
        role: link.role.as_str().to_owned(),
        verdict: verdict(status).to_owned(),
        archived: is_archived(link, status),
        count: 0,
    }
}

/// Whether a web archive holds what a link leads to, or it leads into one.
pub(super) fn is_archived(link: &Link, status: &Status) -> bool {
    let captures = status.outcome().and_then(|outcome| outcome.captures.as_ref());
    link.capture.is_some() || captures.is_some_and(|it| it.earliest.is_some())
}

pub(super) fn site(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(registrable(host).unwrap_or(host).to_owned())
}

/// What the findings of a document are about.
struct About<'f> {
    starts: Vec<usize>,
    urls: HashSet<&'f Url>,
    claims: HashSet<(Event, String)>,
}

impl<'f> About<'f> {
    fn of(findings: impl Iterator<Item = &'f Finding> + Clone) -> Self {
        let mut starts: Vec<usize> =
            findings.clone().filter_map(|finding| Some(finding.span?.start)).collect();
        starts.sort_unstable();
        let without_place = findings.clone().filter(|finding| finding.span.is_none());
        let urls = without_place.filter_map(|finding| finding.url.as_ref()).collect();
        let claims = findings.flat_map(|finding| &finding.because).map(key).collect();
        Self { starts, urls, claims }
    }

    fn link(&self, link: &Link) -> bool {
        let from = self.starts.partition_point(|&start| start < link.span.start);
        self.starts
            .get(from)
            .is_some_and(|&start| start == link.span.start || start < link.span.end)
            || link.url().is_some_and(|url| self.urls.contains(url))
    }

    /// The claims that a finding or a conclusion rests on.
    fn claim(&self, claim: &Claim, dating: &Dating) -> bool {
        let rests = |conclusion: &Option<Conclusion>| {
            conclusion.as_ref().is_some_and(|it| it.date == claim.date && it.source == claim.source)
        };
        self.claims.contains(&key(claim)) || rests(&dating.published) || rests(&dating.modified)
    }

    /// A status with only those claims of the page that a finding or a conclusion rests on.
    fn status(&self, status: &Status) -> Status {
        let Status::Followed(outcome) = status else { return status.clone() };
        let Ok(page) = &outcome.result else { return status.clone() };
        let claims = page.dating.claims.iter().filter(|claim| self.claim(claim, &page.dating));
        let dating = Dating { claims: claims.cloned().collect(), ..page.dating.clone() };
        let page = Page { dating, text: None, anchors: None, ..page.clone() };
        Status::Followed(std::sync::Arc::new(Outcome { result: Ok(page), ..(**outcome).clone() }))
    }
}

fn key(claim: &Claim) -> (Event, String) {
    (claim.event, format!("{} {}", claim.date, claim.source.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::{fetched, hostile, written};
    use crate::report::{Restored, Summary, restored};

    fn all() -> Vec<Judged> {
        hostile().into_iter().chain(fetched()).collect()
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let (mut whole, mut small, mut left) = (Summary::default(), Summary::default(), 0);
        for judged in all() {
            let compact = compact(&judged);
            assert_eq!(compact.findings, judged.findings);
            left += compact.left_out.links();
            whole.add(&judged);
            small.add(&compact);
            assert_eq!(super::compact(&compact).left_out, compact.left_out, "nothing goes twice");
        }
        assert_eq!(whole, small);
        assert!(left > 0);
    }

    #[test]
    fn reports_that_tell_of_findings_are_the_same() {
        let jsonl = super::super::by_name("jsonl").expect("a format");
        let through_rows = |documents: &[Judged]| -> Vec<Judged> {
            let rows = written(jsonl, documents, &[]);
            let judged = |line| match restored(line).expect("a row") {
                Restored::Judged(judged) => *judged,
                Restored::Failed(failed) => panic!("{failed:?}"),
            };
            rows.lines().map(judged).collect()
        };
        let whole = through_rows(&all());
        let small = through_rows(&all().iter().map(compact).collect::<Vec<_>>());
        let told = ["human", "sarif", "github", "gitlab", "junit", "markdown", "csv"];
        for format in told.into_iter().filter_map(super::super::by_name) {
            assert_eq!(
                written(format, &small, &[]),
                written(format, &whole, &[]),
                "{}",
                format.name
            );
        }
    }
}
