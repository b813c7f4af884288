//! Dates, distances and places in words, for messages that need no manual.

use jiff::civil::Date;
use jiff::{SpanRound, ToSpan, Unit};

use crate::address::site_clock;
use crate::model::{Claim, Extract, PartialDate, Role, Speaker};

/// A date in words and in ISO 8601, no more precise than stated: `May 25, 2018 (2018-05-25)`.
pub(crate) fn date(date: PartialDate) -> String {
    match date.to_day_precision() {
        PartialDate::Year(year) => year.to_string(),
        month @ PartialDate::Month(first) => format!("{} ({month})", first.strftime("%B %Y")),
        week @ PartialDate::Week(monday) => {
            format!("the week of {} ({week})", monday.strftime("%B %-d, %Y"))
        }
        day => format!("{} ({day})", day.first_day().strftime("%B %-d, %Y")),
    }
}

/// A date as a phrase of time: `on May 25, 2018 (2018-05-25)`, `in May 2018 (2018-05)`.
pub(crate) fn on(stated: PartialDate) -> String {
    let preposition = if stated.as_day().is_some() { "on" } else { "in" };
    format!("{preposition} {}", date(stated))
}

/// The time of a claim as a phrase: `on or after May 25, 2018 (2018-05-25)` where nothing says when it
/// ended, and `around December 2018 (2018-12)` where its date does not hold all that it allows.
pub(crate) fn at(claim: &Claim) -> String {
    let stated = claim.date.to_day_precision().when();
    if claim.when.is_open() {
        format!("on or after {}", date(claim.date))
    } else if claim.when.earliest < stated.earliest || claim.when.before > stated.before {
        format!("around {}", date(claim.date))
    } else {
        on(claim.date)
    }
}

/// How far two statements lie apart, in its two largest units: `7 years, 4 months`. Statements
/// wider than a day are taken at their nearest ends, and the distance is called a minimum.
#[must_use]
pub fn distance(one: PartialDate, other: PartialDate) -> String {
    let (early, late) =
        if one.first_day() <= other.first_day() { (one, other) } else { (other, one) };
    let exact = early.as_day().is_some() && late.as_day().is_some();
    let apart = between(last_day(early), late.first_day());
    if exact || apart == NO_DAY { apart } else { format!("at least {apart}") }
}

const NO_DAY: &str = "less than a day";

fn last_day(date: PartialDate) -> Date {
    match date {
        PartialDate::Year(_) => date.first_day().last_of_year(),
        PartialDate::Month(first) => first.last_of_month(),
        PartialDate::Week(monday) => monday.saturating_add(6.days()),
        _ => date.first_day(),
    }
}

fn between(early: Date, late: Date) -> String {
    let rounding = SpanRound::new().largest(Unit::Year).relative(early);
    let Ok(span) = early.until(late).and_then(|span| span.round(rounding)) else {
        return "an unknown time".to_owned();
    };
    let units = [
        (i32::from(span.get_years()), "year"),
        (span.get_months(), "month"),
        (span.get_days(), "day"),
    ];
    let parts: Vec<String> = units
        .into_iter()
        .skip_while(|(count, _)| *count == 0)
        .take(2)
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| counted(count, unit))
        .collect();
    if parts.is_empty() { NO_DAY.to_owned() } else { parts.join(", ") }
}

/// `1 year`, `2 years`.
pub(crate) fn counted(count: impl Into<i64>, unit: &str) -> String {
    let count = count.into();
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{ending}")
}

/// Text in quotation marks, shortened where it is long.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 120;
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded.chars().count() <= LONGEST {
        return format!("“{folded}”");
    }
    let short: String = folded.chars().take(LONGEST - 1).collect();
    format!("“{}…”", short.trim_end())
}

/// The place that makes a claim about the article, with its words: `its dateline “May 25,2018”`.
pub(crate) fn place_in_article(claim: &Claim, extract: &Extract) -> String {
    let own = extract.links.iter().find(|link| {
        link.role.is_own_address() && claim.span.is_some_and(|span| link.span.contains(span))
    });
    match own.map(|link| link.role) {
        Some(Role::Original) => {
            format!("the path {} of its printed original URL", quoted(&claim.quote))
        }
        Some(_) => format!("the path {} of its canonical URL", quoted(&claim.quote)),
        None => format!("its {}", described(claim)),
    }
}

/// The place that makes a claim about the page that a link leads to.
pub(crate) fn place_in_target(claim: &Claim) -> String {
    if claim.source.speaker() == Speaker::Address {
        format!("the path {} of its URL", quoted(&claim.quote))
    } else if claim.source == site_clock::SOURCE {
        format!("its {}", described(claim))
    } else {
        format!("its page's {}", described(claim))
    }
}

/// ` according to A and B`, or nothing where there is no place to name.
pub(crate) fn according_to(places: &[String]) -> String {
    match places {
        [] => String::new(),
        [one] => format!(" according to {one}"),
        [first @ .., last] => format!(" according to {} and {last}", first.join(", ")),
    }
}

/// The kind of evidence in a reader's words, with the words that it says.
fn described(claim: &Claim) -> String {
    let kind = claim.source.phrase();
    if claim.quote.trim().is_empty() {
        return kind.to_owned();
    }
    format!("{kind} {}", quoted(&claim.quote))
}

/// How many paragraphs lie from the end of one text to the beginning of another, counted in the
/// text between: the blank lines in it.
pub(crate) fn paragraphs(between: &str) -> usize {
    let mut blank = false;
    let mut count = 0;
    for line in between.lines().skip(1) {
        let now = line.trim().is_empty();
        count += usize::from(now && !blank);
        blank = now;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> PartialDate {
        text.parse().expect("a date")
    }

    #[test]
    fn dates_are_given_in_words_and_in_iso() {
        for (stated, words) in [
            ("2018", "2018"),
            ("2018-05", "May 2018 (2018-05)"),
            ("2018-05-25", "May 25, 2018 (2018-05-25)"),
            ("2018-05-05T14:03:00+03:00", "May 5, 2018 (2018-05-05)"),
        ] {
            assert_eq!(date(read(stated)), words);
        }
    }

    #[test]
    fn distances_are_given_in_the_two_largest_units() {
        for (one, other, words) in [
            ("2018-05-25", "2025-10-17", "7 years, 4 months"),
            ("2025-10-17", "2018-05-25", "7 years, 4 months"),
            ("2020-01-01", "2021-01-05", "1 year"),
            ("2020-01-01", "2020-02-03", "1 month, 2 days"),
            ("2020-01-01", "2020-01-02", "1 day"),
            ("2020-01-01", "2020-01-01", "less than a day"),
            ("2018", "2020-03-01", "at least 1 year, 2 months"),
        ] {
            assert_eq!(distance(read(one), read(other)), words, "{one} {other}");
        }
    }

    #[test]
    fn paragraphs_are_counted_by_blank_lines() {
        for (between, count) in [("", 0), (" ", 0), ("\n", 0), ("\n\n", 1), ("\n\na\nb\n\n\n", 2)] {
            assert_eq!(paragraphs(between), count, "{between:?}");
        }
    }

    #[test]
    fn long_quotations_are_shortened() {
        assert_eq!(quoted("a\n  b"), "“a b”");
        assert_eq!(quoted(&"ä".repeat(500)).chars().count(), 122);
    }
}
