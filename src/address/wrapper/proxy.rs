//! Proxies through which libraries give their readers other sites' pages: the page's host stands
//! in the proxy's own, or its address in the query of a login.

use url::Url;

use super::{Wrapped, absolute, parameter, redirect, undo_hyphens};

/// Names that such a proxy has, or begins with.
const NAMES: &[&str] = &["ezproxy", "ezp", "libproxy", "proxy", "eproxy", "lproxy", "bibproxy"];

/// A page behind a library's proxy, with its address.
pub(super) fn inner(url: &Url, host: &str) -> Option<Wrapped> {
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
    let domain = psl::domain(origin.as_bytes()).filter(|domain| domain.suffix().is_known());
    let rest = url.as_str().get(url[..url::Position::BeforePath].len()..)?;
    let address = format!("https://{origin}{rest}");
    domain.and_then(|_| absolute(&address).then(|| redirect(Some(address))))
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
        ] {
            assert_eq!(read(address).as_deref(), Some(page), "{address}");
        }
        let hyphen = "https://my--site-org.libproxy.lib.edu/";
        assert_eq!(read(hyphen).as_deref(), Some("https://my-site.org/"));
    }

    #[test]
    fn a_proxys_own_pages_are_none() {
        for address in [
            "https://ezproxy.lib.edu/login",
            "https://www.proxy.org/a",
            "https://news.proxy.com/",
            "https://proxy.com/login?url=/a",
            "https://reproxy.lib.edu/login?url=https://e.org/",
        ] {
            assert_eq!(read(address), None, "{address}");
        }
    }
}
