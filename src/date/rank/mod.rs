//! Weighs all claims about a document together.
//!
//! Each day that something claims is a candidate. What speaks for it is summed over the groups of
//! evidence (address, metadata, print …); inside a group, whose members copy each other, the
//! strongest counts whole and the rest little. The sums are log-odds, so the candidates' shares of
//! the whole are probabilities, and those decide the confidence.

mod candidates;
mod circumstances;
mod readings;
mod reasons;
mod weights;

use foldhash::{HashMap, HashSet};
use std::cmp::Reverse;

use jiff::civil::Date;

use super::{Group, Kind, Subject, Trait, Witness, byline, front_matter};
use crate::model::{Claim, Conclusion, Confidence, Dating, Event, Media, PartialDate};
use candidates::{Candidate, Candidates};

/// Orders claims best first and draws the conclusions.
pub(super) fn rank(subject: &Subject<'_>, mut witnesses: Vec<Witness>) -> Dating {
    readings::decide(&mut witnesses);
    let candidates = Candidates::of(subject, &witnesses);
    let published = published(&candidates, &witnesses)
        .filter(|_| !is_mere_note(subject, &candidates, &witnesses));
    let modified = modified(&witnesses);
    doubt_further(&mut witnesses);
    let concluded = published.as_ref().and_then(|conclusion| conclusion.date.as_day());
    witnesses.sort_by_key(|witness| Reverse(place(witness, concluded)));
    let mut claims: Vec<Claim> = witnesses.into_iter().map(|witness| witness.claim).collect();
    drop_repeated(&mut claims);
    Dating { published, modified, claims }
}

/// A second, different date of the same kind is another thing's more often than not: a teaser's, a
/// comment's, a picture's.
fn doubt_further(witnesses: &mut [Witness]) {
    let mut firsts: HashMap<&'static Kind, Date> = HashMap::default();
    for witness in witnesses {
        let Some(day) = witness.claim.date.as_day() else { continue };
        if *firsts.entry(witness.kind).or_insert(day) != day && !witness.kind.is(Trait::Several) {
            witness.claim.confidence = Confidence::Low;
        }
    }
}

/// Where a claim belongs in the list: those for the conclusion first, then by weight.
fn place(witness: &Witness, concluded: Option<Date>) -> (bool, i32) {
    let day = witness.claim.date.as_day();
    let supports = concluded.is_some() && day == concluded && witness.kind.event.is_beginning();
    (supports, witness.kind.first)
}

/// Claims beyond this count are left out: a page that lists a thousand dates says nothing by them.
const MAX_CLAIMS: usize = 500;

/// The same words read twice, as an element and as the text in it, are one claim.
fn drop_repeated(claims: &mut Vec<Claim>) {
    let mut seen = HashSet::default();
    let is_new: Vec<bool> = claims
        .iter()
        .map(|claim| seen.insert((claim.event, &claim.source, claim.span, &claim.quote)))
        .collect();
    let mut is_new = is_new.into_iter();
    claims.retain(|_| is_new.next().unwrap_or(true));
    claims.truncate(MAX_CLAIMS);
}

fn published(candidates: &Candidates, witnesses: &[Witness]) -> Option<Conclusion> {
    let Some((best, share)) = candidates.best() else { return coarse(witnesses) };
    let source = best.leading(witnesses)?;
    let date = best.stated(witnesses);
    let confidence = confidence(best, share);
    Some(Conclusion {
        date,
        when: date.when(),
        source: source.claim.source.clone(),
        confidence,
        reasons: reasons::of(candidates, best, witnesses),
    })
}

/// Whether nothing but its author's note of a change dates a text: it came out at some time before.
/// (Web pages show the day of a change in the publication's place.)
fn is_mere_note(subject: &Subject<'_>, candidates: &Candidates, witnesses: &[Witness]) -> bool {
    let leading = candidates.best().and_then(|(best, _)| best.leading(witnesses));
    subject.document.media != Media::Html
        && leading.is_some_and(|leading| {
            [&byline::MODIFIED, &front_matter::MODIFIED].contains(&leading.kind)
        })
}

/// The probability from which on a conclusion is certain enough to act on, or likely.
const CERTAIN: f64 = 0.94;
const LIKELY: f64 = 0.8;

/// What a lone witness must weigh to be certain, or likely.
const STRONG: i32 = 350;
const FAIR: i32 = 200;

fn confidence(best: &Candidate, share: f64) -> Confidence {
    if best.is_given || share >= CERTAIN && best.weight >= STRONG && best.doubt.is_none() {
        return Confidence::High;
    }
    if share >= LIKELY && best.weight >= FAIR { Confidence::Medium } else { Confidence::Low }
}

/// A month or a year, where no day is claimed.
fn coarse(witnesses: &[Witness]) -> Option<Conclusion> {
    let usable = |witness: &&Witness| {
        let says = witness.kind.event.is_beginning() && !witness.claim.when.is_open();
        says && !witness.kind.is(Trait::MonthAlone) && !witness.kind.is(Trait::Supports)
    };
    let best = witnesses.iter().filter(usable).max_by_key(|witness| witness.kind.first)?;
    Some(Conclusion {
        date: best.claim.date,
        when: best.claim.when,
        source: best.claim.source.clone(),
        confidence: if best.kind.group == Group::Given {
            Confidence::High
        } else {
            best.claim.confidence.min(Confidence::Medium)
        },
        reasons: vec![reasons::sentence(&format!(
            "{} is the only claim; no day is claimed.",
            reasons::cite(best)
        ))],
    })
}

/// The last change: what the strongest kind of evidence says, the latest where it says several.
fn modified(witnesses: &[Witness]) -> Option<Conclusion> {
    let about = witnesses.iter().filter(|witness| witness.kind.event == Event::Modified);
    let best = about.max_by_key(|witness| (witness.kind.first, witness.claim.when.earliest))?;
    Some(Conclusion {
        date: best.claim.date,
        when: best.claim.when,
        source: best.claim.source.clone(),
        confidence: best.claim.confidence,
        reasons: vec![reasons::sentence(&format!("{} says so.", reasons::cite(best)))],
    })
}

/// A day as a date.
fn day(date: Date) -> PartialDate {
    PartialDate::Day(date)
}

#[cfg(test)]
mod tests;
