//! Wrapped addresses: redirects, caches, translators and shorteners that stand in front of the
//! address that is meant, with that address taken out where the wrapper names it.
//!
//! A service whose address tells its target is a row in `services`; those of newsletters, which
//! count or code it, are in `tracker`, and the proxies of libraries in `proxy`.

mod proxy;
mod services;
mod tables;
mod tracker;

use std::sync::LazyLock;

use data_encoding::BASE64URL_NOPAD;
use foldhash::HashSet;
use percent_encoding::percent_decode_str;
use url::Url;

use super::archive::after_authority;
use services::{Form, SERVICES, Service};
use tables::{AMP_CACHES, REDIRECT_PARAMETERS, REDIRECT_SEGMENTS, SHORTENERS, TRANSLATED};

/// What stands in front of the address that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WrapperKind {
    /// A page that counts, warns or checks, and then sends on.
    Redirect,
    /// A copy of a page in an AMP cache.
    AmpCache,
    /// A page seen through a translator.
    Translation,
    /// A short name; only the service knows what for.
    Shortener,
}

/// A wrapper with what it says it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrapped {
    /// What kind of wrapper it is.
    pub kind: WrapperKind,
    /// The address inside, where the wrapper's own address tells it.
    pub inner: Option<String>,
}

/// Tells a wrapper, with the address inside where it is named; nothing for other addresses.
#[must_use]
pub(crate) fn inner(url: &Url) -> Option<Wrapped> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?;
    let known = if is_listed(host) { by_host(url, host) } else { None };
    known
        .or_else(|| tracker::by_path(url))
        .or_else(|| proxy::inner(url, host))
        .or_else(|| unknown_redirect(url))
}

fn by_host(url: &Url, host: &str) -> Option<Wrapped> {
    amp(url, host)
        .or_else(|| translation(url, host))
        .or_else(|| service(url, host))
        .or_else(|| shortener(url, host))
        .or_else(|| tracker::by_host(url, host))
}

/// Every host that some wrapper here is known by; Google has many more.
pub(super) fn hosts() -> impl Iterator<Item = &'static str> {
    let services = SERVICES.iter().map(|service| service.host);
    let lists = [AMP_CACHES, &[TRANSLATED], SHORTENERS];
    services.chain(lists.into_iter().flatten().copied()).chain(tracker::hosts())
}

/// What each of Google's hosts begins with, subdomains aside.
pub(super) const GOOGLE: &str = "google.";

/// The hosts of wrappers, looked up.
static HOSTS: LazyLock<HashSet<&str>> = LazyLock::new(|| hosts().collect());

/// Whether any wrapper is known by the host.
fn is_listed(host: &str) -> bool {
    with_parents(host).any(|name| HOSTS.contains(name) || name.starts_with(GOOGLE))
}

/// The host and those that it is below.
pub(super) fn with_parents(host: &str) -> impl Iterator<Item = &str> {
    let dots = memchr::memchr_iter(b'.', host.as_bytes());
    std::iter::once(host).chain(dots.filter_map(|dot| host.get(dot + 1..)))
}

/// A redirect with the address inside, where it is known.
const fn redirect(inner: Option<String>) -> Wrapped {
    Wrapped { kind: WrapperKind::Redirect, inner }
}

#[expect(clippy::unnecessary_wraps, reason = "it ends the reading of an optional address")]
fn found(kind: WrapperKind, inner: String) -> Option<Wrapped> {
    Some(Wrapped { kind, inner: Some(inner) })
}

/// `host` is `domain` or below it.
fn within(host: &str, domain: &str) -> bool {
    host == domain || is_below(host, domain)
}

/// `host` is below `domain`.
fn is_below(host: &str, domain: &str) -> bool {
    // Where no dot stands, the names need not be compared.
    let dot = host.len().checked_sub(domain.len() + 1).and_then(|at| host.as_bytes().get(at));
    dot == Some(&b'.') && host.ends_with(domain)
}

/// `google.com`, `www.google.co.uk` …
fn is_google(host: &str) -> bool {
    host.contains("google.")
        && psl::domain_str(host).is_some_and(|domain| domain.starts_with("google."))
}

/// `https://…cdn.ampproject.org/c/s/host/path` and Google's and Bing's `/amp/s/host/path`: the
/// first letter tells content, viewer or image; `s` that the page is served by https.
fn amp(url: &Url, host: &str) -> Option<Wrapped> {
    let path = url.path();
    let is_content = |cache: &&&str| **cache != "bing.com";
    let rest = if AMP_CACHES.iter().filter(is_content).any(|cache| within(host, cache))
        && let Some(rest) =
            ["/c/", "/v/", "/i/", "/wp/"].iter().find_map(|start| path.strip_prefix(start))
    {
        rest
    } else if is_google(host) || AMP_CACHES.iter().any(|cache| within(host, cache)) {
        path.strip_prefix("/amp/")?
    } else {
        return None;
    };
    let (scheme, rest) = rest.strip_prefix("s/").map_or(("http", rest), |rest| ("https", rest));
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    rest.contains('.').then(|| found(WrapperKind::AmpCache, format!("{scheme}://{rest}{query}")))?
}

/// Some wrappers' paths fold `//` to `/`.
fn unfold(address: &str) -> String {
    match address.split_once(":/") {
        Some((scheme, rest)) => format!("{scheme}://{}", rest.trim_start_matches('/')),
        None => address.to_owned(),
    }
}

/// A page under its own name at Google Translate: `www-example-org.translate.goog`, where `-`
/// stands for a dot and `--` for a hyphen; the parameters `_x_tr_…` are the translator's.
fn translation(url: &Url, host: &str) -> Option<Wrapped> {
    let name = host.strip_suffix(TRANSLATED)?.strip_suffix('.')?;
    let parameter = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, v)| v);
    let scheme = parameter("_x_tr_sch").filter(|scheme| scheme == "http");
    let prefix = parameter("_x_tr_hp").unwrap_or_default();
    let origin = undo_hyphens(&[&prefix, name].concat());
    let own = |pair: &&str| !pair.starts_with("_x_tr_");
    let kept: Vec<&str> = url.query().into_iter().flat_map(|q| q.split('&')).filter(own).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    let scheme = scheme.as_deref().unwrap_or("https");
    found(WrapperKind::Translation, format!("{scheme}://{origin}{}{query}", url.path()))
}

/// A host in a single label: `-` stands for a dot and `--` for a hyphen.
fn undo_hyphens(label: &str) -> String {
    label.replace("--", "\u{0}").replace('-', ".").replace('\u{0}', "-")
}

/// A service of the table, if its address tells the one that is meant.
fn service(url: &Url, host: &str) -> Option<Wrapped> {
    let is_here = |at: &str| match at.strip_suffix('.') {
        // `google.` and `translate.google.` are Google's with any ending.
        Some(name) => is_google(host) && (at == GOOGLE || host.starts_with(name)),
        None => within(host, at),
    };
    SERVICES
        .iter()
        .filter(|service| is_here(service.host) && url.path().starts_with(service.path))
        .find_map(|service| read(url, service))
}

/// The address that a service's address holds.
fn read(url: &Url, service: &Service) -> Option<Wrapped> {
    let kind = match service.form {
        Form::Translated(_) => WrapperKind::Translation,
        _ => WrapperKind::Redirect,
    };
    let inner = match service.form {
        Form::Query(names) | Form::Translated(names) => parameter(url, names),
        Form::Coded(names) => {
            let coded = |name: &&str| url.query_pairs().find(|(key, _)| key == name);
            names.iter().find_map(coded).and_then(|(_, coded)| of_base_64(&coded))
        }
        Form::Bare => url.query().and_then(plain),
        Form::After(words) => {
            let (_, rest) = after_authority(url).split_once(words)?;
            plain(rest.split("___").next()?)
        }
        Form::CodedAfter(words) => {
            let (_, rest) = url.path().split_once(words)?;
            of_base_64(rest.split('/').next()?)
        }
        Form::Segment(beginning) => url.path_segments()?.find_map(|segment| {
            let rest = segment.strip_prefix(beginning)?;
            plain(if beginning == "http" { segment } else { rest })
        }),
        Form::Proofpoint => proofpoint(url),
    };
    found(kind, inner.filter(|address| absolute(address))?)
}

/// A whole address, written plainly or percent-encoded.
fn plain(text: &str) -> Option<String> {
    let address = unfold(text);
    if absolute(&address) {
        return Some(address);
    }
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    Some(unfold(&decoded)).filter(|address| absolute(address))
}

/// No address that is sent is longer in code.
const LONGEST: usize = 8_192;

/// A text in base 64 of either alphabet.
fn of_base_64(coded: &str) -> Option<String> {
    let coded = coded.get(..LONGEST.min(coded.len()))?.trim_end_matches('=');
    let coded = coded.replace('+', "-").replace('/', "_");
    String::from_utf8(BASE64URL_NOPAD.decode(coded.as_bytes()).ok()?).ok()
}

/// Proofpoint's URL Defense: version 2 writes `%` as `-` and `/` as `_`; version 3 keeps the
/// address between `__` and writes `*` for what stands in base 64 behind it, and `**` with a letter
/// for so many.
fn proofpoint(url: &Url) -> Option<String> {
    if let Some((_, rest)) = url.as_str().split_once("/v3/__") {
        let (address, after) = rest.split_once("__;")?;
        let moved = of_base_64(after.split('!').next()?).unwrap_or_default();
        return Some(unfold(&put_back(address, &moved)));
    }
    let coded =
        url.query_pairs().find(|(key, _)| key == "u")?.1.replace('-', "%").replace('_', "/");
    Some(percent_decode_str(&coded).decode_utf8().ok()?.into_owned())
}

/// Puts what was moved behind an address back to where stars stand for it.
fn put_back(address: &str, moved: &str) -> String {
    /// What a letter after two stars says: that so many and two characters were there.
    const RUNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut moved = moved.chars();
    let mut whole = String::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, after)) = rest.split_once('*') {
        whole.push_str(before);
        let run = after
            .strip_prefix('*')
            .and_then(|after| Some((RUNS.find(after.chars().next()?)? + 2, after.get(1..)?)));
        let (count, after) = run.unwrap_or((1, after));
        match moved.next() {
            Some(first) => {
                whole.extend(std::iter::once(first).chain(moved.by_ref().take(count - 1)));
            }
            None => whole.push('*'),
        }
        rest = after;
    }
    whole + rest
}

/// Whether a host is known to shorten addresses.
pub(super) fn is_shortener(host: &str) -> bool {
    SHORTENERS.binary_search(&host.trim_start_matches("www.")).is_ok()
}

fn shortener(url: &Url, host: &str) -> Option<Wrapped> {
    let named = url.path().len() > 1 || url.query().is_some();
    (named && is_shortener(host)).then_some(Wrapped { kind: WrapperKind::Shortener, inner: None })
}

/// A host that is not known, but whose path speaks of a redirect and whose query holds a whole
/// address. Sharing and signing in also carry an address, but lead to a page of their own.
fn unknown_redirect(url: &Url) -> Option<Wrapped> {
    url.query()?;
    let path = url.path().to_ascii_lowercase();
    let redirects = path.split('/').any(|segment| REDIRECT_SEGMENTS.contains(&segment));
    let own_page = ["share", "login", "signin", "auth", "oauth", "subscribe"];
    if !redirects || own_page.iter().any(|word| path.contains(word)) {
        return None;
    }
    found(WrapperKind::Redirect, parameter(url, REDIRECT_PARAMETERS)?)
}

/// The first of the parameters that holds an absolute web address.
fn parameter(url: &Url, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let value = url.query_pairs().find(|(key, _)| key == name)?.1;
        absolute(&value).then(|| value.into_owned())
    })
}

/// Whether an address is a whole one of the web.
fn absolute(address: &str) -> bool {
    (address.starts_with("http://") || address.starts_with("https://"))
        && Url::parse(address).is_ok_and(|url| url.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(address: &str) -> Option<Wrapped> {
        inner(&Url::parse(address).expect("an address"))
    }

    #[test]
    fn the_address_inside_is_taken_out() {
        let page = "https://example.org/a?b=1";
        let coded = "https%3A%2F%2Fexample.org%2Fa%3Fb%3D1";
        for (address, kind) in [
            ("https://www.google.co.uk/url?sa=t&url=CODED&usg=x", WrapperKind::Redirect),
            ("https://l.facebook.com/l.php?u=CODED&h=x", WrapperKind::Redirect),
            (
                "https://eur01.safelinks.protection.outlook.com/?url=CODED&data=x",
                WrapperKind::Redirect,
            ),
            ("https://urldefense.com/v3/__https:/example.org/a?b=1__;x!y", WrapperKind::Redirect),
            (
                "https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_a-3Fb-3D1&d=x",
                WrapperKind::Redirect,
            ),
            ("https://href.li/?https://example.org/a?b=1", WrapperKind::Redirect),
            ("https://news.example.net/redirect?id=7&url=CODED", WrapperKind::Redirect),
            ("https://example-org.cdn.ampproject.org/c/s/example.org/a?b=1", WrapperKind::AmpCache),
            ("https://www.google.com/amp/s/example.org/a?b=1", WrapperKind::AmpCache),
            ("https://translate.google.com/translate?sl=de&u=CODED", WrapperKind::Translation),
        ] {
            let wrapped = read(&address.replace("CODED", coded)).expect(address);
            assert_eq!(wrapped.inner.as_deref(), Some(page), "{address}");
            assert_eq!(wrapped.kind, kind, "{address}");
        }
    }

    #[test]
    fn translated_hosts_are_read_back() {
        let wrapped =
            read("https://my--site-example-org.translate.goog/a?_x_tr_sl=de").expect("one");
        assert_eq!(wrapped.inner.as_deref(), Some("https://my-site.example.org/a"));
        let own = "https://example-org.translate.goog/a?b=1&_x_tr_sl=de&_x_tr_sch=http";
        let wrapped = read(own).and_then(|wrapped| wrapped.inner);
        assert_eq!(wrapped.as_deref(), Some("http://example.org/a?b=1"));
    }

    #[test]
    fn what_a_guard_moved_is_put_back() {
        for (address, page) in [
            ("https://urldefense.com/v3/__https://e.org/a*b__;Iw!!x$", "https://e.org/a#b"),
            ("https://urldefense.com/v3/__https://e.org/a**Bb__;PyEj!!x$", "https://e.org/a?!#b"),
            ("https://urldefense.com/v3/__https://e.org/a*b*c__;Iw!!x$", "https://e.org/a#b*c"),
            ("https://urldefense.com/v3/__https://e.org/a__;!!x$", "https://e.org/a"),
        ] {
            assert_eq!(read(address).and_then(|at| at.inner).as_deref(), Some(page), "{address}");
        }
    }

    #[test]
    fn short_names_are_opaque() {
        for address in ["https://t.co/AbC", "http://bit.ly/2x", "https://tinyurl.com/y7"] {
            let wrapped = Wrapped { kind: WrapperKind::Shortener, inner: None };
            assert_eq!(read(address), Some(wrapped), "{address}");
        }
    }

    #[test]
    fn pages_of_their_own_are_no_wrappers() {
        for address in [
            "https://bit.ly/",
            "https://www.facebook.com/sharer/sharer.php?u=https://example.org/",
            "https://example.org/login/redirect?url=https://example.org/",
            "https://example.org/search?q=https://example.net/",
            "https://www.google.com/search?q=https://example.net/",
            "https://example.org/redirect?url=/local",
            "https://notfacebook.com/l.php?u=https://example.org/",
        ] {
            assert_eq!(read(address), None, "{address}");
        }
    }

    #[test]
    fn shorteners_are_in_order() {
        assert!(SHORTENERS.is_sorted_by(|one, other| one < other));
    }

    proptest! {
        #[test]
        fn any_address_is_read_without_panic(path in ".{0,60}") {
            for host in ["urldefense.com", "www.google.com", "x.cdn.ampproject.org", "a.translate.goog"] {
                if let Ok(url) = Url::parse(&format!("https://{host}/{path}")) {
                    let _ = inner(&url);
                }
            }
        }
    }
}
