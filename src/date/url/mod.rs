//! Evidence: the date in the document's own address (`/2018/05/25/`).

mod identifier;
mod path;
mod six_digits;

use url::Url;

use super::witness::{Kind, Witness};
use super::{Evidence, Subject};
use crate::model::{Claim, Confidence, Source, Span};
use path::Found;

pub use identifier::EVIDENCE as IDENTIFIER;
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
        witnesses.extend(path::date(url).map(|found| witness(&found).at(span)));
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

#[cfg(test)]
mod tests;
