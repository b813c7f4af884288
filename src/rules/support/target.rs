//! What is known of the time of a link's target: what its address claims, and what its page says.

use std::borrow::Cow;

use url::Url;

use crate::address::archive::take_apart;
use crate::date::date_in_url;
use crate::model::{Checked, Claim, Confidence, Event, Link, Page, PartialDate, Source, Speaker};

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

/// What the target's address says about its publication.
pub fn claimed_by_address(link: &Link) -> Option<Claim> {
    // The time in an archive's own address is the capture's, not the target's.
    let address = address(link).filter(|address| take_apart(address).is_none())?;
    date_in_url(&address)
}

/// What the target's own page says about its publication, without what merely repeats its
/// address.
pub fn claimed_by_page(page: &Page) -> Option<Claim> {
    page.dating
        .about(Event::Published)
        .find(|claim| {
            claim.source.speaker() != Speaker::Address && claim.confidence > Confidence::Low
        })
        .cloned()
}

/// The page that was fetched for the link, if it answered.
pub fn page<'a>(checked: &Checked<'a>) -> Option<&'a Page> {
    checked.status.outcome()?.result.as_ref().ok()
}

/// That a web archive holds a capture of the target: proof that it existed by then.
pub fn earliest_capture(checked: &Checked<'_>) -> Option<Claim> {
    let earliest = checked.status.outcome()?.captures.as_ref()?.earliest.as_ref()?;
    let date = PartialDate::utc(earliest.captured);
    let source = Source::WEB_ARCHIVE;
    Some(Claim::new(Event::ExistedBy, date, source, Confidence::High, earliest.url.as_str()))
}

/// What the address of a capture says about when it was taken.
pub fn captured(link: &Link) -> Option<Claim> {
    let date = link.capture.as_ref()?.captured?;
    let source = Source::WEB_ARCHIVE;
    Some(
        Claim::new(Event::ExistedBy, date, source, Confidence::High, date.to_string())
            .at(link.span),
    )
}
