//! Wrapped addresses: redirects, caches, translators and shorteners that stand in front of the
//! address that is meant, with that address taken out where the wrapper names it.
//!
//! A service whose address carries its target in a query parameter is one line in `IN_QUERY`; those
//! of newsletters, which count or code it, are in `tracker`.

mod tracker;

use std::sync::LazyLock;

use foldhash::HashSet;
use percent_encoding::percent_decode_str;
use url::Url;

/// What stands in front of the address that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrapperKind {
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
pub struct Wrapped {
    /// What kind of wrapper it is.
    pub kind: WrapperKind,
    /// The address inside, where the wrapper's own address tells it.
    pub inner: Option<String>,
}

/// A service that carries its target in its query: host, the path's beginning, parameters.
/// `google.` stands for the host with any ending, and any host counts with its subdomains.
const IN_QUERY: &[(&str, &str, &[&str])] = &[
    ("google.", "/url", &["url", "q"]),
    ("facebook.com", "/l.php", &["u"]),
    ("facebook.com", "/flx/warn", &["u"]),
    ("l.instagram.com", "/", &["u"]),
    ("l.threads.net", "/", &["u"]),
    ("l.threads.com", "/", &["u"]),
    ("l.messenger.com", "/l.php", &["u"]),
    ("safelinks.protection.outlook.com", "/", &["url"]),
    ("out.reddit.com", "/", &["url"]),
    ("youtube.com", "/redirect", &["q"]),
    ("linkedin.com", "/redir", &["url"]),
    ("linkedin.com", "/safety/go", &["url"]),
    ("steamcommunity.com", "/linkfilter", &["u", "url"]),
    ("vk.com", "/away.php", &["to"]),
    ("t.umblr.com", "/redirect", &["z"]),
    ("tumblr.com", "/redirect", &["z"]),
    ("duckduckgo.com", "/l/", &["uddg"]),
    ("slack-redir.net", "/link", &["url"]),
    ("disq.us", "/url", &["url"]),
    ("disq.us", "/", &["url"]),
    ("getpocket.com", "/redirect", &["url"]),
    ("exit.sc", "/", &["url"]),
    ("link.zhihu.com", "/", &["target"]),
    ("deref-mail.com", "/", &["redirectUrl"]),
    ("go.redirectingat.com", "/", &["url"]),
    ("go.skimresources.com", "/", &["url"]),
    ("click.linksynergy.com", "/", &["murl"]),
    ("shareasale.com", "/r.cfm", &["urllink"]),
    ("awin1.com", "/", &["ued", "p"]),
    ("anrdoezrs.net", "/", &["url"]),
    ("dpbolvw.net", "/", &["url"]),
    ("jdoqocy.com", "/", &["url"]),
    ("kqzyfj.com", "/", &["url"]),
    ("tkqlhce.com", "/", &["url"]),
    ("viglink.com", "/", &["u"]),
    ("googleadservices.com", "/pagead/aclk", &["adurl"]),
    ("doubleclick.net", "/", &["adurl"]),
    ("googleweblight.com", "/", &["lite_url", "u"]),
    ("l.wl.co", "/l", &["u"]),
    ("l.workplace.com", "/l.php", &["u"]),
    ("linkprotect.cudasvc.com", "/url", &["a"]),
];

/// AMP caches; the first keeps a page's host in its own, the others have it in the path.
const AMP_CACHES: &[&str] = &["cdn.ampproject.org", "bing.com", "bing-amp.com"];

/// Proofpoint's URL Defense.
const PROOFPOINT: &[&str] = &["urldefense.proofpoint.com", "urldefense.com"];

/// Pages that Google has translated.
const TRANSLATED: &str = "translate.goog";

/// Services that put the target after a bare `?`.
const AFTER_QUESTION_MARK: &[&str] =
    &["href.li", "anonym.to", "anon.to", "nullrefer.com", "dereferer.me"];

/// Services that shorten addresses, and the short hosts that large publishers use for their own.
const SHORTENERS: &[&str] = &[
    "a.co",
    "adf.ly",
    "aka.ms",
    "amzn.eu",
    "amzn.to",
    "apple.co",
    "bbc.in",
    "bit.do",
    "bit.ly",
    "bitly.com",
    "bl.ink",
    "bloom.bg",
    "buff.ly",
    "chng.it",
    "clck.ru",
    "cli.gs",
    "cnn.it",
    "cutt.ly",
    "dld.bz",
    "dlvr.it",
    "econ.st",
    "fb.me",
    "flip.it",
    "ft.trib.al",
    "g.co",
    "git.io",
    "goo.gl",
    "goo.su",
    "gu.com",
    "ht.ly",
    "hubs.ly",
    "ift.tt",
    "is.gd",
    "j.mp",
    "kutt.it",
    "l8r.it",
    "lat.ms",
    "lnk.to",
    "lnkd.in",
    "maps.app.goo.gl",
    "mol.im",
    "n.pr",
    "nyp.st",
    "nyti.ms",
    "ow.ly",
    "po.st",
    "politi.co",
    "pst.cr",
    "qr.ae",
    "rb.gy",
    "rebrand.ly",
    "redd.it",
    "reut.rs",
    "s.id",
    "shar.es",
    "shorturl.at",
    "smarturl.it",
    "snip.ly",
    "soo.gd",
    "spoti.fi",
    "spr.ly",
    "t.co",
    "t.ly",
    "tcrn.ch",
    "ti.me",
    "tiny.cc",
    "tinyurl.com",
    "tmblr.co",
    "tr.im",
    "trib.al",
    "u.nu",
    "u.to",
    "v.gd",
    "v.ht",
    "vk.cc",
    "wapo.st",
    "wp.me",
    "x.gd",
    "yhoo.it",
    "zpr.io",
];

/// Path segments and parameters that together mark a redirect on a host that is not known.
const REDIRECT_SEGMENTS: &[&str] = &[
    "redirect",
    "redirect.php",
    "redir",
    "redirector",
    "out",
    "out.php",
    "away",
    "away.php",
    "goto",
    "go.php",
    "exit",
    "leaving",
    "outbound",
    "outgoing",
    "external",
    "track",
    "tracking",
    "click",
    "clickthru",
    "clickthrough",
    "linkout",
    "ct",
    "aclk",
    "jump",
];
const REDIRECT_PARAMETERS: &[&str] = &[
    "url",
    "u",
    "to",
    "target",
    "dest",
    "destination",
    "redirect",
    "redirect_url",
    "redirect_to",
    "link",
    "href",
    "goto",
    "out",
    "q",
    "r",
];

/// Tells a wrapper, with the address inside where it is named; nothing for other addresses.
#[must_use]
pub fn inner(url: &Url) -> Option<Wrapped> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?;
    let known = if is_listed(host) { by_host(url, host) } else { None };
    known.or_else(|| tracker::by_path(url)).or_else(|| unknown_redirect(url))
}

fn by_host(url: &Url, host: &str) -> Option<Wrapped> {
    amp(url, host)
        .or_else(|| proofpoint(url, host))
        .or_else(|| translation(url, host))
        .or_else(|| in_query(url, host))
        .or_else(|| after_question_mark(url, host))
        .or_else(|| shortener(url, host))
        .or_else(|| tracker::by_host(url, host))
}

/// Every host that some wrapper here is known by; Google has many more.
pub(super) fn hosts() -> impl Iterator<Item = &'static str> {
    let in_query = IN_QUERY.iter().map(|(host, _, _)| *host);
    let lists = [AMP_CACHES, PROOFPOINT, &[TRANSLATED], AFTER_QUESTION_MARK, SHORTENERS];
    in_query.chain(lists.into_iter().flatten().copied()).chain(tracker::hosts())
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
    let rest = if within(host, AMP_CACHES[0]) {
        ["/c/", "/v/", "/i/", "/wp/"].iter().find_map(|start| path.strip_prefix(start))?
    } else if is_google(host) || AMP_CACHES.iter().any(|cache| within(host, cache)) {
        path.strip_prefix("/amp/")?
    } else {
        return None;
    };
    let (scheme, rest) = rest.strip_prefix("s/").map_or(("http", rest), |rest| ("https", rest));
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    rest.contains('.').then(|| found(WrapperKind::AmpCache, format!("{scheme}://{rest}{query}")))?
}

/// Proofpoint's URL Defense: version 2 writes `%` as `-` and `/` as `_`; version 3 keeps the
/// address between `__`, with some characters moved elsewhere.
fn proofpoint(url: &Url, host: &str) -> Option<Wrapped> {
    if !PROOFPOINT.iter().any(|at| within(host, at)) {
        return None;
    }
    if let Some((_, rest)) = url.as_str().split_once("/v3/__") {
        return found(WrapperKind::Redirect, unfold(rest.split("__;").next()?));
    }
    let coded =
        url.query_pairs().find(|(key, _)| key == "u")?.1.replace('-', "%").replace('_', "/");
    found(WrapperKind::Redirect, percent_decode_str(&coded).decode_utf8().ok()?.into_owned())
}

/// Some wrappers' paths fold `//` to `/`.
fn unfold(address: &str) -> String {
    match address.split_once(":/") {
        Some((scheme, rest)) => format!("{scheme}://{}", rest.trim_start_matches('/')),
        None => address.to_owned(),
    }
}

/// Google Translate: `translate.google.com/translate?u=…`, and `www-example-org.translate.goog`,
/// where `-` stands for a dot and `--` for a hyphen.
fn translation(url: &Url, host: &str) -> Option<Wrapped> {
    if let Some(name) = host.strip_suffix(TRANSLATED).and_then(|name| name.strip_suffix('.')) {
        let origin = name.replace("--", "\u{0}").replace('-', ".").replace('\u{0}', "-");
        return found(WrapperKind::Translation, format!("https://{origin}{}", url.path()));
    }
    let translates = is_google(host) && host.starts_with("translate.");
    let address = parameter(url, &["u"]).filter(|_| translates)?;
    found(WrapperKind::Translation, address)
}

fn in_query(url: &Url, host: &str) -> Option<Wrapped> {
    IN_QUERY
        .iter()
        .filter(|(at, _, _)| if *at == "google." { is_google(host) } else { within(host, at) })
        .filter(|(_, path, _)| url.path().starts_with(path))
        .find_map(|(_, _, names)| parameter(url, names))
        .and_then(|address| found(WrapperKind::Redirect, address))
}

fn after_question_mark(url: &Url, host: &str) -> Option<Wrapped> {
    let query = url.query().filter(|_| AFTER_QUESTION_MARK.contains(&host))?;
    let address = percent_decode_str(query).decode_utf8().ok()?;
    absolute(&address).then(|| found(WrapperKind::Redirect, address.into_owned()))?
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
