//! What is claimed about a document's dates: the conclusion, why, and all claims.

use super::{BOLD, DIM, Places, heading};
use crate::model::{Claim, Conclusion, Judged};
use crate::report::Style;
use crate::report::shown::Shown;
use crate::report::words::{event_in_words, source_in_words};

/// Claims beyond this count are not told one by one: they are mostly those of teasers, comments and
/// lists of months, and a person has long stopped reading.
const MAX_TOLD: usize = 20;

/// The list for one document.
pub(super) fn list(judged: &Judged, style: Style) -> String {
    let dating = &judged.case.dating;
    let places = Places::new(&judged.case.article.text);
    let mut text = heading(judged, style);
    text += &conclusion("published", dating.published.as_ref(), style);
    if dating.modified.is_some() {
        text += &conclusion("modified", dating.modified.as_ref(), style);
    }
    if !dating.claims.is_empty() {
        text += &format!("  {}\n", style.paint(DIM, "claims, best first"));
    }
    text += &told(&dating.claims, &places);
    text + "\n"
}

fn conclusion(event: &str, conclusion: Option<&Conclusion>, style: Style) -> String {
    let Some(conclusion) = conclusion else {
        return format!("  {event:<9}  nothing says when\n");
    };
    let date = conclusion.date.to_day_precision().to_string();
    let mut text = format!(
        "  {event:<9}  {}  {} confidence, by its {}\n",
        style.paint(BOLD, date),
        conclusion.confidence,
        source_in_words(conclusion.source.as_str())
    );
    for reason in &conclusion.reasons {
        text += &format!("  {:9}  {}\n", "", style.paint(DIM, Shown(reason)));
    }
    text
}

fn told(claims: &[Claim], places: &Places<'_>) -> String {
    let mut text: String = claims.iter().take(MAX_TOLD).map(|claim| line(claim, places)).collect();
    let left = claims.len().saturating_sub(MAX_TOLD);
    if left > 0 {
        text += &format!("    and {left} more; --format jsonl has all\n");
    }
    text
}

fn line(claim: &Claim, places: &Places<'_>) -> String {
    let event = event_in_words(claim.event);
    let place = claim.span.map(|span| places.of(span)).unwrap_or_default();
    format!(
        "    {event:<9}  {:<25}  {:<6}  {:<14}  {place:>8}  {}\n",
        claim.date.to_string(),
        claim.confidence.to_string(),
        claim.source.as_str(),
        Shown(&claim.quote)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Confidence, Event, PartialDate, Source};

    #[test]
    fn a_page_of_many_dates_is_told_briefly() {
        let day = PartialDate::day(2018, 5, 25).expect("a day");
        let claim =
            Claim::new(Event::Published, day, Source::new("byline"), Confidence::Low, "May 25");
        let lines = |count: usize| {
            let text = told(&vec![claim.clone(); count], &Places::new(""));
            (text.lines().count(), text.lines().last().unwrap_or_default().trim().to_owned())
        };
        assert_eq!(lines(MAX_TOLD).0, MAX_TOLD);
        let left = "and 7 more; --format jsonl has all".to_owned();
        assert_eq!(lines(MAX_TOLD + 7), (MAX_TOLD + 1, left));
    }
}
