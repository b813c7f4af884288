//! The two sides of a finding that compares times: what is claimed of the article, and against it
//! what is claimed of the page that it links to.

use jiff::civil::Date;

use crate::address::shown::Shown;
use crate::model::{
    Case, Checked, Claim, Event, Finding, Level, Link, LinkKind, Outcome, PartialDate, Source, When,
};
use crate::report::words::event_in_words;
use crate::rules::{dated_by_address, distance};

/// Two sides whose times do not fit.
pub(super) struct Sides {
    pub(super) left: Side,
    pub(super) right: Side,
    /// How far they lie apart, in words: `7 years, 4 months`.
    pub(super) gap: String,
    /// What the right side is to the left: `later`, `earlier`, `apart`.
    pub(super) order: &'static str,
    /// The least that lies between them, in seconds.
    pub(super) seconds: i64,
}

/// What is claimed of one thing.
pub(super) struct Side {
    pub(super) who: &'static str,
    /// `published`, `address made`, ….
    pub(super) event: &'static str,
    pub(super) date: PartialDate,
    pub(super) when: When,
    /// Who says so, and in which words.
    pub(super) says: Vec<(String, String)>,
}

impl Sides {
    /// The sides of a finding, where its claims have two.
    pub(super) fn of(finding: &Finding, case: &Case) -> Option<Self> {
        let is_own =
            |claim: &&Claim| claim.source == Source::CAPTURE || case.dating.claims.contains(claim);
        let (own, others): (Vec<&Claim>, Vec<&Claim>) = finding.because.iter().partition(is_own);
        match (own.first(), others.first()) {
            (Some(_), Some(_)) => Some(article_and_target(case, &own, &others)),
            (Some(first), None) => conflict("The article says", first, &own),
            (None, Some(first)) => conflict("The linked page says", first, &others),
            (None, None) => None,
        }
    }

    /// Whether this is a link that came later than its article.
    pub(super) fn is_later(&self) -> bool {
        self.order == "later" && self.left.who == ARTICLE && self.right.who == TARGET
    }
}

const ARTICLE: &str = "The article";
const TARGET: &str = "What it links to";

fn article_and_target(case: &Case, own: &[&Claim], others: &[&Claim]) -> Sides {
    let target = others.iter().find(|claim| claim.event.is_beginning()).or(others.first());
    let right = Side::new(TARGET, target.copied(), others);
    let right = match target {
        Some(claim) if claim.source == Source::TIME_OF_JUDGING => {
            Side { who: "The time of judging", event: "", ..right }
        }
        _ => right,
    };
    let mut left = Side::new(ARTICLE, own.first().copied(), own);
    if let Some((date, event, when)) = stood(case, right.when) {
        left = Side { date, event: event_in_words(event), when, ..left };
    }
    Sides::between(left, right)
}

/// When the article came out and was last edited, and the date that it is measured from: its last
/// edit, or its publication where a later edit leaves room for `other`.
fn stood(case: &Case, other: When) -> Option<(PartialDate, Event, When)> {
    let published = case.dating.published.as_ref()?;
    let modified = case.dating.modified.as_ref();
    let modified = modified.filter(|modified| modified.when.before > published.when.before);
    let when = modified.map_or(published.when.before, |modified| modified.when.before);
    let band = When::new(published.when.earliest, when)?;
    let (last, event) = match modified {
        Some(modified) if other.certainly_after(band) => (modified, Event::Modified),
        _ => (published, Event::Published),
    };
    Some((last.date, event, band))
}

/// Two claims about one thing that cannot both be true.
fn conflict(who: &'static str, first: &Claim, claims: &[&Claim]) -> Option<Sides> {
    let other = claims.iter().find(|claim| !claim.when.overlaps(first.when))?;
    let with = |one: &Claim| -> Vec<&Claim> {
        claims.iter().copied().filter(|claim| claim.when.overlaps(one.when)).collect()
    };
    let left = Side::new(who, Some(first), &with(first));
    let right = Side::new("and also", Some(other), &with(other));
    Some(Sides::between(left, right))
}

impl Sides {
    fn between(left: Side, right: Side) -> Self {
        let seconds = |one: When, other: When| {
            other.earliest.as_second().saturating_sub(one.before.as_second())
        };
        let (order, seconds) = if right.date.first_day() > left.date.first_day() {
            ("later", seconds(left.when, right.when))
        } else {
            ("earlier", seconds(right.when, left.when))
        };
        let gap = distance(left.date, right.date);
        let is_least = right.when.is_open() && !gap.starts_with("at least");
        let gap = if is_least { format!("at least {gap}") } else { gap };
        Self { left, right, gap, order, seconds: seconds.max(0) }
    }
}

impl Side {
    fn new(who: &'static str, chief: Option<&Claim>, claims: &[&Claim]) -> Self {
        /// So many claims say enough.
        const SHOWN: usize = 4;
        let fallback = PartialDate::Year(1970);
        let says = claims.iter().take(SHOWN).map(|claim| {
            let quote = Shown(claim.quote.trim()).to_string();
            (Shown(&claim.source.label()).to_string(), quote)
        });
        Self {
            who,
            event: chief.map_or("", |claim| event_in_words(claim.event)),
            date: chief.map_or(fallback, |claim| claim.date),
            when: chief.map_or_else(|| fallback.when(), |claim| claim.when),
            says: says.collect(),
        }
    }

    /// The date in words.
    pub(super) fn in_words(&self) -> String {
        in_words(self.date)
    }

    /// The first day that the date allows, for what is sorted and drawn by days.
    pub(super) fn day(&self) -> Date {
        self.date.first_day()
    }
}

/// A date as people write it: `May 25, 2018`, `May 2018`.
pub(super) fn in_words(date: PartialDate) -> String {
    match date.to_day_precision() {
        PartialDate::Year(year) => year.to_string(),
        PartialDate::Month(first) => first.strftime("%B %Y").to_string(),
        PartialDate::Week(monday) => monday.strftime("week of %B %-d, %Y").to_string(),
        day => day.first_day().strftime("%B %-d, %Y").to_string(),
    }
}

/// The day of a link's target, as far as its page or its address says one.
pub(super) fn day_of_target(checked: &Checked<'_>, case: &Case) -> Option<Date> {
    let Checked { link, status } = checked;
    if matches!(link.kind, LinkKind::Metadata | LinkKind::Embed) || link.role.is_own_address() {
        return None;
    }
    let page = status.outcome().and_then(|outcome| outcome.result.as_ref().ok());
    let of_page = page.and_then(|page| page.dating.published.as_ref());
    let date = of_page.map(|published| published.date);
    let date = date.or_else(|| dated_by_address(link, case.now).map(|(claim, _)| claim.date));
    date.map(PartialDate::first_day)
}

/// The title of what a link leads to: what its page says, what introduces it with the site where that
/// says little, or its address.
pub(super) fn title_of_target(link: &Link, outcome: Option<&Outcome>) -> String {
    const FITTING: usize = 110;
    const TELLING: usize = 16;
    let page = outcome.and_then(|outcome| outcome.result.as_ref().ok());
    let title = page.and_then(|page| page.titles.first()).map(|title| title.text.trim());
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        return shortened(title, FITTING);
    }
    let host = link.url().and_then(url::Url::host_str);
    let words = link.words().map(str::trim).filter(|words| !words.is_empty());
    match (words, host) {
        (Some(words), Some(host)) if words.chars().count() < TELLING => {
            shortened(&format!("{words} ({host})"), FITTING)
        }
        (Some(words), _) => shortened(words, FITTING),
        (None, _) => {
            let address = link.url().map_or(link.joined(), url::Url::as_str);
            let masked = crate::address::secret::masked(address);
            shortened(masked.split_once("://").map_or(&*masked, |(_, rest)| rest), FITTING)
        }
    }
}

/// A foreign text of at most so many characters.
pub(super) fn shortened(text: &str, fitting: usize) -> String {
    let shown = Shown(text).to_string();
    if shown.chars().count() <= fitting {
        return shown;
    }
    shown.chars().take(fitting - 1).chain(['…']).collect()
}

/// How a level is shown: what it is called, and whether something excuses it.
pub(super) const fn is_excused(level: Level) -> bool {
    matches!(level, Level::Note)
}
