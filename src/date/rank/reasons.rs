//! Says why a date was chosen, in sentences that a person understands.

use jiff::civil::Date;

use super::candidates::{Candidate, Candidates, beside};
use super::weights::{self, Group};
use crate::date::{Kind, Witness};
use crate::model::Event;

/// How many other dates are told of.
const RUNNERS_UP: usize = 3;

/// The reasons for the best candidate, and what speaks for others.
pub fn of(candidates: &Candidates, best: &Candidate, witnesses: &[Witness]) -> Vec<String> {
    let mut reasons = vec![support(best, witnesses)];
    reasons.extend(groups(best, witnesses));
    if best.is_suspicious {
        reasons.push(format!("{} is implausible for this document, so it is doubtful.", best.day));
    }
    let others = candidates.ranked.iter().filter(|candidate| candidate.day != best.day);
    let told = others.filter(|candidate| !candidate.witnesses.is_empty()).take(RUNNERS_UP);
    reasons.extend(told.filter_map(|candidate| against(best.day, candidate, witnesses)));
    reasons
}

/// Names a witness with its words.
pub fn cite(witness: &Witness) -> String {
    /// Longer quotes are cut.
    const QUOTE: usize = 60;
    let quote: String = witness.claim.quote.chars().take(QUOTE).collect();
    format!("{} (`{}`, {})", witness.claim.source, quote.replace('`', "'"), place(witness.kind))
}

/// What kind of claim it is, in a reader's words.
const fn place(kind: Kind) -> &'static str {
    match kind {
        Kind::Given => "stated with the document",
        Kind::Carried => "what carried it",
        Kind::UrlDay => "the day in its address",
        Kind::UrlSlug => "among the words of its address",
        Kind::UrlMonth => "the month in its address",
        Kind::UrlId => "the making of the record, by the identifier in its address",
        Kind::LdArticle => "of the article",
        Kind::LdPage => "of the page around the article",
        Kind::LdOther => "of another object than the article",
        Kind::LdCreated | Kind::PropertyOther => "the creation",
        Kind::MetaPublished
        | Kind::Property
        | Kind::TimePublished
        | Kind::FrontMatter
        | Kind::PdfPublished => "said to be the publication",
        Kind::MetaDate => "not said to be which date",
        Kind::TimeNear | Kind::BylineNear | Kind::TextNear => "near the headline",
        Kind::TimeFar | Kind::BylineFar | Kind::TextFar => "farther from the headline",
        Kind::TextProse => "in a sentence or a title",
        Kind::PrintedPublished | Kind::PrintedPublishedFar => "printed as the publication",
        Kind::Dateline => "the printed dateline",
        Kind::DatelineFar => "a printed dateline",
        Kind::TimeFurniture | Kind::BylineFurniture | Kind::TextFurniture => "outside the article",
        Kind::LdModified
        | Kind::MetaModified
        | Kind::PropertyModified
        | Kind::TimeModified
        | Kind::PrintedModified
        | Kind::FooterModified
        | Kind::PdfModified
        | Kind::CarriedModified => "the last change",
        Kind::Relative => "counted back from the time of capture",
        Kind::PictureMonth => "the month in the address of the picture",
        Kind::Script => "in the data of a script",
        Kind::PdfCreated => "the making of the file",
        Kind::Header => "a header field",
        Kind::Captured => "a capture",
    }
}

fn support(best: &Candidate, witnesses: &[Witness]) -> String {
    let Some(leading) = best.leading(witnesses) else { return String::new() };
    if leading.kind.event() == Event::Modified {
        return format!(
            "Only a change is dated, by {}; it came out then or before.",
            cite(leading)
        );
    }
    format!("{} says {}.", cite(leading), best.day)
}

/// Which other groups of evidence agree.
fn groups(best: &Candidate, witnesses: &[Witness]) -> Option<String> {
    let all = || best.witnesses.iter().filter_map(|&at| witnesses.get(at));
    let first = weights::group(all().next()?.kind);
    let mut told: Vec<Group> = vec![first];
    let mut cited = Vec::new();
    for witness in all() {
        let group = weights::group(witness.kind);
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

/// What speaks for another day.
fn against(chosen: Date, candidate: &Candidate, witnesses: &[Witness]) -> Option<String> {
    let leading = candidate.leading(witnesses)?;
    let beside = beside(chosen, candidate.day);
    let why = match leading.kind.event() {
        Event::Modified if candidate.day > chosen => "a change after publication is no conflict",
        _ if beside => "the same moment can fall on that day in another time zone",
        _ if candidate.is_suspicious => "that is implausible for this document",
        Event::Modified => "nothing is changed before it comes out, so one of the two is mistaken",
        _ => "less speaks for it",
    };
    Some(format!("{} is claimed by {}; {why}.", candidate.day, cite(leading)))
}
