//! `redirect-drift`: the redirects end somewhere else than the link promised.

use url::Url;

use crate::address::hosts::same_site;
use crate::address::secret::without_secrets;
use crate::address::wrapper;
use crate::model::{Case, Checked, Confidence, Finding, Need, Tuning};
use crate::text::words::{Agreement, Words};

use super::support::finding::{on_link, shown};
use super::support::links::cited;
use super::support::target;

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose chain of redirects ends at another article, at a home page, at a page to sign
    /// in, or on another registrable domain.
    ///
    /// ## Why it matters
    ///
    /// The page that was cited is gone, though nothing says "not found".
    ///
    /// ## Fires
    ///
    /// `https://paper.example/2018/05/25/a-story`, which ends at `https://paper.example/`.
    ///
    /// ## Stays silent
    ///
    /// Redirects from `http` to `https`, to `www`, to a new section with the same headline in the
    /// address; shorteners, trackers and persistent identifiers (`doi.org`), which are meant to
    /// lead elsewhere.
    ///
    /// ## How to silence it
    ///
    /// Link where the page is now, or a capture of it, or run with `--ignore redirect-drift`.
    RULE {
        id: "redirect-drift",
        summary: "the redirects end at another article, a home page, a login or another site",
        level: Warning,
        needs: &[Need::Page],
        supersedes: &["canonical-mismatch", "label-mismatch", "conflicting-label"],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    cited(case).filter_map(|checked| finding(case, &checked)).collect()
}

fn finding(case: &Case, checked: &Checked<'_>) -> Option<Finding> {
    let from = checked.link.url()?;
    let end = &target::page(checked)?.url;
    if from == end || leads_elsewhere_by_design(checked, from) {
        return None;
    }
    let (end_name, confidence) = drift(case, from, end)?;
    let message = format!(
        "{} redirects to {}, {end_name}: that is not what was linked.",
        shown(checked.link),
        without_secrets(end),
    );
    let help = "link where the page is now, or the capture nearest the article's date";
    Some(Finding { confidence, ..on_link(&RULE, checked.link, message, help) })
}

fn leads_elsewhere_by_design(checked: &Checked<'_>, from: &Url) -> bool {
    const IDENTIFIERS: [&str; 10] = [
        "ark.org",
        "dx.doi.org",
        "doi.org",
        "hdl.handle.net",
        "identifiers.org",
        "n2t.net",
        "nbn-resolving.org",
        "purl.org",
        "urn.fi",
        "w3id.org",
    ];
    let host = from.host_str().unwrap_or_default();
    checked.link.inner.is_some()
        || checked.link.capture.is_some()
        || wrapper::inner(from).is_some()
        || IDENTIFIERS.contains(&host)
}

/// Where the chain ended instead, and how sure it is that this is another page.
fn drift(case: &Case, from: &Url, end: &Url) -> Option<(&'static str, Confidence)> {
    if !is_home(from) && is_home(end) {
        return Some(("a home page", Confidence::High));
    }
    if !is_login(from) && is_login(end) {
        return Some(("a page to sign in", Confidence::High));
    }
    let agreement = slugs(case, from, end);
    if agreement.is_mismatch() {
        return Some(("another article", Confidence::High));
    }
    if same_site(from.host_str()?, end.host_str()?) {
        return None;
    }
    // A piece that moved with its site is still the piece.
    let moved = agreement.is_match() || from.path() == end.path();
    let confidence = if moved { Confidence::Low } else { Confidence::Medium };
    Some(("on another site", confidence))
}

fn slugs(case: &Case, from: &Url, end: &Url) -> Agreement {
    let language = case.extract.language.as_deref();
    match (Words::of_slug(from, language), Words::of_slug(end, language)) {
        (Some(from), Some(end)) => from.agreement(&end),
        _ => Agreement::Unknown,
    }
}

/// A home page, also one of a language (`/en/`).
fn is_home(url: &Url) -> bool {
    let path = url.path().trim_matches('/');
    let page = matches!(path, "" | "index.html" | "index.htm" | "index.php" | "home");
    let language = path.len() == 2 && path.bytes().all(|byte| byte.is_ascii_alphabetic());
    (page || language) && url.query().is_none_or(|query| query.len() < 3)
}

fn is_login(url: &Url) -> bool {
    const WORDS: [&str; 10] = [
        "anmelden",
        "anmeldung",
        "auth",
        "connexion",
        "inloggen",
        "login",
        "log-in",
        "oauth",
        "sign-in",
        "signin",
    ];
    url.path_segments().into_iter().flatten().any(|segment| {
        let name = segment.split('.').next().unwrap_or_default().to_ascii_lowercase();
        WORDS.contains(&name.as_str())
    })
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub(crate) fn fires() -> Case {
        Sample::article("2018-05-25")
            .link("https://paper.com/2018/05/20/a-story")
            .page()
            .redirected(&["https://www.paper.com/"])
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2018-05-25")
            .link("http://paper.com/2018/05/20/leaders-agree-on-a-peace-plan-in-vienna")
            .page()
            .redirected(&[
                "https://www.paper.com/world/leaders-agree-on-a-peace-plan-in-vienna.html",
            ])
            .link("https://doi.org/10.1000/182")
            .page()
            .redirected(&["https://journal.org/"])
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn where_chains_end() {
        let from = "https://paper.com/2018/05/20/leaders-agree-on-a-peace-plan-in-vienna";
        for (end, expected) in [
            ("https://paper.com/en/", Some(Confidence::High)),
            ("https://paper.com/login?next=x", Some(Confidence::High)),
            ("https://paper.com/what-rust-does-for-memory-safety", Some(Confidence::High)),
            ("https://parking.net/lander", Some(Confidence::Medium)),
            ("https://gazette.org/leaders-agree-on-a-peace-plan-in-vienna", Some(Confidence::Low)),
            ("https://paper.com/story/123", None),
        ] {
            let case = Sample::article("2018-05-25").link(from).page().redirected(&[end]).case();
            let found = check(&case, &Tuning::default());
            assert_eq!(found.first().map(|finding| finding.confidence), expected, "{end}");
        }
    }
}
