//! Evidence: dates told by their distance from the time at which the page was shown (`2 hours ago`,
//! `gestern`), and weekdays that stand for the last such day.
//!
//! They say nothing unless that time is known, so they are read only of a copy whose time of
//! capture is. What stands in teasers and comments is another's.

mod phrase;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan, Unit};

use super::kind::{About, Group, Kind};
use super::label::{self, Label};
use super::witness::Witness;
use super::{Evidence, Subject, byline};
use crate::model::{
    Confidence, Event, Mark, MarkKind, PartialDate, Source, SourceInfo, Speaker, Standing,
};
use crate::text::dates::names::{Named, fold, readings};
use crate::text::dates::printed::{self, Habit};
use phrase::Ago;

/// Relative dates.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "relative-date",
        label: "relative date",
        phrase: "relative-date",
        speaker: Speaker::Page,
        standing: Standing::Open,
    }),
    summary: "`2 hours ago`, `yesterday` or a weekday near the headline, where the time of capture is known",
    kinds: &[&RELATIVE],
    collect,
};

/// A date told by its distance from the time of capture, near the headline.
pub(super) static RELATIVE: Kind = Kind {
    name: "relative",
    told: "a time counted back from the capture",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Print,
    first: 150,
    further: 150,
    traits: &[],
};

/// Longer texts are prose, where such words tell of what happened, not of the page.
const MAX_TEXT: usize = 100;

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let Some(shown) = subject.shown_at() else { return };
    for mark in &subject.extract.marks {
        let (MarkKind::Dated { hint, text } | MarkKind::Time { hint, text, .. }) = &mark.kind
        else {
            continue;
        };
        if text.len() <= MAX_TEXT && subject.is_near_headline(mark) {
            witnesses.extend(witness(subject, mark, hint, text, shown));
        }
    }
}

fn witness(
    subject: &Subject<'_>,
    mark: &Mark,
    hint: &str,
    text: &str,
    shown: Timestamp,
) -> Option<Witness> {
    // A date printed whole needs no such reading.
    if printed::dates(text, subject.habit).iter().any(|printed| printed.day().is_some()) {
        return None;
    }
    let date = match phrase::read(text, subject.habit) {
        Some(ago) => at(ago, shown)?,
        None => PartialDate::Day(last(weekday(text, subject.habit)?, shown)),
    };
    let label = label::before(text, text.len())
        .or_else(|| label::before_in_source(&subject.document.text, mark.span.start))
        .or_else(|| label::in_hint(hint));
    let kind = match label {
        Some(Label::Modified) => &byline::MODIFIED,
        Some(Label::Other | Label::Copyright) => return None,
        _ => &RELATIVE,
    };
    Some(Witness::new(kind, date, EVIDENCE.source, text).at(Some(mark.span)))
}

/// The date that lies so long before, no more precise than the distance is.
fn at(ago: Ago, shown: Timestamp) -> Option<PartialDate> {
    let shown = Offset::UTC.to_datetime(shown);
    let count = i64::from(ago.count);
    let before = |count: i64| -> Option<DateTime> {
        let span = jiff::Span::new();
        let span = match ago.unit {
            Unit::Second => span.try_seconds(count),
            Unit::Minute => span.try_minutes(count),
            Unit::Hour => span.try_hours(count),
            Unit::Day => span.try_days(count),
            Unit::Week => span.try_weeks(count),
            Unit::Month => span.try_months(count),
            _ => span.try_years(count),
        };
        shown.checked_sub(span.ok()?).ok()
    };
    let latest = before(count)?.date();
    // Distances are rounded down: `3 weeks ago` holds until the fourth is full.
    match ago.unit {
        Unit::Week | Unit::Month | Unit::Year => {
            let earliest = before(count.checked_add(1)?)?.date().tomorrow().ok()?;
            PartialDate::covering(earliest, latest)
        }
        _ => Some(PartialDate::Day(latest)),
    }
}

/// The weekday that a text names and hardly anything else.
fn weekday(text: &str, habit: Habit<'_>) -> Option<Weekday> {
    const WORDS: usize = 3;
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2);
    let first = words.next()?;
    let own = habit.primary().unwrap_or("en");
    let number = readings(&fold(first)).iter().find_map(|name| match name.named {
        Named::Weekday(number) if name.language == own => i8::try_from(number).ok(),
        _ => None,
    })?;
    let is_bare = words.count() < WORDS && first.chars().count() > 3;
    Weekday::from_monday_one_offset(number).ok().filter(|_| is_bare)
}

/// The last such weekday up to the day on which the page was shown.
fn last(weekday: Weekday, shown: Timestamp) -> Date {
    let shown = Offset::UTC.to_datetime(shown).date();
    shown.saturating_sub(i64::from(shown.weekday().since(weekday)).days())
}

#[cfg(test)]
mod tests;
