//! Says why a date was chosen, in sentences that a person understands.

use jiff::civil::Date;

use super::candidates::{Candidate, Candidates, beside};
use super::circumstances::Doubt;
use crate::date::{Group, Witness};
use crate::model::Event;

/// How many other dates are told of.
const RUNNERS_UP: usize = 3;

/// The reasons for the best candidate, and what speaks for others.
pub(super) fn of(candidates: &Candidates, best: &Candidate, witnesses: &[Witness]) -> Vec<String> {
    let mut reasons = vec![support(best, witnesses)];
    reasons.extend(groups(best, witnesses));
    if let Some(doubt) = best.doubt {
        reasons.push(format!("That is doubtful: {}.", doubted(doubt)));
    }
    let others = candidates.ranked.iter().filter(|candidate| candidate.day != best.day);
    let told = others.filter(|candidate| !candidate.witnesses.is_empty()).take(RUNNERS_UP);
    reasons.extend(told.filter_map(|candidate| against(best.day, candidate, witnesses)));
    reasons
}

/// Names a witness with its words.
pub(super) fn cite(witness: &Witness) -> String {
    /// Longer quotes are cut.
    const QUOTE: usize = 60;
    let mut quote: String = witness.claim.quote.chars().take(QUOTE).collect();
    if quote.len() < witness.claim.quote.len() {
        quote.push('…');
    }
    format!("{} (`{}`)", witness.kind.told, quote.replace('`', "'"))
}

/// The sentence with a large first letter.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

fn support(best: &Candidate, witnesses: &[Witness]) -> String {
    let Some(leading) = best.leading(witnesses) else { return String::new() };
    if leading.kind.event == Event::Modified {
        return format!(
            "Only a change is dated, by {}; it came out then or before.",
            cite(leading)
        );
    }
    sentence(&format!("{} says {}.", cite(leading), best.day))
}

/// Which other groups of evidence agree.
fn groups(best: &Candidate, witnesses: &[Witness]) -> Option<String> {
    let all = || best.witnesses.iter().filter_map(|&at| witnesses.get(at));
    let first = all().next()?.kind.group;
    let mut told: Vec<Group> = vec![first];
    let mut cited = Vec::new();
    for witness in all() {
        let group = witness.kind.group;
        if !told.contains(&group) {
            told.push(group);
            cited.push(cite(witness));
        }
    }
    Some(match cited.len() {
        0 => "Nothing independent confirms it.".to_owned(),
        _ => format!(
            "Independently of that, so {} {}.",
            if cited.len() == 1 { "does" } else { "do" },
            enumerated(&cited)
        ),
    })
}

/// `a`, `a and b`, `a, b and c`.
fn enumerated(cited: &[String]) -> String {
    match cited {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => cited.concat(),
    }
}

/// What makes a day doubtful, in words.
const fn doubted(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::BeforeWeb => "pages are not that old",
        Doubt::AfterCapture => "this copy of it was taken before",
        Doubt::Redated => "it was changed then, and its metadata know an earlier publication",
    }
}

/// What speaks for another day.
fn against(chosen: Date, candidate: &Candidate, witnesses: &[Witness]) -> Option<String> {
    let leading = candidate.leading(witnesses)?;
    let beside = beside(chosen, candidate.day);
    let why = match leading.kind.event {
        Event::Modified if candidate.day > chosen => "a change after publication is no conflict",
        _ if beside => "the same moment can fall on that day in another time zone",
        _ if let Some(doubt) = candidate.doubt => doubted(doubt),
        Event::Modified => "nothing is changed before it comes out, so one of the two is mistaken",
        _ => "less speaks for it",
    };
    Some(format!("{} is claimed by {}; {why}.", candidate.day, cite(leading)))
}
