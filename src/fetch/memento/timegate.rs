//! `TimeGate`: what leads to the capture nearest to a time (RFC 7089, section 4).

use jiff::Timestamp;
use url::Url;

use super::archive::Archive;
use super::link_format::{Linked, has_relation, links};
use super::listing::{SOURCE, existed, listing};
use super::proof::witnessed;
use super::timemap::memento;
use crate::address::resource::is_same_resource;
use crate::fetch::fetcher::Fetcher;
use crate::model::{Dating, Document, Page, When};

impl Archive {
    /// The capture of a page that the archive's `TimeGate` leads to, as the one nearest to a time;
    /// it is not proved yet.
    pub async fn at_gate(
        &self,
        fetcher: &Fetcher,
        page: &Url,
        edited: When,
    ) -> Option<(Url, Timestamp)> {
        let at = middle(edited);
        let (gate, in_field) = self.timegate(page, at)?;
        if !self.may_ask(fetcher) {
            return None;
        }
        let outcome = fetcher.visit_at(&gate, in_field.then_some(at), digest).await;
        let answer = outcome.result.as_ref().ok()?;
        let proof = answer.dating.claims.first().filter(|claim| claim.source == SOURCE)?;
        let is_of_page = is_same_resource(&proof.quote, page);
        is_of_page.then(|| (answer.url.clone(), proof.when.earliest))
    }
}

/// The middle of an interval, to the second.
fn middle(when: When) -> Timestamp {
    let (first, last) = (when.earliest.as_second(), when.before.as_second());
    Timestamp::from_second(first + (last - first) / 2).unwrap_or(when.earliest)
}

/// Keeps of a capture only what its archive says of it.
#[expect(clippy::needless_pass_by_value, reason = "the fetcher lets the body go with it")]
fn digest(url: Url, document: Document) -> Page {
    let page = listing(url, &document, Vec::new(), Vec::new());
    named(witnessed(page, &document.headers), &document)
}

/// A capture under the address that its archive names beside it: what was asked for may have another
/// time in it, and an archive that shows captures in a frame answers with the frame.
fn named(page: Page, document: &Document) -> Page {
    let fields = document.headers.0.iter().filter(|(name, _)| name == "link");
    let all: Vec<Linked<'_>> = fields.flat_map(|(_, field)| links(field)).collect();
    let original = all.iter().find(|link| has_relation(link, "original"));
    let proof = page.dating.claims.first().map(|claim| claim.when.earliest);
    let is_chosen = |(_, at): &(Url, Timestamp)| proof.is_none_or(|proof| proof == *at);
    let chosen = all.iter().filter_map(|link| memento(link, &page.url)).find(is_chosen);
    let Some((original, (url, at))) = original.zip(chosen) else { return page };
    let claims = vec![existed(original.target.trim(), at)];
    Page { url, dating: Dating { claims, ..Dating::default() }, ..page }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Headers, Media};

    #[test]
    fn a_gate_names_its_capture_by_itself_or_beside_its_frame() {
        let capture = "http://b.example/all/20180524100000mp_/http://a.example/x";
        let link = format!(
            "<http://a.example/x>; rel=\"original\", <http://b.example/all/http://a.example/x>; \
             rel=\"timegate\", <{capture}>; rel=\"memento\"; datetime=\"Thu, 24 May 2018 10:00:00 GMT\""
        );
        let url = |text: &str| Url::parse(text).expect("an address");
        let led = |at: &str, fields: &[(&str, &str)]| {
            let field = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            let headers = Headers(fields.iter().map(field).collect());
            let page = digest(url(at), Document { headers, ..Document::new("", Media::Html, "") });
            let claim = page.dating.claims.first();
            claim.map(|claim| (page.url.to_string(), claim.quote.clone()))
        };
        let found = Some((capture.to_owned(), "http://a.example/x".to_owned()));
        let gate = "http://b.example/all/http://a.example/x";
        assert_eq!(led(gate, &[("link", &link)]), found);
        let date = ("memento-datetime", "Thu, 24 May 2018 10:00:00 GMT");
        assert_eq!(led(capture, &[date]), found);
        let other = capture.replace("0524", "0601");
        assert_eq!(led(&other, &[date, ("link", &link)]), found);
        assert_eq!(led(gate, &[]), None);
    }
}
