//! Evidence: six digits in the document's own address that are a day which something else claims
//! (`/health/what-to-eat-250518-4711`).
//!
//! Alone they are as likely a number, and which of them is the year is not said. But hardly a number
//! falls on a day that the page names by chance: six digits have three readings among a million.

use std::collections::HashSet;

use jiff::civil::Date;
use url::Url;

use super::own_addresses;
use crate::date::kind::{About, Group, Kind};
use crate::date::witness::Witness;
use crate::date::{Evidence, Subject};
use crate::model::{Confidence, Event, PartialDate, Source, SourceInfo, Speaker, Standing};

/// Six digits in the address.
pub(crate) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "url-digits",
        label: "URL digits",
        phrase: "url-digits",
        speaker: Speaker::Address,
        standing: Standing::Open,
    }),
    summary: "six digits in the document's own address that are a day which something else claims",
    kinds: &[&DIGITS],
    collect,
};

/// Six digits in its address that are a day which something else claims.
pub(super) static DIGITS: Kind = Kind {
    name: "url-digits",
    told: "the digits of a day in its address",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Address,
    first: 200,
    further: 200,
    traits: &[],
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let numbers: Vec<_> = own_addresses(subject)
        .flat_map(|(url, span)| numbers(url).map(move |digits| (digits, span)))
        .collect();
    if numbers.is_empty() {
        return;
    }
    let claimed: HashSet<Date> = witnesses.iter().filter_map(claimed).collect();
    for (digits, span) in numbers {
        let mut days = readings(digits).into_iter().flatten().filter(|day| claimed.contains(day));
        let day = days.next();
        // Two days of the page in one number are no day.
        let Some(day) = day.filter(|day| days.all(|other| other == *day)) else { continue };
        let date = PartialDate::Day(day);
        witnesses.push(Witness::new(&DIGITS, date, EVIDENCE.source, digits).at(span));
    }
}

/// The day that a witness claims for the article itself.
fn claimed(witness: &Witness) -> Option<Date> {
    let is_publication = witness.kind.event == Event::Published;
    witness.claim.date.as_day().filter(|_| is_publication && witness.kind.about == About::Article)
}

/// The numbers of six digits in the path of an address.
fn numbers(url: &Url) -> impl Iterator<Item = &str> {
    url.path()
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 6)
        .take(MAX_NUMBERS)
}

/// Numbers beyond this count are left out.
const MAX_NUMBERS: usize = 8;

/// The days that six digits can be: year, month and day; day, month and year; month, day and year.
fn readings(digits: &str) -> [Option<Date>; 3] {
    let part = |at: usize| digits.get(at..at + 2)?.parse::<i8>().ok();
    let day = |year: usize, month: usize, day: usize| {
        Date::new(2000 + i16::from(part(year)?), part(month)?, part(day)?).ok()
    };
    [day(0, 2, 4), day(4, 2, 0), day(4, 0, 2)]
}

#[cfg(test)]
mod tests {
    use crate::date::date;
    use crate::model::{Document, Extract, Mark, MarkKind, Media, Region, Span};

    fn published(address: &str, created: &str) -> String {
        let mark = |name: &str, content: &str| Mark {
            kind: MarkKind::Meta { name: name.to_owned(), content: content.to_owned() },
            span: Span::new(0, 1),
            region: Region::Head,
        };
        let marks =
            vec![mark("datecreated", created), mark("article:published_time", "2020-02-19")];
        let mut document = Document::new("page", Media::Html, " ".repeat(10));
        document.url = address.parse().ok();
        let dating = date(&document, &Extract { marks, ..Extract::default() });
        dating.published.map(|found| found.date.to_string()).unwrap_or_default()
    }

    #[test]
    fn digits_confirm_a_day_that_is_claimed() {
        for digits in ["250518", "180525", "052518"] {
            let address = format!("https://a.example/what-to-eat-{digits}-4711");
            assert_eq!(published(&address, "2018-05-25"), "2018-05-25", "{digits}");
        }
    }

    #[test]
    fn digits_alone_are_a_number() {
        for path in ["what-250518", "what-2505181", "what-999999", "what-25-05-18", "191212"] {
            let address = format!("https://a.example/{path}");
            assert_eq!(published(&address, "2018-05-26"), "2020-02-19", "{path}");
        }
    }
}
