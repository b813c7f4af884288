//! Weekdays printed beside dates that fall on another day.

use foldhash::HashMap;
use jiff::civil::{Date, Weekday};

use crate::model::{Document, Extract, MarkKind, Media, Span};
use crate::text::dates::printed::{self, Habit, Printed};

/// A printed date whose weekday is another one than it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WeekdayMismatch {
    /// The words, weekday and date, as they stand in the source.
    pub quote: String,
    /// Where they stand.
    pub span: Span,
    /// The date as printed.
    pub date: Date,
    /// The weekday as printed.
    pub stated: Weekday,
    /// The weekday that the date falls on.
    pub right: Weekday,
}

/// Bytes of a plain text that are read.
const MAX_BYTES: usize = 1 << 20;

/// Mismatches beyond this count are left out.
const MAX_FOUND: usize = 100;

/// Before this year a printed date may be of the Julian calendar, whose weekdays differ.
const GREGORIAN_EVERYWHERE: i16 = 1930;

/// Every printed date of the document that has the wrong weekday beside it.
#[must_use]
pub(crate) fn weekday_mismatches(document: &Document, extract: &Extract) -> Vec<WeekdayMismatch> {
    let habit = Habit::of(extract);
    let source = document.text.as_str();
    let mut found: Vec<WeekdayMismatch> = Vec::new();
    // The words of an element that is named for a date return as those of its line.
    let mut wrong: HashMap<&str, Vec<Printed>> = HashMap::default();
    let mut read = |text, around: Option<Span>| {
        let wrong = wrong.entry(text).or_insert_with(|| {
            let mut dates = printed::dates(text, habit);
            dates.retain(|printed| mismatch(printed, text, around, source).is_some());
            dates
        });
        for printed in wrong.iter() {
            let new = mismatch(printed, text, around, source);
            // Nested elements hold the same words: one place is told once.
            let new = new.filter(|new| found.iter().all(|old| !overlap(old.span, new.span)));
            if found.len() < MAX_FOUND {
                found.extend(new);
            }
        }
    };
    if document.media != Media::Html {
        read(source.get(..source.floor_char_boundary(MAX_BYTES)).unwrap_or_default(), None);
        return found;
    }
    for mark in &extract.marks {
        if let MarkKind::Text { text } | MarkKind::Dated { text, .. } = &mark.kind {
            read(text, Some(mark.span));
        }
    }
    found
}

/// Whether two spans share a byte.
const fn overlap(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// The mismatch of one date. `around` is where the text stands in the source, if it is a piece of
/// it that was read out of markup.
fn mismatch(
    printed: &Printed,
    text: &str,
    around: Option<Span>,
    source: &str,
) -> Option<WeekdayMismatch> {
    let weekday = printed.weekday.filter(|weekday| weekday.is_certain)?;
    let date = printed.day().filter(|date| date.year() >= GREGORIAN_EVERYWHERE)?;
    let stated = Weekday::from_monday_one_offset(i8::try_from(weekday.number).ok()?).ok()?;
    let right = date.weekday();
    if stated == right || printed.doubtful {
        return None;
    }
    let quote = printed.whole().of(text);
    let span = around.map_or(printed.whole(), |around| place(quote, around, source));
    Some(WeekdayMismatch { quote: quote.to_owned(), span, date, stated, right })
}

/// Where the words stand in the source, as far as they stand there as they are read.
fn place(quote: &str, around: Span, source: &str) -> Span {
    let at = memchr::memmem::find(around.of(source).as_bytes(), quote.as_bytes());
    at.map_or(around, |at| Span::new(around.start + at, around.start + at + quote.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, Weekday)> {
        let document = Document::new("text", Media::Text, text);
        let mismatches = weekday_mismatches(&document, &Extract::default());
        mismatches.into_iter().map(|found| (found.span.of(text).to_owned(), found.right)).collect()
    }

    #[test]
    fn a_wrong_weekday_is_told_with_the_right_one() {
        assert_eq!(
            found("Headline\n\nThursday, May 25, 2018\n"),
            [("Thursday, May 25, 2018".to_owned(), Weekday::Friday)]
        );
        assert_eq!(found("Montag, 25. Mai 2018").len(), 1);
        assert_eq!(found("issue is open until Friday, 23-07-2023.").len(), 1);
        assert_eq!(found("-- Bruce <b@a.example>  Sun, 17 Dec 1996 10:48").len(), 1);
        assert_eq!(found("Date: Tue, 17 Jan 2011 13:00:00 -0800").len(), 1);
        assert_eq!(found("2018年5月25日(月)").len(), 1);
    }

    #[test]
    fn nested_elements_tell_of_one_place_once() {
        let page = "<div class=date><p class=date>Thursday, <b>May</b> 25, 2018</p></div>";
        let document = Document::new("page", Media::Html, page);
        let extract = crate::extract::extract(&document);
        assert_eq!(weekday_mismatches(&document, &extract).len(), 1);
    }

    #[test]
    fn right_weekdays_and_readings_that_excuse_are_silent() {
        for text in [
            "Friday, May 25, 2018",
            "In 2019.2.1, we introduce it",
            "пятница, 25 мая 2018",
            "Thursday, May 25, 1571",
            "on Thursday. May 25, 2018 was",
            "Tuesday 3/4/2018",
            "Sunday, 4/3/2018",
            "Sat 25.05.18",
            "on February 18, 2020",
            "Dec 9, 2019 · 6 min",
            "Nov 26, 2018 Sunday's story",
            "Am 11. März 2014 die Abmahnungen",
            "3 novembre 2020 à son",
            "Paris, FR | 15 March 2025",
            "Columbia, MO | 15 March 2025",
            "Monday-Wednesday, 2018 October 29",
            "Friday to Sunday, May 25, 2018",
            "Baltimore Sun | Dec 23, 2020",
            "New York Sun, March 2, 2024",
            "The Sun, March 2, 2024",
            "từ 1/7/2024",
            "Add overflow-7.mo.\n2020-06-06",
            "Add it on Monday\n\n2020-06-06",
            "online from August 23rd to 29th, 2020.\n\n4.13. What came then",
            "from August 23rd to 29th, 2020.4.13",
            "the page of Sun (2002 November 14)",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
