//! `capture-predates-target`: a capture taken before its target came out.

use crate::model::{Case, Checked, Confidence, Finding, Tuning};

use super::support::announced::by_address;
use super::support::finding::{on_link, shown};
use super::support::links::cited;
use super::support::{phrase, target};

declare_rule! {
    /// ## What it finds
    ///
    /// A link to a web-archive capture whose time is certainly before its target came out, by the
    /// date in the target's own address.
    ///
    /// ## Why it matters
    ///
    /// An archive cannot hold what was not there yet: the capture's time or the target's address
    /// was made up or altered, or the target is older than its address says.
    ///
    /// ## Fires
    ///
    /// `https://web.archive.org/web/20160228120000/https://news.example/2017/07/12/a-story`.
    ///
    /// ## Stays silent
    ///
    /// A capture taken on the day in the address, or at any time after it.
    ///
    /// ## How to silence it
    ///
    /// Link a capture that exists, or run with `--ignore capture-predates-target`.
    RULE {
        id: "capture-predates-target",
        summary: "the web-archive capture is older than the page that it shows",
        level: Error,
        needs: &[],
        supersedes: &["capture-postdates-article"],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    cited(case).filter_map(|checked| finding(case, &checked)).collect()
}

fn finding(case: &Case, checked: &Checked<'_>) -> Option<Finding> {
    let capture = target::captured(checked.link)?;
    let (claim, _) = target::said_by_address(checked.link, case.now)?;
    if !capture.when.certainly_before(claim.when) {
        return None;
    }
    let message = format!(
        "{what} is a capture of {captured} by its own address, but the page that it shows{later}. An \
         archive cannot hold what was not there yet.",
        what = shown(checked.link),
        captured = phrase::date(capture.date),
        later = target::later(case, checked.link, &claim, capture.date),
    );
    let ahead = capture.date.first_day().until(claim.date.first_day());
    let ahead = ahead.map_or(i32::MAX, |span| span.get_days());
    let event = target::address(checked.link).is_some_and(|url| by_address(&url, ahead).is_some());
    let help = "link a capture from after the page came out";
    Some(Finding {
        confidence: if event { Confidence::Low } else { claim.confidence },
        because: vec![capture, claim],
        ..on_link(&RULE, checked.link, message, help)
    })
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub(crate) fn fires() -> Case {
        Sample::article("2020-12-12")
            .capture("20160228120000", "https://news.example/2017/07/12/a-story")
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2020-12-12")
            .capture("20170712010000", "https://news.example/2017/07/12/a-story")
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn no_archive_holds_an_address_before_it_was_made() {
        let found = |stamp: &str| {
            let post = "https://twitter.com/example/status/700207533655363584";
            let case = Sample::article("2020-12-12").capture(stamp, post).case();
            check(&case, &Tuning::default()).len()
        };
        assert_eq!(found("20160217000000"), 1);
        assert_eq!(found("20160219000000"), 0);
    }
}
