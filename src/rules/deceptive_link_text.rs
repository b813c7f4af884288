//! `deceptive-link-text`: the link text is an address, and the link goes to another site.

use url::Url;

use crate::address::hosts::{registrable, same_site, shown as shown_host};
use crate::address::wrapper;
use crate::model::{Case, Checked, Confidence, Finding, Link, Tuning};

use super::support::draft::{on_link, shown};
use super::support::links::cited;
use super::support::{phrase, target};

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose text is itself a URL or a host name, while the link goes to another registrable
    /// domain (by the Public Suffix List).
    ///
    /// ## Why it matters
    ///
    /// Readers trust what they see. This is how phishing links are made, and what is left when a
    /// link is replaced and its text is not.
    ///
    /// ## Fires
    ///
    /// ```html
    /// <a href="https://other.example/story">https://www.paper.example/</a>
    /// ```
    ///
    /// ## Stays silent
    ///
    /// Text of the same site (`paper.example` for `https://news.paper.example/`), links within the
    /// article's own site, a shortener or tracker in front of the address in the text, an archive's capture of it, and the same name
    /// under another suffix.
    ///
    /// ## How to silence it
    ///
    /// Let text and target agree, or run with `--ignore deceptive-link-text`.
    RULE {
        id: "deceptive-link-text",
        summary: "the link text is an address of another site than the link leads to",
        level: Error,
        needs: &[],
        supersedes: &["label-mismatch"],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    cited(case).filter_map(|checked| finding(case, &checked)).collect()
}

fn finding(case: &Case, checked: &Checked<'_>) -> Option<Finding> {
    let link = checked.link;
    let text = link.text.as_deref()?.trim();
    let (promised, confidence) = promised(text)?;
    let target = target::address(link)?;
    let actual = target.host_str()?;
    if excused(link, promised.host_str()?, actual) || is_file(&promised) || stays(case, actual) {
        return None;
    }
    let message = format!(
        "the link text is {}, but the link leads to {}, which belongs to another site ({}).",
        phrase::quoted(text),
        shown(link),
        shown_host(actual),
    );
    let help = "let the text name the site that the link leads to, or link the site that it names";
    Some(Finding { confidence, ..on_link(&RULE, link, message, help) })
}

/// The address that a link text is, if it is one and nothing else. A bare host name may also be a
/// brand, a product or a file name.
fn promised(text: &str) -> Option<(Url, Confidence)> {
    if text.is_empty() || text.contains(char::is_whitespace) || text.contains('@') {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        let url = Url::parse(text).ok()?;
        registrable(url.host_str()?)?;
        return Some((url, Confidence::High));
    }
    let url = Url::parse(&format!("http://{text}")).ok()?;
    let host = url.host_str()?;
    let known = psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known());
    registrable(host).filter(|_| known && host.contains('.'))?;
    let confidence = if host.starts_with("www.") { Confidence::High } else { Confidence::Low };
    Some((url, confidence))
}

/// Pictures and recordings are shown by their address where they cannot be shown themselves.
fn is_file(promised: &Url) -> bool {
    const ENDINGS: [&str; 10] =
        [".avif", ".gif", ".jpeg", ".jpg", ".m4a", ".mp3", ".mp4", ".png", ".svg", ".webp"];
    let path = promised.path().to_ascii_lowercase();
    ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// Whether the link stays on the article's own site: a page about the site in the text (its tag,
/// its author, a page that sends on), which deceives nobody.
fn stays(case: &Case, actual: &str) -> bool {
    let printed = case.links().filter(|checked| checked.link.role.is_own_address());
    let own = case.article.url.iter().chain(printed.filter_map(|checked| checked.link.url()));
    own.filter_map(|url| url.host_str()).any(|own| own == actual || same_site(own, actual))
}

/// What makes another host no deception: the same site, the same name under another suffix, or a
/// service that stands in front of the address.
fn excused(link: &Link, promised: &str, actual: &str) -> bool {
    let address = link.url();
    let outer = address.and_then(|url| url.host_str()).unwrap_or_default();
    let name =
        |host| registrable(host).and_then(|domain| domain.split('.').next()).map(str::to_owned);
    same_site(promised, actual)
        || same_site(promised, outer)
        || name(promised) == name(actual)
        || address.and_then(wrapper::inner).is_some_and(|wrapped| wrapped.inner.is_none())
}

#[cfg(test)]
pub mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub fn fires() -> Case {
        Sample::article("2020-11-27")
            .link("https://other.com/story")
            .text("https://www.paper.com/")
            .case()
    }

    pub fn near_miss() -> Case {
        Sample::article("2020-11-27")
            .link("https://news.paper.co.uk/story")
            .text("www.paper.co.uk")
            .link("https://bit.ly/abc123")
            .text("https://www.paper.com/story")
            .capture("20200101000000", "https://www.paper.com/story")
            .text("https://www.paper.com/story")
            .link("https://paper.de/story")
            .text("paper.com")
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_promises_a_host() {
        for (text, expected) in [
            ("https://www.paper.com/", Some(Confidence::High)),
            ("https://www.paper.com/a…", Some(Confidence::High)),
            ("www.paper.com", Some(Confidence::High)),
            ("Paper.com", Some(Confidence::Low)),
            ("end.Begin", None),
            ("editor@paper.com", None),
            ("see paper.com", None),
            ("1.5", None),
            ("", None),
        ] {
            assert_eq!(promised(text).map(|(_, confidence)| confidence), expected, "{text}");
        }
    }
}
