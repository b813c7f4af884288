//! One document's part of the page: its timeline and its findings.

use askama::Template;
use url::Url;

use super::excerpt::{Lines, excerpt};
use super::timeline::Timeline;
use crate::model::{Claim, Conclusion, Finding, Judged, Media, RuleId, Suppressed};
use crate::report::shown::{Shown, whole};
use crate::report::words::{count, said};

/// One document's part.
#[derive(Template)]
#[template(path = "document.html")]
pub(super) struct Entry {
    number: usize,
    name: String,
    title: Option<String>,
    address: Option<Address>,
    published: Option<String>,
    counts: String,
    timeline: Option<Timeline>,
    findings: Vec<Card>,
    known: Vec<Known>,
}

/// An address that may be followed from the page, and how it is shown.
pub(super) struct Address {
    /// Only addresses of the web are ever followed.
    href: Option<String>,
    text: String,
}

/// One finding.
struct Card {
    number: usize,
    rule: RuleId,
    level: &'static str,
    confidence: String,
    host: String,
    title: String,
    message: String,
    help: String,
    place: String,
    address: Option<Address>,
    excerpt: Vec<Lines>,
    claims: Vec<ClaimLine>,
    suggestion: Option<(String, String)>,
    /// Whether a comment in the article can silence it.
    takes_comments: bool,
}

/// One claim, as a sentence with the words that make it.
struct ClaimLine {
    said: String,
    quote: String,
    confidence: String,
}

/// A finding that does not count.
struct Known {
    rule: RuleId,
    title: String,
    reason: Option<String>,
}

impl Entry {
    /// The part of a document; its number and that of its first finding count from one over the
    /// whole page, `documents` and `findings` came before.
    pub(super) fn new(judged: &Judged, documents: usize, findings: usize) -> Self {
        let article = &judged.case.article;
        let lines = crate::model::LineIndex::new(&article.text);
        let cards = judged.findings.iter().zip(findings + 1..);
        Self {
            number: documents + 1,
            name: Shown(&article.name()).to_string(),
            title: judged.case.extract.title().map(whole),
            address: article.url.as_ref().map(Address::new),
            published: judged.case.dating.published.as_ref().map(concluded),
            counts: format!(
                "{}, {}",
                count(judged.findings.len(), "finding"),
                count(judged.case.extract.links.len(), "link")
            ),
            timeline: Timeline::new(judged, findings + 1),
            findings: cards
                .map(|(finding, number)| card(finding, number, judged, &lines))
                .collect(),
            known: judged.suppressed.iter().map(known).collect(),
        }
    }
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
    format!("published {}, {confidence} confidence, by its {source}", date.to_day_precision())
}

fn card(
    finding: &Finding,
    number: usize,
    judged: &Judged,
    lines: &crate::model::LineIndex,
) -> Card {
    let text = &judged.case.article.text;
    let place = finding.span.map(|span| lines.position(text, span.start));
    let pages = judged.case.article.pages.as_ref();
    let page = pages.zip(finding.span).and_then(|(pages, span)| pages.line_at(span.start));
    let on_page = page.map_or_else(String::new, |line| format!("page {}, ", line.page));
    Card {
        number,
        rule: finding.rule.clone(),
        level: finding.level.as_str(),
        confidence: finding.confidence.to_string(),
        host: finding.url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned(),
        title: Shown(&finding.title).to_string(),
        message: whole(&finding.message),
        help: whole(&finding.help),
        place: place.map_or_else(String::new, |at| format!("{on_page}{}:{}", at.line, at.column)),
        address: finding.url.as_ref().map(Address::new),
        excerpt: excerpt(finding, text, lines),
        claims: finding.because.iter().map(claim_line).collect(),
        suggestion: finding
            .suggestion
            .as_ref()
            .map(|repair| (whole(&repair.title), whole(&repair.replacement))),
        takes_comments: matches!(judged.case.article.media, Media::Markdown | Media::Html),
    }
}

fn claim_line(claim: &Claim) -> ClaimLine {
    ClaimLine {
        said: said(claim),
        quote: Shown(claim.quote.trim()).to_string(),
        confidence: claim.confidence.to_string(),
    }
}

fn known(suppressed: &Suppressed) -> Known {
    Known {
        rule: suppressed.finding.rule.clone(),
        title: Shown(&suppressed.finding.title).to_string(),
        reason: suppressed.reason.as_deref().map(whole),
    }
}
