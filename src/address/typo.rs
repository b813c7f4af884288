//! Addresses that were mistyped: what they mean, where that is beyond doubt.

use super::bare;
use crate::text::edit::is_one_edit;

/// What is wrong with an address, and what is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Typo {
    /// What is wrong, as a clause about the address.
    pub(crate) why: &'static str,
    /// The address that is meant.
    pub(crate) meant: String,
}

/// Names of schemes and of programs that look like a slip of `http` and are none.
const REAL: &[&str] = &[
    "dhttp", "hftp", "httpc", "httpd", "httpg", "httpm", "httpr", "httpt", "httpu", "httpx",
    "nhttp", "rhttp", "shttp", "xhttp",
];

/// Slips of more than one letter.
const MISSPELT: &[(&str, &str)] = &[
    ("hppt", "http"),
    ("hppts", "https"),
    ("htttps", "https"),
    ("htpp", "http"),
    ("htpps", "https"),
    ("httpps", "https"),
    ("htps", "https"),
    ("hhttps", "https"),
    ("hthps", "https"),
    ("thtps", "https"),
    ("hhtps", "https"),
];

/// Reads an address that somebody wrote where one belongs; nothing for what any reading excuses: a
/// path, another scheme, a host that the public suffix list does not know.
pub(crate) fn of(written: &str) -> Option<Typo> {
    let written = written.trim();
    if is_plain(written) {
        return None;
    }
    if written.contains(|c: char| c.is_whitespace() && c != ' ') || written.contains("\\/") {
        return None;
    }
    with_scheme(written).or_else(|| without_scheme(written))
}

/// Whether an address is written as nearly all are, which needs no closer look: a scheme, and no
/// other behind it.
fn is_plain(written: &str) -> bool {
    let rest = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && !rest.starts_with("http")
    })
}

/// The scheme that a word means, if it is a slip of `http` or `https`.
pub(crate) fn scheme_meant(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    if word.len() < 3 || matches!(word.as_str(), "http" | "https") || REAL.contains(&word.as_str())
    {
        return None;
    }
    let listed = MISSPELT.iter().find(|(wrong, _)| *wrong == word).map(|&(_, meant)| meant);
    listed.or_else(|| {
        // Some are one letter away from both, as `httsp` is: an s is meant.
        let by_letter = if word.contains('s') { ["https", "http"] } else { ["http", "https"] };
        by_letter.into_iter().find(|meant| is_one_edit(&word, meant))
    })
}

fn with_scheme(written: &str) -> Option<Typo> {
    let letters = written.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = written.split_at_checked(letters)?;
    let lower = word.to_ascii_lowercase();
    let exact = ["https", "http"].into_iter().find(|scheme| *scheme == lower);
    let scheme = exact.or_else(|| scheme_meant(word))?;
    let is_sign = |c: &char| matches!(c, ':' | ';' | '.' | ',' | '/' | '\\' | ' ');
    let length = rest.chars().take(8).take_while(is_sign).count();
    let (signs, address) = rest.split_at_checked(length)?;
    let marked = signs.contains([':', ';']) || signs.contains("//");
    let slashed = signs.contains(['/', '\\']) || exact.is_some() && signs == ":";
    if !marked || !slashed {
        return None;
    }
    // `http://http://…` and `http://https//…`; what is inside may be mistyped, too.
    let inner = address.bytes().take_while(u8::is_ascii_alphabetic).count();
    let doubled = matches!(address.get(..inner), Some("http" | "https"))
        && address.get(inner..).is_some_and(|rest| rest.starts_with([':', '/']));
    if doubled {
        let meant = with_scheme(address).map(|typo| typo.meant);
        let meant = meant
            .or_else(|| is_address(address.split_once("://")?.1).then(|| address.to_owned()))?;
        return Some(Typo { why: "its scheme stands twice", meant });
    }
    let is_sound = exact.is_some() && signs == "://";
    if is_sound || !is_address(address) {
        return None;
    }
    let why = match () {
        () if exact.is_none() => "its scheme is misspelt",
        () if !signs.contains(':') => "the colon after its scheme is missing",
        () if signs.contains('\\') => "it has backslashes where slashes belong",
        () => "its scheme is not followed by a colon and two slashes",
    };
    Some(Typo { why, meant: format!("{scheme}://{address}") })
}

/// Endings that no file of a site has.
const PLAIN: &[&str] = &["com", "org", "net", "edu", "gov"];

/// `www.example.org/a`: a file of the site itself to every reader.
fn without_scheme(written: &str) -> Option<Typo> {
    let address = written.strip_prefix("//").map_or(written, |_| "");
    let host = host(address);
    let labels = host.split('.').count();
    let ending = host.rsplit('.').next().unwrap_or_default();
    let is_www = host.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    let is_host = if is_www { labels > 2 } else { labels == 2 && PLAIN.contains(&ending) };
    (is_host && is_address(address)).then(|| Typo {
        why: "it has no scheme, so that it leads to a file of the site itself",
        meant: format!("https://{address}"),
    })
}

fn host(address: &str) -> &str {
    let end = address.find(['/', '?', '#', ':']).unwrap_or(address.len());
    address.get(..end).unwrap_or_default()
}

/// Whether a host that the public suffix list knows stands at the beginning.
fn is_address(address: &str) -> bool {
    let host = host(address);
    let sound = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.split('.').all(sound) && bare::is_known_host(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTTP: &str = "http://example.org/a";
    const HTTPS: &str = "https://example.org/a";

    #[test]
    fn slips_tell_what_is_meant() {
        for (start, meant) in [
            ("htp://", HTTP),
            ("htps://", HTTPS),
            ("htttp://", HTTP),
            ("htttps://", HTTPS),
            ("hhttp://", HTTP),
            ("hhttps://", HTTPS),
            ("ttp://", HTTP),
            ("ttps://", HTTPS),
            ("tttps://", HTTPS),
            ("htpp://", HTTP),
            ("hppt://", HTTP),
            ("hppts://", HTTPS),
            ("hhtp://", HTTP),
            ("thtp://", HTTP),
            ("httos://", HTTPS),
            ("httsp://", HTTPS),
            ("httpss://", HTTPS),
            ("jttp://", HTTP),
            ("jttps://", HTTPS),
            ("http//", HTTP),
            ("https//", HTTPS),
            ("https;//", HTTPS),
            ("http;//", HTTP),
            ("http.//", HTTP),
            ("http,//", HTTP),
            ("http:/", HTTP),
            ("https:///", HTTPS),
            ("http:////", HTTP),
            ("http::// ", HTTP),
            ("http: //", HTTP),
            ("http:// ", HTTP),
            ("http:", HTTP),
            ("http:\\\\", HTTP),
            ("http:/\\", HTTP),
            ("http//:", HTTP),
            ("http://http://", HTTP),
            ("http://https://", HTTPS),
            ("https://http//", HTTP),
            ("http:http://", HTTP),
        ] {
            let written = format!("{start}example.org/a");
            assert_eq!(of(&written).map(|typo| typo.meant).as_deref(), Some(meant), "{written}");
        }
        for (written, meant) in [
            ("www.example.org/a", "https://www.example.org/a"),
            ("example.com", "https://example.com"),
            ("example.org/a?b#c", "https://example.org/a?b#c"),
        ] {
            assert_eq!(of(written).map(|typo| typo.meant).as_deref(), Some(meant), "{written}");
        }
    }

    #[test]
    fn what_a_reading_excuses_is_no_slip() {
        for written in [
            "http://example.org/a",
            "HTTPS://example.org",
            "hxxp://example.org/a",
            "httpx://example.org",
            "ftp://example.org/a",
            "jdbc://example.org/a",
            "mailto:a@example.org",
            "http://localhost:8000/",
            "http:/path",
            "http/example.org.md",
            "http//path/to/a",
            "README.md",
            "main.rs",
            "index.de",
            "a/www.example.org",
            "www.md",
            "//www.example.org/a",
            "docs.example.org",
            "https:\\/\\/example.org",
            "htp://{{ host }}/a",
            "",
        ] {
            assert_eq!(of(written), None, "{written}");
        }
    }
}
