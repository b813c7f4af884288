//! Evidence: the field `Date` of the e-mail message that carried the document (RFC 5322, section
//! 3.6.1: when its author had finished it).
//!
//! A message often passes on what is older: a forwarded one, a release of some days ago. Dates
//! that its text prints from before it was sent are no conflict, so they count for less.

use jiff::ToSpan;
use jiff::civil::Date;

use super::kind::Trait;
use super::witness::Witness;
use super::{Evidence, Subject, feed};
use crate::model::{Confidence, Envelope, Source, SourceInfo, Speaker, Standing};
use crate::text::dates::machine;

/// The date of a message.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "email-date",
        label: "email date",
        phrase: "mail header",
        speaker: Speaker::Page,
        standing: Standing::Open,
    }),
    summary: "the field `Date` of the e-mail message that carried it",
    kinds: &[],
    collect,
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let Some(Envelope::Email { date: Some(value) }) = &subject.document.envelope else { return };
    let Some(stated) = machine::date(value, subject.habit) else { return };
    if let Some(sent) = stated.date.as_day() {
        for witness in witnesses.iter_mut() {
            doubt_older(witness, sent);
        }
    }
    let quote = format!("Date: {}", value.trim());
    let witness = Witness::new(&feed::CARRIED, stated.date, EVIDENCE.source, quote);
    witnesses.push(witness.or(stated.alternative));
}

/// Weakens what is printed of a day before the one on which the message was sent. The day before
/// itself is left alone: it can be the same moment elsewhere.
fn doubt_older(witness: &mut Witness, sent: Date) {
    let passed_on = witness.kind.traits.iter().find_map(|kind| match kind {
        Trait::PassedOn(kind) => Some(kind),
        _ => None,
    });
    let Some(far) = passed_on else { return };
    let printed = witness.claim.date.as_day();
    if printed.is_some_and(|printed| printed < sent.saturating_sub(1.day())) {
        witness.kind = far;
        witness.claim.confidence = Confidence::Low;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::date;
    use crate::model::{Document, Event, Extract, Media};

    #[test]
    fn a_message_is_dated_by_its_header() {
        let mut document = Document::new("mail.eml", Media::Text, "Hello");
        let date_field = " Fri, 25 May 2018 14:03:00 +0200 (CEST)".to_owned();
        document.envelope = Some(Envelope::Email { date: Some(date_field) });
        let published = date(&document, &Extract::default()).published.expect("a conclusion");
        assert_eq!(published.date.to_string(), "2018-05-25T14:03:00+02:00");
        assert_eq!((published.confidence, published.source), (Confidence::High, EVIDENCE.source));
    }

    #[test]
    fn a_message_without_a_date_claims_nothing() {
        let mut document = Document::new("mail.eml", Media::Text, "Hello");
        document.envelope = Some(Envelope::Email { date: None });
        assert_eq!(date(&document, &Extract::default()).claims, []);
    }

    #[test]
    fn an_older_date_in_the_text_is_no_conflict() {
        let text = "Fwd: plan\n\nBerlin, May 21, 2018 - Widgets are out.\n";
        let mut document = Document::new("mail.eml", Media::Text, text);
        let date_field = "Fri, 25 May 2018 14:03:00 +0200".to_owned();
        document.envelope = Some(Envelope::Email { date: Some(date_field) });
        let dating = date(&document, &Extract::default());
        let published = dating.published.as_ref().expect("a conclusion");
        assert_eq!(published.date.to_string(), "2018-05-25T14:03:00+02:00");
        let printed = dating.about(Event::Published).find(|claim| claim.span.is_some());
        assert_eq!(printed.map(|claim| claim.confidence), Some(Confidence::Low));
    }
}
