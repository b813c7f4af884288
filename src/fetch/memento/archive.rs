//! Which archive is asked, and where its `TimeMap`s stand.

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use url::Url;

use crate::address::archive::take_apart;
use crate::fetch::client::exchange::bare;

/// The Internet Archive's `TimeMap` of an address.
const WAYBACK: &str = "https://web.archive.org/web/timemap/link/{url}";

/// The name that it is chosen by.
const WAYBACK_NAME: &str = "wayback";

/// Where the page's address stands in a template, and where the time of a capture does.
const PLACE: &str = "{url}";
const TIME: &str = "{time}";

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
            WAYBACK_NAME => Archive::new(WAYBACK).map(Self::At),
            "" => Err(HOW.to_owned()),
            name if is_name(name) => Ok(Self::Named(name.to_owned())),
            _ => Archive::new(text).map(Self::At),
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
            Self::At(archive) if archive.template == WAYBACK => WAYBACK_NAME,
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

/// A web archive. Clones share what is left of its limit.
#[derive(Clone, Debug)]
pub struct Archive {
    /// The address of its `TimeMap`s, with `{url}` for that of a page.
    pub template: String,
    /// The address of a capture's raw bytes, with `{time}` for its stamp and `{url}` for the address
    /// that was captured; where there is none, `id_` behind the stamp asks for them.
    raw: Option<String>,
    /// How often it may still be asked in this run.
    left: Arc<AtomicUsize>,
}

impl Archive {
    fn new(template: &str) -> Result<Self, String> {
        let left = Arc::new(AtomicUsize::new(usize::MAX));
        let archive = Self { template: template.to_owned(), raw: None, left };
        let sample = Url::parse("http://example.com/").ok().and_then(|url| archive.timemap(&url));
        match sample {
            Some(_) if template.contains(PLACE) => Ok(archive),
            _ => Err(HOW.to_owned()),
        }
    }

    /// An archive as the configuration describes it.
    ///
    /// # Errors
    ///
    /// Says how an address is to be written.
    pub fn described(
        template: &str,
        raw: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Self, String> {
        if raw.is_some_and(|raw| !(raw.contains(PLACE) && raw.contains(TIME))) {
            let how = "`raw` is the address of a capture's bytes with {time} and {url} in it: \
                       https://archive.example/web/{time}id_/{url}";
            return Err(how.to_owned());
        }
        let archive = Self::new(template).map_err(|_| {
            "`timemap` is the address of an archive's TimeMaps with {url} in it: \
             https://archive.example/timemap/link/{url}"
                .to_owned()
        })?;
        archive.left.store(limit.unwrap_or(usize::MAX), Ordering::Relaxed);
        Ok(Self { raw: raw.map(str::to_owned), ..archive })
    }

    /// The host that its `TimeMap`s come from.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        let sample = self.timemap(&Url::parse("http://example.com/").ok()?)?;
        sample.host_str().map(str::to_owned)
    }

    /// Whether it is the Internet Archive's.
    pub(super) fn is_wayback(&self) -> bool {
        self.template == WAYBACK
    }

    /// Takes the right to ask once more, unless the limit is reached.
    pub(super) fn take(&self) -> bool {
        let take = |left: usize| if left == usize::MAX { Some(left) } else { left.checked_sub(1) };
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// The address of a capture's raw bytes.
    pub(super) fn raw(&self, capture: &Url, at: Timestamp, page: &Url) -> Url {
        let Some(template) = &self.raw else { return with_modifier(capture, "id_") };
        let time = jiff::tz::Offset::UTC.to_datetime(at).strftime("%Y%m%d%H%M%S").to_string();
        let named = take_apart(capture).and_then(|capture| capture.target);
        let named = named.unwrap_or_else(|| bare(page).to_string());
        Url::parse(&template.replace(TIME, &time).replace(PLACE, &named))
            .ok()
            .filter(is_web)
            .unwrap_or_else(|| capture.clone())
    }

    /// The address for readers of the capture that a list names, whose raw form led to an address.
    pub(super) fn readable(&self, listed: &Url, raw: &Url, answered: &Url) -> Url {
        match &self.raw {
            None => with_modifier(answered, ""),
            // Of a raw form of its own, the list has the readable one.
            Some(_) if answered == raw => listed.clone(),
            Some(_) => answered.clone(),
        }
    }

    /// The address of the `TimeMap` of a page. In a path, the page's address stands as it is, as
    /// archives want it, but for `*`, which would ask for all addresses that begin so; in a query
    /// it is percent-encoded.
    #[must_use]
    pub fn timemap(&self, url: &Url) -> Option<Url> {
        let url = bare(url);
        let (before, _) = self.template.split_once(PLACE)?;
        let inside: Cow<'_, str> = if before.contains('?') {
            url::form_urlencoded::byte_serialize(url.as_str().as_bytes()).collect::<String>().into()
        } else {
            url.as_str().replace('*', "%2A").into()
        };
        let address = Url::parse(&self.template.replace(PLACE, &inside)).ok()?;
        is_web(&address).then_some(address)
    }
}

/// Whether an address is one of the web.
pub(crate) fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// The digits of a whole stamp, to the second.
const STAMP: usize = 14;

/// A capture's address with another modifier behind its stamp, as the Wayback Machine and pywb have
/// them: `id_` asks for the captured bytes, none for the page as readers see it. An address
/// without a whole stamp stays as it is.
pub(super) fn with_modifier(capture: &Url, modifier: &str) -> Url {
    let text = capture.as_str();
    let path = capture[..url::Position::BeforePath].len();
    let mut at = path;
    for segment in text.get(path..).unwrap_or_default().split('/') {
        let end = at + segment.len();
        let stamp = segment.get(..STAMP).filter(|stamp| stamp.bytes().all(|b| b.is_ascii_digit()));
        let rest = segment.get(STAMP..).unwrap_or_default();
        if stamp.is_some() && (rest.is_empty() || rest.len() == 3 && rest.ends_with('_')) {
            let (before, after) = (text.get(..at + STAMP), text.get(end..));
            let joined =
                format!("{}{modifier}{}", before.unwrap_or_default(), after.unwrap_or_default());
            return Url::parse(&joined).unwrap_or_else(|_| capture.clone());
        }
        at = end + 1;
    }
    capture.clone()
}
