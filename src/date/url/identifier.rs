//! Evidence: the time inside the identifier in the document's own address.
//!
//! It says when the address was made, which is when a post was written; but a publishing system
//! gives its numbers out to drafts, and to old pieces that are moved into it, so that of an article
//! it says little alone. It comes from another hand than the template that writes the metadata.

use super::own_addresses;
use crate::address::identifier::{self, Made, SetBy};
use crate::date::kind::{About, Group, Kind};
use crate::date::witness::Witness;
use crate::date::{Evidence, Subject};
use crate::model::{Confidence, Event, Span};

/// The time inside the identifier in the document's own address.
pub(crate) const EVIDENCE: Evidence = Evidence {
    source: identifier::SOURCE,
    summary: "the time inside the identifier in the document's own address, as platforms give them out",
    kinds: &[&ID, &POST],
    collect,
};

/// The time inside the identifier that a publishing system put into its address.
pub(super) static ID: Kind = Kind {
    name: "url-id",
    told: "the time inside the identifier in its address",
    event: Event::Made,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Address,
    first: 60,
    further: 60,
    traits: &[],
};

/// The time inside the identifier that its platform gave a post.
pub(super) static POST: Kind = Kind {
    name: "url-post",
    told: "the number that its platform gave it",
    event: Event::Made,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Address,
    first: 300,
    further: 300,
    traits: &[],
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let shown = subject.shown_at();
    let found = own_addresses(subject)
        .find_map(|(url, span)| Some(witness(&identifier::made(url, shown)?, span)));
    witnesses.extend(found);
}

fn witness(made: &Made, span: Option<Span>) -> Witness {
    let clock = made.clock;
    let is_post = clock.set_by != SetBy::Publisher && clock.confidence > Confidence::Low;
    let kind = if is_post { &POST } else { &ID };
    Witness { claim: made.claim(), kind, alternative: None }.at(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::date;
    use crate::model::{Dating, Document, Extract, Media};
    use url::Url;

    fn dated(address: &str, captured: Option<&str>) -> Dating {
        let mut document = Document::new("page", Media::Html, "<h1>Headline</h1>");
        let joined = Url::parse("https://a.example").and_then(|base| base.join(address));
        document.url = joined.ok();
        document.captured = captured.map(|at| at.parse().expect("a time"));
        date(&document, &Extract::default())
    }

    #[test]
    fn a_publishing_systems_identifier_alone_is_a_doubtful_claim() {
        for path in [
            "/entry/a-headline_n_5b07e1f0e4b0c0b2f2f2a1b2",
            "/5b07e1f0e4b0c0b2f2f2a1b2/",
            "/a/5b07e1f0e4b0c0b2f2f2a1b2-a-headline.html?p=1",
        ] {
            let dating = dated(path, None);
            let published = dating.published.expect(path);
            assert_eq!(published.date.first_day().to_string(), "2018-05-25", "{path}");
            assert_eq!(published.confidence, Confidence::Low, "{path}");
            assert_eq!(published.source, EVIDENCE.source, "{path}");
            assert_eq!(dating.claims[0].event, Event::Made);
            assert_eq!(dating.claims[0].date.to_string(), "2018-05-25T10:14:08Z", "{path}");
        }
    }

    #[test]
    fn a_post_was_written_when_its_address_was_made() {
        let dating = dated("https://x.com/example/status/1790637656616943991", None);
        let published = dating.published.expect("a conclusion");
        assert_eq!(published.date.to_string(), "2024-05-15T06:57:40Z");
        assert_eq!(published.confidence, Confidence::Medium);
    }

    #[test]
    fn a_number_that_only_grows_names_no_day() {
        let dating = dated("https://news.ycombinator.com/item?id=16319505", None);
        assert_eq!(dating.published, None);
        assert_eq!(dating.claims.len(), 1);
    }

    #[test]
    fn what_was_shown_before_it_was_made_has_another_identifier() {
        let path = "/5b07e1f0e4b0c0b2f2f2a1b2";
        assert_eq!(dated(path, Some("2018-05-24T00:00:00Z")).published, None);
        assert!(dated(path, Some("2018-05-26T00:00:00Z")).published.is_some());
    }

    #[test]
    fn a_day_in_the_address_outweighs_an_identifier() {
        let dating = dated("/2018/06/02/5b07e1f0e4b0c0b2f2f2a1b2", None);
        let published = dating.published.expect("a conclusion");
        assert_eq!(published.date.to_string(), "2018-06-02");
        assert_eq!(published.confidence, Confidence::High);
    }
}
