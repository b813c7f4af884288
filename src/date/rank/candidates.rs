//! The days that something claims, with what speaks for each.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan;
use jiff::civil::Date;

use super::day;
use super::weights::{self, Group};
use crate::date::{Kind, Subject, Witness};
use crate::model::{Event, Media, PartialDate};

/// Candidates beyond this count are left out, in document order.
const MAX_CANDIDATES: usize = 1_000;

/// One day that something claims.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub day: Date,
    /// What speaks for it, in hundredths of log-odds.
    pub weight: i32,
    pub is_given: bool,
    /// Whether it is older than the web, or lies after the copy was taken.
    pub is_suspicious: bool,
    /// The witnesses for it, by their place, the strongest first.
    pub witnesses: Vec<usize>,
    kinds: Vec<Kind>,
    groups: BTreeMap<Group, Vec<i32>>,
    /// Whether one of its witnesses states a moment in a zone.
    is_moment: bool,
}

impl Candidate {
    fn new(day: Date) -> Self {
        Self {
            day,
            weight: 0,
            is_given: false,
            is_suspicious: false,
            witnesses: Vec::new(),
            kinds: Vec::new(),
            groups: BTreeMap::new(),
            is_moment: false,
        }
    }

    fn group(&self, group: Group) -> i32 {
        self.groups.get(&group).map_or(0, |weights| combined(weights))
    }

    /// Whether a reader or the address names this day, not only a machine's moment.
    fn is_named(&self) -> bool {
        self.group(Group::Print) >= 150 || self.group(Group::Address) >= 150
    }

    /// The witness that the conclusion rests on first.
    pub fn leading<'w>(&self, witnesses: &'w [Witness]) -> Option<&'w Witness> {
        self.witnesses.first().and_then(|&at| witnesses.get(at))
    }

    /// The day, with the time of day where the strongest witnesses state one.
    pub fn stated(&self, witnesses: &[Witness]) -> PartialDate {
        let timed = self.witnesses.iter().filter_map(|&at| witnesses.get(at)).find(|witness| {
            witness.kind.event() == Event::Published
                && weights::first(witness.kind) >= 200
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
pub struct Candidates {
    pub ranked: Vec<Candidate>,
}

impl Candidates {
    pub fn of(subject: &Subject<'_>, witnesses: &[Witness]) -> Self {
        let mut days = gather(witnesses);
        weigh(&mut days, subject, witnesses);
        let mut ranked: Vec<Candidate> = days.into_values().collect();
        ranked.sort_by_key(|candidate| (std::cmp::Reverse(candidate.weight), candidate.day));
        Self { ranked }
    }

    /// The best candidate with its share of the probability.
    pub fn best(&self) -> Option<(&Candidate, f64)> {
        let best = self.ranked.first()?;
        let odds =
            |candidate: &Candidate| (f64::from(candidate.weight - best.weight) / 100.0).exp();
        Some((best, 1.0 / self.ranked.iter().map(odds).sum::<f64>()))
    }
}

/// Sorts the witnesses by the day that they name.
fn gather(witnesses: &[Witness]) -> BTreeMap<Date, Candidate> {
    let mut days: BTreeMap<Date, Candidate> = BTreeMap::new();
    let mut firsts: HashMap<Kind, Date> = HashMap::new();
    for (at, witness) in witnesses.iter().enumerate() {
        let event = witness.kind.event();
        let Some(day) = witness.claim.date.as_day().filter(|_| event != Event::ExistedBy) else {
            continue;
        };
        if witness.kind == Kind::Header || days.len() >= MAX_CANDIDATES && !days.contains_key(&day)
        {
            continue;
        }
        let is_first = *firsts.entry(witness.kind).or_insert(day) == day;
        let weight =
            if is_first { weights::first(witness.kind) } else { weights::further(witness.kind) };
        let candidate = days.entry(day).or_insert_with(|| Candidate::new(day));
        add(candidate, at, witness, weight);
        if let Some(other) = witness.alternative {
            let weight = (weight - weights::OTHER_READING).max(0);
            let group = weights::group(witness.kind);
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
    candidate.kinds.push(witness.kind);
    candidate.witnesses.push(at);
    candidate.is_given |= witness.kind == Kind::Given;
    candidate.is_moment |= matches!(witness.claim.date, PartialDate::Zoned(..));
    let lost = if witness.alternative.is_some() { weights::AMBIGUOUS } else { 0 };
    let weights = candidate.groups.entry(weights::group(witness.kind)).or_default();
    weights.push((weight - lost).max(0));
}

/// Sums what speaks for and against each day.
fn weigh(days: &mut BTreeMap<Date, Candidate>, subject: &Subject<'_>, witnesses: &[Witness]) {
    let months: Vec<&Witness> = witnesses
        .iter()
        .filter(|witness| {
            matches!(witness.claim.date, PartialDate::Month(_))
                || witness.kind == Kind::PictureMonth
        })
        .collect();
    let changed = witnesses
        .iter()
        .filter(|witness| witness.kind.event() == Event::Modified && witness.kind != Kind::Header)
        .filter_map(|witness| witness.claim.date.as_day())
        .min();
    let captured = subject.document.captured.and_then(|at| PartialDate::utc(at).as_day());
    let moments: Vec<(Date, i32)> = days
        .values()
        .filter(|candidate| candidate.is_moment && !candidate.is_named())
        .map(|candidate| (candidate.day, candidate.group(Group::Metadata)))
        .collect();
    for candidate in days.values_mut() {
        let own: i32 = candidate.groups.values().map(|weights| combined(weights)).sum();
        let neighbour = if candidate.is_named() { neighbour(candidate.day, &moments) } else { 0 };
        candidate.weight =
            own + neighbour * weights::SHARE_OF_NEIGHBOUR / 100 + month(candidate.day, &months);
        let late =
            captured.is_some_and(|captured| candidate.day > captured.saturating_add(1.day()));
        let early = subject.document.media == Media::Html && candidate.day.year() < 1990;
        candidate.is_suspicious = late || early;
        if changed.is_some_and(|changed| candidate.day > changed) {
            candidate.weight -= weights::AFTER_CHANGE;
        }
        candidate.weight -= if early { weights::BEFORE_WEB } else { 0 };
        candidate.weight -= if late { weights::AFTER_CAPTURE } else { 0 };
        candidate.witnesses.sort_by_key(|&at| {
            std::cmp::Reverse(witnesses.get(at).map_or(0, |witness| weights::first(witness.kind)))
        });
    }
}

/// Whether one day is the day before or after the other.
pub fn beside(day: Date, other: Date) -> bool {
    day.tomorrow().is_ok_and(|next| next == other) || other.tomorrow().is_ok_and(|next| next == day)
}

/// The metadata of the days beside one, which are the same day in another zone.
fn neighbour(day: Date, moments: &[(Date, i32)]) -> i32 {
    moments.iter().filter(|moment| beside(day, moment.0)).map(|moment| moment.1).max().unwrap_or(0)
}

/// What claims of a mere month add to the days in it.
fn month(day: Date, months: &[&Witness]) -> i32 {
    let weight = |kind: Kind| {
        let within = months.iter().any(|witness| {
            let month = witness.claim.date.first_day();
            witness.kind == kind && (month.year(), month.month()) == (day.year(), day.month())
        });
        if within { weights::first(kind) } else { 0 }
    };
    weight(Kind::UrlMonth) + weight(Kind::PictureMonth)
}
