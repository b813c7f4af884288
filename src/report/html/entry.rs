//! One document's part of the page: its title, its findings, and its timeline; or, where nothing was
//! found, one line.

use askama::Template;
use url::Url;

use super::card::{Group, Source};
use super::gaps::Gap;
use super::sides::shortened;
use super::timeline::Timeline;
use crate::address::shown::{Shown, whole};
use crate::model::{Conclusion, Judged, LineIndex, RuleId, Suppressed};
use crate::report::words::count;

/// One document's part.
#[derive(Template)]
#[template(path = "document.html")]
pub(super) struct Entry {
    number: usize,
    name: String,
    title: String,
    address: Option<Address>,
    published: Option<String>,
    counts: String,
    timeline: Option<Timeline>,
    groups: Vec<Group>,
    known: Vec<Known>,
}

/// A document of which there is nothing to tell.
#[derive(Template)]
#[template(
    ext = "html",
    source = "<li id=\"d{{ number }}\"><bdi>{{ title }}</bdi> <span class=\"quiet\">{% if title != name %}<bdi>{{ name }}</bdi> · {% endif %}{{ about }}</span></li>"
)]
pub(super) struct Clean {
    number: usize,
    name: String,
    title: String,
    about: String,
}

/// An address that may be followed from the page, and how it is shown.
pub(super) struct Address {
    /// Only addresses of the web are ever followed.
    pub(super) href: Option<String>,
    pub(super) text: String,
}

/// A finding that does not count.
struct Known {
    rule: RuleId,
    title: String,
    reason: Option<String>,
}

impl Entry {
    /// The part of a document, and the gaps in it; its number and that of its first finding count
    /// from one over the whole page, `documents` and `findings` came before.
    pub(super) fn new(judged: &Judged, documents: usize, findings: usize) -> (Self, Vec<Gap>) {
        let article = &judged.case.article;
        let lines = LineIndex::new(&article.text);
        let (name, title) = names(judged);
        let source = Source { judged, lines: &lines, document: documents + 1, first: findings + 1 };
        let (groups, gaps) = source.groups(&shortened(&title, 90));
        let entry = Self {
            number: documents + 1,
            name,
            title,
            address: article.url.as_ref().map(Address::new),
            published: judged.case.dating.published.as_ref().map(concluded),
            counts: format!(
                "{}, {}",
                count(judged.findings.len(), "finding"),
                count(judged.case.extract.links.len(), "link")
            ),
            timeline: Timeline::new(judged, findings + 1).filter(|_| !groups.is_empty()),
            groups,
            known: judged.suppressed.iter().map(known).collect(),
        };
        (entry, gaps)
    }
}

impl Clean {
    /// The line of a document.
    pub(super) fn new(judged: &Judged, documents: usize) -> Self {
        let (name, title) = names(judged);
        let links = count(judged.case.extract.links.len(), "link");
        let about = match &judged.case.dating.published {
            Some(published) => format!("{}, {links}", published.date.to_day_precision()),
            None => format!("undated, {links}"),
        };
        Self { number: documents + 1, name, title: shortened(&title, 140), about }
    }
}

/// What a document is called in its place, and by its title.
fn names(judged: &Judged) -> (String, String) {
    let name = Shown(&judged.case.article.name()).to_string();
    let title = judged.case.extract.title().map(whole).map(|title| title.trim().to_owned());
    (name.clone(), title.filter(|title| !title.is_empty()).unwrap_or(name))
}

impl Address {
    /// Any address, followed only where it leads to the web; secrets are masked.
    pub(super) fn new(url: &Url) -> Self {
        let text = Shown(url.as_str()).to_string();
        let masked = crate::address::secret::masked(url.as_str()).into_owned();
        let href = matches!(url.scheme(), "http" | "https").then_some(masked);
        Self { href, text }
    }
}

fn concluded(conclusion: &Conclusion) -> String {
    let Conclusion { date, confidence, source, .. } = conclusion;
    let source = source.label();
    let date = super::sides::in_words(*date);
    format!("published {date} by its {source}, {confidence} confidence")
}

fn known(suppressed: &Suppressed) -> Known {
    Known {
        rule: suppressed.finding.rule.clone(),
        title: Shown(&suppressed.finding.title).to_string(),
        reason: suppressed.reason.as_deref().map(whole),
    }
}
