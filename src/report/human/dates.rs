//! What is claimed about a document's dates: the conclusion, why, and all claims.

use super::{BOLD, DIM, Places, heading};
use crate::model::{Claim, Conclusion, Judged};
use crate::report::Style;
use crate::report::shown::Shown;
use crate::report::words::event_in_words;

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
    for claim in &dating.claims {
        text += &line(claim, &places);
    }
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
        conclusion.source
    );
    for reason in &conclusion.reasons {
        text += &format!("  {:9}  {}\n", "", style.paint(DIM, Shown(reason)));
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
