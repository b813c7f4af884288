//! What is claimed about a document's dates: the conclusion, why, and all claims.

use unicode_width::UnicodeWidthChar;

use super::wrap::{self, columns};
use super::{BOLD, DIM, Places, heading};
use crate::address::identifier;
use crate::address::shown::{Shown, whole};
use crate::model::{Claim, Conclusion, Event, Judged};
use crate::report::Style;
use crate::report::words::event_in_words;

/// Claims beyond this count are not told one by one: they are mostly those of teasers, comments and
/// lists of months, and a person has long stopped reading.
const MAX_TOLD: usize = 20;

/// Sentences are not set wider than this, since the eye loses the line.
const WIDEST: usize = 100;

/// The list for one document.
pub(super) fn list(judged: &Judged, style: Style) -> String {
    let dating = &judged.case.dating;
    let places = Places::of(&judged.case.article);
    let mut text = heading(judged, style);
    if let Some(why) = &judged.case.article.unfetched {
        let told = format!("not fetched, so that only its address speaks: {}", whole(why));
        text += &format!("  {}\n", style.paint(DIM, told));
    }
    text += &conclusion("published", dating.published.as_ref(), style);
    if dating.modified.is_some() {
        text += &conclusion("modified", dating.modified.as_ref(), style);
    }
    text += &made(judged, style);
    if !dating.claims.is_empty() {
        text += &format!("  {}\n", style.paint(DIM, "claims, best first"));
    }
    text += &told(&dating.claims, &places, style.width);
    text + "\n"
}

/// What the identifier in the document's address says, where it says something.
fn made(judged: &Judged, style: Style) -> String {
    let case = &judged.case;
    let Some(claim) = case.dating.about(Event::Made).next() else { return String::new() };
    let own = case.own_address().and_then(|url| identifier::made(url, None));
    let Some(made) = own.filter(|made| made.id == claim.quote) else { return String::new() };
    let sentence = format!("address: {}.", made.told());
    let lines = lines(&sentence, style.width.min(WIDEST) - 6);
    lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let indent = if at == 0 { "  " } else { "    " };
            format!("{indent}{}\n", style.paint(DIM, line))
        })
        .collect()
}

fn conclusion(event: &str, conclusion: Option<&Conclusion>, style: Style) -> String {
    let Some(conclusion) = conclusion else {
        return format!("  {event:<9}  nothing says when\n");
    };
    let date = conclusion.date.to_day_precision().to_string();
    let mut text = format!(
        "  {event:<9}  {}  {} confidence\n",
        style.paint(BOLD, date),
        conclusion.confidence
    );
    for reason in &conclusion.reasons {
        let mut lead = "    ";
        for line in lines(&whole(reason), style.width.min(WIDEST) - 6) {
            text += &format!("{lead}{}\n", style.paint(DIM, line));
            lead = "      ";
        }
    }
    text
}

/// A sentence, broken at spaces into lines of at most `width` columns.
fn lines(sentence: &str, width: usize) -> Vec<String> {
    wrap::lines(sentence.split(' '), width).into_iter().map(|words| words.join(" ")).collect()
}

/// One claim in columns.
struct Row {
    event: &'static str,
    date: String,
    confidence: String,
    source: String,
    place: String,
    quote: String,
}

impl Row {
    fn of(claim: &Claim, places: &Places<'_>) -> Self {
        Self {
            event: event_in_words(claim.event),
            date: claim.date.to_day_precision().to_string(),
            confidence: claim.confidence.to_string(),
            source: claim.source.label().into_owned(),
            place: claim.span.map(|span| places.name(span)).unwrap_or_default(),
            quote: Shown(&claim.quote).to_string(),
        }
    }
}

fn told(claims: &[Claim], places: &Places<'_>, width: usize) -> String {
    /// A quote is given this much room even where the terminal has less.
    const NARROWEST: usize = 20;
    let rows: Vec<Row> = claims.iter().take(MAX_TOLD).map(|claim| Row::of(claim, places)).collect();
    let widest = |cell: fn(&Row) -> &str| rows.iter().map(|row| columns(cell(row))).max();
    let source = widest(|row| &row.source).unwrap_or(0);
    let place = widest(|row| &row.place).unwrap_or(0);
    let mut text = String::new();
    for row in &rows {
        let before = format!(
            "    {:<9}  {:<10}  {:<6}  {:<source$}  {:>place$}  ",
            row.event, row.date, row.confidence, row.source, row.place
        );
        let room = width.saturating_sub(columns(&before)).max(NARROWEST);
        text += &format!("{before}{}\n", cut(&row.quote, room));
    }
    let left = claims.len().saturating_sub(MAX_TOLD);
    if left > 0 {
        text += &format!("    and {left} more; --format jsonl has all\n");
    }
    text
}

/// A text that takes at most `room` columns, its end left out where it is longer.
fn cut(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut taken = 1;
    for character in text.chars() {
        taken += character.width().unwrap_or(0);
        if taken > room {
            break;
        }
        kept.push(character);
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Confidence, Document, Event, Media, PartialDate, Source};

    #[test]
    fn a_page_of_many_dates_is_told_briefly() {
        let day = PartialDate::day(2018, 5, 25).expect("a day");
        let claim =
            Claim::new(Event::Published, day, Source::named("byline"), Confidence::Low, "May 25");
        let lines = |count: usize| {
            let text = told(
                &vec![claim.clone(); count],
                &Places::of(&Document::new("", Media::Text, "")),
                80,
            );
            (text.lines().count(), text.lines().last().unwrap_or_default().trim().to_owned())
        };
        assert_eq!(lines(MAX_TOLD).0, MAX_TOLD);
        let left = "and 7 more; --format jsonl has all".to_owned();
        assert_eq!(lines(MAX_TOLD + 7), (MAX_TOLD + 1, left));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let day = PartialDate::day(2018, 5, 25).expect("a day");
        for quote in
            ["published_time: 2018-05-25T14:03:00+03:00 ".repeat(9), "二〇一八年".repeat(40)]
        {
            let source = Source::named("html-meta");
            let claim = Claim::new(Event::Published, day, source, Confidence::Low, quote.clone());
            for width in [72, 80, 100] {
                let table = told(
                    std::slice::from_ref(&claim),
                    &Places::of(&Document::new("", Media::Text, "")),
                    width,
                );
                let words = lines(&quote, width);
                let rows = table
                    .lines()
                    .map(str::to_owned)
                    .chain(words.into_iter().filter(|line| line.contains(' ')));
                for row in rows {
                    assert!(columns(&row) <= width, "{row}");
                }
            }
        }
    }

    #[test]
    fn a_word_is_never_broken() {
        assert_eq!(lines("a bc https://a.example/ d", 4), ["a bc", "https://a.example/", "d"]);
        assert_eq!(lines("", 4), [""]);
    }
}
