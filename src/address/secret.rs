//! Secrets in foreign text: user names, passwords and tokens that stand in addresses. Reports show
//! that there is one, never what it is.

use std::borrow::Cow;
use std::ops::Range;

use url::Url;

/// The text with every secret in an address replaced by `***`.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    let ranges = ranges(text);
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    for range in ranges {
        shown.push_str(text.get(done..range.start).unwrap_or_default());
        shown.push_str(MASK);
        done = range.end;
    }
    shown.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(shown)
}

/// Where secrets stand in a text: in order, apart from each other, in linear time.
#[must_use]
pub fn ranges(text: &str) -> Vec<Range<usize>> {
    // Nearly every text is asked about, and one without these signs holds no secret.
    let users = memchr::memchr(b'@', text.as_bytes()).map(|_| user_information(text));
    let mut found: Vec<Range<usize>> =
        users.into_iter().flatten().chain(parameters(text)).collect();
    if found.is_empty() {
        return found;
    }
    found.sort_by_key(|range| range.start);
    let mut ranges: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match ranges.last_mut().filter(|last| range.start <= last.end) {
            None => ranges.push(range),
            // Secrets that overlap are one, to the end of what may be a value: what is left of
            // either beside the other would show a part of it.
            Some(last) if range.end > last.end => {
                last.end = range.end + value(text, range.end).len();
            }
            Some(_) => {}
        }
    }
    ranges
}

/// Whether a text that holds such a byte may hold a secret; one with none of them holds none.
#[must_use]
pub const fn is_sign(byte: u8) -> bool {
    matches!(byte, b'@' | b'=')
}

/// What stands between `://` and the last `@` of an authority. What has been masked already is
/// left.
fn user_information(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    memchr::memmem::find_iter(text.as_bytes(), "://").filter_map(move |at| {
        let start = at + 3;
        let rest = text.get(start..)?;
        let end = rest.find(|c: char| c.is_whitespace() || "/?#\\\"<>".contains(c));
        let authority = rest.get(..end.unwrap_or(rest.len()))?;
        let user = authority.get(..authority.rfind('@')?)?;
        (!user.is_empty() && user != "***").then(|| start..start + user.len())
    })
}

/// The longest parameter name that is looked at, in bytes.
const LONGEST_NAME: usize = 32;

/// The values of query parameters whose names say that they are secret.
fn parameters(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    memchr::memchr_iter(b'=', text.as_bytes()).filter_map(move |at| {
        let window = text.as_bytes().get(at.saturating_sub(LONGEST_NAME)..at)?;
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
        let length = window.iter().rev().take_while(|byte| is_name(byte)).count();
        let start = at - length;
        let before = text.as_bytes().get(start.checked_sub(1)?)?;
        if !b"?&;#".contains(before) {
            return None;
        }
        let name = text.get(start..at).filter(|name| named_secret(name).is_some())?;
        let value = value(text, at + 1);
        is_secret(name, value).then(|| at + 1..at + 1 + value.len())
    })
}

/// The rest of a parameter's value from an offset on.
fn value(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(|c: char| c.is_whitespace() || "&#;\"<>()[]".contains(c));
    rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
}

/// What stands in place of a secret.
pub const MASK: &str = "***";

/// The address without its secrets: user name, password and tokens are masked.
#[must_use]
pub fn without_secrets(url: &Url) -> Url {
    let mut shown = url.clone();
    if has_user_info(url) {
        // Both fail only for addresses that cannot have user information.
        let _ = shown.set_password(None);
        let _ = shown.set_username(MASK);
    }
    if secret_parameters(url).next().is_some() {
        let pairs: Vec<(String, String)> = url
            .query_pairs()
            .map(|(name, value)| {
                let value = if is_secret(&name, &value) { MASK.into() } else { value };
                (name.into_owned(), value.into_owned())
            })
            .collect();
        shown.query_pairs_mut().clear().extend_pairs(pairs);
    }
    shown
}

/// Whether a user name or password stands before the host.
#[must_use]
pub fn has_user_info(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// The names of the query parameters that carry a secret.
pub fn secret_parameters(url: &Url) -> impl Iterator<Item = String> + '_ {
    url.query_pairs()
        .filter(|(name, value)| is_secret(name, value))
        .map(|(name, _)| name.into_owned())
}

/// Whether a query parameter's name says that its value is a secret, and the value is long and
/// mixed enough to be one.
#[must_use]
pub fn is_secret(name: &str, value: &str) -> bool {
    let Some(secret) = named_secret(name) else { return false };
    let password = matches!(secret, "password" | "passwd" | "pwd");
    password && !value.is_empty() || looks_random(value)
}

/// The secret that a parameter's name says it is.
fn named_secret(name: &str) -> Option<&'static str> {
    const NAMES: [&str; 18] = [
        "access_token",
        "accesstoken",
        "api_key",
        "apikey",
        "auth_token",
        "authtoken",
        "client_secret",
        "id_token",
        "jwt",
        "passwd",
        "password",
        "private_token",
        "pwd",
        "refresh_token",
        "secret",
        "session_token",
        "sig",
        "x_amz_signature",
    ];
    NAMES.iter().copied().find(|secret| is_spelt(name, secret))
}

/// Whether a name is another but for its case and for hyphens in place of underscores.
fn is_spelt(name: &str, as_other: &str) -> bool {
    let folded = name.bytes().map(|byte| if byte == b'-' { b'_' } else { byte });
    name.len() == as_other.len()
        && folded.zip(as_other.bytes()).all(|(a, b)| a.eq_ignore_ascii_case(&b))
}

/// A value of at least sixteen characters with letters and digits mixed.
fn looks_random(value: &str) -> bool {
    value.len() >= 16
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_information_and_tokens_are_masked_wherever_they_stand() {
        for (text, shown) in [
            ("see http://user:hunter2@a.example/x.", "see http://***@a.example/x."),
            ("ftp://me@a.example", "ftp://***@a.example"),
            (
                "https://web.archive.example/web/2018/https://u:p@b.example/",
                "https://web.archive.example/web/2018/https://***@b.example/",
            ),
            (
                "[x](https://a.example/?access_token=0123456789abcdef0&y=1)",
                "[x](https://a.example/?access_token=***&y=1)",
            ),
            ("http://user:pw@a.example:99999/", "http://***@a.example:99999/"),
            ("?password=http://u&hunter2@a.example/ x", "?password=*** x"),
            ("https://a.example/?q=1 and a@b.example", "https://a.example/?q=1 and a@b.example"),
            ("https://a.example/@user", "https://a.example/@user"),
        ] {
            assert_eq!(masked(text), shown);
            assert_eq!(masked(shown), shown);
        }
    }

    fn mask(url: &str) -> String {
        without_secrets(&Url::parse(url).expect("a URL")).to_string()
    }

    #[test]
    fn secrets_are_masked_and_nothing_else_changes() {
        assert_eq!(mask("https://editor:hunter2@a.example/x?y=1"), "https://***@a.example/x?y=1");
        assert_eq!(mask("https://:hunter2@a.example/"), "https://***@a.example/");
        assert_eq!(
            mask("https://a.example/x?access_token=0123456789abcdef0&y=1"),
            "https://a.example/x?access_token=***&y=1"
        );
        for plain in ["https://a.example/x?sig=short&y=%20", "mailto:a@b.example", "data:text,x"] {
            assert_eq!(mask(plain), plain);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_masked_once_and_for_all(text in "(https?://|[a-z:@/?=&. é]|password=|\"){0,20}") {
            let once = masked(&text).into_owned();
            proptest::prop_assert_eq!(masked(&once), once.clone());
        }
    }
}
