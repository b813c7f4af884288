//! `impossible-date`: a day that does not exist, or that has not come yet.

use crate::model::{
    Case, Checked, Claim, Confidence, Event, Finding, Level, PartialDate, Source, Tuning,
};

use super::support::announced::{YEAR, occasion};
use super::support::around::Around;
use super::support::article::publication;
use super::support::finding::{on_article, on_link, shown};
use super::support::links::cited;
use super::support::{phrase, target};

declare_rule! {
    /// ## What it finds
    ///
    /// A URL whose path gives a day that the calendar does not have (`/2022/02/30/`), and a date of
    /// a URL or of the article itself that lies after the time of judging, or after the copy of
    /// the article was taken.
    ///
    /// ## Why it matters
    ///
    /// Such a date was never written by a publishing system: the address was mistyped, invented or
    /// altered.
    ///
    /// ## Fires
    ///
    /// `https://news.example/2022/02/30/a-story`.
    ///
    /// ## Stays silent
    ///
    /// `https://news.example/2024/02/29/a-story`, which was a leap day, and
    /// `https://news.example/2022/31/`, whose numbers need not be a date.
    ///
    /// ## How to silence it
    ///
    /// Correct the date, give the time of judging with `--now`, or run with
    /// `--ignore impossible-date`.
    RULE {
        id: "impossible-date",
        summary: "a URL or the article gives a day that does not exist or has not come yet",
        level: Error,
        needs: &[],
        supersedes: &["link-postdates-article", "capture-predates-target"],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    let own = case.links().filter(|checked| checked.link.role.is_own_address());
    let around = Around::new(case);
    cited(case)
        .chain(own)
        .filter_map(|checked| no_such_day(&checked).or_else(|| not_yet(case, &around, &checked)))
        .chain(article_not_yet(case))
        .collect()
}

fn no_such_day(checked: &Checked<'_>) -> Option<Finding> {
    let stated = target::impossible_day(checked.link)?;
    let message = format!(
        "{} says {} in its path, a day that does not exist.",
        shown(checked.link),
        phrase::quoted(&stated)
    );
    let help = "find the page's true address: this one was mistyped, invented or altered";
    Some(on_link(&RULE, checked.link, message, help))
}

/// The first instants that nothing in the article can postdate: now, and when the copy was taken.
fn limit(case: &Case) -> (Claim, &'static str) {
    let now = PartialDate::utc(case.now);
    let (at, what) = match case.article.captured {
        Some(captured) if captured.when().before <= now.when().before => {
            (captured, "this copy of the article was taken")
        }
        _ => (now, "it was judged"),
    };
    (Claim::new(Event::ExistedBy, at, Source::TIME_OF_JUDGING, Confidence::High, ""), what)
}

/// A link's date after now. (After the copy of a dated article, `link-postdates-article` says so.)
fn not_yet(case: &Case, around: &Around<'_>, checked: &Checked<'_>) -> Option<Finding> {
    let (claim, made) = target::said_by_address(checked.link, case.now)?;
    let (limit, what) = limit(case);
    let now = PartialDate::utc(case.now).when();
    let future = claim.when.certainly_after(now);
    let beyond = claim.when.certainly_after(limit.when) && case.dating.published.is_none();
    if !future && !beyond {
        return None;
    }
    let says = match made {
        Some(made) => format!(": {}. That is", made.told()),
        None => format!(
            " claims to be of {} by {}, which is",
            phrase::date(claim.date),
            phrase::place_in_target(&claim)
        ),
    };
    let message =
        format!("{}{says} after {what} on {}.", shown(checked.link), phrase::date(limit.date));
    let said = publication(case).map_or(limit.date, |published| published.date());
    let event = occasion(case, around, checked.link, &claim, said).is_some();
    let help = "find the page's true address, or give the time of judging with --now";
    Some(Finding {
        level: if event { Level::Note } else { RULE.level },
        confidence: claim.confidence,
        because: vec![limit, claim],
        ..on_link(&RULE, checked.link, message, help)
    })
}

/// A publication date of the article's own that lies after its copy was taken or after now.
fn article_not_yet(case: &Case) -> Option<Finding> {
    let (limit, what) = limit(case);
    let claim = case
        .dating
        .about(Event::Published)
        .find(|claim| claim.when.certainly_after(limit.when))?
        .clone();
    let message = format!(
        "this article claims to be of {} by {}, which is after {what} on {}.",
        phrase::date(claim.date),
        phrase::place_in_article(&claim, &case.extract),
        phrase::date(limit.date),
    );
    let help = "correct the date, or give the time of judging with --now";
    let is_soon = limit.date.first_day().until(claim.date.first_day());
    let is_soon = is_soon.is_ok_and(|ahead| ahead.get_days() <= YEAR);
    let (level, confidence) = match claim.source.as_str() {
        // A source that lies ready is put out on its day.
        "front-matter" | "file-name" if is_soon => (Level::Note, claim.confidence),
        // A day printed on a page can be that of what the page announces.
        "dateline" | "byline" if is_soon => (RULE.level, claim.confidence.min(Confidence::Medium)),
        _ => (RULE.level, claim.confidence),
    };
    Some(Finding {
        level,
        confidence,
        because: vec![limit, claim.clone()],
        ..on_article(&RULE, claim.span, message, help)
    })
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub(crate) fn fires() -> Case {
        Sample::article("2023-10-29")
            .link("https://news.example/2022/02/30/a-story-of-no-day")
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2024-10-29")
            .link("https://news.example/2024/02/29/a-story-of-a-leap-day")
            .link("https://news.example/2024/31/a-story-of-no-date")
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn levels(sample: Sample) -> Vec<Level> {
        check(&sample.case(), &Tuning::default()).iter().map(|finding| finding.level).collect()
    }

    #[test]
    fn what_has_not_come_yet_is_impossible() {
        let article = || Sample::article("2023-10-29");
        assert_eq!(levels(article().link("https://n.example/2031/01/05/x")), [Level::Error]);
        for spared in ["events/2031/01/05/x", "elections/2031-01-05", "eclipse/lunar/2031/05/07"] {
            let url = format!("https://n.example/{spared}");
            assert_eq!(levels(article().link(&url)), [Level::Note], "{spared}");
        }
        assert_eq!(levels(Sample::article("2031-01-05")), [Level::Error]);
        assert_eq!(levels(Sample::article("2026-11-23")), []);
    }

    #[test]
    fn what_is_announced_or_lies_ready_is_no_error_yet() {
        let found = |source| {
            let sample = Sample::undated().claimed(Event::Published, "2027-02-03", source);
            let found = check(&sample.case(), &Tuning::default());
            (found[0].level, found[0].confidence)
        };
        assert_eq!(found("json-ld"), (Level::Error, Confidence::High));
        assert_eq!(found("front-matter"), (Level::Note, Confidence::High));
        assert_eq!(found("dateline"), (Level::Error, Confidence::Medium));
    }

    #[test]
    fn what_is_newer_than_the_copy_is_impossible() {
        let undated = || Sample::undated().captured("2020-01-01T00:00:00Z");
        assert_eq!(levels(undated().link("https://n.example/2021/01/05/x")), [Level::Error]);
        assert_eq!(levels(undated().link("https://n.example/2019/01/05/x")), []);
        let post = "https://x.com/example/status/1790637656616943991";
        assert_eq!(levels(undated().link(post)), [Level::Error]);
        assert_eq!(levels(Sample::undated().link(post)), []);
        assert_eq!(
            levels(Sample::article("2021-01-05").captured("2020-01-01T00:00:00Z")),
            [Level::Error]
        );
    }
}
