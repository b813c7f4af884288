//! What programs write where they know no day: the zero of a clock, a year of another calendar.

use jiff::civil::{Date, date};

use crate::model::{PartialDate, Source};

/// The zeros of clocks, with their neighbours in other zones: Unix, Excel, SQL, Windows, Macintosh.
const ZEROS: &[Date] = &[
    date(1969, 12, 31),
    date(1970, 1, 1),
    date(1899, 12, 30),
    date(1899, 12, 31),
    date(1900, 1, 1),
    date(1601, 1, 1),
    date(1904, 1, 1),
];

/// A field of Gregorian years that holds another is one of the Persian calendar, the Buddhist, or
/// no year at all.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2300;

/// Kinds of evidence that are written for readers: a newspaper can have come out on such a day,
/// but not on the zero that most clocks count from.
const PRINTED: &[&str] = &["given", "dateline", "byline", "url-path"];

/// The moment that Go's layouts of dates are written with, wherever they stand.
const LAYOUT: (Date, &str) = (date(2006, 1, 2), "15:04");

/// Whether words are a layout of dates and no date: `Mon Jan 2 15:04:05 MST 2006`.
pub(crate) fn is_layout(date: PartialDate, words: &str) -> bool {
    date.as_day() == Some(LAYOUT.0) && words.contains(LAYOUT.1)
}

/// Whether a date that a kind of evidence states is none.
pub(crate) fn is_none(date: PartialDate, source: &Source) -> bool {
    let first = date.first_day();
    let is_zero = |zeros: &[Date]| date.as_day().is_some_and(|day| zeros.contains(&day));
    if source.as_str() == "given" {
        return false;
    }
    let zeros = if PRINTED.contains(&source.as_str()) { ZEROS.get(..2) } else { Some(ZEROS) };
    is_zero(zeros.unwrap_or_default()) || !YEARS.contains(&first.year())
}

#[cfg(test)]
mod tests {
    use crate::date::date as dated;
    use crate::extract::extract;
    use crate::model::{Document, Media};

    #[test]
    fn what_stands_for_no_day_is_none() {
        for value in [
            "1970-01-01T00:00:00Z",
            "1969-12-31T19:00:00-05:00",
            "1970-01-01T01:00:00+01:00",
            "1970-01-01T08:00:00+08:00",
            "Thu, 01 Jan 1970 00:00:01 GMT",
            "0001-01-01T00:00:00Z",
            "0000-00-00 00:00:00",
            "1900-01-01",
            "1899-12-30",
            "1601-01-01T00:00:00Z",
            "1397-03-04T10:00:00Z",
            "2561-05-25T10:00:00Z",
        ] {
            for page in [
                format!(
                    "<meta property=article:published_time content='{value}'><h1>A headline</h1>"
                ),
                format!("<h1>A headline</h1><time datetime='{value}'>x</time>"),
                format!(
                    "<script type=application/ld+json>{{\"@type\":\"Article\",\"datePublished\":\"{value}\",\"dateModified\":\"{value}\"}}</script>"
                ),
            ] {
                let document = Document::new("page", Media::Html, page);
                let dating = dated(&document, &extract(&document));
                assert_eq!(dating.published, None, "{value}");
                assert_eq!(dating.modified, None, "{value}");
            }
        }
        let document =
            Document::new("page", Media::Html, "<h1>A headline</h1><p class=date>January 1, 1970");
        assert_eq!(dated(&document, &extract(&document)).published, None);
    }

    #[test]
    fn a_layout_of_dates_and_a_number_of_a_product_are_none() {
        for line in [
            "Mon Jan 2 15:04:05 MST 2006",
            "Jan 2 15:04:05 2006",
            "2006-01-02T15:04:05Z07:00",
            "2006-01-02 15:04:05",
            "DEC2450",
            "PRO/1000",
        ] {
            let text = format!("# A headline\n\n{line}\n\nThe first words.\n");
            let document = Document::new("page", Media::Markdown, text);
            assert_eq!(dated(&document, &extract(&document)).published, None, "{line}");
        }
        let text = "# A headline\n\nJanuary 2, 2006\n\nThe first words.\n";
        let document = Document::new("page", Media::Markdown, text);
        assert!(dated(&document, &extract(&document)).published.is_some());
    }
}
