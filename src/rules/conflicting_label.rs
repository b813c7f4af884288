//! `conflicting-label`: one label leads to two targets, or one target carries two headlines.

use std::collections::HashMap;

use url::Url;

use crate::model::{Case, Confidence, Finding, Link, LinkKind, Tuning};
use crate::text::words::Words;

use super::support::finding::{on_link, shown};
use super::support::links::{cited, quotes_a_headline};
use super::support::{phrase, target};

declare_rule! {
    /// ## What it finds
    ///
    /// One headline that introduces links to two different pages, or one page that is introduced by
    /// two headlines that have no word in common.
    ///
    /// ## Why it matters
    ///
    /// At least one of the two links is wrong, as happens when entries are copied and only half of
    /// the copy is changed.
    ///
    /// ## Fires
    ///
    /// "Related article: Leaders agree on a peace plan" twice, once before `…/leaders-agree-on-a-peace-plan`
    /// and once before `…/what-rust-does-for-memory`.
    ///
    /// ## Stays silent
    ///
    /// The same headline for a page and for its printing version, "Read more" before many pages,
    /// link text within a sentence, and links in the page's menus and boxes.
    ///
    /// ## How to silence it
    ///
    /// Correct the label or the link, or run with `--ignore conflicting-label`.
    RULE {
        id: "conflicting-label",
        summary: "one label leads to two targets, or one target carries two headlines",
        level: Warning,
        needs: &[],
        supersedes: &[],
        check: check,
    }
}

/// A link with its headline and the address that it is about.
struct Entry<'a> {
    link: &'a Link,
    label: &'a str,
    words: Words,
    address: String,
    slug: Option<Words>,
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    let language = case.extract.language.as_deref();
    let entries: Vec<Entry<'_>> = cited(case)
        .filter(|checked| quotes_a_headline(checked.link))
        .filter_map(|checked| entry(checked.link, language))
        .collect();
    let mut by_label: HashMap<String, &Entry<'_>> = HashMap::new();
    let mut by_address: HashMap<&str, &Entry<'_>> = HashMap::new();
    let mut findings = Vec::new();
    for entry in &entries {
        let label = *by_label.entry(entry.label.to_lowercase()).or_insert(entry);
        let address = *by_address.entry(&entry.address).or_insert(entry);
        findings.extend(two_targets(label, entry).or_else(|| two_headlines(address, entry)));
    }
    findings
}

/// Only words that name a page can conflict.
fn entry<'a>(link: &'a Link, language: Option<&str>) -> Option<Entry<'a>> {
    const HEADLINE: usize = 4;
    let label = link.words()?;
    let words = Words::of_text(label, language);
    if words.len() < HEADLINE || Url::parse(label).is_ok() {
        return None;
    }
    let url = target::address(link)?;
    let slug = Words::of_slug(&url, language);
    Some(Entry { link, label, words, address: bare(&url), slug })
}

/// The address without what makes no other page of it.
fn bare(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.");
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{host}{}{query}", url.path().trim_end_matches('/'))
}

fn two_targets(first: &Entry<'_>, entry: &Entry<'_>) -> Option<Finding> {
    let (one, other) = (first.slug.as_ref()?, entry.slug.as_ref()?);
    if first.address == entry.address || !one.agreement(other).is_mismatch() {
        return None;
    }
    let message = format!(
        "the words {} introduce {} here and {} elsewhere: they cannot name both.",
        phrase::quoted(entry.label),
        shown(entry.link),
        shown(first.link),
    );
    Some(drafted(entry.link, message))
}

fn two_headlines(first: &Entry<'_>, entry: &Entry<'_>) -> Option<Finding> {
    if !first.words.agreement(&entry.words).is_mismatch() {
        return None;
    }
    let message = format!(
        "{} is introduced by {} here and by {} elsewhere: it cannot be both.",
        shown(entry.link),
        phrase::quoted(entry.label),
        phrase::quoted(first.label),
    );
    Some(drafted(entry.link, message))
}

fn drafted(link: &Link, message: String) -> Finding {
    let confidence =
        if link.kind == LinkKind::Anchor { Confidence::Medium } else { Confidence::High };
    let help = "find out which of the two was meant, and correct the other";
    Finding { confidence, ..on_link(&RULE, link, message, help) }
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    const ONE: &str = "https://news.example/leaders-agree-on-a-peace-plan-in-vienna";

    pub(crate) fn fires() -> Case {
        let address = "https://news.example/story/123456";
        Sample::article("2020-11-27")
            .link(address)
            .label("Leaders agree on peace plan in Vienna")
            .link(address)
            .label("Youngster fighting for life after lightning strike")
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2020-11-27")
            .link(ONE)
            .label("Leaders agree on peace plan")
            .link("https://news.example/leaders-agree-on-a-peace-plan-in-vienna?print=1")
            .label("Leaders agree on peace plan")
            .link("https://news.example/a-page-about-something-else-altogether")
            .label("Read more")
            .case()
    }
}
