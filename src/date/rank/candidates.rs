//! The days that something claims, with what speaks for each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::circumstances::{Circumstances, Doubt};
use super::day;
use super::weights;
use crate::date::{About, Group, Kind, Subject, Trait, Witness};
use crate::model::{Event, PartialDate};

/// Candidates beyond this count are left out, in document order.
const MAX_CANDIDATES: usize = 1_000;

/// One day that something claims.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub day: Date,
    /// What speaks for it, in hundredths of log-odds.
    pub weight: i32,
    pub is_given: bool,
    /// What makes it doubtful for this document, if anything does.
    pub doubt: Option<Doubt>,
    /// The witnesses for it, by their place, the strongest first.
    pub witnesses: Vec<usize>,
    /// The place of its first witness, which breaks ties.
    earliest: usize,
    kinds: Vec<&'static Kind>,
    groups: BTreeMap<Group, Vec<i32>>,
    /// Whether one of its witnesses states a moment in a zone.
    pub is_moment: bool,
}

impl Candidate {
    fn new(day: Date) -> Self {
        Self {
            day,
            weight: 0,
            is_given: false,
            doubt: None,
            witnesses: Vec::new(),
            earliest: usize::MAX,
            kinds: Vec::new(),
            groups: BTreeMap::new(),
            is_moment: false,
        }
    }

    /// Whether more claims it than what only supports the claims of others.
    fn is_claimed(&self) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|kind| !kind.is(Trait::Supports))
    }

    /// What a group of evidence says for it.
    pub(super) fn group(&self, group: Group) -> i32 {
        self.groups.get(&group).map_or(0, |weights| combined(weights))
    }

    /// What all groups together say for it.
    fn own(&self) -> i32 {
        self.groups.values().map(|weights| combined(weights)).sum()
    }

    /// Whether nothing but one group speaks for it.
    pub(super) fn is_only(&self, group: Group) -> bool {
        self.groups.keys().all(|&other| other == group)
    }

    /// Whether a reader or the address names this day, not only a machine's moment.
    pub(super) fn is_named(&self) -> bool {
        self.group(Group::Print) >= 150 || self.group(Group::Address) >= 150
    }

    /// The witness that the conclusion rests on first.
    pub(super) fn leading<'w>(&self, witnesses: &'w [Witness]) -> Option<&'w Witness> {
        self.witnesses.first().and_then(|&at| witnesses.get(at))
    }

    /// The day, with the time of day where the strongest witnesses state one.
    pub(super) fn stated(&self, witnesses: &[Witness]) -> PartialDate {
        let timed = self.witnesses.iter().filter_map(|&at| witnesses.get(at)).find(|witness| {
            witness.kind.event.is_beginning()
                && witness.kind.first >= 200
                && matches!(witness.claim.date, PartialDate::Zoned(..))
        });
        timed.map_or(day(self.day), |witness| witness.claim.date)
    }
}

/// The strongest whole, the rest in part.
fn combined(weights: &[i32]) -> i32 {
    let strongest = weights.iter().copied().max().unwrap_or(0);
    let sum: i32 = weights.iter().sum();
    strongest + (sum - strongest) * weights::SHARE_OF_FURTHER / 100
}

/// All candidates, best first.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    pub ranked: Vec<Candidate>,
}

impl Candidates {
    pub(super) fn of(subject: &Subject<'_>, witnesses: &[Witness]) -> Self {
        let mut days = gather(witnesses);
        weigh(&mut days, subject, witnesses);
        let mut ranked: Vec<Candidate> = days.into_values().filter(Candidate::is_claimed).collect();
        ranked.sort_by_key(|candidate| {
            (Reverse(candidate.weight), candidate.earliest, candidate.day)
        });
        Self { ranked }
    }

    /// The best candidate with its share of the probability. The days beside it count for it:
    /// they are the same moment in other zones, or the day on which a report was filed.
    pub(super) fn best(&self) -> Option<(&Candidate, f64)> {
        let best = self.ranked.first()?;
        let odds =
            |candidate: &Candidate| (f64::from(candidate.weight - best.weight) / 100.0).exp();
        let near = self.ranked.iter().filter(|candidate| beside(candidate.day, best.day));
        let for_it = 1.0 + near.map(odds).sum::<f64>();
        Some((best, for_it / self.ranked.iter().map(odds).sum::<f64>()))
    }
}

/// Sorts the witnesses by the day that they name.
fn gather(witnesses: &[Witness]) -> BTreeMap<Date, Candidate> {
    let mut days: BTreeMap<Date, Candidate> = BTreeMap::new();
    let mut firsts: HashMap<&'static Kind, Date> = HashMap::new();
    for (at, witness) in witnesses.iter().enumerate() {
        let event = witness.kind.event;
        // What was there by then, or was not there before, names no day.
        let names_day = event != Event::ExistedBy && !witness.claim.when.is_open();
        let Some(day) = witness.claim.date.as_day().filter(|_| names_day) else {
            continue;
        };
        if witness.kind.about == About::Copy
            || days.len() >= MAX_CANDIDATES && !days.contains_key(&day)
        {
            continue;
        }
        let is_first = *firsts.entry(witness.kind).or_insert(day) == day;
        let weight = if is_first { witness.kind.first } else { witness.kind.further };
        let candidate = days.entry(day).or_insert_with(|| Candidate::new(day));
        add(candidate, at, witness, weight);
        if let Some(other) = witness.alternative {
            let weight = (weight - weights::OTHER_READING).max(0);
            let group = witness.kind.group;
            days.entry(other)
                .or_insert_with(|| Candidate::new(other))
                .groups
                .entry(group)
                .or_default()
                .push(weight);
        }
    }
    days
}

/// One witness of each kind counts for a day; the same date in ten places is one claim.
fn add(candidate: &mut Candidate, at: usize, witness: &Witness, weight: i32) {
    if candidate.kinds.contains(&witness.kind) {
        return;
    }
    candidate.earliest = candidate.earliest.min(at);
    candidate.kinds.push(witness.kind);
    candidate.witnesses.push(at);
    candidate.is_given |= witness.kind.group == Group::Given;
    candidate.is_moment |= matches!(witness.claim.date, PartialDate::Zoned(..));
    let group = witness.kind.group;
    let is_filled_in = group == Group::Metadata
        && matches!(witness.claim.date, PartialDate::Day(day) if day.day_of_year() == 1);
    let lost = if witness.alternative.is_some() { weights::AMBIGUOUS } else { 0 }
        + if is_filled_in { weights::FIRST_OF_YEAR } else { 0 };
    let weights = candidate.groups.entry(group).or_default();
    weights.push((weight - lost).max(0));
}

/// Sums what speaks for and against each day.
fn weigh(days: &mut BTreeMap<Date, Candidate>, subject: &Subject<'_>, witnesses: &[Witness]) {
    let circumstances = Circumstances::of(subject, witnesses, days);
    let strength = |at: &usize| witnesses.get(*at).map_or(0, |found| found.kind.first);
    for candidate in days.values_mut() {
        candidate.weight = candidate.own() + circumstances.weight(candidate);
        candidate.doubt = circumstances.doubt(candidate);
        candidate.witnesses.sort_by_key(|at| Reverse(strength(at)));
    }
}

/// Whether one day is the day before or after the other.
pub(super) fn beside(day: Date, other: Date) -> bool {
    let follows = |a: Date, b: Date| a.tomorrow().is_ok_and(|next| next == b);
    follows(day, other) || follows(other, day)
}
