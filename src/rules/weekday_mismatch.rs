//! `weekday-mismatch`: a printed date names another weekday than its own.

use super::support::weekday::{WeekdayMismatch, weekday_mismatches};
use crate::model::{Case, Claim, Finding, PartialDate, Tuning};

use super::support::finding::on_article;
use super::support::phrase;

declare_rule! {
    /// ## What it finds
    ///
    /// A printed date whose weekday is not the one that the calendar gives that day.
    ///
    /// ## Why it matters
    ///
    /// Either the weekday or the date is wrong: a mistyped day or year, or a text that was redated
    /// by someone who did not look at the calendar.
    ///
    /// ## Fires
    ///
    /// "Thursday, May 25, 2018", which was a Friday.
    ///
    /// ## Stays silent
    ///
    /// "Friday, May 25, 2018", and "said on Thursday" in an article of that Friday.
    ///
    /// ## How to silence it
    ///
    /// Correct the weekday or the date, or run with `--ignore weekday-mismatch`.
    RULE {
        id: "weekday-mismatch",
        summary: "a printed date names another weekday than the calendar gives that day",
        level: Warning,
        needs: &[],
        supersedes: &[],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    weekday_mismatches(&case.article, &case.extract)
        .iter()
        .map(|mismatch| finding(case, mismatch))
        .collect()
}

fn finding(case: &Case, mismatch: &WeekdayMismatch) -> Finding {
    let message = format!(
        "the text says {}, but {} was a {}: the weekday or the date is wrong.",
        phrase::quoted(&mismatch.quote),
        phrase::date(PartialDate::Day(mismatch.date)),
        mismatch.date.strftime("%A"),
    );
    let help = "find out which of the two was meant, and correct the other";
    Finding {
        because: claim_of(case, mismatch).into_iter().cloned().collect(),
        ..on_article(&RULE, Some(mismatch.span), message, help)
    }
}

/// The claim about the article that rests on the same words, if one does.
fn claim_of<'a>(case: &'a Case, mismatch: &WeekdayMismatch) -> Option<&'a Claim> {
    case.dating.claims.iter().find(|claim| {
        claim.span.is_some_and(|span| {
            !span.is_empty() && (mismatch.span.contains(span) || span.contains(mismatch.span))
        })
    })
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub(crate) fn fires() -> Case {
        Sample::undated().words("Thursday, May 25, 2018").words("A story of that day.").case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::undated().words("Friday, May 25, 2018").words("He said so on Thursday.").case()
    }
}
