//! A document's timeline as a picture: what is claimed of the article and of what it links to, each
//! mark with who claims it, over one axis. What cannot be stands right of the article's band, and a
//! line shows how far.

use std::collections::HashMap;

use jiff::Timestamp;

use super::scale::{Scale, Tick};
use crate::model::{
    Case, Claim, Event, Finding, Judged, Level, Link, Outcome, PartialDate, Status, When,
};
use crate::report::shown::Shown;
use crate::report::words::event_in_words;
use crate::rules::distance;

/// Where the axis begins and how wide it is, in percent of the picture's width: the picture is as
/// wide as the page has room, and its words stay as large as the page's.
const LEFT: f64 = 2.0;
const WIDTH: f64 = 96.0;
/// How high one lane is, in pixels.
const LANE: usize = 22;
/// Where the first lane begins, below the years.
const TOP: usize = 22;
/// How many links a picture shows; those with findings come first.
const MOST_LINKS: usize = 24;
/// How many marks a link or the article gets.
const MOST_MARKS: usize = 6;

/// The picture.
pub(super) struct Timeline {
    /// In pixels.
    pub(super) height: usize,
    /// Where the lanes end.
    pub(super) bottom: usize,
    /// Years or months.
    pub(super) ticks: Vec<Tick>,
    /// From when the article came out to when it was last known to be edited.
    pub(super) band: Option<Bar>,
    /// The time of judging.
    pub(super) now: String,
    /// What has not come yet: from now to the picture's edge.
    pub(super) future: String,
    /// The article, then the links, each with what is stated about it.
    pub(super) subjects: Vec<Drawn>,
    /// How many links with dates found no room.
    pub(super) more: usize,
    /// The picture in one sentence, for who does not see it.
    pub(super) words: String,
}

/// An interval on the axis.
pub(super) struct Bar {
    pub(super) x: String,
    pub(super) width: String,
}

/// The article or a link, with a lane for each statement about it.
pub(super) struct Drawn {
    pub(super) y: usize,
    pub(super) name: String,
    /// The finding about it, if there is one.
    pub(super) finding: Option<usize>,
    pub(super) lanes: Vec<Lane>,
}

/// One statement.
pub(super) struct Lane {
    pub(super) y: usize,
    /// `published`, `modified`, `existed-by`, and how bad it is.
    pub(super) class: String,
    pub(super) bar: Bar,
    /// From the end of the article's band to a mark that cannot be so late.
    pub(super) gap: Option<(String, String)>,
    /// Who says what.
    pub(super) says: String,
    /// Where the words stand, on which side of the mark, and which of their ends.
    pub(super) text_x: String,
    pub(super) aside: i8,
    pub(super) anchor: &'static str,
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
        let mut instants: Vec<Timestamp> = ends.filter(|&at| is_plausible(at, now)).collect();
        if instants.is_empty() {
            return None;
        }
        instants.push(now);
        let scale = Scale::new(&instants, LEFT, WIDTH)?;
        let words = words(&subjects);
        let band = Band::of(&judged.case);
        let mut y = TOP;
        let subjects = subjects.into_iter().map(|subject| drawn(subject, &mut y, scale, band));
        let subjects = subjects.collect();
        Some(Self {
            height: y + 20,
            bottom: y,
            ticks: scale.ticks(),
            band: band.map(|band| bar(band.when, scale)),
            now: format!("{:.2}", scale.x(now)),
            future: format!("{:.2}", 100.0 - scale.x(now)),
            subjects,
            more,
            words,
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
        name: "This article".to_owned(),
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
        name: shortened(link.words().filter(|words| !words.is_empty()).unwrap_or(short)),
        finding: findings.first().map(|(number, _)| *number),
        marks: all,
    }
}

/// Names are cut to what fits on a narrow page.
fn shortened(name: &str) -> String {
    const FITTING: usize = 90;
    let shown = Shown(name).to_string();
    if shown.chars().count() <= FITTING {
        return shown;
    }
    shown.chars().take(FITTING - 1).chain(['…']).collect()
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

/// A thing from `y` on, which goes on below it: its name, then its lanes.
fn drawn(subject: Subject, y: &mut usize, scale: Scale, band: Option<Band>) -> Drawn {
    let Subject { name, finding, marks } = subject;
    let top = *y;
    let lanes = marks.into_iter().zip(1..).map(|(mark, n)| lane(mark, top + n * LANE, scale, band));
    let lanes: Vec<Lane> = lanes.collect();
    *y += (1 + lanes.len()) * LANE;
    Drawn { y: top, name, finding, lanes }
}

fn lane(mark: Mark, y: usize, scale: Scale, band: Option<Band>) -> Lane {
    let event = match mark.event {
        Event::Published => "published",
        Event::Modified => "modified",
        Event::Made => "made",
        Event::ExistedBy => "existed-by",
    };
    let level = mark.level.map_or("plain", Level::as_str);
    let (from, to) = (scale.x(mark.when.earliest), scale.x(mark.when.before));
    let late = band.filter(|band| mark.level.is_some() && mark.when.certainly_after(band.when));
    let says = match late {
        Some(band) => format!("{}, {} later", mark.says, distance(band.last, mark.date)),
        None => mark.says,
    };
    // The words stand on the side that has more room.
    let is_right = f64::midpoint(from, to) > LEFT + WIDTH / 2.0;
    let (text_x, aside, anchor) = if is_right { (from, -8, "end") } else { (to, 8, "start") };
    Lane {
        y,
        class: format!("{event} {level}"),
        bar: bar(mark.when, scale),
        gap: late.map(|band| (format!("{:.2}", scale.x(band.when.before)), format!("{from:.2}"))),
        says,
        text_x: format!("{text_x:.2}"),
        aside,
        anchor,
    }
}

fn bar(when: When, scale: Scale) -> Bar {
    let (from, to) = (scale.x(when.earliest), scale.x(when.before));
    Bar { x: format!("{from:.2}"), width: format!("{:.2}", to - from) }
}

fn words(subjects: &[Subject]) -> String {
    let marks = subjects.iter().map(|subject| subject.marks.len()).sum::<usize>();
    let things = subjects.len();
    format!(
        "Timeline: {} about {}. The same follows as a table.",
        crate::report::words::count(marks, "statement"),
        crate::report::words::count(things, "page"),
    )
}
