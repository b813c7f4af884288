//! Web-archive addresses taken apart: which archive, which page, when it was captured.
//!
//! Most archives put both into the capture's path, as the Wayback Machine does:
//! `/web/20180525120000id_/https://example.org/`. An archive whose addresses have that shape needs
//! no line here, if the stamp is whole and the target has its scheme; `ARCHIVES` gives the others
//! their names, and lets them be read with shorter stamps and targets without a scheme.

use std::sync::LazyLock;

use foldhash::HashMap;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use percent_encoding::percent_decode_str;
use url::Url;

use super::wrapper::with_parents;
use crate::model::{Capture, PartialDate};

/// An archive by the hosts that serve its captures.
struct Archive {
    name: &'static str,
    /// Registrable domains or full hosts; subdomains count too.
    hosts: &'static [&'static str],
}

/// The archives known by name, alphabetically.
const ARCHIVES: &[Archive] = &[
    Archive { name: "Archive-It", hosts: &["wayback.archive-it.org"] },
    Archive {
        name: "archive.today",
        hosts: &[
            "archive.today",
            "archive.is",
            "archive.ph",
            "archive.fo",
            "archive.li",
            "archive.md",
            "archive.vn",
            "archive.ec",
        ],
    },
    Archive { name: "Arquivo.pt", hosts: &["arquivo.pt"] },
    Archive { name: "Australian Web Archive", hosts: &["webarchive.nla.gov.au"] },
    Archive { name: "Bibliotheca Alexandrina", hosts: &["web.archive.bibalex.org"] },
    Archive { name: "Conifer", hosts: &["conifer.rhizome.org", "webrecorder.io"] },
    Archive { name: "Czech Web Archive", hosts: &["wayback.webarchiv.cz"] },
    Archive { name: "Ghostarchive", hosts: &["ghostarchive.org"] },
    Archive {
        name: "Government of Canada Web Archive",
        hosts: &["webarchive.bac-lac.gc.ca", "collectionscanada.gc.ca"],
    },
    Archive { name: "Icelandic Web Archive", hosts: &["vefsafn.is"] },
    Archive { name: "Library of Congress", hosts: &["webarchive.loc.gov"] },
    Archive { name: "Megalodon", hosts: &["megalodon.jp"] },
    Archive { name: "Memento Time Travel", hosts: &["timetravel.mementoweb.org"] },
    Archive { name: "Perma.cc", hosts: &["perma.cc", "perma-archives.org", "rejouer.perma.cc"] },
    Archive { name: "Stanford Web Archive", hosts: &["swap.stanford.edu"] },
    Archive { name: "UK Government Web Archive", hosts: &["webarchive.nationalarchives.gov.uk"] },
    Archive { name: "UK Parliament Web Archive", hosts: &["webarchive.parliament.uk"] },
    Archive { name: "UK Web Archive", hosts: &["webarchive.org.uk"] },
    Archive {
        name: "Wayback Machine",
        hosts: &["web.archive.org", "wayback.archive.org", "web-beta.archive.org", "archive.org"],
    },
    Archive { name: "WebCite", hosts: &["webcitation.org"] },
    Archive { name: "Wikiwix", hosts: &["archive.wikiwix.com"] },
];

/// Takes a capture's address apart; nothing where the address is no capture.
#[must_use]
pub(crate) fn take_apart(url: &Url) -> Option<Capture> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.trim_start_matches("www.");
    let path = after_authority(url);
    match known(host) {
        // What asks for a capture to be taken is none.
        Some("Wayback Machine") if is_request(path) => None,
        Some("WebCite") => Some(web_cite(url)),
        Some(archive) => stamped(path, true)
            .or_else(|| unstamped(path))
            .or_else(|| short(archive, url, path))
            .map(|(target, captured)| capture(archive, target, captured)),
        None => google_cache(url).or_else(|| {
            // The colon of an address inside.
            memchr::memchr(b':', path.as_bytes())?;
            let (target, captured) = stamped(path, false)?;
            Some(capture(host, target, captured))
        }),
    }
}

/// Whether the path asks the Wayback Machine to take a capture ("Save Page Now").
fn is_request(path: &str) -> bool {
    path.strip_prefix("/save").is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

/// Every host that some archive here is known by.
pub(super) fn hosts() -> impl Iterator<Item = &'static str> {
    ARCHIVES.iter().flat_map(|archive| archive.hosts).copied().chain([GOOGLE_CACHE])
}

/// The archives' names by their hosts.
static NAMES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let named = |archive: &'static Archive| archive.hosts.iter().map(|&host| (host, archive.name));
    ARCHIVES.iter().flat_map(named).collect()
});

/// The name of the archive whose host this is, or below whose host it is.
fn known(host: &str) -> Option<&'static str> {
    // Archive.org serves much else from other hosts than its front page.
    let serves = |name: &&str| *name == host || *name != "archive.org";
    with_parents(host).filter(serves).find_map(|name| NAMES.get(name).copied())
}

fn capture(name: &str, target: Option<String>, captured: Option<PartialDate>) -> Capture {
    Capture { archive: name.to_owned(), target, captured }
}

/// Path, query and fragment, which together may be another address.
pub(super) fn after_authority(url: &Url) -> &str {
    url.as_str().get(url[..url::Position::BeforePath].len()..).unwrap_or_default()
}

type Parts = (Option<String>, Option<PartialDate>);

/// `/…/STAMP[modifier]/TARGET`, among the first five segments of the path.
///
/// In an unknown archive only a whole stamp before an absolute address counts.
fn stamped(path: &str, known: bool) -> Option<Parts> {
    let mut rest = path.strip_prefix('/')?;
    for _ in 0..5 {
        let (segment, after) = rest.split_once('/')?;
        let stamp = digits_of_stamp(segment);
        if let Some(stamp) = stamp
            && (known || (stamp.len() == 14 && has_scheme(after)))
            && let Some(target) = target(after)
        {
            return Some((Some(target), date_of_stamp(&stamp)));
        }
        if has_scheme(rest) {
            return None;
        }
        rest = after;
    }
    None
}

/// An address without a stamp, as in `/web/*/https://example.org/` or `/newest/https://…`.
fn unstamped(path: &str) -> Option<Parts> {
    let at =
        ["/http://", "/https://", "/http:/", "/https:/"].iter().find_map(|at| path.find(at))?;
    Some((Some(target(path.get(at + 1..)?)?), None))
}

/// An opaque name of a capture: `perma.cc/T8U2-994F`, `archive.ph/AbCd1`. Its query may say what
/// is captured, and when: `?url=https://example.org/&ts=20180525140309`.
fn short(archive: &str, url: &Url, path: &str) -> Option<Parts> {
    let name = path.split(['?', '#']).next()?.trim_matches('/');
    let name = ["archive/", "wip/"].iter().find_map(|at| name.strip_prefix(at)).unwrap_or(name);
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let named = match archive {
        // The first captures had eleven letters after a zero.
        "Perma.cc" => {
            name.len() == 9 && name.as_bytes().get(4) == Some(&b'-')
                || name.len() == 11 && name.starts_with('0')
        }
        "archive.today" | "Ghostarchive" => (4..=8).contains(&name.len()),
        "Wikiwix" => name == "cache",
        _ => false,
    };
    (plain && named).then(|| said_in_query(url))
}

/// The captured address and the time of the capture, as far as the query says them.
fn said_in_query(url: &Url) -> Parts {
    let value = |name| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value);
    let said = value("url").filter(|address| has_scheme(address)).and_then(|said| target(&said));
    let stamp = ["ts", "timestamp", "date"].iter().find_map(|name| value(name));
    (said, stamp.and_then(|stamp| date_of_stamp(&digits_of_stamp(&stamp)?)))
}

/// `webcitation.org/5xyz?url=…&date=…`; the short name alone tells nothing more.
fn web_cite(url: &Url) -> Capture {
    let value = |name| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value);
    let date = value("date").and_then(|date| date.get(..10)?.parse().ok());
    capture("WebCite", value("url").map(Into::into), date)
}

/// The host of Google's cache.
const GOOGLE_CACHE: &str = "webcache.googleusercontent.com";

/// `webcache.googleusercontent.com/search?q=cache:ID:URL words`.
fn google_cache(url: &Url) -> Option<Capture> {
    if url.host_str()? != GOOGLE_CACHE {
        return None;
    }
    let query = url.query_pairs().find(|(key, _)| key == "q")?.1;
    let rest = query.strip_prefix("cache:")?.split_whitespace().next()?;
    let address = match rest.split_once(':') {
        Some((id, address)) if !id.contains('.') && !matches!(id, "http" | "https") => address,
        _ => rest,
    };
    Some(capture("Google cache", target(address), None))
}

/// The digits of a capture's stamp, from 4 (a year) to 14 (a second); separators and the Wayback
/// Machine's modifiers (`id_`, `if_`, `js_` …) and wild card are taken off.
fn digits_of_stamp(segment: &str) -> Option<String> {
    let bare = segment.trim_end_matches('*');
    let bare = match bare.len().checked_sub(3).and_then(|at| bare.split_at_checked(at)) {
        Some((digits, modifier)) if modifier.ends_with('_') => digits,
        _ => bare,
    };
    let shaped = bare.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'.');
    let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    let is_year = digits.get(..4).is_some_and(|year| ("1990".."2200").contains(&year));
    (shaped && is_year && digits.len() <= 14).then_some(digits)
}

/// `YYYYMMDDhhmmss` in UTC, or as much of it as there is.
fn date_of_stamp(digits: &str) -> Option<PartialDate> {
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse().ok());
    let year: i16 = digits.get(..4)?.parse().ok()?;
    let Some(month) = number(4, 6) else { return Some(PartialDate::Year(year)) };
    let Some(day) = number(6, 8) else { return PartialDate::month(year, month) };
    let clock = (number(8, 10), number(10, 12), number(12, 14));
    let (Some(hour), Some(minute), Some(second)) = clock else {
        return PartialDate::day(year, month, day);
    };
    let at = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    Some(PartialDate::Zoned(at, Offset::UTC))
}

fn has_scheme(text: &str) -> bool {
    let lower = |length| text.get(..length).map(str::to_ascii_lowercase);
    lower(6).as_deref() == Some("http:/") || lower(7).as_deref() == Some("https:/")
}

/// The captured address: repaired where a tool folded `//` or escaped it, given a scheme where it
/// has none.
fn target(text: &str) -> Option<String> {
    let is_escaped = |scheme| text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if is_escaped("http%3a") || is_escaped("https%3") {
        let address = percent_decode_str(text).decode_utf8().ok()?;
        return has_scheme(&address).then(|| target(&address))?;
    }
    if let Some((scheme, rest)) = text.split_once(":/").filter(|_| has_scheme(text)) {
        let rest = rest.trim_start_matches('/');
        return (!rest.is_empty()).then(|| format!("{scheme}://{rest}"));
    }
    let host = text.split(['/', '?', '#']).next()?;
    let plausible = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    plausible.then(|| format!("http://{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(address: &str) -> Option<(String, Option<String>, Option<String>)> {
        let capture = take_apart(&Url::parse(address).expect("an address"))?;
        Some((capture.archive, capture.target, capture.captured.map(|date| date.to_string())))
    }

    #[test]
    fn captures_are_taken_apart() {
        let page = "https://example.org/a?b=1#c";
        let second = Some("2018-05-25T14:03:09Z");
        for (address, archive, target, captured) in [
            ("https://web.archive.org/web/20180525140309/PAGE", "Wayback Machine", page, second),
            ("https://web.archive.org/web/20180525140309id_/PAGE", "Wayback Machine", page, second),
            ("http://archive.org/web/2018*/PAGE", "Wayback Machine", page, Some("2018")),
            ("https://web.archive.org/web/*/PAGE", "Wayback Machine", page, None),
            ("https://web.archive.org/web/PAGE", "Wayback Machine", page, None),
            ("https://archive.ph/20180525140309/PAGE", "archive.today", page, second),
            ("https://archive.is/2018.05.25-140309/PAGE", "archive.today", page, second),
            ("https://archive.today/newest/PAGE", "archive.today", page, None),
            ("https://arquivo.pt/wayback/20180525140309/PAGE", "Arquivo.pt", page, second),
            ("https://arquivo.pt/noFrame/replay/20180525140309/PAGE", "Arquivo.pt", page, second),
            (
                "https://www.webarchive.org.uk/wayback/en/archive/20180525140309mp_/PAGE",
                "UK Web Archive",
                page,
                second,
            ),
            (
                "https://webarchive.nationalarchives.gov.uk/ukgwa/20180525140309/PAGE",
                "UK Government Web Archive",
                page,
                second,
            ),
            ("https://wayback.archive-it.org/all/201805/PAGE", "Archive-It", page, Some("2018-05")),
            (
                "http://timetravel.mementoweb.org/memento/20180525/PAGE",
                "Memento Time Travel",
                page,
                Some("2018-05-25"),
            ),
            ("https://megalodon.jp/2018-0525-1403-09/PAGE", "Megalodon", page, second),
            ("https://pywb.example.net/coll/20180525140309/PAGE", "pywb.example.net", page, second),
        ] {
            let read = read(&address.replace("PAGE", page)).expect(address);
            assert_eq!(read.0, archive, "{address}");
            assert_eq!(read.1.as_deref(), Some(target), "{address}");
            assert_eq!(read.2.as_deref(), captured, "{address}");
        }
    }

    #[test]
    fn short_names_tell_the_archive_only() {
        for (address, archive) in [
            ("https://perma.cc/T8U2-994F", "Perma.cc"),
            ("https://archive.ph/AbCd1", "archive.today"),
            ("https://archive.fo/AbCd1#selection-1.0-2.3", "archive.today"),
            ("https://archive.vn/wip/AbCd1", "archive.today"),
            ("https://perma.cc/T8U2-994F?type=image", "Perma.cc"),
            ("http://perma.cc/0fDbhL6TqCo", "Perma.cc"),
            ("https://ghostarchive.org/archive/AbCd1", "Ghostarchive"),
            ("https://www.webcitation.org/6Yxyz1234", "WebCite"),
        ] {
            assert_eq!(read(address), Some((archive.to_owned(), None, None)), "{address}");
        }
    }

    #[test]
    fn a_query_beside_a_short_name_tells_what_is_captured() {
        let page = Some("https://example.org/a?b=1".to_owned());
        let second = Some("2018-05-25T14:03:09Z".to_owned());
        for (address, captured) in [
            (
                "https://perma.cc/AB12-CD34?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&ts=20180525140309",
                second,
            ),
            ("https://archive.ph/AbCd1?url=https://example.org/a%3Fb%3D1", None),
            ("https://archive.wikiwix.com/cache/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1", None),
        ] {
            let read = read(address).expect(address);
            assert_eq!((read.1, read.2), (page.clone(), captured), "{address}");
        }
    }

    #[test]
    fn targets_are_repaired() {
        let target = |address| read(address).and_then(|read| read.1);
        let page = Some("http://example.org/a".to_owned());
        assert_eq!(target("https://web.archive.org/web/2018/example.org/a"), page);
        assert_eq!(target("https://web.archive.org/web/2018/http:/example.org/a"), page);
        assert_eq!(target("https://web.archive.org/web/2018/http%3A%2F%2Fexample.org%2Fa"), page);
        assert_eq!(
            target("https://webcache.googleusercontent.com/search?q=cache:x1:example.org/a+word"),
            page
        );
    }

    #[test]
    fn other_addresses_are_no_captures() {
        for address in [
            "https://archive.org/details/texts",
            "https://perma.cc/about",
            "https://archive.ph/",
            "https://archive.ph/faq#ownership",
            "https://perma.cc/docs/faq",
            "https://example.org/2018/05/25/https-is-here/",
            "https://example.org/20180525/example.org",
            "https://web.archive.org/",
            "https://web.archive.org/save/https://example.org/a",
            "http://archive.org/save/_embed/https://example.org/a",
            "https://web.archive.org/save?url=https://example.org/a",
            "ftp://web.archive.org/web/20180525140309/http://example.org/",
        ] {
            assert_eq!(read(address), None, "{address}");
        }
    }

    proptest! {
        #[test]
        fn any_path_is_read_without_panic(path in ".{0,60}") {
            for host in ["web.archive.org", "archive.ph", "example.org"] {
                if let Ok(url) = Url::parse(&format!("https://{host}/{path}")) {
                    let _ = take_apart(&url);
                }
            }
        }
    }
}
