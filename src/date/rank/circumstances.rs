//! What must be known of a document as a whole to weigh a single day.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::candidates::{Candidate, beside};
use super::weights;
use crate::date::{About, Group, Kind, Subject, Trait, Witness};
use crate::model::{Event, Media, PartialDate};

/// Metadata that weigh this much name a publication, not just some date.
const TELLING: i32 = 200;

/// An address that weighs this much names a day.
const NAMING: i32 = 140;

/// Pages of the web are not older than it.
const FIRST_YEAR: i16 = 1990;

/// What makes a day doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It is older than the web.
    BeforeWeb,
    /// It lies after the copy was taken.
    AfterCapture,
    /// It is that of a change, and metadata know an earlier publication.
    Redated,
}

/// The circumstances of one document.
#[derive(Debug)]
pub(super) struct Circumstances<'w> {
    months: Vec<&'w Witness>,
    /// The earliest stated change.
    changed: Option<Date>,
    /// The first date that is printed from the headline on.
    first_printed: Option<Date>,
    /// The earliest publication that metadata tell.
    earliest: Option<Date>,
    /// Whether the address names that day too, which no later change of the page does.
    is_kept_by_address: bool,
    captured: Option<Date>,
    is_web_page: bool,
    /// Days that only a machine's moments name, with what these weigh.
    moments: Vec<(Date, i32)>,
}

impl<'w> Circumstances<'w> {
    pub(super) fn of(
        subject: &Subject<'_>,
        witnesses: &'w [Witness],
        days: &BTreeMap<Date, Candidate>,
    ) -> Self {
        let changes = witnesses.iter().filter(|witness| {
            witness.kind.event == Event::Modified && witness.kind.about != About::Copy
        });
        let told = days.values().filter(|candidate| candidate.group(Group::Metadata) >= TELLING);
        let earliest = told.map(|candidate| candidate.day).min();
        let in_address = |day: Date| {
            let named = |candidate: &&Candidate| candidate.group(Group::Address) >= NAMING;
            days.values().filter(named).any(|named| named.day == day || beside(named.day, day))
        };
        let moments =
            days.values().filter(|candidate| candidate.is_moment && !candidate.is_named());
        Self {
            months: witnesses.iter().filter(|witness| is_month(witness)).collect(),
            changed: changes.filter_map(|witness| witness.claim.date.as_day()).min(),
            first_printed: first_printed(subject, witnesses),
            earliest,
            is_kept_by_address: earliest.is_some_and(in_address),
            captured: subject.document.captured.map(PartialDate::last_day),
            is_web_page: subject.document.media == Media::Html,
            moments: moments.map(|day| (day.day, day.group(Group::Metadata))).collect(),
        }
    }

    /// What the document as a whole adds to a day or takes from it.
    pub(super) fn weight(&self, candidate: &Candidate) -> i32 {
        let day = candidate.day;
        let mut weight = self.month(day) + self.other_zone(candidate);
        if self.first_printed == Some(day) {
            weight += weights::FIRST_PRINTED;
        }
        let after = |limit: Option<Date>| limit.is_some_and(|limit| day > limit);
        if after(self.changed) && !candidate.is_only(Group::Change) {
            weight -= weights::AFTER_CHANGE;
        }
        if self.is_kept_by_address && self.doubt(candidate) == Some(Doubt::Redated) {
            weight -= weights::REDATED;
        }
        weight -= if self.is_before_web(day) { weights::BEFORE_WEB } else { 0 };
        weight - if self.is_after_capture(day) { weights::AFTER_CAPTURE } else { 0 }
    }

    /// Why a day cannot be believed without doubt, if it cannot.
    pub(super) fn doubt(&self, candidate: &Candidate) -> Option<Doubt> {
        let is_change = candidate.group(Group::Change) > 0;
        let is_later =
            |earliest: Date| earliest < candidate.day && !beside(earliest, candidate.day);
        if self.is_before_web(candidate.day) {
            Some(Doubt::BeforeWeb)
        } else if self.is_after_capture(candidate.day) {
            Some(Doubt::AfterCapture)
        } else {
            (is_change && self.earliest.is_some_and(is_later)).then_some(Doubt::Redated)
        }
    }

    fn is_before_web(&self, day: Date) -> bool {
        self.is_web_page && day.year() < FIRST_YEAR
    }

    fn is_after_capture(&self, day: Date) -> bool {
        self.captured.is_some_and(|captured| day > captured.saturating_add(1.day()))
    }

    /// What claims of a mere month or week add to the days in it.
    fn month(&self, day: Date) -> i32 {
        let within = self.months.iter().filter(|witness| period(witness).covers(day));
        let mut kinds: Vec<&Kind> = Vec::new();
        for witness in within {
            if !kinds.contains(&witness.kind) {
                kinds.push(witness.kind);
            }
        }
        kinds.iter().map(|kind| kind.first).sum()
    }

    /// What the metadata of the days beside one add to it, where print or the address names it: a
    /// moment in another zone is the same claim, and readers go by the printed day.
    fn other_zone(&self, candidate: &Candidate) -> i32 {
        if !candidate.is_named() {
            return 0;
        }
        let moments = self.moments.iter().filter(|moment| beside(moment.0, candidate.day));
        let strongest = moments.map(|moment| moment.1).max().unwrap_or(0);
        strongest * weights::SHARE_OF_NEIGHBOUR / 100
    }
}

fn is_month(witness: &Witness) -> bool {
    let is_coarse = matches!(witness.claim.date, PartialDate::Month(_) | PartialDate::Week(_));
    is_coarse && witness.kind.is(Trait::Period) || witness.kind.is(Trait::MonthAlone)
}

/// The days that a coarse claim speaks for: of a picture's address the month counts.
fn period(witness: &Witness) -> PartialDate {
    let first = witness.claim.date.first_day();
    if witness.kind.is(Trait::MonthAlone) {
        PartialDate::Month(first.first_of_month())
    } else {
        witness.claim.date
    }
}

/// What stands before the headline is more likely the day on which the page was shown.
fn first_printed(subject: &Subject<'_>, witnesses: &[Witness]) -> Option<Date> {
    let follows = |witness: &Witness| {
        let start = witness.claim.span.map_or(0, |span| span.start);
        subject.headline.is_none_or(|headline| start >= headline)
    };
    let mut leading = witnesses.iter().filter(|witness| witness.kind.is(Trait::Leads));
    let first = leading.find(|witness| follows(witness))?;
    first.claim.date.as_day()
}
