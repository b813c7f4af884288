//! Counted links: what newsletters, feeds and mail filters put in front of the addresses they send,
//! with the address inside taken out where the link holds it, plainly or in base 64.
//!
//! A service that keeps the address to itself is one line in `OPAQUE`, one that codes it into its
//! own address a line in `CODED`.

use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::Url;

use super::{LONGEST, Wrapped, absolute, of_base_64, redirect, within};

/// Services whose links only they can resolve: host, the path's beginning.
const OPAQUE: &[(&str, &str)] = &[
    ("cmail19.com", "/t/"),
    ("cmail20.com", "/t/"),
    ("convertkit-mail.com", "/c/"),
    ("convertkit-mail2.com", "/c/"),
    ("createsend.com", "/t/"),
    ("createsend1.com", "/t/"),
    ("dripemail2.com", "/c/"),
    ("aweber.com", "/y/ct/"),
    ("feedproxy.google.com", "/~r/"),
    ("feeds.feedburner.com", "/~r/"),
    ("hubspotlinks.com", "/"),
    ("klclick.com", "/"),
    ("klclick1.com", "/"),
    ("links.govdelivery.com", "/track"),
    ("atpscan.global.hornetsecurity.com", "/"),
    ("baidu.com", "/link"),
    ("console.mailguard.com.au", "/ras/"),
    ("email.mg.substack.com", "/c/"),
    ("paid.outbrain.com", "/network/redir"),
    ("protect-links.mimecast.com", "/s/"),
    ("seclinks.cloud-security.net", "/"),
    ("so.com", "/link"),
    ("sogou.com", "/link"),
    ("url.emailprotection.link", "/"),
    ("vadesecure.com", "/v4"),
    ("vadesecure.com", "/v3"),
    ("list-manage.com", "/track/click"),
    ("list-manage1.com", "/track/click"),
    ("list-manage2.com", "/track/click"),
    ("mimecast.com", "/s/"),
    ("mimecastprotect.com", "/s/"),
    ("mjt.lu", "/lnk/"),
    ("news.google.com", "/articles/"),
    ("news.google.com", "/rss/articles/"),
    ("rs6.net", "/tn.jsp"),
    ("substack.com", "/redirect/"),
];

/// Services that code the address into their own: host, the path's beginning, and the parameter
/// that holds it; without one it is the segment after the path's beginning.
const CODED: &[(&str, &str, Option<&str>)] = &[
    ("bing.com", "/ck/a", Some("u")),
    ("lnks.gd", "/l/", None),
    ("mandrillapp.com", "/track/click/", Some("p")),
    ("substack.com", "/redirect/2/", None),
];

/// Every host that a service here is known by.
pub(super) fn hosts() -> impl Iterator<Item = &'static str> {
    let coded = CODED.iter().map(|(host, _, _)| *host);
    OPAQUE.iter().map(|(host, _)| *host).chain(coded).chain([POSTMARK])
}

/// Postmark, a service that sends mails.
const POSTMARK: &str = "pstmrk.it";

/// `/3s/example.org%2Fa/…`: the first segment ends in `s` for https, the second is the address.
fn postmark(path: &str) -> Option<String> {
    let (version, rest) = path.strip_prefix('/')?.split_once('/')?;
    let scheme = if version.ends_with('s') { "https" } else { "http" };
    let address = percent_decode_str(rest.split('/').next()?).decode_utf8().ok()?;
    Some(format!("{scheme}://{address}"))
        .filter(|address| address.contains('.') && absolute(address))
}

/// A counted link of a known service, with the address inside as far as its own address tells.
pub(super) fn by_host(url: &Url, host: &str) -> Option<Wrapped> {
    let is_here = |at: &str, path: &str| within(host, at) && url.path().starts_with(path);
    if within(host, POSTMARK) {
        return postmark(url.path()).map(|address| redirect(Some(address)));
    }
    let parameter = |name| url.query_pairs().find(|(key, _)| key == name);
    if let Some((_, path, name)) = CODED.iter().find(|(at, path, _)| is_here(at, path)) {
        return Some(redirect(match *name {
            Some(name) => parameter(name).and_then(|(_, coded)| read(&coded)),
            None => url.path().get(path.len()..).and_then(|rest| read(rest.split('/').next()?)),
        }));
    }
    OPAQUE.iter().any(|(at, path)| is_here(at, path)).then(|| redirect(None))
}

/// The same of a service that customers run under hosts of their own, which its paths tell.
pub(super) fn by_path(url: &Url) -> Option<Wrapped> {
    let path = url.path();
    // Amazon's mail service: `/CL0/https:%2F%2Fexample.org%2Fa/1/…`.
    if let Some(rest) = ["/L0/", "/CL0/"].iter().find_map(|at| path.strip_prefix(at)) {
        let address = percent_decode_str(rest.split('/').next()?).decode_utf8().ok()?;
        return absolute(&address).then(|| redirect(Some(address.into_owned())));
    }
    // Fortinet's mail filter, on hosts of its customers.
    if path.starts_with("/fmlurlsvc/") {
        let address = url.query_pairs().find(|(key, _)| key == "url")?.1;
        return absolute(&address).then(|| redirect(Some(address.into_owned())));
    }
    // Customer.io: `/e/c/` and an object in base 64.
    if let Some(address) = path.strip_prefix("/e/c/").and_then(read) {
        return Some(redirect(Some(address)));
    }
    // SendGrid.
    let is_counted = path == "/ls/click" && url.query_pairs().any(|(key, _)| key == "upn");
    is_counted.then(|| redirect(None))
}

/// Reads an address in base 64: itself, in an object, or in the claims of a signed token (RFC 7519);
/// Bing puts `a1` before it.
fn read(coded: &str) -> Option<String> {
    let coded = coded.get(..LONGEST.min(coded.len()))?.trim_end_matches('=');
    let part = match coded.split_once('.') {
        Some((_, rest)) => rest.split('.').next()?,
        None => coded.strip_prefix("a1").unwrap_or(coded),
    };
    let text = of_base_64(part)?;
    if absolute(&text) { Some(text) } else { in_object(&text) }
}

/// The address that an object holds; Mandrill puts an object into another's text.
fn in_object(text: &str) -> Option<String> {
    let object: Value = serde_json::from_str(text).ok()?;
    let member = |name: &str| object.get(name).and_then(Value::as_str);
    let address =
        ["url", "href", "e"].iter().find_map(|name| member(name).filter(|at| absolute(at)));
    let inner = || {
        serde_json::from_str::<Value>(member("p")?).ok()?.get("url")?.as_str().map(str::to_owned)
    };
    address.map(str::to_owned).or_else(|| inner().filter(|at| absolute(at)))
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64URL_NOPAD;
    use proptest::prelude::*;

    use super::*;
    use crate::address::wrapper;

    fn read(address: &str) -> Option<Wrapped> {
        wrapper::inner(&Url::parse(address).expect("an address"))
    }

    fn coded(text: &str) -> String {
        BASE64URL_NOPAD.encode(text.as_bytes())
    }

    #[test]
    fn the_address_inside_is_taken_out() {
        let page = "https://example.org/a?b=1";
        let object = |name: &str| coded(&format!("{{\"x\":1,\"{name}\":\"{page}\"}}"));
        let nested = serde_json::json!({"p": format!("{{\"url\":\"{page}\"}}")}).to_string();
        for address in [
            format!("https://www.bing.com/ck/a?!&p=x&u=a1{}&ntb=1", coded(page)),
            format!("https://mandrillapp.com/track/click/30/example.org?p={}", coded(&nested)),
            format!("https://substack.com/redirect/2/{}", object("e")),
            format!("https://lnks.gd/l/{}.{}.sig/s/1", coded("{}"), object("url")),
            format!("https://e.customer.example/e/c/{}", object("href")),
            "https://abc.r.us-east-1.awstrack.me/L0/https:%2F%2Fexample.org%2Fa%3Fb=1/1/0/x".into(),
            "https://links-1.govdelivery.com/CL0/https:%2F%2Fexample.org%2Fa%3Fb=1/1/0/x".into(),
            "https://mail.example.net/fmlurlsvc/?fewReq=x&url=https%3a%2f%2fexample.org%2fa%3fb%3d1".into(),
            "https://click.pstmrk.it/3s/example.org%2Fa%3Fb=1/abc/def".into(),
        ] {
            assert_eq!(read(&address), Some(redirect(Some(page.to_owned()))), "{address}");
        }
    }

    #[test]
    fn what_only_the_service_knows_is_opaque() {
        for address in [
            "https://paper.us1.list-manage.com/track/click?u=a&id=b&e=c",
            "https://click.paper.example/ls/click?upn=abc",
            "https://feedproxy.google.com/~r/paper/~3/abc/",
            "https://protect-us.mimecast.com/s/abc?domain=example.org",
            "https://substack.com/redirect/2/not-base-64!",
            "https://substack.com/redirect/5d2e-44?j=eyJ",
        ] {
            assert_eq!(read(address), Some(redirect(None)), "{address}");
        }
    }

    #[test]
    fn pages_of_their_own_are_no_counted_links() {
        for address in [
            "https://us1.list-manage.com/subscribe?u=a",
            "https://news.google.com/",
            "https://www.bing.com/search?q=a",
            "https://example.org/e/c/index.html",
            "https://example.org/CL0/1",
            "https://example.org/ls/click",
            "https://someone.substack.com/p/a-letter",
        ] {
            assert_eq!(read(address), None, "{address}");
        }
    }

    proptest! {
        #[test]
        fn any_code_is_read_without_panic(code in "[a-zA-Z0-9+/=._é-]{0,60}") {
            for start in ["www.bing.com/ck/a?u=", "lnks.gd/l/", "a.example/e/c/", "a.example/CL0/"] {
                if let Ok(url) = Url::parse(&format!("https://{start}{code}")) {
                    let _ = wrapper::inner(&url);
                }
            }
        }
    }
}
