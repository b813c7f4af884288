//! `canonical-mismatch`: the target says that its home is elsewhere.

use url::Url;

use crate::address::hosts::{registrable, same_site};
use crate::model::{Case, Checked, Confidence, Finding, Need, Page, Suggestion, Tuning};
use crate::text::words::Words;

use super::support::draft::{has_user_info, masked, on_link, shown};
use super::support::links::cited;
use super::support::target;
use super::support::written::replacement;

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose page states a canonical address on another site, at the home page of its own,
    /// or of another article.
    ///
    /// ## Why it matters
    ///
    /// What the link leads to is a copy, or the site treats it as something else: the canonical
    /// address is what should be cited, and what will last.
    ///
    /// ## Fires
    ///
    /// A page at `https://copy.example/a-story` with
    /// `<link rel="canonical" href="https://paper.example/2018/a-story">`.
    ///
    /// ## Stays silent
    ///
    /// Canonical addresses that only drop `www`, a query, or `/amp`, and other hosts of one site.
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
    let canonical = page.canonical.as_ref()?;
    let (where_to, confidence) = elsewhere(case, page, canonical)?;
    let message = format!(
        "the page that {} leads to says that its canonical address is {}, {where_to}.",
        shown(checked.link),
        masked(canonical),
    );
    let help = "link the canonical address if it is the same piece";
    let suggestion = suggestion(case, checked, page, canonical);
    Some(Finding { confidence, suggestion, ..on_link(&RULE, checked.link, message, help) })
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

fn elsewhere(case: &Case, page: &Page, canonical: &Url) -> Option<(&'static str, Confidence)> {
    let (here, there) = (page.url.host_str()?, canonical.host_str()?);
    if !same_site(here, there) {
        let name = |host| registrable(host).and_then(|domain| domain.split('.').next());
        let sibling = name(here) == name(there);
        let confidence = if sibling { Confidence::Low } else { Confidence::High };
        return Some(("on another site", confidence));
    }
    if canonical.path() == "/" && page.url.path().len() > 1 {
        // Careless templates name the home page on every page.
        return Some(("its site's home page", Confidence::Medium));
    }
    let language = case.extract.language.as_deref();
    let (this, that) = (Words::of_slug(&page.url, language)?, Words::of_slug(canonical, language)?);
    this.agreement(&that).is_mismatch().then_some(("that of another article", Confidence::High))
}

#[cfg(test)]
pub mod samples {
    use super::super::sample::{Sample, address};
    use crate::model::Case;

    pub fn fires() -> Case {
        Sample::article("2020-11-27")
            .link("https://copy.com/a-story")
            .page()
            .edit_page(|page| page.canonical = Some(address("https://paper.org/2018/a-story")))
            .case()
    }

    pub fn near_miss() -> Case {
        Sample::article("2020-11-27")
            .link("https://www.paper.org/2018/a-story/amp?utm_source=x")
            .page()
            .edit_page(|page| page.canonical = Some(address("https://paper.org/2018/a-story")))
            .case()
    }
}
