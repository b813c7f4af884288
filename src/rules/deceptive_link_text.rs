//! `deceptive-link-text`: the link text is an address, and the link goes to another site.

use url::Url;

use crate::address::hosts::{registrable, same_owner, same_site, shown as shown_host};
use crate::address::{archive, wrapper};
use crate::model::{Case, Checked, Confidence, Finding, Link, Tuning};

use super::support::finding::{on_link, shown};
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
    /// article's own site, a shortener, tracker or resolver in front of the address in the text, an
    /// archive's capture of it, hosts of one owner, the same name under another suffix, and the
    /// name of a repository or a package that reads like a host.
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
    let is_no_promise = is_file(&promised) || is_pointer(&promised) || names_a_thing(text, &target);
    if is_no_promise || excused(link, promised.host_str()?, actual) || stays(case, actual) {
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
        let host = url.host_str()?;
        registrable(host).filter(|_| !is_cut(host))?;
        return Some((url, Confidence::High));
    }
    // Most texts of one word are no host: one has a dot, if perhaps a full stop of another script.
    if text.is_ascii() && !text.contains('.') {
        return None;
    }
    let url = Url::parse(&format!("http://{text}")).ok()?;
    let host = url.host_str()?;
    let known = psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known());
    registrable(host).filter(|_| known && host.contains('.') && !is_cut(host))?;
    let confidence = if host.starts_with("www.") { Confidence::High } else { Confidence::Low };
    Some((url, confidence))
}

/// Whether a host ends where a line of the page does: no name ends with a hyphen, and the rest of it
/// is the text of a link of its own.
fn is_cut(host: &str) -> bool {
    host.split('.').any(|label| label.ends_with('-'))
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

/// Registrable domains of services that resolve a lasting name to wherever its page is now.
const RESOLVERS: [&str; 7] = [
    "doi.org",
    "handle.net",
    "identifiers.org",
    "n2t.net",
    "nbn-resolving.org",
    "purl.org",
    "w3id.org",
];

fn is_resolver(host: &str) -> bool {
    registrable(host).is_some_and(|domain| RESOLVERS.contains(&domain))
}

/// Whether an address only points to another one (a short name, a resolver's, a capture's), so that
/// its host says nothing about where a reader ends.
fn is_pointer(url: &Url) -> bool {
    url.path().len() > 1 && url.host_str().is_some_and(is_resolver)
        || wrapper::inner(url).is_some()
        || archive::take_apart(url).is_some()
}

/// Sites whose pages bear the names of things, which may read like a host: repositories, packages,
/// articles, companies, accounts.
const NAMING: [&str; 22] = [
    "bitbucket.org",
    "codeberg.org",
    "crates.io",
    "crunchbase.com",
    "docker.com",
    "docs.rs",
    "facebook.com",
    "gitea.com",
    "github.com",
    "gitlab.com",
    "instagram.com",
    "linkedin.com",
    "npmjs.com",
    "packagist.org",
    "pypi.org",
    "rubygems.org",
    "sourceforge.net",
    "sr.ht",
    "t.me",
    "twitter.com",
    "wikipedia.org",
    "x.com",
];

/// Whether the text is the name of the thing that the link leads to: a part of the target's path.
fn names_a_thing(text: &str, target: &Url) -> bool {
    let bare = text.trim_end_matches('/');
    if names_a_file(text, target) {
        return true;
    }
    let named = |segment: &str| {
        let segment = segment.strip_suffix(".git").unwrap_or(segment);
        segment.trim_start_matches('@').eq_ignore_ascii_case(bare)
    };
    !text.contains("://")
        && target.host_str().and_then(registrable).is_some_and(|site| NAMING.contains(&site))
        && target.path_segments().is_some_and(|mut segments| segments.any(named))
}

/// Endings of files that are endings of hosts, too.
const FILES: [&str; 22] = [
    "cc", "cl", "gz", "in", "map", "md", "mk", "ml", "mm", "mov", "pl", "pm", "ps", "py", "rs",
    "sh", "so", "st", "tf", "ts", "vb", "zip",
];

/// Whether the text is the name of a file with which the target's path ends.
fn names_a_file(text: &str, target: &Url) -> bool {
    let is_file = text.rsplit_once('.').is_some_and(|(_, ending)| FILES.contains(&ending));
    let before = target.path().strip_suffix(text);
    is_file && before.is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric()))
}

/// What makes another host no deception: the same site or owner, the same name under another
/// suffix, or a service that stands in front of the address and does not tell what it is.
fn excused(link: &Link, promised: &str, actual: &str) -> bool {
    let address = link.url();
    let outer = address.and_then(|url| url.host_str()).unwrap_or_default();
    let name =
        |host| registrable(host).and_then(|domain| domain.split('.').next()).map(str::to_owned);
    let owned = |one, other| {
        registrable(one).zip(registrable(other)).is_some_and(|(one, other)| same_owner(one, other))
    };
    let is_unnamed_capture = link.capture.as_ref().is_some_and(|capture| capture.target.is_none());
    same_site(promised, actual)
        || same_site(promised, outer)
        || owned(promised, actual)
        || name(promised) == name(actual)
        || is_unnamed_capture
        || is_resolver(actual)
        || address.is_some_and(holds_copies)
        || address.and_then(wrapper::inner).is_some_and(|wrapped| wrapped.inner.is_none())
}

/// An item of the Internet Archive, which is a copy of what was published elsewhere.
fn holds_copies(url: &Url) -> bool {
    const ITEMS: [&str; 4] = ["/details/", "/download/", "/stream/", "/embed/"];
    url.host_str().and_then(registrable) == Some("archive.org")
        && ITEMS.iter().any(|item| url.path().starts_with(item))
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub(crate) fn fires() -> Case {
        Sample::article("2020-11-27")
            .link("https://other.com/story")
            .text("https://www.paper.com/")
            .case()
    }

    pub(crate) fn near_miss() -> Case {
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
    use super::super::sample::Sample;
    use super::*;

    /// The finding of a link with that text and address, whose extraction is the real one.
    fn found(text: &str, url: &str) -> Option<Confidence> {
        let sample = Sample::article("2020-11-27").link(url).text(text).with(|link| {
            let address = link.url().expect("a URL");
            let wrapped = wrapper::inner(address);
            link.capture = archive::take_apart(address).map(Box::new);
            link.inner = wrapped.and_then(|wrapped| wrapped.inner).map(Into::into);
        });
        check(&sample.case(), &Tuning::default()).first().map(|finding| finding.confidence)
    }

    #[test]
    fn another_site_deceives_and_what_only_stands_between_does_not() {
        let high = Some(Confidence::High);
        for (text, url, expected) in [
            ("https://gone.example.com/page", "https://perma.cc/AB12-CD34", None),
            ("https://gone.example.com/page", "https://archive.ph/AbCd1", None),
            ("https://gone.example.com/page", "https://archive.today/AbCd1", None),
            ("https://gone.example.com/page", "https://www.webcitation.org/6Yxyz1234", None),
            ("https://gone.example.com/page", "https://archive.org/details/a-book", None),
            (
                "https://gone.example.com/page",
                "https://perma.cc/AB12-CD34?url=https%3A%2F%2Fgone.example.com%2Fpage&ts=20180525",
                None,
            ),
            (
                "https://gone.example.com/page",
                "https://perma.cc/AB12-CD34?url=https%3A%2F%2Fother.org%2Fpage&ts=20180525",
                high,
            ),
            (
                "https://gone.example.com/page",
                "https://web.archive.org/web/2018/https://other.org/",
                high,
            ),
            ("plusone.pm", "https://git.bzed.at/raw/ikiwiki.git/Plugin!plusone.pm", None),
            ("paypal.com", "https://git.bzed.at/raw/paypal.com", Some(Confidence::Low)),
            // The page's line ends within the host, and the rest is a link's text of its own.
            ("http://www.rfc-", "http://www.rfc-editor.org/rfc/rfc793.txt", None),
            ("www.trilogy-", "http://www.trilogy-project.org", None),
            ("https://surfguard.wordpress.com/", "https://gormulus.wordpress.com/", high),
            ("https://surfguard.github.io/", "https://gormulus.github.io/", high),
            ("https://surfguard.wordpress.com/", "https://www.surfguard.com/", None),
            ("www.rust-lang.org", "https://github.com/rust-lang/www.rust-lang.org", None),
            ("www.rust-lang.org", "https://github.com/rust-lang/www.rust-lang.org.git", None),
            ("socket.io", "https://www.npmjs.com/package/socket.io", None),
            ("www.bank.com", "https://evil.org/www.bank.com", high),
            ("https://www.bank.com", "https://github.com/x/www.bank.com", high),
            ("https://www.paper.org/a", "https://doi.org/10.1000/182", None),
            ("https://doi.org/10.1000/182", "https://www.paper.org/a", None),
            ("https://bit.ly/2x", "https://www.paper.org/a", None),
            ("https://www.youtube.com/watch?v=a", "https://youtu.be/a", None),
            ("https://twitter.com/a", "https://x.com/a", None),
            ("www.wikipedia.org", "https://commons.wikimedia.org/", None),
        ] {
            assert_eq!(found(text, url), expected, "{text} {url}");
        }
    }

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
