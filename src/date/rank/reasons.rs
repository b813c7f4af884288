//! Says why a date was chosen, in sentences that a person understands.

use jiff::civil::Date;

use super::candidates::{Candidate, Candidates, beside};
use super::circumstances::Doubt;
use super::weights::{self, Group};
use crate::date::{Kind, Witness};
use crate::model::Event;

/// How many other dates are told of.
const RUNNERS_UP: usize = 3;

/// The reasons for the best candidate, and what speaks for others.
pub fn of(candidates: &Candidates, best: &Candidate, witnesses: &[Witness]) -> Vec<String> {
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
pub fn cite(witness: &Witness) -> String {
    /// Longer quotes are cut.
    const QUOTE: usize = 60;
    let mut quote: String = witness.claim.quote.chars().take(QUOTE).collect();
    if quote.len() < witness.claim.quote.len() {
        quote.push('…');
    }
    format!("{} (`{}`)", name(witness.kind), quote.replace('`', "'"))
}

/// Who makes a claim of that kind, in a reader's words.
const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Given => "what is stated beside the document",
        Kind::Carried => "the entry or mail that carried it",
        Kind::CarriedModified => "the last change in the entry that carried it",
        Kind::UrlDay => "the day in its address",
        Kind::UrlSlug => "a day among the words of its address",
        Kind::UrlMonth => "the month in its address",
        Kind::UrlId => "the time inside the identifier in its address",
        Kind::UrlPost => "the number that its platform gave it",
        Kind::UrlDigits => "the digits of a day in its address",
        Kind::LdArticle => "the publication in the article's JSON-LD",
        Kind::LdPage => "the publication in the JSON-LD of the page around the article",
        Kind::LdOther => "the metadata of something else on the page",
        Kind::LdCreated => "the creation in the article's JSON-LD",
        Kind::LdModified => "the last change in its JSON-LD",
        Kind::MetaPublished => "the publication in its metadata",
        Kind::MetaDate => "a date of unsaid kind in its metadata",
        Kind::MetaModified => "the last change in its metadata",
        Kind::Property => "the publication in its microdata",
        Kind::PropertyOther => "the creation in its microdata",
        Kind::PropertyModified => "the last change in its microdata",
        Kind::TimePublished => "a time element for the publication",
        Kind::TimeNear => "a time element near the headline",
        Kind::TimeFar => "a time element far from the headline",
        Kind::TimeFurniture => "a time element outside the article",
        Kind::TimeModified => "a time element for the last change",
        Kind::PrintedPublished | Kind::PrintedPublishedFar => "a date printed as the publication",
        Kind::BylineNear => "a byline near the headline",
        Kind::BylineFar => "a byline far from the headline",
        Kind::BylineFurniture => "a byline outside the article",
        Kind::TextNear => "a date printed near the headline",
        Kind::TextFar => "a date printed far from the headline",
        Kind::TextProse => "a date in a sentence or a title",
        Kind::TextFurniture => "a date printed outside the article",
        Kind::PrintedModified => "a date printed as the last change",
        Kind::FooterModified => "a last change printed in the footer",
        Kind::Relative => "a time counted back from the capture",
        Kind::Script => "the data of a script",
        Kind::Dateline => "the printed dateline",
        Kind::DatelineFar => "a printed dateline",
        Kind::PictureMonth => "the month in the address of its picture",
        Kind::FrontMatter => "its front matter",
        Kind::FrontMatterCreated => "the beginning of the text in its front matter",
        Kind::FrontMatterModified => "the last change in its front matter",
        Kind::FileName => "the day in the file's name",
        Kind::FileNameAside => "a day among the words of the file's name",
        Kind::FileNameMonth => "the month in the file's name",
        Kind::PdfPublished => "the publication in the PDF's metadata",
        Kind::PdfCreated => "the making of the PDF",
        Kind::PdfModified => "the last change of the PDF",
        Kind::Header => "a header field of the answer",
        Kind::Captured => "a capture",
    }
}

/// The sentence with a large first letter.
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

fn support(best: &Candidate, witnesses: &[Witness]) -> String {
    let Some(leading) = best.leading(witnesses) else { return String::new() };
    if leading.kind.event() == Event::Modified {
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
    let why = match leading.kind.event() {
        Event::Modified if candidate.day > chosen => "a change after publication is no conflict",
        _ if beside => "the same moment can fall on that day in another time zone",
        _ if let Some(doubt) = candidate.doubt => doubted(doubt),
        Event::Modified => "nothing is changed before it comes out, so one of the two is mistaken",
        _ => "less speaks for it",
    };
    Some(format!("{} is claimed by {}; {why}.", candidate.day, cite(leading)))
}
