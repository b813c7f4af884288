//! Whether two addresses name one resource: what crawlers and archives spell in more than one way.

use std::borrow::Cow;
use std::hash::BuildHasher as _;

use url::Url;

use super::hosts::without_www;

/// Whether an address as it is written, perhaps without its scheme, names the same resource as another
/// ([`is_same`]).
#[must_use]
pub(crate) fn is_same_resource(one: &str, other: &Url) -> bool {
    let parsed = Url::parse(one).or_else(|_| Url::parse(&format!("http://{one}")));
    parsed.is_ok_and(|one| is_same(&one, other))
}

/// Whether two addresses name one resource whatever their site: only scheme, port, `www.`, a slash
/// at the end, and the coding of characters that mean the same coded and bare (RFC 3986, section
/// 2.3) may differ; case and query may not.
#[must_use]
pub(crate) fn is_same(one: &Url, other: &Url) -> bool {
    folded(one) == folded(other)
}

/// What tells an address from those of other resources.
fn folded(url: &Url) -> (String, String, Option<String>) {
    let host = without_www(url.host_str().unwrap_or_default()).to_owned();
    let plain = |part: &str| {
        let decoded: Cow<'_, [u8]> = percent_encoding::percent_decode_str(part).into();
        // What is reserved stays coded, and so does what is no text.
        match std::str::from_utf8(&decoded) {
            Ok(text) if !RESERVED.iter().any(|code| contains_ignoring_case(part, code)) => {
                text.to_owned()
            }
            _ => part.to_owned(),
        }
    };
    let query = url.query().filter(|query| !query.is_empty()).map(plain);
    (host, plain(url.path().trim_end_matches('/')), query)
}

/// Reserved characters (RFC 3986, section 2.2) and `%` itself, coded.
const RESERVED: &[&str] = &[
    "%21", "%23", "%24", "%25", "%26", "%27", "%28", "%29", "%2a", "%2b", "%2c", "%2f", "%3a",
    "%3b", "%3d", "%3f", "%40", "%5b", "%5d",
];

fn contains_ignoring_case(text: &str, code: &str) -> bool {
    text.as_bytes().windows(code.len()).any(|part| part.eq_ignore_ascii_case(code.as_bytes()))
}

/// A number that addresses of one resource share, and that no others are likely to.
#[must_use]
pub(crate) fn key(url: &Url) -> u64 {
    foldhash::fast::FixedState::default().hash_one(folded(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_key_folds_more_than_a_page_can_mean() {
        for (listed, link, same) in [
            ("http://www.a.example:80/x/", "https://a.example/x", true),
            ("http://a.example/%7Ejoe/%c3%bc?q", "http://a.example/~joe/ü?q", true),
            ("a.example/x", "http://a.example/x", true),
            ("http://a.example/x?", "http://a.example/x", true),
            ("http://a.example/watch?v=aBc", "http://a.example/watch?v=AbC", false),
            ("http://a.example/Story", "http://a.example/story", false),
            ("http://a.example/x?new", "http://a.example/x?newsid=0123", false),
            ("http://a.example/a%2Fb", "http://a.example/a/b", false),
            ("http://a.example/Sagittarius_A", "http://a.example/Sagittarius_A*", false),
            ("http://b.a.example/x", "http://a.example/x", false),
            ("not an address", "http://a.example/x", false),
        ] {
            let link = Url::parse(link).expect("an address");
            assert_eq!(is_same_resource(listed, &link), same, "{listed} {link}");
            let parsed = Url::parse(listed).map(|listed| key(&listed) == key(&link));
            assert_eq!(parsed.unwrap_or(same), same, "{listed} {link}");
        }
    }
}
