//! Evidence: datelines in plain text and Markdown.
//!
//! Only the beginning and the end of a text are read: a dateline stands in one of them, and what
//! stands between are dates that the text is about.

mod line;
mod surroundings;
mod year;

use super::kind::{About, Group, Kind, Trait};
use super::witness::Witness;
use super::{Evidence, Subject, byline};
use crate::model::{
    Confidence, Event, Media, PartialDate, Source, SourceInfo, Span, Speaker, Standing,
};
use crate::text::dates::no_day::is_layout;
use crate::text::dates::printed::{self, Printed, Reading};
use line::Form;

/// Datelines.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "dateline",
        label: "dateline",
        phrase: "dateline",
        speaker: Speaker::Page,
        standing: Standing::Dateline,
    }),
    summary: "the printed line that dates a text: alone, with a label, or before the first words",
    kinds: &[&DATELINE, &FAR],
    collect,
};

/// A dateline at the top of a plain text.
pub(super) static DATELINE: Kind = Kind {
    name: "dateline",
    told: "the printed dateline",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::High,
    group: Group::Print,
    first: 380,
    further: 380,
    traits: &[Trait::Leads, Trait::PassedOn(&FAR)],
};

/// A dateline farther down, at the end, or without a year of its own.
pub(super) static FAR: Kind = Kind {
    name: "dateline-far",
    told: "a printed dateline",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Print,
    first: 200,
    further: 200,
    traits: &[Trait::PassedOn(&FAR)],
};

/// How much of a text's beginning and of its end is read, in bytes and in lines that are not empty.
const HEAD_BYTES: usize = 6_000;
const TAIL_BYTES: usize = 2_000;
const HEAD_LINES: usize = 16;
const TAIL_LINES: usize = 8;

/// Among the first lines a date that stands alone is the text's own; farther down it may be
/// another's.
const TOP_LINES: usize = 8;

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    if matches!(subject.document.media, Media::Html | Media::Other) {
        return;
    }
    let text = subject.document.text.as_str();
    let head = text.floor_char_boundary(HEAD_BYTES);
    let tail = text.floor_char_boundary(text.len().saturating_sub(TAIL_BYTES)).max(head);
    let begin = text.ceil_char_boundary(subject.header_end).min(head);
    let top = lines(text, begin, head).take(HEAD_LINES).enumerate();
    let mut bottom: Vec<_> = lines(text, tail, text.len()).collect();
    let bottom = bottom.split_off(bottom.len().saturating_sub(TAIL_LINES));
    let top: Vec<_> = top.map(|(at, line)| (line, at < TOP_LINES)).collect();
    let mut own = 0;
    for (span, is_top) in top.into_iter().chain(bottom.into_iter().map(|line| (line, false))) {
        let Some(witness) = witness(subject, witnesses, span, is_top) else { continue };
        // A second top line with another date is a caption or a list, not the dateline.
        let again = witness.kind == &DATELINE && own > 0;
        own += usize::from(witness.kind == &DATELINE);
        witnesses.push(if again { witness.weaker(&FAR) } else { witness });
    }
}

/// Emphasis as Markdown and typescripts write it.
const EMPHASIS: [char; 2] = ['*', '_'];

/// The lines of a part of the text that are not empty, emphasis around them taken off.
fn lines(text: &str, from: usize, to: usize) -> impl Iterator<Item = Span> + '_ {
    let part = text.get(from..to).unwrap_or_default();
    let mut at = from;
    part.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let around = |c: char| c.is_whitespace() || EMPHASIS.contains(&c);
        let bare = line.trim_matches(around);
        let lead = line.len() - line.trim_start_matches(around).len();
        (!bare.is_empty()).then(|| Span::new(start + lead, start + lead + bare.len()))
    })
}

/// A longer line is a paragraph; only its beginning can be a dateline.
const MAX_LINE: usize = 400;

fn witness(subject: &Subject<'_>, before: &[Witness], span: Span, is_top: bool) -> Option<Witness> {
    let text = subject.document.text.as_str();
    let line = span.of(text);
    let line = &line.get(..line.floor_char_boundary(MAX_LINE))?.replace(EMPHASIS, " ");
    let dates = printed::dates(line, subject.habit);
    let (printed, form) = line::read(line, &dates, span.len() > MAX_LINE)?;
    let kind = kind(form, is_top, &printed);
    let place = surroundings::Place::of(subject.document.media, text, span);
    if place.is_anothers(form, is_top) || form == Form::Alone && is_to_come(subject, line, &printed)
    {
        return None;
    }
    let date = match printed.reading {
        Reading::Full(date) => date,
        Reading::Yearless { month, day } => {
            let year = year::nearest(subject, before, month, day)?;
            PartialDate::day(year, month, day)?
        }
    };
    if is_layout(date, line) {
        return None;
    }
    let place = Span::new(span.start + printed.span.start, span.start + printed.span.end);
    let quote = place.of(text);
    let witness = Witness::new(kind, date, EVIDENCE.source, quote).or(printed.alternative);
    Some(witness.at(Some(place)))
}

/// Whether a day with a place or a name beside it lies after the page was seen: it is when
/// something will take place there.
fn is_to_come(subject: &Subject<'_>, line: &str, printed: &Printed) -> bool {
    let seen = subject.document.captured.map(PartialDate::last_day);
    let (Some(seen), Some(day)) = (seen, printed.day()) else { return false };
    let has_words = line.len() > printed.whole().len() + 2;
    has_words && seen.tomorrow().is_ok_and(|next| day > next)
}

fn kind(form: Form, is_top: bool, printed: &Printed) -> &'static Kind {
    let is_whole = matches!(printed.reading, Reading::Full(_)) && !printed.doubtful;
    match form {
        Form::Modified => &byline::MODIFIED,
        Form::Published if is_whole => &DATELINE,
        Form::Alone | Form::Wire if is_top && is_whole => &DATELINE,
        _ => &FAR,
    }
}

#[cfg(test)]
mod tests;
