//! `dead-link`: the target is gone.

use jiff::tz::Offset;

use crate::address::secret::has_user_info;
use crate::model::{
    Case, Checked, Failure, FailureKind, Finding, Memento, Need, PartialDate, Tuning,
};

use super::support::article::last_edit;
use super::support::finding::{on_link, shown};
use super::support::phrase;
use super::support::replacement::replacement;

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose target is gone: the site answers 404 or 410, its host name does not resolve
    /// although others do, or the host refuses connections.
    ///
    /// ## Why it matters
    ///
    /// The reader cannot see what the article rests on. A web archive often still holds it.
    ///
    /// ## Fires
    ///
    /// `https://news.example/2018/05/25/gone`, which answers `404 Not Found`.
    ///
    /// ## Stays silent
    ///
    /// A page that answers 403, 429 or 503 or takes too long: it could not be judged, which is not
    /// the same as dead (`unverifiable-link`). A machine without network judges no link.
    ///
    /// ## How to silence it
    ///
    /// Link the capture nearest the article's date, or run with `--ignore dead-link`.
    RULE {
        id: "dead-link",
        summary: "the target is gone: 404, 410, no such host, or refused",
        level: Error,
        needs: &[Need::Page, Need::Captures],
        supersedes: &[],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    case.links()
        .filter_map(|checked| {
            let failure = checked.status.outcome()?.result.as_ref().err()?;
            failure.kind.is_dead().then(|| finding(case, &checked, failure))
        })
        .collect()
}

fn finding(case: &Case, checked: &Checked<'_>, failure: &Failure) -> Finding {
    // That a host refuses connections is all that there is to say about it.
    let says_more = !failure.detail.is_empty() && failure.kind != FailureKind::Refused;
    let detail = if says_more { format!(" ({})", failure.detail) } else { String::new() };
    let message =
        format!("the target of {} is gone: {}{detail}.", shown(checked.link), reason(failure.kind));
    let suggestion = nearest(checked).map(|capture| {
        let title = "link the capture nearest the article's date";
        replacement(case, checked.link.span, title, capture.url.as_str())
    });
    Finding { suggestion, ..on_link(&RULE, checked.link, message, help(case, checked)) }
}

/// The capture that the author most likely would have seen.
fn nearest<'a>(checked: &Checked<'a>) -> Option<&'a Memento> {
    checked.status.outcome()?.captures.as_ref()?.nearest.as_ref()
}

const fn reason(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::NotFound => "its site says that there is no such page",
        FailureKind::Gone => "its site says that the page was removed for good",
        FailureKind::NoSuchHost => "its host name does not exist any more, while others resolve",
        FailureKind::Refused => "its host refuses connections",
        _ => "it cannot be had",
    }
}

/// Names the capture nearest the article's date: a known one, or where to look for it.
fn help(case: &Case, checked: &Checked<'_>) -> String {
    if let Some(nearest) = nearest(checked) {
        let taken = phrase::date(PartialDate::utc(nearest.captured));
        return format!("link the capture nearest the article's date, taken on {taken}");
    }
    let Some(url) = checked.link.url().filter(|url| !has_user_info(url)) else {
        return "link another source".to_owned();
    };
    let at = last_edit(case).map_or(case.now, |edit| edit.when().earliest);
    let day = Offset::UTC.to_datetime(at).strftime("%Y%m%d");
    format!(
        "look for the capture nearest the article's date: https://web.archive.org/web/{day}/{url}"
    )
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::{Case, FailureKind};

    const URL: &str = "https://news.example/2018/05/25/gone";

    pub(crate) fn fires() -> Case {
        Sample::article("2018-05-25")
            .link(URL)
            .failed(FailureKind::NotFound, "404 Not Found")
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2018-05-25")
            .link(URL)
            .failed(FailureKind::Denied, "403 Forbidden")
            .link(URL)
            .failed(FailureKind::NoNetwork, "no name resolves")
            .link(URL)
            .page()
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn a_known_capture_is_the_repair() {
        let case = Sample::article("2018-05-25")
            .link("https://news.example/2018/05/20/gone")
            .failed(FailureKind::NotFound, "404 Not Found")
            .nearest_capture("2018-06-01T00:00:00Z", "")
            .case();
        let finding = check(&case, &Tuning::default()).swap_remove(0);
        let suggestion = finding.suggestion.expect("a repair");
        assert_eq!(
            suggestion.replacement,
            "https://web.archive.org/web/https://news.example/2018/05/20/gone"
        );
        assert_eq!(Some(suggestion.span), finding.span);
        assert!(finding.help.contains("June 1, 2018"), "{}", finding.help);
    }
}
