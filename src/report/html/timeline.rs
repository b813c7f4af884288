//! A document's timeline: what is claimed of the article and of what it links to, a statement a line,
//! in words and as a mark on one axis. The words stand beside the marks, never on them.

use std::collections::HashMap;

use jiff::Timestamp;

use super::axis::{Axis, Tick};
use super::sides::shortened;
use super::strip::{Bar, Line, bar, end_of, grid};
use crate::address::shown::Shown;
use crate::model::{
    Case, Claim, Event, Finding, Judged, Level, Link, Outcome, PartialDate, Status, When,
};
use crate::report::words::event_in_words;
use crate::rules::distance;

/// How many links a timeline shows; those with findings come first.
const MOST_LINKS: usize = 24;
/// How many marks a link or the article gets.
const MOST_MARKS: usize = 6;
/// How much of a name is shown, in characters.
const NAME: usize = 90;

/// The timeline.
pub(super) struct Timeline {
    pub(super) ticks: Vec<Tick>,
    /// The lines of the ticks.
    pub(super) grid: String,
    pub(super) axis: Line,
    /// From when the article came out to when it was last known to be edited.
    pub(super) band: Option<Bar>,
    /// The article, then the links, each with what is stated about it.
    pub(super) subjects: Vec<Drawn>,
    /// How many links with dates found no room.
    pub(super) more: usize,
}

/// The article or a link, with a line for each statement about it.
pub(super) struct Drawn {
    pub(super) name: String,
    /// The finding about it, if there is one.
    pub(super) finding: Option<usize>,
    pub(super) lanes: Vec<Lane>,
}

/// One statement.
pub(super) struct Lane {
    /// `published`, `modified`, `existed-by`, and how bad it is.
    pub(super) class: String,
    pub(super) bar: Bar,
    /// Who says what.
    pub(super) says: String,
}

/// What the marks of one thing are made of.
struct Subject {
    name: String,
    finding: Option<usize>,
    marks: Vec<Mark>,
}

struct Mark {
    when: When,
    date: PartialDate,
    event: Event,
    says: String,
    level: Option<Level>,
}

impl Timeline {
    /// The picture of one document, or nothing where nothing is dated. `first` is the number of
    /// the document's first finding.
    pub(super) fn new(judged: &Judged, first: usize) -> Option<Self> {
        let (subjects, more) = subjects(judged, first);
        let now = judged.case.now;
        let marks = subjects.iter().flat_map(|subject| &subject.marks);
        let ends = marks.flat_map(|mark| [mark.when.earliest, mark.when.before]);
        let instants: Vec<Timestamp> = ends.filter(|&at| is_plausible(at, now)).collect();
        if instants.is_empty() {
            return None;
        }
        let axis = Axis::new(&instants, now)?;
        let band = Band::of(&judged.case);
        let ticks = axis.ticks();
        Some(Self {
            grid: grid(&ticks),
            ticks,
            axis: Line::of(axis),
            band: band.map(|band| bar(band.when, axis)),
            subjects: subjects.into_iter().map(|subject| drawn(subject, axis, band)).collect(),
            more,
        })
    }
}

/// A far-off date stands at the picture's edge, so that it does not press the others together.
fn is_plausible(at: Timestamp, now: Timestamp) -> bool {
    const YEAR: i64 = 31_557_600;
    let distance = now.as_second() - at.as_second();
    (-5 * YEAR..60 * YEAR).contains(&distance)
}

/// From the article's first to its last instant, and the date that ends it.
#[derive(Clone, Copy)]
struct Band {
    when: When,
    last: PartialDate,
}

impl Band {
    fn of(case: &Case) -> Option<Self> {
        let published = case.dating.published.as_ref()?;
        let conclusions = [Some(published), case.dating.modified.as_ref()];
        let last =
            conclusions.into_iter().flatten().max_by_key(|conclusion| conclusion.when.before)?;
        let when = When::new(published.when.earliest, last.when.before)?;
        Some(Self { when, last: last.date })
    }
}

/// The article and the links that something is known of, links with findings first, and how many
/// found no room.
fn subjects(judged: &Judged, first: usize) -> (Vec<Subject>, usize) {
    let case = &judged.case;
    let article = Subject {
        name: "The article".to_owned(),
        finding: None,
        marks: marks(case.dating.claims.iter().map(|claim| (claim, None))),
    };
    let mut by_place: HashMap<_, Vec<(usize, &Finding)>> = HashMap::new();
    for (finding, number) in judged.findings.iter().zip(first..) {
        by_place.entry(finding.span).or_default().push((number, finding));
    }
    let mut links: Vec<Subject> = case
        .links()
        .map(|checked| {
            let findings = by_place.get(&Some(checked.link.span)).map_or(&[][..], Vec::as_slice);
            of_link(checked.link, checked.status, findings, case)
        })
        .filter(|subject| !subject.marks.is_empty())
        .collect();
    links.sort_by_key(|subject| subject.finding.is_none());
    let more = links.len().saturating_sub(MOST_LINKS);
    links.truncate(MOST_LINKS);
    let article = Some(article).filter(|article| !article.marks.is_empty());
    (article.into_iter().chain(links).collect(), more)
}

fn of_link(link: &Link, status: &Status, findings: &[(usize, &Finding)], case: &Case) -> Subject {
    let address = link.url().map_or(link.joined(), url::Url::as_str);
    let address = &*crate::address::secret::masked(address);
    let short = address.split_once("://").map_or(address, |(_, rest)| rest);
    let outcome = status.outcome();
    let page = outcome.and_then(|outcome| outcome.result.as_ref().ok());
    let convicting = findings
        .iter()
        .flat_map(|(_, finding)| finding.because.iter().map(|claim| (claim, Some(finding.level))));
    let convicting = convicting.filter(|(claim, _)| !case.dating.claims.contains(claim));
    let own = page.into_iter().flat_map(|page| &page.dating.claims).map(|claim| (claim, None));
    let mut all = marks(convicting.chain(own));
    all.extend(outcome.into_iter().flat_map(captures));
    Subject {
        name: shortened(link.words().filter(|words| !words.is_empty()).unwrap_or(short), NAME),
        finding: findings.first().map(|(number, _)| *number),
        marks: all,
    }
}

/// Equal statements of several sources become one mark; statements that convict come first.
fn marks<'c>(claims: impl Iterator<Item = (&'c Claim, Option<Level>)>) -> Vec<Mark> {
    let mut found: Vec<(Mark, Vec<String>)> = Vec::new();
    for (claim, level) in claims {
        let source = claim.source.label().into_owned();
        let date = claim.date.to_day_precision();
        let same = |(mark, _): &(Mark, Vec<String>)| {
            mark.event == claim.event && mark.says == date.to_string()
        };
        if let Some(at) = found.iter().position(same) {
            if let Some((mark, sources)) = found.get_mut(at) {
                mark.level = mark.level.max(level);
                if !sources.contains(&source) {
                    sources.push(source);
                }
            }
        } else if found.len() < MOST_MARKS {
            let mark =
                Mark { when: date.when(), date, event: claim.event, says: date.to_string(), level };
            found.push((mark, vec![source]));
        }
    }
    let named =
        |(mark, sources): (Mark, Vec<String>)| Mark { says: saying(&mark, &sources), ..mark };
    found.into_iter().map(named).collect()
}

/// What a mark says, and who says so.
fn saying(mark: &Mark, sources: &[String]) -> String {
    const SHOWN: usize = 2;
    let event = event_in_words(mark.event);
    let mut who = sources.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if sources.len() > SHOWN {
        who += &format!(" and {} more", sources.len() - SHOWN);
    }
    format!("{event} {}: {}", mark.says, Shown(&who))
}

/// The captures that archives hold.
fn captures(outcome: &Outcome) -> Vec<Mark> {
    let Some(captures) = &outcome.captures else { return Vec::new() };
    let earliest = captures.earliest.as_ref();
    let nearest = captures.nearest.as_ref().filter(|nearest| Some(*nearest) != earliest);
    let mark = |(memento, which): (&crate::model::Memento, &str)| {
        let date = PartialDate::utc(memento.captured);
        let says = format!("{which} {}", date.to_day_precision());
        Mark { when: date.when(), date, event: Event::ExistedBy, says, level: None }
    };
    let named = earliest.map(|memento| (memento, "first capture"));
    named.into_iter().chain(nearest.map(|memento| (memento, "nearest capture"))).map(mark).collect()
}

fn drawn(subject: Subject, axis: Axis, band: Option<Band>) -> Drawn {
    let Subject { name, finding, marks } = subject;
    let lanes = marks.into_iter().map(|mark| lane(mark, axis, band)).collect();
    Drawn { name, finding, lanes }
}

fn lane(mark: Mark, axis: Axis, band: Option<Band>) -> Lane {
    let event = match mark.event {
        Event::Published => "published",
        Event::Modified => "modified",
        Event::Made => "made",
        Event::ExistedBy => "existed-by",
    };
    let level = mark.level.map_or("plain", Level::as_str);
    let late = band.filter(|band| mark.level.is_some() && mark.when.certainly_after(band.when));
    let says = match late {
        Some(band) => format!("{}, {} later", mark.says, distance(band.last, mark.date)),
        None => mark.says,
    };
    Lane { class: format!("{event} {level}"), bar: bar(end_of(mark.when), axis), says }
}
