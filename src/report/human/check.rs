//! Findings with their source lines, and the summary.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as Severity, Origin, Renderer, Snippet,
};

use super::excerpt::{Excerpt, Mark, excerpts};
use super::{ERROR, GOOD, NOTE, Places, WARNING, hyperlink, wrap};
use crate::address::secret;
use crate::address::shown::{Shown, is_plain, stand_in};
use crate::model::{Claim, Finding, Judged, Level};
use crate::report::words::{about, by_rule, known, quoted, said, undated};
use crate::report::{Style, Summary};
use crate::text::count;

/// All findings of one document, in order.
pub(super) fn findings(judged: &Judged, style: Style) -> String {
    if judged.findings.is_empty() {
        return String::new();
    }
    let name = Shown(&judged.case.article.name()).to_string();
    let places = Places::of(&judged.case.article);
    let name = if style.links { hyperlink::input(&judged.case.article.input, &name) } else { name };
    let renderer = renderer(style);
    let shown = |finding: &Finding| {
        let page = finding.span.and_then(|span| places.page(span));
        let name = page.map_or_else(|| name.clone(), |page| format!("{name}, page {page}"));
        renderer.render(&[group(finding, &name, &places, style)])
    };
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
        .id(&*finding.rule)
        .elements(std::iter::empty::<Origin<'_>>());
    if finding.span.is_none() {
        group = group.element(Origin::path(name));
    }
    let excerpts = excerpts(places.text, &places.index, marks(finding));
    for (number, excerpt) in excerpts.into_iter().enumerate() {
        group = group.element(snippet(excerpt, (number == 0).then_some(name), style.width));
    }
    let message = with_short_address(finding, places.text);
    group = group.element(Severity::NOTE.message(wrapped(&message)));
    for claim in finding.because.iter().filter(|claim| claim.span.is_none()) {
        group = group.element(Severity::NOTE.message(wrapped(&quoted(claim))));
    }
    if let Some(suggestion) = &finding.suggestion {
        let text = format!("{}: {}", suggestion.title, suggestion.replacement);
        let text = Shown(&text).to_string();
        let words = text.split(' ').map(|word| shown_word(word, style));
        group = group.element(Severity::HELP.message(words.collect::<Vec<_>>().join(" ")));
    }
    group.element(Severity::HELP.message(wrapped(&finding.help)))
}

fn snippet(excerpt: Excerpt, path: Option<&str>, width: usize) -> Snippet<'_, Annotation<'_>> {
    let Excerpt { line, source, marks } = excerpt;
    let annotations: Vec<_> =
        marks.into_iter().flat_map(|mark| annotations(&source, mark, width)).collect();
    Snippet::source(source).line_start(line).path(path).annotations(annotations)
}

/// A mark with its words; where these find no room beside it, they hang below its first character.
fn annotations<'a>(
    source: &str,
    (range, label, primary): (Range<usize>, String, bool),
    width: usize,
) -> Vec<Annotation<'a>> {
    /// Line numbers and the bar stand left of the source.
    const GUTTER: usize = 8;
    let kind = || if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let marked = source.get(range.clone()).unwrap_or_default();
    let line = source.get(..range.end).and_then(|before| before.rsplit('\n').next());
    let columns = GUTTER + line.unwrap_or_default().chars().count() + label.chars().count();
    let first = marked.chars().next().map_or(0, char::len_utf8);
    if label.is_empty() || marked.contains('\n') || columns <= width {
        return vec![kind().span(range).label(label)];
    }
    let first = range.start..range.start + first;
    vec![kind().span(range), kind().span(first).label(label)]
}

/// The message; an address that stands in the source above it is cut short.
fn with_short_address<'f>(finding: &'f Finding, text: &str) -> Cow<'f, str> {
    const SHORT: usize = 48;
    let address = finding.url.as_ref().map_or("", url::Url::as_str);
    let shown = finding.span.is_some_and(|span| span.of(text) == address);
    match address.char_indices().nth(SHORT) {
        Some((end, _)) if shown => {
            let short = format!("{}…", address.get(..end).unwrap_or_default());
            Cow::Owned(finding.message.replace(address, &short))
        }
        _ => Cow::Borrowed(&finding.message),
    }
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
    let safe = secret::masked(text);
    let safe =
        if is_plain(&safe) { safe } else { Cow::Owned(safe.chars().map(stand_in).collect()) };
    let shown = |words: Vec<&str>| {
        words.into_iter().map(|word| shown_word(word, style)).collect::<Vec<_>>().join(" ")
    };
    wrap::lines(safe.split(' '), width).into_iter().map(shown).collect::<Vec<_>>().join("\n")
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
    let about = about(summary);
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
    for line in [by_rule(summary), known(summary), undated(summary)].into_iter().flatten() {
        text += &format!("{}\n", wrapped(&line, style));
    }
    text
}
