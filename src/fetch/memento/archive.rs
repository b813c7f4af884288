//! Which archive is asked, and where it is: its `TimeMap`s, its index, its `TimeGate`, its captures.

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use jiff::tz::Offset;
use url::Url;

use crate::address::archive::take_apart;
use crate::fetch::client::exchange::bare;
use crate::model::When;

/// The Internet Archive's `TimeMap` of an address.
const WAYBACK: &str = "https://web.archive.org/web/timemap/link/{url}";

/// Its index, asked for pages of a site by words of their addresses, and its captures' raw bytes.
const WAYBACK_SEARCH: &str = "https://web.archive.org/cdx/search/cdx?url={host}&matchType=domain\
    &from={from}&to={to}&filter=statuscode:200&filter=original:.*{slug}.*&collapse=urlkey&limit=100";
const WAYBACK_RAW: &str = "https://web.archive.org/web/{time}id_/{url}";

/// The name that it is chosen by.
const WAYBACK_NAME: &str = "wayback";

/// Where the page's address stands in a template, and where a time does.
const PLACE: &str = "{url}";
const TIME: &str = "{time}";

/// Where a search has the site, the first and the last day, and the words of an address.
const SEARCHED: [&str; 4] = ["{host}", "{from}", "{to}", "{slug}"];

/// Whether an archive is asked, and which.
#[derive(Clone, Debug, Default)]
pub enum ArchiveChoice {
    /// None is.
    #[default]
    Off,
    /// One that the configuration describes.
    Named(String),
    /// This one is.
    At(Archive),
}

impl FromStr for ArchiveChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_name = |text: &str| {
            text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        match text {
            "off" => Ok(Self::Off),
            WAYBACK_NAME => Ok(Self::At(Archive::wayback())),
            "" => Err(HOW.to_owned()),
            name if is_name(name) => Ok(Self::Named(name.to_owned())),
            _ => {
                let addresses = Addresses { timemap: Some(text), ..Addresses::default() };
                Archive::described(&addresses, None).map(Self::At).map_err(|_| HOW.to_owned())
            }
        }
    }
}

impl ArchiveChoice {
    /// The archive that is meant, by the descriptions of the configuration.
    ///
    /// # Errors
    ///
    /// There is none of that name; says which there are.
    pub fn among(self, described: &[(String, Archive)]) -> Result<Self, String> {
        let name = match &self {
            Self::Named(name) => name.as_str(),
            // What the configuration says of the Wayback Machine holds for it, too.
            Self::At(archive) if archive.is_wayback() => WAYBACK_NAME,
            Self::At(_) | Self::Off => return Ok(self),
        };
        let found = described.iter().find(|(known, _)| known == name);
        match (found, &self) {
            (Some((_, archive)), _) => Ok(Self::At(archive.clone())),
            (None, Self::At(_)) => Ok(self),
            (None, _) => {
                let known = described.iter().map(|(known, _)| format!(", `{known}`"));
                let known: String = known.collect();
                Err(format!("there is no archive `{name}`; there are `{WAYBACK_NAME}`{known}"))
            }
        }
    }
}

/// How an archive is named.
const HOW: &str = "write `off`, `wayback`, the name of an [[archive]] of the configuration, or the \
                   address of an archive's TimeMaps with {url} in it: \
                   https://archive.example/timemap/link/{url}";

/// Where a web archive is, as the configuration says it: addresses with `{url}` for that of a page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Addresses<'a> {
    /// Its `TimeMap`s.
    pub timemap: Option<&'a str>,
    /// Its index (a CDX server), which is asked in place of `TimeMap`s.
    pub cdx: Option<&'a str>,
    /// Its `TimeGate`, which leads to the capture nearest to a time: that of `Accept-Datetime`, or
    /// where it has a place for `{time}`, that one.
    pub timegate: Option<&'a str>,
    /// Its index again, asked for the pages of a `{host}` captured between the days `{from}` and
    /// `{to}` that have the words `{slug}` in their address.
    pub search: Option<&'a str>,
    /// The raw bytes of a capture, with `{time}` for its stamp; where there is none, `id_` behind
    /// the stamp of a capture's address asks for them.
    pub raw: Option<&'a str>,
}

/// What is wrong with an address of an archive: its key, and how it is to be written.
pub(crate) type WrongAddress = (&'static str, String);

/// A web archive. Clones share what is left of its limit.
#[derive(Clone, Debug)]
pub struct Archive {
    timemap: Option<String>,
    cdx: Option<String>,
    timegate: Option<String>,
    search: Option<String>,
    raw: Option<String>,
    /// How often it may still be asked in this run.
    left: Arc<AtomicUsize>,
}

impl Archive {
    fn wayback() -> Self {
        Self {
            timemap: Some(WAYBACK.to_owned()),
            cdx: None,
            timegate: None,
            search: Some(WAYBACK_SEARCH.to_owned()),
            raw: Some(WAYBACK_RAW.to_owned()),
            left: Arc::new(AtomicUsize::new(usize::MAX)),
        }
    }

    /// An archive as the configuration describes it.
    ///
    /// # Errors
    ///
    /// Says of which address how it is to be written.
    pub fn described(
        addresses: &Addresses<'_>,
        limit: Option<usize>,
    ) -> Result<Self, WrongAddress> {
        let Addresses { timemap, cdx, timegate, search, raw } = *addresses;
        let how = "is the address of an archive's";
        let wrong: [(&str, Option<&str>, &[&str], &str); 5] = [
            (
                "timemap",
                timemap,
                &[PLACE],
                "TimeMaps with {url} in it: \
              https://archive.example/timemap/link/{url}",
            ),
            ("cdx", cdx, &[PLACE], "index with {url} in it: https://archive.example/cdx?url={url}"),
            (
                "timegate",
                timegate,
                &[PLACE],
                "TimeGate with {url} in it, and {time} if it wants that \
              in the address: https://archive.example/web/{time}/{url}",
            ),
            (
                "search",
                search,
                &SEARCHED,
                "index with {host}, {from}, {to} and {slug} in it: \
              https://archive.example/cdx?url={host}&matchType=host&from={from}&to={to}\
              &filter=~urlkey:.*{slug}.*",
            ),
            (
                "raw",
                raw,
                &[PLACE, TIME],
                "captures as they were taken, with {time} and {url} in it: \
              https://archive.example/web/{time}id_/{url}",
            ),
        ];
        for (key, address, places, what) in wrong {
            let is_good = |address: &str| {
                places.iter().all(|place| address.contains(place)) && example(address).is_some()
            };
            if address.is_some_and(|address| !is_good(address)) {
                return Err((key, format!("`{key}` {how} {what}")));
            }
        }
        if timemap.or(cdx).or(timegate).is_none() {
            let how = "an entry of `archive` needs a `timemap`, a `cdx` or a `timegate`, such as \
                       timemap = \"https://archive.example/timemap/link/{url}\"";
            return Err(("timemap", how.to_owned()));
        }
        if raw.is_none() && cdx.or(search).is_some() {
            let how = "the rows of an index lead to captures only by `raw`, such as \
                       \"https://archive.example/web/{time}id_/{url}\"";
            return Err(("raw", how.to_owned()));
        }
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Ok(Self {
            timemap: owned(timemap),
            cdx: owned(cdx),
            timegate: owned(timegate),
            search: owned(search),
            raw: owned(raw),
            left: Arc::new(AtomicUsize::new(limit.unwrap_or(usize::MAX))),
        })
    }

    /// What it is called in what the user is told: the first of its addresses.
    pub(super) fn name(&self) -> &str {
        let names = [&self.timemap, &self.cdx, &self.timegate];
        names.into_iter().flatten().next().map_or("", String::as_str)
    }

    /// The host that it is asked at.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        example(self.name())?.host_str().map(str::to_owned)
    }

    /// Whether it is the Internet Archive's.
    pub(super) fn is_wayback(&self) -> bool {
        self.timemap.as_deref() == Some(WAYBACK)
    }

    /// Whether it has an index that rows are read of, in place of `TimeMap`s.
    pub(super) fn has_index(&self) -> bool {
        self.cdx.is_some()
    }

    /// Whether it lists what it holds of an address.
    #[must_use]
    pub fn lists(&self) -> bool {
        self.cdx.is_some() || self.timemap.is_some()
    }

    /// Takes the right to ask once more, unless the limit is reached.
    pub(super) fn take(&self) -> bool {
        let take = |left: usize| if left == usize::MAX { Some(left) } else { left.checked_sub(1) };
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// The address of a capture's raw bytes.
    pub(super) fn raw(&self, capture: &Url, at: Timestamp, page: &Url) -> Url {
        let Some(template) = &self.raw else { return with_modifier(capture, "id_") };
        let named = take_apart(capture).and_then(|capture| capture.target);
        let named = named.unwrap_or_else(|| bare(page).to_string());
        filled(template, &named, Some(at)).unwrap_or_else(|| capture.clone())
    }

    /// The address for readers of the capture that a row of an index names.
    pub(super) fn of_row(&self, original: &Url, at: Timestamp) -> Option<Url> {
        let raw = filled(self.raw.as_deref()?, bare(original).as_str(), Some(at))?;
        Some(with_modifier(&raw, ""))
    }

    /// The address for readers of the capture that a list names, whose raw form led to an address; what
    /// was asked for may have another time in it than the capture.
    pub(super) fn readable(
        &self,
        listed: &Url,
        (raw, answered): (&Url, &Url),
        at: Timestamp,
    ) -> Url {
        // Of a raw form of its own, the list has the readable one.
        let answered = if self.raw.is_some() && answered == raw { listed } else { answered };
        restamped(answered, Some(at), "")
    }

    /// Where it lists what it holds of a page: in its index, or else in a `TimeMap`.
    #[must_use]
    pub(super) fn list(&self, page: &Url) -> Option<Url> {
        let page = bare(page);
        let Some(cdx) = &self.cdx else {
            return filled(self.timemap.as_deref()?, page.as_str(), None);
        };
        let mut list = filled(cdx, page.as_str(), None)?;
        // Servers take an address with an asterisk at its end for all that begin so.
        if page.as_str().contains('*') && !cdx.contains("matchType") {
            list.query_pairs_mut().append_pair("matchType", "exact");
        }
        Some(list)
    }

    /// Where its `TimeGate` for a page is, and whether the time is asked for in a header field.
    pub(super) fn timegate(&self, page: &Url, at: Timestamp) -> Option<(Url, bool)> {
        let template = self.timegate.as_deref()?;
        let gate = filled(template, bare(page).as_str(), Some(at))?;
        Some((gate, !template.contains(TIME)))
    }

    /// Where it is asked for the pages of a host, captured in an interval, that have a text in their
    /// addresses. Days are those of UTC.
    pub(super) fn search(&self, host: &str, captured: When, slug: &str) -> Option<Url> {
        let day = |at| Offset::UTC.to_datetime(at).strftime("%Y%m%d").to_string();
        let values =
            [host.to_owned(), day(captured.earliest), day(captured.before), slug.to_owned()];
        let mut address = self.search.clone()?;
        for (place, value) in SEARCHED.iter().zip(values) {
            address = address.replace(place, &in_query(&value));
        }
        Url::parse(&address).ok().filter(is_web)
    }
}

/// A template with the address of a page, and a time. In a path, the page's address stands as it
/// is, as archives want it, but for `*`, which would ask for all addresses that begin so; in a query
/// it is percent-encoded.
fn filled(template: &str, page: &str, at: Option<Timestamp>) -> Option<Url> {
    let (before, _) = template.split_once(PLACE)?;
    let page: Cow<'_, str> =
        if before.contains('?') { in_query(page).into() } else { page.replace('*', "%2A").into() };
    let timed = template.replace(TIME, &at.map(digits).unwrap_or_default());
    Url::parse(&timed.replace(PLACE, &page)).ok().filter(is_web)
}

fn in_query(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// What a template comes to, with something in each place.
fn example(template: &str) -> Option<Url> {
    let template = SEARCHED.iter().fold(template.to_owned(), |all, place| all.replace(place, "x"));
    let template = template.replace(TIME, "20180525000000");
    Url::parse(&template.replace(PLACE, "http://example.com/")).ok().filter(is_web)
}

/// Whether an address is one of the web.
pub(crate) fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// The stamp of a time, which is in UTC.
fn digits(at: Timestamp) -> String {
    Offset::UTC.to_datetime(at).strftime("%Y%m%d%H%M%S").to_string()
}

/// The digits of a whole stamp, to the second.
const STAMP: usize = 14;

/// A capture's address with another modifier behind its stamp, as the Wayback Machine and pywb have
/// them: `id_` asks for the captured bytes, none for the page as readers see it. An address
/// without a whole stamp stays as it is.
pub(super) fn with_modifier(capture: &Url, modifier: &str) -> Url {
    restamped(capture, None, modifier)
}

/// The same with the stamp of another time.
fn restamped(capture: &Url, taken: Option<Timestamp>, modifier: &str) -> Url {
    let text = capture.as_str();
    let path = capture[..url::Position::BeforePath].len();
    let mut at = path;
    for segment in text.get(path..).unwrap_or_default().split('/') {
        let end = at + segment.len();
        let stamp = segment.get(..STAMP).filter(|stamp| stamp.bytes().all(|b| b.is_ascii_digit()));
        let rest = segment.get(STAMP..).unwrap_or_default();
        if stamp.is_some() && (rest.is_empty() || rest.len() == 3 && rest.ends_with('_')) {
            let digits = taken.map_or_else(|| stamp.unwrap_or_default().to_owned(), digits);
            let (before, after) = (text.get(..at), text.get(end..));
            let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
            let joined = format!("{before}{digits}{modifier}{after}");
            return Url::parse(&joined).unwrap_or_else(|_| capture.clone());
        }
        at = end + 1;
    }
    capture.clone()
}
