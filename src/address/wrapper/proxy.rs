//! Proxies through which libraries give their readers other sites' pages: the page's host stands
//! in the proxy's own, or its address in the query of a login.

use url::Url;

use crate::address::hosts::without_www;

use super::{Wrapped, absolute, parameter, redirect, undo_hyphens};

/// Names that such a proxy has, or begins with.
const NAMES: &[&str] = &["ezproxy", "ezp", "libproxy", "proxy", "eproxy", "lproxy", "bibproxy"];

/// A page behind a library's proxy, with its address.
pub(super) fn inner(url: &Url, host: &str) -> Option<Wrapped> {
    if let Some(rest) = host.strip_prefix("0-") {
        return catalogued(url, rest);
    }
    let mut labels = host.split('.');
    let (at, label) = labels.by_ref().enumerate().find(|(_, label)| is_proxy(label))?;
    // `…/login?url=https://…` and `?qurl=https%3a%2f%2f…`.
    if matches!(url.path(), "/login" | "/Login" | "/")
        && let Some(address) = parameter(url, &["url", "qurl", "URL"])
    {
        return Some(redirect(Some(address)));
    }
    // `www-jstor-org.ezproxy.lib.edu` and `www.jstor.org.ezproxy.lib.edu`.
    let (before, _) = host.split_once(&[".", label, "."].concat()).filter(|_| at > 0)?;
    let origin = if before.contains('.') { before.to_owned() } else { undo_hyphens(before) };
    at_origin(url, &origin)
}

/// The same page at the host that it comes from.
fn at_origin(url: &Url, origin: &str) -> Option<Wrapped> {
    let domain = psl::domain(origin.as_bytes()).filter(|domain| domain.suffix().is_known());
    let rest = url.as_str().get(url[..url::Position::BeforePath].len()..)?;
    let address = format!("https://{origin}{rest}");
    domain.and_then(|_| absolute(&address).then(|| redirect(Some(address))))
}

/// A page behind the proxy of a library's catalogue: `0-www-jstor-org.catalog.lib.edu`, and
/// `0-www.jstor.org.catalog.lib.edu`, where the origin ends with the first ending that is known.
fn catalogued(url: &Url, host: &str) -> Option<Wrapped> {
    let (first, rest) = host.split_once('.')?;
    if first.contains('-') && rest.contains('.') {
        return at_origin(url, &undo_hyphens(first));
    }
    let dots: Vec<usize> = host.match_indices('.').map(|(at, _)| at).collect();
    // Names of firms are endings, too, so that `www.bbc` could be a host.
    let named = |end: usize| host.get(..end).map(without_www);
    let suffix = |end: usize| {
        let suffix = named(end).and_then(|host| psl::suffix(host.as_bytes()));
        suffix.filter(psl::Suffix::is_known)
    };
    let is_host = |end: usize| named(end).is_some_and(|host| host.contains('.'));
    let at = dots.iter().position(|end| is_host(*end) && suffix(*end).is_some())?;
    // `www.bbc.co` goes on as `www.bbc.co.uk`.
    let longer = dots
        .get(at + 1)
        .filter(|end| suffix(**end).is_some_and(|suffix| suffix.as_bytes().contains(&b'.')));
    let end = longer.or_else(|| dots.get(at))?;
    let library = host.get(end + 1..)?;
    is_librarys(library).then_some(())?;
    at_origin(url, host.get(..*end)?)
}

/// Whether a host is a library's by its name.
fn is_librarys(host: &str) -> bool {
    let is_word = |label: &str| ["lib", "cat", "opac"].iter().any(|word| label.starts_with(word));
    host.split('.').any(|label| matches!(label, "edu" | "ac") || is_word(label))
}

fn is_proxy(label: &str) -> bool {
    let name = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    NAMES.contains(&name)
}

#[cfg(test)]
mod tests {
    use crate::address::wrapper;

    fn read(address: &str) -> Option<String> {
        wrapper::inner(&address.parse().expect("an address")).and_then(|wrapped| wrapped.inner)
    }

    #[test]
    fn the_page_behind_is_told() {
        let page = "https://www.example.org/a?b=1";
        for address in [
            "https://ezproxy.lib.edu/login?url=https://www.example.org/a?b=1",
            "https://login.ezproxy2.lib.edu/login?qurl=https%3A%2F%2Fwww.example.org%2Fa%3Fb%3D1",
            "https://libproxy.lib.edu/login?url=https://www.example.org/a?b=1",
            "https://www-example-org.ezproxy.lib.edu/a?b=1",
            "https://www.example.org.ezproxy1.lib.edu/a?b=1",
            "http://www.example.org.proxy.lib.edu/a?b=1",
            "https://0-www.example.org.catalogue.lib.ac.uk/a?b=1",
            "https://0-www-example-org.catalog.lib.edu/a?b=1",
        ] {
            assert_eq!(read(address).as_deref(), Some(page), "{address}");
        }
        let british = "https://0-www.bbc.co.uk.lib.edu/a";
        assert_eq!(read(british).as_deref(), Some("https://www.bbc.co.uk/a"));
        let hyphen = "https://my--site-org.libproxy.lib.edu/";
        assert_eq!(read(hyphen).as_deref(), Some("https://my-site.org/"));
    }

    #[test]
    fn a_proxys_own_pages_are_none() {
        for address in [
            "https://ezproxy.lib.edu/login",
            "https://www.proxy.org/a",
            "https://0-day.com/a",
            "https://0-day.blog.example.org/a",
            "https://news.proxy.com/",
            "https://proxy.com/login?url=/a",
            "https://reproxy.lib.edu/login?url=https://e.org/",
        ] {
            assert_eq!(read(address), None, "{address}");
        }
    }
}
