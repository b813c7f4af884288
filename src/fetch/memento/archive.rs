//! Which archive is asked, and where its `TimeMap`s stand.

use std::borrow::Cow;
use std::str::FromStr;

use url::Url;

use crate::fetch::client::exchange::bare;

/// The Internet Archive's `TimeMap` of an address.
pub(crate) const WAYBACK: &str = "https://web.archive.org/web/timemap/link/{url}";

/// Where the address stands in a template.
const PLACE: &str = "{url}";

/// Whether an archive is asked, and which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ArchiveChoice {
    /// None is.
    #[default]
    Off,
    /// This one is.
    At(Archive),
}

impl FromStr for ArchiveChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "off" => Ok(Self::Off),
            "wayback" => Ok(Self::At(Archive { template: WAYBACK.to_owned() })),
            _ => Archive::new(text).map(Self::At),
        }
    }
}

/// A web archive, by the address of its `TimeMap`s.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// The address, with `{url}` for that of a page.
    pub template: String,
}

impl Archive {
    fn new(template: &str) -> Result<Self, String> {
        let archive = Self { template: template.to_owned() };
        let sample = Url::parse("http://example.com/").ok().and_then(|url| archive.timemap(&url));
        match sample {
            Some(_) if template.contains(PLACE) => Ok(archive),
            _ => Err("write `off`, `wayback`, or the address of an archive's TimeMaps with {url} \
                      in it: https://archive.example/timemap/link/{url}"
                .to_owned()),
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
