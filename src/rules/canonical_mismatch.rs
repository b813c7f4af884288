//! `canonical-mismatch`: the target says that its home is elsewhere.

use url::{Host, Url};

use crate::address::hosts::{registrable, same_owner, same_site};
use crate::address::secret::{has_user_info, without_secrets};
use crate::model::{Case, Checked, Confidence, Finding, Level, Need, Page, Suggestion, Tuning};
use crate::text::words::Words;

use super::support::finding::{on_link, shown};
use super::support::links::cited;
use super::support::replacement::replacement;
use super::support::target;

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose page states the canonical address of another article, at the home page of its
    /// own site, or on another site. Where the words of both addresses name one piece, or one of
    /// them names none, the page is a copy that says where it comes from: a note.
    ///
    /// ## Why it matters
    ///
    /// What the link leads to is a copy, or the site treats it as something else: the canonical
    /// address is what should be cited, and what will last.
    ///
    /// ## Fires
    ///
    /// A page at `https://paper.example/2018/storm-hits-the-northern-coast` with
    /// `<link rel="canonical" href="https://paper.example/2018/council-votes-on-new-school-budget">`.
    ///
    /// ## Stays silent
    ///
    /// Canonical addresses that only drop `www`, a query, or `/amp`, other hosts of one site, and
    /// those that no reader can open (`localhost`, `0.0.0.0`): a slip of the target's.
    ///
    /// ## How to silence it
    ///
    /// Link the canonical address (the finding carries the replacement where both addresses name
    /// one piece), or run with `--ignore canonical-mismatch`.
    RULE {
        id: "canonical-mismatch",
        summary: "the target says that its canonical home is elsewhere",
        level: Warning,
        needs: &[Need::Page],
        supersedes: &["insecure-link"],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    cited(case).filter_map(|checked| finding(case, &checked)).collect()
}

fn finding(case: &Case, checked: &Checked<'_>) -> Option<Finding> {
    // A capture and a translation repeat the canonical address of what they show.
    if checked.link.capture.is_some() || checked.link.inner.is_some() {
        return None;
    }
    let page = target::page(checked)?;
    let canonical = page.canonical.as_ref().filter(|canonical| is_public(canonical))?;
    let (where_to, level, confidence) = elsewhere(case, page, canonical)?;
    let message = format!(
        "the page that {} leads to says that its canonical address is {}, {where_to}.",
        shown(checked.link),
        without_secrets(canonical),
    );
    let help = "link the canonical address if it is the same piece";
    let suggestion = suggestion(case, checked, page, canonical);
    Some(Finding { level, confidence, suggestion, ..on_link(&RULE, checked.link, message, help) })
}

/// The canonical address in the link's place, where the words of both addresses name one piece.
fn suggestion(
    case: &Case,
    checked: &Checked<'_>,
    page: &Page,
    canonical: &Url,
) -> Option<Suggestion> {
    let language = case.extract.language.as_deref();
    let (here, there) =
        (Words::of_slug(&page.url, language)?, Words::of_slug(canonical, language)?);
    if !here.agreement(&there).is_match() || has_user_info(canonical) {
        return None;
    }
    let mut address = canonical.clone();
    if address.fragment().is_none() {
        address.set_fragment(checked.link.url()?.fragment());
    }
    let title = "link the canonical address";
    Some(replacement(case, checked.link.span, title, address.as_str()))
}

/// Whether an address is one of the web: a server's own name for itself is a slip.
fn is_public(canonical: &Url) -> bool {
    const RESERVED: [&str; 9] = [
        "example",
        "home",
        "internal",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "test",
    ];
    match canonical.host() {
        Some(Host::Domain(name)) => {
            let last = name.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
            name.trim_end_matches('.').contains('.') && !RESERVED.contains(&last)
        }
        // No home of a page is named by a number, whether it can be reached or not.
        Some(Host::Ipv4(_) | Host::Ipv6(_)) | None => false,
    }
}

fn elsewhere(
    case: &Case,
    page: &Page,
    canonical: &Url,
) -> Option<(&'static str, Level, Confidence)> {
    let (here, there) = (page.url.host_str()?, canonical.host_str()?);
    let language = case.extract.language.as_deref();
    let slug = |url| Words::of_slug(url, language);
    let is_other =
        slug(&page.url).zip(slug(canonical)).is_some_and(|(a, b)| a.agreement(&b).is_mismatch());
    if !same_site(here, there) {
        let name = |host| registrable(host).and_then(|domain| domain.split('.').next());
        let domains = registrable(here).zip(registrable(there));
        let is_sibling = name(here) == name(there)
            || domains.is_some_and(|(here, there)| same_owner(here, there));
        return Some(match (is_other, is_sibling) {
            // A syndicated copy often has a headline of its own.
            (true, false) => ("another article on another site", RULE.level, Confidence::Medium),
            (_, true) => ("on another site", Level::Note, Confidence::Low),
            (false, false) => ("on another site", Level::Note, Confidence::High),
        });
    }
    if canonical.path() == "/" && page.url.path().len() > 1 {
        // Careless templates name the home page on every page.
        return Some(("its site's home page", RULE.level, Confidence::Medium));
    }
    is_other.then_some(("that of another article", RULE.level, Confidence::High))
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::{Sample, address};
    use crate::model::Case;

    pub(crate) fn fires() -> Case {
        let other = "https://paper.org/2018/council-votes-on-new-school-budget";
        Sample::article("2020-11-27")
            .link("https://paper.org/2018/storm-hits-the-northern-coast-again")
            .page()
            .edit_page(|page| page.canonical = Some(address(other)))
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2020-11-27")
            .link("https://www.paper.org/2018/a-story/amp?utm_source=x")
            .page()
            .edit_page(|page| page.canonical = Some(address("https://paper.org/2018/a-story")))
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, address};
    use super::*;

    #[test]
    fn a_copy_is_noted_and_a_slip_is_not() {
        let here = "https://copy.com/2018/storm-hits-the-northern-coast-again";
        let (note, warning) = (Some(Level::Note), Some(Level::Warning));
        for (canonical, expected) in [
            ("http://localhost/2018/storm-hits-the-northern-coast-again", None),
            ("http://localhost:3000/", None),
            ("http://0.0.0.0:8000/a-story", None),
            ("http://127.0.0.1/a-story", None),
            ("http://[::1]/a-story", None),
            ("http://192.168.1.2/a-story", None),
            ("http://203.0.113.7/a-story", None),
            ("http://web01/a-story", None),
            ("http://web01.local/a-story", None),
            ("https://paper.org/2018/storm-hits-the-northern-coast-again", note),
            ("https://paper.org/a/123456", note),
            ("https://copy.org/a/123456", note),
            ("https://paper.org/2018/council-votes-on-new-school-budget", warning),
            ("https://copy.com/2018/council-votes-on-new-school-budget", warning),
            ("https://www.copy.com/2018/storm-hits-the-northern-coast-again?b=1", None),
        ] {
            let sample = Sample::article("2020-11-27").link(here).page();
            let case = sample.edit_page(|page| page.canonical = Some(address(canonical))).case();
            let levels: Vec<Level> =
                check(&case, &Tuning::default()).iter().map(|finding| finding.level).collect();
            assert_eq!(levels.first().copied(), expected, "{canonical}");
        }
    }
}
