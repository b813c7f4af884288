//! Proof: whether a capture is what a list says that it is.

use jiff::Timestamp;
use url::Url;

use super::archive::Archive;
use super::link_format::{has_relation, links};
use super::listing::{DATES, LONGEST_DATE, SOURCE, existed, first_web_page};
use crate::address::archive::take_apart;
use crate::address::resource::is_same_resource;
use crate::fetch::fetcher::{Digest, Fetcher};
use crate::model::{Claim, Dating, Headers, Memento, Page};

impl Archive {
    /// The capture that a list names, read in the raw form, if it proves to be one of the page at
    /// `target`. `digest` keeps what it says of itself ([`witnessed`]).
    pub async fn proved(
        &self,
        fetcher: &Fetcher,
        (capture, listed): &(Url, Timestamp),
        target: &Url,
        digest: Digest,
    ) -> Option<Memento> {
        if !self.may_ask(fetcher) {
            return None;
        }
        let raw = self.raw(capture, *listed, target);
        let outcome = fetcher.visit(&raw, digest).await;
        let page = outcome.result.as_ref().ok().filter(|page| page.status == 200)?;
        let proof = page.dating.claims.first().filter(|claim| claim.source == SOURCE)?;
        let url = self.readable(capture, (&raw, &page.url), proof.when.earliest);
        is_same_resource(&proof.quote, target).then(|| Memento {
            url,
            captured: proof.when.earliest,
            page: Some(Box::new(page.clone())),
        })
    }
}

/// A captured page with what its archive says of it in place of the page's own dates: that
/// `original` existed by `Memento-Datetime`. What comes without that is no capture, and has none.
#[must_use]
pub fn witnessed(page: Page, headers: &Headers) -> Page {
    let claims = proof(&page.url, headers).into_iter().collect();
    Page { dating: Dating { claims, ..Dating::default() }, ..page }
}

/// What the header fields of a memento say (RFC 7089, section 2.1): its time, and its original. An
/// archive in pywb's manner leaves the captured page's own `Link` beside its own, so that an
/// original that the address names comes first.
pub(super) fn proof(url: &Url, headers: &Headers) -> Option<Claim> {
    let date = headers.get("memento-datetime").filter(|date| date.len() <= LONGEST_DATE)?;
    let at = DATES.parse_timestamp(date.trim()).ok().filter(|at| *at >= first_web_page())?;
    let named = take_apart(url).and_then(|capture| capture.target);
    let fields = headers.0.iter().filter(|(name, _)| name == "link");
    let stated = || {
        fields
            .flat_map(|(_, field)| links(field))
            .find(|link| has_relation(link, "original"))
            .map(|link| link.target.trim().to_owned())
    };
    let original = named.or_else(stated)?;
    Some(existed(&original, at))
}
