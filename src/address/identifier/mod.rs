//! Clocks in identifiers: what the identifier in an address says about when the address was made.
//!
//! Platforms give out identifiers that carry the millisecond in which they were made, or that only
//! count upwards. Neither the author of a page nor its template sets that, and nothing has to be
//! fetched to read it. What it says is "this address was made at that time", not "the page came out
//! then": papers move old pieces to new systems, and drafts wait.
//!
//! One table, [`CLOCKS`], names for each platform where an identifier stands, how it is laid out,
//! since when there are any, who sets it, how exact it is and who says so. A number of the same shape
//! on another host, or of a time before the platform began, is none.

mod anchors;
mod counters;
mod layout;
mod place;
mod posts;
mod press;
mod shape;
mod table;

use std::borrow::Cow;
use std::sync::LazyLock;

use foldhash::HashMap;
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::model::{
    Claim, Confidence, Event, PartialDate, Source, SourceInfo, Speaker, Standing, When,
};
use layout::{Layout, Moment};
use place::Place;
pub use table::CLOCKS;

/// The kind of evidence that an identifier's time is, as claims name it.
pub const SOURCE: Source = Source::known(&SourceInfo {
    name: "url-id",
    label: "URL ID",
    phrase: "identifier in the address",
    speaker: Speaker::Address,
    standing: Standing::Open,
});

/// Who sets an identifier's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetBy {
    /// The platform's own servers.
    Platform,
    /// A publishing system, which gives new identifiers to old pieces that are moved into it.
    Publisher,
    /// The program of whoever wrote it, whose clock may be wrong.
    Client,
}

/// One kind of identifier.
#[derive(Debug)]
pub struct Clock {
    /// Who gives the identifiers out, as sentences call them.
    pub name: &'static str,
    /// The hosts, with all their subdomains, whose addresses hold them; none where any host may.
    pub hosts: &'static [&'static str],
    /// The place of the identifier in an address, in words.
    pub form: &'static str,
    /// Finds the identifier in an address.
    recognise: for<'u> fn(&Place<'u>) -> Option<Cow<'u, str>>,
    /// How the time is read from it.
    layout: Layout,
    /// The first day of which there can be any.
    since: (i16, i8, i8),
    /// The last day of which there can be any, where the form was given up.
    until: Option<(i16, i8, i8)>,
    /// Who sets the time.
    pub set_by: SetBy,
    /// How many seconds before the time in it an identifier may have been made, and after it.
    slack: (i64, i64),
    /// How far the claim is to be believed.
    pub confidence: Confidence,
    /// Who documents the layout, or what it was read from.
    pub source: &'static str,
}

/// An identifier whose time was read.
#[derive(Clone, Debug)]
pub struct Made {
    /// What kind of identifier it is.
    pub clock: &'static Clock,
    /// The identifier as it stands in the address.
    pub id: String,
    /// The time in it, as exact as it is.
    pub date: PartialDate,
    /// The instants in which it can have been made.
    pub when: When,
}

impl Made {
    /// Whether that day is written inside the identifier itself.
    #[must_use]
    pub fn holds(&self, day: PartialDate) -> bool {
        matches!(self.clock.layout, Layout::DottedDay) && self.date == day
    }

    /// The claim that the address was made then.
    #[must_use]
    pub fn claim(&self) -> Claim {
        let confidence = self.clock.confidence;
        let made = Claim::new(Event::Made, self.date, SOURCE, confidence, self.id.clone());
        Claim { when: self.when, ..made }
    }

    /// The same, without an end where the identifier may be that of something which the address only
    /// stands in, and which was there before: a site, an album, a picture that was put somewhere again.
    fn within(self, place: &Place<'_>) -> Self {
        let day = self.date.first_day();
        let is_inside = place.is_inside(&self.id) || place.day().is_some_and(|named| named > day);
        match When::new(self.when.earliest, Timestamp::MAX) {
            Some(when) if is_inside => Self { when, ..self },
            _ => self,
        }
    }

    /// What the identifier says, as a sentence without its point.
    #[must_use]
    pub fn told(&self) -> String {
        let verb = match self.clock {
            Clock { hosts: [], name, .. } => format!("its identifier ({name}) was made"),
            Clock { name, .. } => format!("its number was given out by {name}"),
        };
        let day = self.date.first_day().strftime("%B %-d, %Y");
        let when = match self.date {
            _ if matches!(self.clock.layout, Layout::Counter { .. }) => {
                format!("on or after {day}")
            }
            PartialDate::Zoned(time, _) => format!("on {day}, {} UTC", time.strftime("%H:%M")),
            PartialDate::Month(first) => format!("in {}", first.strftime("%B %Y")),
            _ => format!("on {day}"),
        };
        format!("{verb} {when}; the address did not exist before")
    }
}

/// The table as Markdown, as it stands in `docs/clocks.md`.
#[must_use]
pub fn table() -> String {
    const HEAD: &str = "\
| platform | hosts | identifier | since | exact to | believed | source |
|---|---|---|---|---|---|---|
";
    let rows = CLOCKS.iter().chain(shape::CLOCKS).map(Clock::row);
    std::iter::once(HEAD.to_owned()).chain(rows).collect()
}

/// Addresses longer than this are not looked at.
const LONGEST: usize = 2_048;

/// What the identifier in an address says about when the address was made, if it holds one that can
/// have been made by `now`.
#[must_use]
pub fn made(url: &Url, now: Option<Timestamp>) -> Option<Made> {
    let host = url.host_str()?;
    if url.as_str().len() > LONGEST || !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let known = of_host(host);
    if known.is_empty() && !shape::may_hold_one(url) {
        return None;
    }
    let place = Place::of(url, host);
    // What a known platform does not use on its own host means nothing there.
    let found = if known.is_empty() {
        shape::CLOCKS.iter().find_map(|clock| clock.read(&place)).map(|made| made.within(&place))
    } else {
        known.iter().find_map(|&clock| clock.read(&place))
    };
    found.filter(|made| now.is_none_or(|now| made.when.earliest <= now))
}

/// The kinds of identifiers that the hosts of a platform use.
fn of_host(host: &str) -> &'static [&'static Clock] {
    static BY_HOST: LazyLock<HashMap<&str, Vec<&Clock>>> = LazyLock::new(|| {
        let mut by_host: HashMap<&str, Vec<&Clock>> = HashMap::default();
        for clock in CLOCKS {
            for host in clock.hosts {
                by_host.entry(host).or_default().push(clock);
            }
        }
        by_host
    });
    let mut name = host;
    loop {
        if let Some(clocks) = BY_HOST.get(name) {
            return clocks;
        }
        match memchr::memchr(b'.', name.as_bytes()) {
            Some(dot) => name = name.get(dot + 1..).unwrap_or_default(),
            None => return &[],
        }
    }
}

impl Clock {
    fn read(&'static self, place: &Place<'_>) -> Option<Made> {
        let id = (self.recognise)(place)?;
        let moment = self.layout.read(&id)?;
        let (date, when) = self.interval(moment)?;
        Some(Made { clock: self, id: id.into_owned(), date, when })
    }

    /// The clock as a row of the table.
    fn row(&self) -> String {
        let day = |(year, month, day): (i16, i8, i8)| format!("{year}-{month:02}-{day:02}");
        let hosts = match self.hosts {
            [] => "any other".to_owned(),
            hosts => hosts.iter().map(|host| format!("`{host}`")).collect::<Vec<_>>().join(", "),
        };
        let period = match self.until {
            Some(until) => format!("{} to {}", day(self.since), day(until)),
            None => day(self.since),
        };
        let exact = self.layout.exactness();
        let slack = match self.slack {
            (0, 0) => String::new(),
            (before, after) if before == after => format!(", {} either way", span(before)),
            (before, after) => format!(", {} before to {} after", span(before), span(after)),
        };
        let source = match self.source.strip_prefix("https://") {
            Some(page) => format!("[{}]({})", page.split('/').next().unwrap_or(page), self.source),
            None => self.source.to_owned(),
        };
        let Self { name, form, confidence, .. } = self;
        format!(
            "| {name} | {hosts} | {form} | {period} | {exact}{slack} | {confidence} | {source} |\n"
        )
    }

    /// The time as a statement and as the instants that it allows, if the platform can have made
    /// identifiers then.
    fn interval(&self, moment: Moment) -> Option<(PartialDate, When)> {
        let (date, first, end) = match moment {
            Moment::Instant(milliseconds) => {
                let at = Timestamp::from_second(milliseconds.div_euclid(1_000)).ok()?;
                (PartialDate::utc(at), at, at.checked_add(SignedDuration::from_secs(1)).ok()?)
            }
            Moment::Day(day) => {
                (PartialDate::Day(day), midnight(day)?, midnight(day.tomorrow().ok()?)?)
            }
            Moment::Month(first) => {
                let next = first.last_of_month().tomorrow().ok()?;
                (PartialDate::Month(first), midnight(first)?, midnight(next)?)
            }
            Moment::NotBefore(day) => (PartialDate::Day(day), midnight(day)?, Timestamp::MAX),
        };
        let day = date.first_day();
        if day < civil(self.since)?
            || self.until.is_some_and(|until| civil(until).is_none_or(|until| day > until))
        {
            return None;
        }
        let earliest = first.checked_sub(SignedDuration::from_secs(self.slack.0)).ok()?;
        let before = end.saturating_add(SignedDuration::from_secs(self.slack.1)).ok()?;
        Some((date, When::new(earliest, before)?))
    }
}

/// A length of time in its largest unit.
fn span(seconds: i64) -> String {
    let (count, unit) = match seconds {
        ..120 => (seconds, "second"),
        120..86_400 => (seconds / 60, "minute"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn civil((year, month, day): (i16, i8, i8)) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn midnight(day: Date) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(day.into()).ok()
}

#[cfg(test)]
mod form_tests;
#[cfg(test)]
mod tests;
