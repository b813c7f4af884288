//! Evidence: the date in the document's own address (`/2018/05/25/`).

mod identifier;
mod six_digits;

use url::Url;

use super::kind::{About, Group, Kind, Trait};
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::address::day::{self, Form, Found};
use crate::model::{Event, Media, PartialDate, Span};

pub(super) use crate::address::day::WEB_YEARS as YEARS;
pub(super) use identifier::EVIDENCE as IDENTIFIER;
pub(super) use six_digits::EVIDENCE as SIX_DIGITS;

/// Dates in the document's own address.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: day::SOURCE,
    summary: "the date in the document's own address: its path, its words, its query",
    kinds: &[&DAY, &SLUG, &MONTH],
    collect,
};

/// A day in the path of its own address.
pub(super) static DAY: Kind = Kind {
    name: "url-day",
    told: "the day in its address",
    event: Event::Published,
    about: About::Article,
    confidence: Form::Day.confidence(),
    group: Group::Address,
    first: 560,
    further: 560,
    traits: &[Trait::Tells, Trait::Several],
};

/// A day among the words of its address, which may be what the page is about.
pub(super) static SLUG: Kind = Kind {
    name: "url-slug",
    told: "a day among the words of its address",
    event: Event::Published,
    about: About::Article,
    confidence: Form::Words.confidence(),
    group: Group::Address,
    first: 140,
    further: 140,
    traits: &[],
};

/// A month in its address.
pub(super) static MONTH: Kind = Kind {
    name: "url-month",
    told: "the month in its address",
    event: Event::Published,
    about: About::Article,
    confidence: Form::Month.confidence(),
    group: Group::Address,
    first: 150,
    further: 150,
    traits: &[Trait::Period],
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let mut seen: Vec<&Url> = Vec::new();
    for (url, span) in own_addresses(subject) {
        if seen.contains(&url) {
            continue;
        }
        seen.push(url);
        let found = day::date(url).map(|found| witness(&found).at(span));
        // Front matter names the address of a copy elsewhere, or that of a source.
        let is_elsewhere = subject.document.media == Media::Markdown
            && span.is_some_and(|span| span.end <= subject.header_end);
        let weighed = |found: Witness| if is_elsewhere { found.weaker(&SLUG) } else { found };
        witnesses.extend(found.map(weighed));
    }
}

/// Addresses beyond this count are left out.
const MAX_OWN: usize = 64;

/// The addresses that the document has or gives itself, with the place that says so; no more than
/// [`MAX_OWN`] of them, since each is held against others.
pub(super) fn own_addresses<'a>(
    subject: &Subject<'a>,
) -> impl Iterator<Item = (&'a Url, Option<Span>)> + use<'a> {
    let stated = subject.document.url.iter().map(|url| (url, None));
    let own = subject.extract.links.iter().filter(|link| link.role.is_own_address());
    stated.chain(own.filter_map(|link| Some((link.url()?, Some(link.span))))).take(MAX_OWN)
}

fn kind(found: &Found) -> &'static Kind {
    match found.form {
        Form::Day => &DAY,
        Form::Words => &SLUG,
        Form::Month => &MONTH,
    }
}

fn witness(found: &Found) -> Witness {
    Witness::new(kind(found), found.date, EVIDENCE.source, found.quote.clone())
        .or(found.alternative)
}

/// The date in the path of an address on the document's own site, and how it came about.
pub(super) fn in_path(url: &Url) -> Option<(&'static Kind, PartialDate)> {
    let found = day::date(url).filter(|found| found.alternative.is_none())?;
    Some((kind(&found), found.date))
}

/// A whole day among the words of a name, with those.
pub(super) fn in_name(name: &str) -> Option<(PartialDate, String)> {
    let found = day::in_segment(name).filter(|found| found.alternative.is_none())?;
    Some((found.date, found.quote))
}

/// The year of an identifier that counts its records by years: `CVE-2018-25008`.
pub(super) fn id_year(name: &str) -> Option<PartialDate> {
    let (series, rest) = name.split_once('-')?;
    let (year, number) = rest.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let valid = series.len() >= 2
        && series.bytes().all(|byte| byte.is_ascii_uppercase())
        && year.len() == 4
        && digits(year)
        && number.len() >= 3
        && digits(number);
    let year: i16 = year.parse().ok().filter(|year| valid && YEARS.contains(year))?;
    Some(PartialDate::Year(year))
}
