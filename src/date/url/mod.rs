//! Evidence: the date in the document's own address (`/2018/05/25/`).

mod identifier;
mod path;
mod six_digits;

use url::Url;

use super::witness::{Kind, Witness};
use super::{Evidence, Subject};
use crate::model::{Claim, Confidence, Media, PartialDate, Source, Span};
use path::Found;

pub use identifier::EVIDENCE as IDENTIFIER;
pub(super) use path::WEB_YEARS as YEARS;
pub use path::impossible_date_in_url;
pub use six_digits::EVIDENCE as SIX_DIGITS;

/// Dates in the document's own address.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::new("url-path"),
    summary: "the date in the document's own address: its path, its words, its query",
    collect,
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let mut seen: Vec<&Url> = Vec::new();
    for (url, span) in own_addresses(subject) {
        if seen.contains(&url) {
            continue;
        }
        seen.push(url);
        let found = path::date(url).map(|found| witness(&found).at(span));
        // Front matter names the address of a copy elsewhere, or that of a source.
        let is_elsewhere = subject.document.media == Media::Markdown
            && span.is_some_and(|span| span.end <= subject.header_end);
        let weighed =
            |found: Witness| if is_elsewhere { found.weaker(Kind::UrlSlug) } else { found };
        witnesses.extend(found.map(weighed));
    }
}

/// Addresses beyond this count are left out.
const MAX_OWN: usize = 64;

/// The addresses that the document has or gives itself, with the place that says so; no more than
/// [`MAX_OWN`] of them, since each is held against others.
pub fn own_addresses<'a>(
    subject: &Subject<'a>,
) -> impl Iterator<Item = (&'a Url, Option<Span>)> + use<'a> {
    let stated = subject.document.url.iter().map(|url| (url, None));
    let own = subject.extract.links.iter().filter(|link| link.role.is_own_address());
    stated.chain(own.filter_map(|link| Some((link.url()?, Some(link.span))))).take(MAX_OWN)
}

fn witness(found: &Found) -> Witness {
    Witness::new(found.kind, found.date, EVIDENCE.source, found.quote.clone()).or(found.alternative)
}

/// What a URL itself claims about the publication of the page it leads to, if anything. Rules use
/// it for links that were not fetched, so only the strict forms count: a whole day in the path.
#[must_use]
pub fn date_in_url(url: &Url) -> Option<Claim> {
    let found = path::date(url)?;
    let certain = found.kind == Kind::UrlDay && found.alternative.is_none();
    let mut claim = witness(&found).claim;
    if !certain {
        claim.confidence = claim.confidence.min(Confidence::Medium);
    }
    Some(claim)
}

/// The date in the path of an address on the document's own site, and how it came about.
pub(super) fn in_path(url: &Url) -> Option<(Kind, PartialDate)> {
    path::date(url)
        .filter(|found| found.alternative.is_none())
        .map(|found| (found.kind, found.date))
}

/// A whole day among the words of a name, with those.
pub(super) fn in_name(name: &str) -> Option<(PartialDate, String)> {
    let found = path::in_segment(name).filter(|found| found.alternative.is_none())?;
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

#[cfg(test)]
mod tests;
