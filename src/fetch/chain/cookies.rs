//! Cookies: a jar for one chain of redirects, thrown away at its end.
//!
//! Some sites set a cookie and redirect to the same address until it comes back. The jar serves
//! just that: a cookie goes back to the origin that set it and nowhere else, so that `Domain` and
//! `Path`, which only widen or narrow that, need not be known.

use url::{Origin, Url};

use crate::model::Headers;

/// The most cookies that are kept.
const MAX_COOKIES: usize = 50;

/// The most bytes that are kept.
const MAX_BYTES: usize = 16 * 1024;

/// The cookies of one chain.
#[derive(Debug, Default)]
pub(super) struct Jar {
    cookies: Vec<Cookie>,
    bytes: usize,
}

#[derive(Debug)]
struct Cookie {
    origin: Origin,
    name: String,
    value: String,
}

impl Jar {
    /// Keeps what an answer of `url` sets; what is over the limits is let go.
    pub(super) fn keep(&mut self, url: &Url, headers: &Headers) {
        let set = headers.0.iter().filter(|(name, _)| name == "set-cookie");
        for (name, value) in set.filter_map(|(_, field)| pair(field)) {
            self.bytes += name.len() + value.len();
            if self.cookies.len() >= MAX_COOKIES || self.bytes > MAX_BYTES {
                return;
            }
            let origin = url.origin();
            self.cookies.retain(|kept| kept.origin != origin || kept.name != name);
            self.cookies.push(Cookie { origin, name: name.to_owned(), value: value.to_owned() });
        }
    }

    /// The `Cookie` field to send to `url`.
    #[must_use]
    pub(super) fn field(&self, url: &Url) -> Option<String> {
        let origin = url.origin();
        let pairs: Vec<_> = self
            .cookies
            .iter()
            .filter(|cookie| cookie.origin == origin)
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

/// Name and value of a `Set-Cookie` field (RFC 6265, section 5.2).
fn pair(field: &str) -> Option<(&str, &str)> {
    let (name, value) = field.split(';').next()?.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let is_sendable = |text: &str| text.bytes().all(|byte| (0x20..0x7F).contains(&byte));
    (!name.is_empty() && is_sendable(name) && is_sendable(value)).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jar(url: &Url, fields: &[&str]) -> Jar {
        let mut jar = Jar::default();
        let headers = fields.iter().map(|f| ("set-cookie".to_owned(), (*f).to_owned())).collect();
        jar.keep(url, &Headers(headers));
        jar
    }

    #[test]
    fn a_cookie_goes_back_to_its_origin_and_nowhere_else() {
        let url: Url = "http://example.com/a".parse().expect("a URL");
        let jar = jar(&url, &["wall=1; Path=/", "a=b", "a=c; HttpOnly", "=x", "bad=\u{7f}"]);
        assert_eq!(jar.field(&url).as_deref(), Some("wall=1; a=c"));
        for other in
            ["https://example.com/a", "http://example.com:8080/", "http://www.example.com/"]
        {
            assert_eq!(jar.field(&other.parse().expect("a URL")), None, "{other}");
        }
    }

    #[test]
    fn a_flood_of_cookies_is_bounded() {
        let url: Url = "http://example.com/".parse().expect("a URL");
        let big = format!("{}={}", "n", "v".repeat(4000));
        let fields = vec![big.as_str(); 60];
        assert!(jar(&url, &fields).field(&url).is_some_and(|field| field.len() <= MAX_BYTES));
    }
}
