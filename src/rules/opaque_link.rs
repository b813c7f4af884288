//! `opaque-link`: a shortener, tracker or wrapper hides where the link leads.

use url::Url;

use crate::address::secret::without_secrets;
use crate::model::{Case, Checked, Finding, Need, Role, Tuning};

use super::support::finding::{on_link, shown};
use super::support::links::cited;
use super::support::replacement::replacement;
use super::support::target;

declare_rule! {
    /// ## What it finds
    ///
    /// A link through a shortener, a tracker, a cache or another service that stands in front of
    /// the page. The message names what it resolves to, where the address itself or its redirects
    /// tell.
    ///
    /// ## Why it matters
    ///
    /// The service sees who reads what, decides where the link leads, and when it ends all its
    /// links die at once.
    ///
    /// ## Fires
    ///
    /// `https://bit.ly/2JxYz`, and
    /// `https://www.google.com/url?q=https%3A%2F%2Fpaper.example%2Fa-story`.
    ///
    /// ## Stays silent
    ///
    /// `https://doi.org/10.1000/182`, which is made to last, and captures in web archives.
    ///
    /// ## How to silence it
    ///
    /// Link the page itself (where the address names it, the finding carries the replacement), or
    /// run with `--ignore opaque-link`.
    RULE {
        id: "opaque-link",
        summary: "a shortener, tracker or wrapper hides where the link leads",
        level: Note,
        needs: &[Need::Page],
        supersedes: &[],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    cited(case)
        .filter(|checked| checked.link.role == Role::Wrapper || checked.link.inner.is_some())
        .map(|checked| finding(case, &checked))
        .collect()
}

fn finding(case: &Case, checked: &Checked<'_>) -> Finding {
    let link = checked.link;
    let inner = link.inner.as_ref().and_then(|_| target::address(link));
    let end = target::page(checked).map(|page| without_secrets(&page.url));
    let known = match (&inner, &end) {
        (Some(inner), _) => format!("; it stands in front of {}", without_secrets(inner)),
        (None, Some(end)) => format!("; it leads to {end}"),
        (None, None) => String::new(),
    };
    let message =
        format!("{} hides where it leads behind a service of its own{known}.", shown(link));
    let is_page = |url: &Url| matches!(url.scheme(), "http" | "https") && Some(url) != link.url();
    let suggestion = inner
        .filter(|inner| is_page(inner))
        .map(|inner| replacement(case, link.span, "link the page itself", inner.as_str()));
    Finding { suggestion, ..on_link(&RULE, link, message, "link the page itself") }
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::{Case, Role};

    pub(crate) fn fires() -> Case {
        Sample::article("2020-11-27")
            .link("https://tracker.example/url?q=https%3A%2F%2Fpaper.example%2Fa-story")
            .with(|link| {
                link.role = Role::Wrapper;
                link.inner = Some("https://paper.example/a-story".into());
            })
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2020-11-27")
            .link("https://doi.org/10.1000/182")
            .capture("20200101000000", "https://paper.example/a-story")
            .case()
    }
}
