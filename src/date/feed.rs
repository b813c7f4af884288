//! Evidence: the dates that an RSS or Atom feed, or a sitemap, states for the document's entry.

use super::parse::machine;
use super::witness::{Kind, Witness};
use super::{Evidence, Subject};
use crate::model::{Envelope, Source};

/// Dates of a feed's entry.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::new("feed"),
    summary: "the entry's `pubDate`, `published`, `dc:date`, `updated` or `lastmod` in the feed or sitemap that carried it",
    collect,
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let Some(Envelope::FeedEntry { published, updated }) = &subject.document.envelope else {
        return;
    };
    let dates =
        [(Kind::Carried, "published", published), (Kind::CarriedModified, "updated", updated)];
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
