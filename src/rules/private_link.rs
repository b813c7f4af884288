//! `private-link`: a published article links to what only its author can reach.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::address::hosts::is_within;
use crate::model::{Case, Confidence, Finding, Link, LinkKind, Tuning};

use super::support::finding::{on_link, shown};
use super::support::literal::Code;

declare_rule! {
    /// ## What it finds
    ///
    /// A link to the reader's own machine (`localhost`), a private network address, a host name
    /// that only a local network knows, or a local file. It is never fetched.
    ///
    /// ## Why it matters
    ///
    /// It works for the author alone, and tells readers about the author's network.
    ///
    /// ## Fires
    ///
    /// `[the draft](http://192.168.1.20/draft/17)`, `[notes](file:///home/me/notes.html)`,
    /// `[our post](http://localhost:4000/a-post-of-ours)`.
    ///
    /// ## Stays silent
    ///
    /// `http://192.0.78.9/`, a public address, and every link of an article that is itself at a
    /// private address. An address in code, in quotation marks or with named parts
    /// (`file:///path/to/repo`) is an example. A bare `http://localhost:3000`, or a link to the front
    /// page of such a server, is most often an instruction: a doubt, in profile `audit` only.
    ///
    /// ## How to silence it
    ///
    /// Link the published page, write an example as code, or run with `--ignore private-link`.
    RULE {
        id: "private-link",
        summary: "a published article links to localhost, a private address or a local file",
        level: Warning,
        needs: &[],
        supersedes: &["unverifiable-link"],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    let published = case.article.url.as_ref().is_none_or(|url| private(url).is_none());
    if !published {
        return Vec::new();
    }
    let code = Code::new(case);
    case.links().filter_map(|checked| finding(checked.link, &code)).collect()
}

fn finding(link: &Link, code: &Code<'_>) -> Option<Finding> {
    let url = link.url()?;
    let what = private(url).filter(|_| !code.is_example(link))?;
    let message = format!("{} leads to {}: no reader can follow it.", shown(link), what.name());
    let help = "link the published page; write an address that is only an example as code";
    let confidence = confidence(link, url, what);
    Some(Finding { confidence, ..on_link(&RULE, link, message, help) })
}

/// That it is a slip is certain where words are made a link, and what they lead to looks like a
/// page. An address that readers see, the front page of a server and one with a port are more
/// likely what they are told to open themselves.
fn confidence(link: &Link, url: &Url, what: Private) -> Confidence {
    let words = link.text.as_deref().unwrap_or_default();
    let shows_address = words.contains("://") || url.host_str().is_some_and(|h| words.contains(h));
    let certain = match (link.kind, what) {
        (LinkKind::Embed | LinkKind::Metadata, _) => what != Private::Machine,
        (LinkKind::Anchor, _) if shows_address => false,
        (LinkKind::Anchor, Private::File) => true,
        (LinkKind::Anchor, Private::Network) => {
            is_headline(url) || url.port().is_none() && url.path() != "/"
        }
        (LinkKind::Anchor, Private::Machine) => is_headline(url),
        _ => false,
    };
    if certain { Confidence::High } else { Confidence::Medium }
}

/// Whether a part of the path has the words of a headline, as the address of an article does.
fn is_headline(url: &Url) -> bool {
    const WORDS: usize = 3;
    let mut segments = url.path_segments().into_iter().flatten();
    segments.any(|segment| segment.split(['-', '_']).filter(|word| word.len() > 1).count() >= WORDS)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Private {
    Machine,
    Network,
    File,
}

impl Private {
    const fn name(self) -> &'static str {
        match self {
            Self::Machine => "the reader's own machine",
            Self::Network => "a private network",
            Self::File => "a local file",
        }
    }
}

fn private(url: &Url) -> Option<Private> {
    // A drive letter reads as a scheme.
    if url.scheme() == "file" || url.scheme().len() == 1 {
        return Some(Private::File);
    }
    if !matches!(url.scheme(), "http" | "https" | "ftp") {
        return None;
    }
    match url.host()? {
        Host::Domain(name) => private_name(name),
        Host::Ipv4(address) => private_v4(address),
        Host::Ipv6(address) => private_v6(address),
    }
}

/// Names that only a machine or a local network knows: RFC 6761, RFC 6762, RFC 8375, and the
/// name that is reserved for private use, `internal`.
fn private_name(name: &str) -> Option<Private> {
    let name = name.trim_end_matches('.');
    let under = |suffix: &str| is_within(name, suffix);
    if under("localhost") || under("localhost.localdomain") {
        return Some(Private::Machine);
    }
    let network = ["local", "internal", "intranet", "lan", "home.arpa"].into_iter().any(under);
    network.then_some(Private::Network)
}

fn private_v4(address: Ipv4Addr) -> Option<Private> {
    let [a, b, ..] = address.octets();
    let shared = a == 100 && (64..128).contains(&b); // RFC 6598
    match address {
        _ if address.is_loopback() || address.is_unspecified() => Some(Private::Machine),
        _ if address.is_private() || address.is_link_local() || shared => Some(Private::Network),
        _ => None,
    }
}

fn private_v6(address: Ipv6Addr) -> Option<Private> {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return private_v4(mapped);
    }
    match address {
        _ if address.is_loopback() || address.is_unspecified() => Some(Private::Machine),
        _ if address.is_unique_local() || address.is_unicast_link_local() => Some(Private::Network),
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub(crate) fn fires() -> Case {
        Sample::article("2020-11-27").link("http://192.168.1.20/draft/17").text("draft").case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2020-11-27")
            .link("http://192.0.78.9/")
            .link("https://localhost.example/")
            .link("mailto:me@localhost")
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn what_is_private() {
        for (url, expected) in [
            ("http://localhost:3000/", 1),
            ("http://app.localhost/", 1),
            ("http://127.1.2.3/", 1),
            ("http://[::1]/", 1),
            ("http://[::ffff:10.0.0.1]/", 1),
            ("http://printer.local/", 1),
            ("http://100.64.0.1/", 1),
            ("http://0x7f000001/", 1),
            ("file:///home/me/a.html", 1),
            ("C:\\notes\\a.html", 1),
            ("http://8.8.8.8/", 0),
            ("https://locals.example/", 0),
        ] {
            let case = Sample::article("2020-11-27").link(url).case();
            assert_eq!(check(&case, &Tuning::default()).len(), expected, "{url}");
        }
    }

    #[test]
    fn what_readers_are_told_to_open_is_a_doubt() {
        use Confidence::{High, Medium};
        for (url, text, expected) in [
            ("http://192.168.1.20/draft/17", Some("draft"), High),
            ("file:///home/me/a.html", Some("notes"), High),
            ("http://localhost:4000/2019/a-post-of-ours", Some("our post"), High),
            ("http://localhost:8080/imp", Some("http://localhost:8080/imp"), Medium),
            ("http://localhost:8080/imp", Some("the list"), Medium),
            ("http://192.168.1.1/", Some("the router"), Medium),
            ("http://192.168.99.100:30080/app", Some("the app"), Medium),
            ("http://192.168.1.20/draft/17", None, Medium),
            ("file:///etc/passwd", None, Medium),
        ] {
            let sample = Sample::article("2020-11-27").words("Said before.").link(url);
            let sample = if let Some(text) = text { sample.text(text) } else { sample };
            let found = check(&sample.case(), &Tuning::default());
            assert_eq!(found[0].confidence, expected, "{url} {text:?}");
        }
    }

    #[test]
    fn examples_are_silent() {
        for (before, url) in [
            ("`git clone ", "file:///srv/repo"),
            ("curl ", "http://10.0.0.1/x"),
            ("\"", "http://10.0.0.1/x"),
            ("See ", "file:///path/to/repo"),
            ("See ", "http://localhost:3000/{{ name }}"),
        ] {
            let sample = Sample::article("2020-11-27").after(before).link(url);
            assert_eq!(check(&sample.case(), &Tuning::default()), [], "{before}{url}");
        }
    }

    #[test]
    fn a_private_article_may_link_privately() {
        let case =
            Sample::article("2020-11-27").url("http://localhost/a").link("http://10.0.0.1/").case();
        assert_eq!(check(&case, &Tuning::default()), []);
    }
}
