//! `private-link`: a published article links to what only its author can reach.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::model::{Case, Confidence, Finding, Link, LinkKind, Tuning};

use super::support::finding::{on_link, shown};

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
    /// `http://192.168.1.20/draft/17`, `http://localhost:8080/`, `file:///home/me/notes.html`.
    ///
    /// ## Stays silent
    ///
    /// `http://192.0.78.9/`, a public address, and every link of an article that is itself at a
    /// private address. A bare `http://localhost:3000` in the text is most often an instruction: a
    /// doubt, in profile `audit` only.
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
    case.links().filter_map(|checked| finding(checked.link)).collect()
}

fn finding(link: &Link) -> Option<Finding> {
    let what = private(link.url()?)?;
    let instruction = what == Private::Machine && link.kind != LinkKind::Anchor;
    let message = format!("{} leads to {}: no reader can follow it.", shown(link), what.name());
    let help = "link the published page; write an address that is only an example as code";
    let confidence = if instruction { Confidence::Medium } else { Confidence::High };
    Some(Finding { confidence, ..on_link(&RULE, link, message, help) })
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
    let under = |suffix: &str| {
        name.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
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
pub mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub fn fires() -> Case {
        Sample::article("2020-11-27").link("http://192.168.1.20/draft/17").text("draft").case()
    }

    pub fn near_miss() -> Case {
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
    fn a_private_article_may_link_privately() {
        let case =
            Sample::article("2020-11-27").url("http://localhost/a").link("http://10.0.0.1/").case();
        assert_eq!(check(&case, &Tuning::default()), []);
    }
}
