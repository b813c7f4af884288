//! Listing: what an archive lists of an address, as it is kept until the rules want it.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use url::Url;

use crate::model::{Claim, Confidence, Dating, Document, Event, Page, PartialDate, Source};

/// The most captures that are read of one list, and the most that are kept of it.
pub(super) const MOST_READ: usize = 50_000;
pub(super) const MOST_KEPT: usize = 1000;

/// The most captures that are read to find one that proves itself.
pub(super) const MOST_PROVED: usize = 3;

/// The most pages of one list that are read.
pub(super) const MOST_LISTS: usize = 20;

/// Dates are the heaviest to read, so no more of a value is looked at than an RFC 1123 date takes.
pub(super) const LONGEST_DATE: usize = 64;

/// The claims of a digested list.
pub(super) const SOURCE: Source = Source::WEB_ARCHIVE;

/// Reads dates whose day of the week is wrong, too: it adds nothing.
pub(super) static DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// That what is named existed by the time of a capture.
pub(super) fn existed(named: &str, at: Timestamp) -> Claim {
    Claim::new(Event::ExistedBy, PartialDate::utc(at), SOURCE, Confidence::High, named)
}

/// A list as it is kept until the rules want it: that what it names existed by the time of each
/// capture, and where the rest of the list is.
pub(super) fn listing(
    url: Url,
    document: &Document,
    captures: Vec<(Url, Timestamp)>,
    more: Vec<String>,
) -> Page {
    let claim = |(named, at): (Url, Timestamp)| existed(named.as_str(), at);
    let claims = thinned(captures).into_iter().map(claim).collect();
    Page {
        url,
        status: 0,
        media: document.media,
        titles: Vec::new(),
        canonical: None,
        dating: Dating { claims, ..Dating::default() },
        partial: document.partial,
        text: None,
        anchors: None,
        more,
    }
}

/// What a kept list names, with the time of each capture.
pub(super) fn rows_of(page: &Page) -> impl Iterator<Item = (Url, Timestamp)> {
    let claims = page.dating.claims.iter().filter(|claim| claim.source == SOURCE);
    claims.filter_map(|claim| Some((Url::parse(&claim.quote).ok()?, claim.when.earliest)))
}

/// Captures in order of time, and of very many an even choice with the first and the last.
pub(super) fn thinned(mut captures: Vec<(Url, Timestamp)>) -> Vec<(Url, Timestamp)> {
    captures.sort_by_key(|(_, at)| *at);
    let last = captures.len().saturating_sub(1);
    if last < MOST_KEPT {
        return captures;
    }
    let step = last.div_ceil(MOST_KEPT - 1);
    let chosen = captures.into_iter().enumerate();
    let chosen = chosen.filter(|(at, _)| at % step == 0 || *at == last);
    chosen.map(|(_, capture)| capture).collect()
}

/// The beginning of 1991, the year in which the first website was made public.
pub(super) fn first_web_page() -> Timestamp {
    const SECONDS: i64 = 662_688_000;
    Timestamp::from_second(SECONDS).unwrap_or(Timestamp::UNIX_EPOCH)
}
