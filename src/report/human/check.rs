//! Findings with their source lines, and the summary.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as Severity, Origin, Renderer, Snippet,
};

use super::excerpt::{Excerpt, Mark, excerpts};
use super::{ERROR, GOOD, NOTE, Places, WARNING, count, hyperlink};
use crate::model::{Claim, Finding, Judged, Level};
use crate::report::shown::Shown;
use crate::report::words::{by_rule, known, said};
use crate::report::{Style, Summary};
use crate::secret;

/// All findings of one document, in order.
pub(super) fn findings(judged: &Judged, style: Style) -> String {
    if judged.findings.is_empty() {
        return String::new();
    }
    let name = Shown(&judged.case.article.name()).to_string();
    let places = Places::new(&judged.case.article.text);
    let name = if style.links { hyperlink::input(&judged.case.article.input, &name) } else { name };
    let renderer = renderer(style);
    let shown = |finding| renderer.render(&[group(finding, &name, &places, style)]);
    judged.findings.iter().map(|finding| format!("{}\n\n", shown(finding))).collect()
}

fn renderer(style: Style) -> Renderer {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Unicode).term_width(style.width)
}

fn severity(level: Level) -> Severity<'static> {
    match level {
        Level::Error => Severity::ERROR,
        Level::Warning => Severity::WARNING,
        Level::Note => Severity::NOTE,
    }
}

fn group<'a>(finding: &'a Finding, name: &'a str, places: &Places<'_>, style: Style) -> Group<'a> {
    let wrapped = |text: &str| wrapped(text, style);
    let mut group = severity(finding.level)
        .primary_title(Shown(&finding.title).to_string())
        .id(finding.rule)
        .elements(std::iter::empty::<Origin<'_>>());
    if finding.span.is_none() {
        group = group.element(Origin::path(name));
    }
    let excerpts = excerpts(places.text, &places.index, marks(finding));
    for (number, excerpt) in excerpts.into_iter().enumerate() {
        group = group.element(snippet(excerpt, (number == 0).then_some(name)));
    }
    group = group.element(Severity::NOTE.message(wrapped(&finding.message)));
    for claim in finding.because.iter().filter(|claim| claim.span.is_none()) {
        group = group.element(Severity::NOTE.message(wrapped(&format!(
            "{}: “{}”",
            said(claim),
            claim.quote
        ))));
    }
    if let Some(suggestion) = &finding.suggestion {
        let text = format!("{}: {}", suggestion.title, suggestion.replacement);
        let text = Shown(&text).to_string();
        let words = text.split(' ').map(|word| shown_word(word, style));
        group = group.element(Severity::HELP.message(words.collect::<Vec<_>>().join(" ")));
    }
    group.element(Severity::HELP.message(wrapped(&finding.help)))
}

fn snippet(excerpt: Excerpt, path: Option<&str>) -> Snippet<'_, Annotation<'_>> {
    let annotations = excerpt.marks.into_iter().map(|(range, label, primary)| {
        let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(range).label(label)
    });
    Snippet::source(excerpt.source)
        .line_start(excerpt.line)
        .path(path)
        .annotations(annotations.collect::<Vec<_>>())
}

/// What is underlined: the place of the finding, and every claim that stands in the text.
fn marks(finding: &Finding) -> Vec<Mark> {
    let own = |claim: &&Claim| claim.span.is_some() && claim.span == finding.span;
    let label = finding.because.iter().find(own).map(said).unwrap_or_default();
    let primary = finding.span.map(|span| Mark { span, label, primary: true });
    let claims =
        finding.because.iter().filter(|claim| !own(claim)).filter_map(|claim| {
            Some(Mark { span: claim.span?, label: said(claim), primary: false })
        });
    primary.into_iter().chain(claims).collect()
}

/// Long sentences are broken at spaces, to be read below the source.
fn wrapped(text: &str, style: Style) -> String {
    let width = style.width.saturating_sub(BEFORE_WORDS).clamp(NARROWEST, WIDEST);
    let safe: String = secret::masked(text).chars().map(crate::report::shown::stand_in).collect();
    let mut lines = String::with_capacity(safe.len());
    let mut line = 0;
    for word in safe.split(' ') {
        let length = word.chars().count();
        let breaks = line > 0 && line + 1 + length > width;
        if breaks {
            lines.push('\n');
            line = 0;
        } else if line > 0 {
            lines.push(' ');
            line += 1;
        }
        lines.push_str(&shown_word(word, style));
        line += length;
    }
    lines
}

/// The columns that stand before the words of a message.
const BEFORE_WORDS: usize = 12;
/// The narrowest and the widest column that words are set in.
const NARROWEST: usize = 28;
const WIDEST: usize = 88;

fn shown_word(word: &str, style: Style) -> Cow<'_, str> {
    if style.links { hyperlink::word(word).into() } else { word.into() }
}

/// What the run comes to, and what the reader should know about it as a whole.
pub(super) fn summary(summary: &Summary, style: Style) -> String {
    let mut text: String = summary
        .remarks
        .iter()
        .map(|remark| format!("{}: {}\n", style.paint(NOTE, "note"), wrapped(remark, style)))
        .collect();
    let about =
        format!("{} with {}", count(summary.documents, "document"), count(summary.links, "link"));
    let findings: Vec<String> = [
        (ERROR, summary.errors, "error"),
        (WARNING, summary.warnings, "warning"),
        (NOTE, summary.notes, "note"),
    ]
    .into_iter()
    .filter(|&(_, number, _)| number > 0)
    .map(|(paint, number, name)| style.paint(paint, count(number, name)))
    .collect();
    text += &match findings.as_slice() {
        [] if summary.documents == 0 => "no document was read\n".to_owned(),
        [] => format!("{} in {about}\n", style.paint(GOOD, "everything fits")),
        _ => format!("{} in {about}\n", findings.join(", ")),
    };
    for line in [by_rule(summary), known(summary)].into_iter().flatten() {
        text += &format!("{}\n", wrapped(&line, style));
    }
    text
}
