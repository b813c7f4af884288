//! What is known of the time of a link's target: what its address claims, and what its page says.

use std::borrow::Cow;

use jiff::Timestamp;
use url::Url;

use crate::address::archive::take_apart;
use crate::address::day::{date_in_url, impossible_date_in_url, may_hold_year};
use crate::address::identifier::{self, Made};
use crate::model::{
    Case, Checked, Claim, Confidence, DayClue, Event, Link, Page, PartialDate, Source, Speaker,
};

use super::phrase;

/// The page that a link is about in the end: what an archive captured or a wrapper hides, else the
/// link's own address.
pub fn address(link: &Link) -> Option<Cow<'_, Url>> {
    let inside = link.capture.as_ref().and_then(|capture| capture.target.as_deref());
    match inside.or(link.inner.as_deref()).and_then(parse_loosely) {
        Some(url) => Some(Cow::Owned(url)),
        None => link.url().map(Cow::Borrowed),
    }
}

/// Archives' addresses may leave off the scheme of what they captured.
fn parse_loosely(text: &str) -> Option<Url> {
    Url::parse(text)
        .ok()
        .filter(Url::has_host)
        .or_else(|| Url::parse(&format!("http://{text}")).ok())
}

/// Whether the time in an address is that of a capture, and not the target's.
fn is_of_archive(address: &Url) -> bool {
    take_apart(address).is_some()
}

/// What the target's address says of its day, worked out once for all rules.
fn day_clue(link: &Link) -> Option<&DayClue> {
    link.day_clue(|link| {
        let address = address(link).filter(|address| may_hold_year(address))?;
        let published = if is_of_archive(&address) { None } else { date_in_url(&address) };
        Some(DayClue { published })
    })
}

/// What the target's address says about its publication.
pub(crate) fn claimed_by_address(link: &Link) -> Option<Claim> {
    day_clue(link)?.published.clone()
}

/// A day in the target's address that no calendar has, as it is written there.
pub(crate) fn impossible_day(link: &Link) -> Option<String> {
    day_clue(link)?;
    impossible_date_in_url(&*address(link)?)
}

/// What the identifier in the target's address says about when that address was made. What cannot
/// have been made by now is none.
#[must_use]
pub fn made(link: &Link, now: Timestamp) -> Option<Made> {
    let has_one = link.has_identifier(|link| {
        let address = address(link);
        address.is_some_and(|url| identifier::made(&url, None).is_some() && !is_of_archive(&url))
    });
    let address = has_one.then(|| address(link)).flatten()?;
    identifier::made(&address, Some(now))
}

/// What the target's address says about its time: when it came out, or else when the address was
/// made, with the identifier that says so.
pub(crate) fn said_by_address(link: &Link, now: Timestamp) -> Option<(Claim, Option<Made>)> {
    if let Some(claim) = claimed_by_address(link) {
        return Some((claim, None));
    }
    let made = made(link, now)?;
    Some((made.claim(), Some(made)))
}

/// A claim about the target and how much later than `from` that is, as the rest of a sentence about
/// it: ` came out on … according to …: 7 years later`, or `: its number was given out by X on …; the
/// address did not exist before. That is 2 years later`.
pub(crate) fn later(case: &Case, link: &Link, claim: &Claim, from: PartialDate) -> String {
    let distance = phrase::distance(from, claim.date);
    if claim.event != Event::Made {
        let (date, place) = (phrase::at(claim), phrase::place_in_target(claim));
        return format!(" came out {date} according to {place}: {distance} later");
    }
    let told = made(link, case.now).map(|made| made.told()).unwrap_or_default();
    let is_least = claim.when.is_open() && !distance.starts_with("at least");
    let least = if is_least { "at least " } else { "" };
    format!(": {told}. That is {least}{distance} later")
}

/// What the target's own page says about its publication, without what merely repeats its
/// address.
pub(crate) fn claimed_by_page(page: &Page) -> Option<Claim> {
    page.dating
        .about(Event::Published)
        .find(|claim| {
            claim.source.speaker() != Speaker::Address && claim.confidence > Confidence::Low
        })
        .cloned()
}

/// The page that was fetched for the link, if it answered.
pub(crate) fn page<'a>(checked: &Checked<'a>) -> Option<&'a Page> {
    checked.status.outcome()?.result.as_ref().ok()
}

/// That a web archive holds a capture of the target: proof that it existed by then.
pub(crate) fn earliest_capture(checked: &Checked<'_>) -> Option<Claim> {
    let earliest = checked.status.outcome()?.captures.as_ref()?.earliest.as_ref()?;
    let date = PartialDate::utc(earliest.captured);
    let source = Source::WEB_ARCHIVE;
    Some(Claim::new(Event::ExistedBy, date, source, Confidence::High, earliest.url.as_str()))
}

/// What to do about a redated page whose former address an archive knows.
pub(crate) fn link_former_address(checked: &Checked<'_>) -> Option<String> {
    let former = checked.status.outcome()?.captures.as_ref()?.former.as_ref()?;
    let taken = phrase::date(PartialDate::utc(former.capture.captured));
    Some(format!(
        "around the article's date, on {taken}, a web archive held a page of the same name at {}: \
         compare it, and link that address or its capture, {}",
        former.url, former.capture.url
    ))
}

/// What the address of a capture says about when it was taken.
pub(crate) fn captured(link: &Link) -> Option<Claim> {
    let date = link.capture.as_ref()?.captured?;
    let source = Source::WEB_ARCHIVE;
    Some(
        Claim::new(Event::ExistedBy, date, source, Confidence::High, date.to_string())
            .at(link.span),
    )
}
