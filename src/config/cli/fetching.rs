//! The options about fetching, and the values that they take.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::Args;
use http::{HeaderName, HeaderValue};
use ipnet::IpNet;
use url::{Origin, Url};

use crate::address::pattern::AddressPattern;
use crate::fetch::ArchiveChoice;

/// Arguments of `fetch`.
#[derive(Args, Debug)]
pub struct FetchCommandArgs {
    /// Files of addresses, one a line, or of rows with a `url` or with `links` (`dateline links
    /// --format jsonl`); `-` for standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub inputs: Vec<PathBuf>,

    /// List the addresses that would be asked, one a line, and ask none
    #[arg(long, help_heading = "Output")]
    pub list: bool,

    /// With --list: before each address, the site by which pace is kept, and a tab
    #[arg(long, requires = "list", help_heading = "Output")]
    pub sites: bool,

    /// Write the rows to this file instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,

    /// How they are fetched.
    #[command(flatten)]
    pub fetch: FetchArgs,
}

/// How links are fetched.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Fetching")]
#[expect(clippy::struct_excessive_bools, reason = "one a switch of the command line")]
pub struct FetchArgs {
    /// Fetch nothing; judge by what the articles and the addresses themselves say
    #[arg(long, overrides_with = "no_offline")]
    pub offline: bool,

    /// Fetch, whatever the configuration says
    #[arg(long, hide = true)]
    pub no_offline: bool,

    /// Never ask such addresses: a host with its subdomains, a glob (`https://example.com/**`) or
    /// regex:EXPRESSION; may be given several times
    #[arg(long, value_name = "PATTERN")]
    pub exclude_url: Vec<AddressPattern>,

    /// Ask only such addresses; may be given several times
    #[arg(long, value_name = "PATTERN")]
    pub include_url: Vec<AddressPattern>,

    /// At most this many requests under way at once
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub max_concurrency: u16,

    /// At most this many requests under way at once to one site
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub host_concurrency: u16,

    /// Time between requests to one site (100ms, 2s; 0 for one's own server)
    #[arg(long, value_name = "DURATION", default_value = "100ms", value_parser = duration)]
    pub host_interval: Duration,

    /// Give up on a link after this time (30s, 2m), redirects and retries included
    #[arg(long, value_name = "DURATION", default_value = "30s", value_parser = timeout)]
    pub timeout: Duration,

    /// Ask for nothing more after this time (90s, 10m, 2h)
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub deadline: Option<Duration>,

    /// Let this network be asked although it is not public (10.1.0.0/16, 127.0.0.1)
    #[arg(long, value_name = "CIDR", value_parser = network)]
    pub allow_net: Vec<IpNet>,

    /// Keep to what each site's robots.txt asks for
    #[arg(long, overrides_with = "no_robots")]
    pub robots: bool,

    /// Ask no site for its robots.txt, whatever the configuration says
    #[arg(long, hide = true)]
    pub no_robots: bool,

    /// Remember outcomes in this file between runs, or `off` [default: in the user's cache folder]
    #[arg(long, value_name = "FILE|off")]
    pub cache: Option<PathBuf>,

    /// Ask this web archive what it holds of the links' targets, and so tell it of them: `off`,
    /// `wayback`, the name of an `[[archive]]` of the configuration, or the address of an archive's
    /// `TimeMap` (RFC 7089) with `{url}` in it
    #[arg(long, value_name = "ARCHIVE", default_value = "off", conflicts_with = "offline")]
    pub archive: ArchiveChoice,

    /// Write every exchange to this file (WARC 1.1, gzip); nothing is taken from the cache
    #[arg(long, value_name = "FILE.warc.gz")]
    pub record: Option<PathBuf>,

    /// Answer from this recording, or any crawler's web archive, and never from the network; of
    /// several captures of an address, the one nearest to the article's date answers
    #[arg(long, value_name = "FILE", conflicts_with_all = ["record", "offline"])]
    pub replay: Vec<PathBuf>,

    /// Send everything through this proxy, which then must do the guarding against private networks
    #[arg(long, value_name = "URL", value_parser = proxy)]
    pub proxy: Option<Url>,

    /// The name to give to sites, with a page that says whom to write to
    #[arg(long, value_name = "TEXT", value_parser = user_agent)]
    pub user_agent: Option<String>,

    /// A header field for one site and no other (`https://example.com Authorization: Bearer …`)
    #[arg(long, value_name = "ORIGIN NAME: VALUE")]
    pub header: Vec<BoundHeader>,
}

impl FetchArgs {
    /// A time between requests as it is typed.
    ///
    /// # Errors
    ///
    /// Says how to write one.
    pub fn interval(text: &str) -> Result<Duration, String> {
        duration(text)
    }
}

/// A header field that is sent to one origin only. Its value is a secret, and so is not printed.
#[derive(Clone)]
pub struct BoundHeader {
    /// The only origin that it is sent to.
    pub origin: Origin,
    /// The field's name.
    pub name: HeaderName,
    /// The field's value.
    pub value: HeaderValue,
}

impl std::fmt::Debug for BoundHeader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: ***", self.origin.ascii_serialization(), self.name)
    }
}

impl FromStr for BoundHeader {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "write the site, a blank, and the field: https://example.com Name: value";
        let (origin, field) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let (name, value) = field.split_once(':').ok_or_else(wrong)?;
        let url: Url = origin.parse().map_err(|_| wrong())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("the site's address must begin with http:// or https://".to_owned());
        }
        let mut value = HeaderValue::from_str(value.trim()).map_err(|_| wrong())?;
        value.set_sensitive(true);
        let name = name.trim().parse().map_err(|_| wrong())?;
        Ok(Self { origin: url.origin(), name, value })
    }
}

/// A duration that is long enough to mean something.
fn timeout(text: &str) -> Result<Duration, String> {
    duration(text).and_then(|time| {
        let fits = !time.is_zero() && time <= Duration::from_hours(1);
        fits.then_some(time).ok_or_else(|| "write a time from 1ms to 1h".to_owned())
    })
}

/// A duration with its unit; seconds where there is none.
fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "write a duration, such as 100ms, 2s, 10m or 2h".to_owned();
    let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let scale = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err(wrong()),
    };
    let number: f64 = number.trim().parse().map_err(|_| wrong())?;
    Duration::try_from_secs_f64(number * scale)
        .ok()
        .filter(|duration| *duration <= Duration::from_hours(24 * 365))
        .ok_or_else(wrong)
}

/// A network, or an address as the network of that address alone.
fn network(text: &str) -> Result<IpNet, String> {
    let address = || text.parse().map(|address: std::net::IpAddr| IpNet::from(address));
    let wrong = "write a network, such as 10.1.0.0/16 or 127.0.0.1";
    text.parse().or_else(|_| address()).map_err(|_| wrong.to_owned())
}

fn proxy(text: &str) -> Result<Url, String> {
    let wrong = "write the proxy's address, such as http://proxy.example:3128";
    text.parse::<Url>()
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h"))
        .ok_or_else(|| wrong.to_owned())
}

fn user_agent(text: &str) -> Result<String, String> {
    match HeaderValue::from_str(text) {
        Ok(_) if !text.trim().is_empty() => Ok(text.to_owned()),
        _ => Err("write one line of plain text".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_units() {
        for (text, millis) in
            [("100ms", 100), ("2s", 2000), ("1.5", 1500), ("10m", 600_000), ("0", 0)]
        {
            assert_eq!(duration(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        for text in ["", "-1s", "1 fortnight", "ms", "1e99h", "inf"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_header_is_bound_to_its_site_and_does_not_print_its_value() {
        let header: BoundHeader =
            "https://example.com/a Authorization: Bearer x:y".parse().expect("a header");
        assert_eq!(format!("{header:?}"), "https://example.com authorization: ***");
        assert_eq!(header.value, "Bearer x:y");
        for text in ["Authorization: x", "ftp://e.com A: b", "https://e.com", "https://e.com A"] {
            assert!(text.parse::<BoundHeader>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_network_may_be_a_single_address() {
        assert_eq!(network("127.0.0.1"), network("127.0.0.1/32"));
        assert!(network("localhost").is_err());
    }
}
