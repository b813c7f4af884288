//! `redirect-loop`: a chain of redirects that never ends.

use crate::address::secret::without_secrets;
use crate::model::{Case, Checked, FailureKind, Finding, Need, Tuning};
use crate::text::count;

use super::support::finding::{on_link, shown};

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose redirects come back to an address that was already asked, or go on beyond any
    /// sensible number.
    ///
    /// ## Why it matters
    ///
    /// The reader's browser gives up with an error: the page cannot be had.
    ///
    /// ## Fires
    ///
    /// `https://news.example/a`, which redirects to `/b`, which redirects to `/a`.
    ///
    /// ## Stays silent
    ///
    /// A chain of three redirects that ends at a page.
    ///
    /// ## How to silence it
    ///
    /// Link where the page is now, or a capture of it, or run with `--ignore redirect-loop`.
    RULE {
        id: "redirect-loop",
        summary: "the link's chain of redirects never ends",
        level: Error,
        needs: &[Need::Page],
        supersedes: &[],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    case.links().filter_map(|checked| finding(&checked)).collect()
}

fn finding(checked: &Checked<'_>) -> Option<Finding> {
    let outcome = checked.status.outcome()?;
    let redirects = outcome.chain.len().saturating_sub(1).max(1);
    let way = match (outcome.result.as_ref().err()?.kind, redirects) {
        (FailureKind::RedirectLoop, 1) => "comes back to where it was",
        (FailureKind::RedirectLoop, _) => "come back to where they were",
        (FailureKind::TooManyRedirects, 1) => "does not end",
        (FailureKind::TooManyRedirects, _) => "do not end",
        _ => return None,
    };
    let last = outcome.chain.last().map(|hop| format!(", last to {}", without_secrets(&hop.url)));
    let message = format!(
        "{} cannot be reached: its {} {way}{}.",
        shown(checked.link),
        count(redirects, "redirect"),
        last.unwrap_or_default(),
    );
    Some(on_link(&RULE, checked.link, message, "link where the page is now, or a capture of it"))
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::{Case, FailureKind};

    pub(crate) fn fires() -> Case {
        Sample::article("2018-05-25")
            .link("https://news.example/a")
            .failed(FailureKind::RedirectLoop, "seen before")
            .redirected(&["https://news.example/b", "https://news.example/a"])
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2018-05-25")
            .link("http://news.example/a")
            .page()
            .redirected(&["https://news.example/a", "https://www.news.example/a"])
            .case()
    }
}
