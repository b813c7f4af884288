//! `insecure-link`: the link is plain http, though its page answers over https.

use url::Url;

use crate::address::secret::{has_user_info, without_secrets};
use crate::model::{Case, Checked, Finding, Need, Role, Suggestion, Tuning};

use super::support::finding::{on_link, shown};
use super::support::links::cited;
use super::support::replacement::replacement;
use super::support::target;

declare_rule! {
    /// ## What it finds
    ///
    /// A link to an `http` address that redirects to the same page over `https`, at the same host
    /// or its `www`.
    ///
    /// ## Why it matters
    ///
    /// Whoever stands between the reader and the site can read the request and write the answer,
    /// and send the reader elsewhere.
    ///
    /// ## Fires
    ///
    /// `http://paper.example/a-story`, which leads to `https://www.paper.example/a-story`.
    ///
    /// ## Stays silent
    ///
    /// An `http` address that answers itself, and one whose redirects lead to another page.
    ///
    /// ## How to silence it
    ///
    /// Link the `https` address (the finding carries the replacement), or run with
    /// `--ignore insecure-link`.
    RULE {
        id: "insecure-link",
        summary: "the link is plain http, though its page answers over https",
        level: Note,
        needs: &[Need::Page],
        supersedes: &[],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    cited(case).filter_map(|checked| finding(case, &checked)).collect()
}

fn finding(case: &Case, checked: &Checked<'_>) -> Option<Finding> {
    let link = checked.link;
    let url = link.url().filter(|url| url.scheme() == "http")?;
    // What stands in front of a page is for `opaque-link` to say.
    if link.role == Role::Wrapper || link.inner.is_some() {
        return None;
    }
    let secure = &target::page(checked)?.url;
    if !is_same_page(url, secure) {
        return None;
    }
    let message = format!(
        "{} is not encrypted, and its page answers at {}.",
        shown(link),
        without_secrets(secure)
    );
    let suggestion = suggestion(case, checked, url, secure);
    Some(Finding { suggestion, ..on_link(&RULE, link, message, "link the https address") })
}

/// Whether one is the other over TLS: at the same host or its `www`, with the same path and query.
fn is_same_page(plain: &Url, secure: &Url) -> bool {
    let host = |url: &Url| {
        let host = url.host_str().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host).to_owned()
    };
    let path = |url: &Url| url.path().trim_end_matches('/').to_owned();
    secure.scheme() == "https"
        && plain.port().is_none()
        && secure.port().is_none()
        && host(plain) == host(secure)
        && path(plain) == path(secure)
        && plain.query() == secure.query()
}

/// Only the scheme is written anew where that is all that differs.
fn suggestion(case: &Case, checked: &Checked<'_>, url: &Url, secure: &Url) -> Option<Suggestion> {
    const TITLE: &str = "link the https address";
    let link = checked.link;
    if has_user_info(url) {
        return None;
    }
    let mut secure = secure.clone();
    secure.set_fragment(url.fragment());
    let same = url.host() == secure.host() && url.path() == secure.path();
    let mut scheme = link.span;
    scheme.end = scheme.start + "http".len();
    if same && link.raw().get(..5).is_some_and(|raw| raw.eq_ignore_ascii_case("http:")) {
        let replacement = "https".to_owned();
        return Some(Suggestion { title: TITLE.to_owned(), span: scheme, replacement });
    }
    Some(replacement(case, link.span, TITLE, secure.as_str()))
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    const PLAIN: &str = "http://paper.org/2018/a-story";

    pub(crate) fn fires() -> Case {
        Sample::article("2020-11-27")
            .link(PLAIN)
            .page()
            .redirected(&["https://paper.org/2018/a-story"])
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2020-11-27")
            .link(PLAIN)
            .page()
            .link(PLAIN)
            .page()
            .redirected(&["https://paper.org/"])
            .link("https://paper.org/2018/a-story")
            .page()
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn suggested(link: &str, end: &str) -> (String, String) {
        let case = Sample::article("2020-11-27").link(link).page().redirected(&[end]).case();
        let suggestion = check(&case, &Tuning::default()).swap_remove(0).suggestion;
        let suggestion = suggestion.expect("a repair");
        (suggestion.span.of(&case.article.text).to_owned(), suggestion.replacement)
    }

    #[test]
    fn no_more_than_differs_is_written_anew() {
        assert_eq!(
            suggested("http://a.org/x?y=1#z", "https://a.org/x?y=1"),
            ("http".to_owned(), "https".to_owned())
        );
        assert_eq!(
            suggested("http://a.org/x#z", "https://www.a.org/x/"),
            ("http://a.org/x#z".to_owned(), "https://www.a.org/x/#z".to_owned())
        );
    }
}
