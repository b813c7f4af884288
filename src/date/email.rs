//! Evidence: the field `Date` of the e-mail message that carried the document (RFC 5322, section
//! 3.6.1: when its author had finished it).

use super::parse::machine;
use super::witness::{Kind, Witness};
use super::{Evidence, Subject};
use crate::model::{Envelope, Source};

/// The date of a message.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::new("email-date"),
    summary: "the field `Date` of the e-mail message that carried it",
    collect,
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let Some(Envelope::Email { date: Some(value) }) = &subject.document.envelope else { return };
    let Some(stated) = machine::date(value, subject.habit) else { return };
    let quote = format!("Date: {}", value.trim());
    let witness = Witness::new(Kind::Carried, stated.date, EVIDENCE.source, quote);
    witnesses.push(witness.or(stated.alternative));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::date;
    use crate::model::{Confidence, Document, Extract, Media};

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
}
