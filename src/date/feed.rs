//! Evidence: the dates that an RSS or Atom feed, or a sitemap, states for the document's entry.

use super::kind::{About, Group, Kind, Trait};
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::model::{Confidence, Envelope, Event, Source, SourceInfo, Speaker, Standing};
use crate::text::dates::machine;

/// Dates of a feed's entry.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "feed",
        label: "feed",
        phrase: "feed entry",
        speaker: Speaker::Page,
        standing: Standing::Own,
    }),
    summary: "the entry's `pubDate`, `published`, `dc:date`, `updated` or `lastmod` in the feed or sitemap that carried it",
    kinds: &[&CARRIED, &MODIFIED],
    collect,
};

/// Stated by the feed or the mail that carried it.
pub(super) static CARRIED: Kind = Kind {
    name: "carried",
    told: "the entry or mail that carried it",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::High,
    group: Group::Carrier,
    first: 400,
    further: 400,
    traits: &[Trait::Tells],
};

/// The last change, stated by the feed that carried it.
pub(super) static MODIFIED: Kind = Kind {
    name: "carried-modified",
    told: "the last change in the entry that carried it",
    event: Event::Modified,
    about: About::Article,
    confidence: Confidence::High,
    group: Group::Change,
    first: 95,
    further: 95,
    traits: &[],
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let Some(Envelope::FeedEntry { published, updated }) = &subject.document.envelope else {
        return;
    };
    let dates = [(&CARRIED, "published", published), (&MODIFIED, "updated", updated)];
    for (kind, name, value) in dates {
        let Some(value) = value else { continue };
        let Some(stated) = machine::date(value, subject.habit) else { continue };
        let quote = format!("{name}: {}", value.trim());
        let witness = Witness::new(kind, stated.date, EVIDENCE.source, quote);
        witnesses.push(witness.or(stated.alternative));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::date;
    use crate::model::{Confidence, Dating, Document, Event, Extract, Media};

    fn dated(published: &str, updated: &str) -> Dating {
        let stated = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let mut document = Document::new("feed.xml", Media::Html, "<h1>Headline</h1>");
        document.envelope =
            Some(Envelope::FeedEntry { published: stated(published), updated: stated(updated) });
        date(&document, &Extract::default())
    }

    #[test]
    fn a_feed_dates_its_entry() {
        let dating = dated("Fri, 25 May 2018 14:03:00 +0300", "2018-05-27T08:00:00Z");
        let published = dating.published.as_ref().expect("a conclusion");
        assert_eq!(published.date.to_string(), "2018-05-25T14:03:00+03:00");
        assert_eq!(published.confidence, Confidence::High);
        assert_eq!(published.source, EVIDENCE.source);
        let modified = dating.modified.as_ref().expect("a conclusion");
        assert_eq!(modified.date.to_string(), "2018-05-27T08:00:00Z");
        let change = dating.about(Event::Modified).next().expect("a claim");
        assert_eq!(change.confidence, Confidence::High);
    }

    #[test]
    fn what_is_no_date_claims_nothing() {
        assert_eq!(dated("soon", "").claims, []);
        assert_eq!(dated("", "").claims, []);
    }
}
