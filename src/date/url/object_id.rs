//! Evidence: the time inside an identifier of `MongoDB` in the document's own address
//! (`/entry/a-headline_5b07e1f0e4b0c0b2f2f2a1b2`).
//!
//! An `ObjectId` is twelve bytes, written as 24 hexadecimal digits, and begins with the second in
//! which it was made (<https://www.mongodb.com/docs/manual/reference/bson-types/>, `ObjectId`). That
//! is when the record was made, often as a draft, so it says little alone; but it comes from another
//! hand than the template that writes the metadata.

use jiff::Timestamp;
use url::Url;

use super::own_addresses;
use crate::date::kind::{About, Group, Kind};
use crate::date::witness::Witness;
use crate::date::{Evidence, Subject};
use crate::model::{Confidence, Event, PartialDate, Source, SourceInfo, Speaker, Standing};

/// The time inside the identifier in the document's own address.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "url-id",
        label: "URL ID",
        phrase: "identifier in the address",
        speaker: Speaker::Address,
        standing: Standing::Open,
    }),
    summary: "the time inside an identifier of MongoDB in the document's own address",
    kinds: &[&ID],
    collect,
};

/// The time inside the record's identifier in its address.
pub static ID: Kind = Kind {
    name: "url-id",
    told: "the time inside the identifier in its address",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Address,
    first: 60,
    further: 60,
    traits: &[],
};

/// How many digits an identifier has, and how many of them are its time.
const DIGITS: usize = 24;
const OF_TIME: usize = 8;

/// The first second of 2009, the year in which `MongoDB` came out, and the first of 2038, a little
/// before the seconds fill more than 31 bits: digits drawn at random name another time four times
/// out of five.
const SINCE: i64 = 1_230_768_000;
const UNTIL: i64 = 2_145_916_800;

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let shown = subject.shown_at();
    let found = own_addresses(subject).find_map(|(url, span)| {
        let id = identifier(url)?;
        let made = made(id).filter(|&made| shown.is_none_or(|shown| made <= shown))?;
        let date = PartialDate::utc(made);
        Some(Witness::new(&ID, date, EVIDENCE.source, id).at(span))
    });
    witnesses.extend(found);
}

/// The word of the last segment that is written as an identifier is.
fn identifier(url: &Url) -> Option<&str> {
    let last = url.path().rsplit('/').find(|segment| !segment.is_empty())?;
    let mut words = last.split(|c: char| !c.is_ascii_alphanumeric());
    words.find(|word| is_identifier(word))
}

/// Digits alone are more likely a number, and capitals another system's.
fn is_identifier(word: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
    word.len() == DIGITS
        && word.bytes().all(is_digit)
        && word.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// When an identifier was made, if it can have been.
fn made(id: &str) -> Option<Timestamp> {
    let seconds = i64::from_str_radix(id.get(..OF_TIME)?, 16).ok()?;
    let plausible = (SINCE..UNTIL).contains(&seconds);
    plausible.then(|| Timestamp::from_second(seconds).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::date;
    use crate::model::{Confidence, Dating, Document, Extract, Media};

    fn dated(path: &str, captured: Option<&str>) -> Dating {
        let mut document = Document::new("page", Media::Html, "<h1>Headline</h1>");
        document.url = Url::parse(&format!("https://a.example{path}")).ok();
        document.captured = captured.map(|at| at.parse().expect("a time"));
        date(&document, &Extract::default())
    }

    #[test]
    fn an_identifier_alone_is_a_doubtful_claim() {
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
            assert_eq!(dating.claims[0].date.to_string(), "2018-05-25T10:14:08Z", "{path}");
        }
    }

    #[test]
    fn other_identifiers_tell_no_time() {
        for path in [
            // Hashes of 32 and 40 digits, and 23 or 25 digits.
            "/5b07e1f0e4b0c0b2f2f2a1b2c3d4e5f6",
            "/5b07e1f0e4b0c0b2f2f2a1b2c3d4e5f60718293a",
            "/5b07e1f0e4b0c0b2f2f2a1b",
            "/5b07e1f0e4b0c0b2f2f2a1b2c",
            // The years 1990 and 2008, 2038 and 2061.
            "/25a80100e4b0c0b2f2f2a1b2",
            "/48f0f0f0e4b0c0b2f2f2a1b2",
            "/7fe81780e4b0c0b2f2f2a1b2",
            "/ab07e1f0e4b0c0b2f2f2a1b2",
            // A number, a word glued to it, capitals, another segment, a query.
            "/530714104150501022222112",
            "/x5b07e1f0e4b0c0b2f2f2a1b2",
            "/5B07E1F0E4B0C0B2F2F2A1B2",
            "/5b07e1f0e4b0c0b2f2f2a1b2/comments",
            "/a?id=5b07e1f0e4b0c0b2f2f2a1b2",
        ] {
            assert_eq!(dated(path, None).claims, [], "{path}");
        }
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
