//! Settings: how the web may be asked, with defaults that no operator would complain of.

use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use http::{HeaderName, HeaderValue};
use ipnet::IpNet;
use url::{Origin, Url};

use super::memento::archive::ArchiveChoice;
use super::progress::Event;

/// A way to look names up. What it gives is guarded as anything else is.
pub type Lookup = Arc<dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> + Send + Sync>;

/// The name that is given to hosts, with a page that says what this is and whom to write to.
pub const USER_AGENT: &str = concat!(
    "dateline/",
    env!("CARGO_PKG_VERSION"),
    " (link-provenance checker; +https://crates.io/crates/dateline)"
);

/// How the web may be asked. [`Default`] is polite and guarded.
#[derive(Clone)]
pub struct Settings {
    /// All active time on one link: connecting, sending, reading, over all redirects and tries.
    /// Waiting for the host's turn does not count.
    pub timeout: Duration,
    /// Time for one connection to come about.
    pub connect_timeout: Duration,
    /// Time in which nothing at all comes in.
    pub idle_timeout: Duration,
    /// Time for the whole run, after which nothing more is tried.
    pub deadline: Option<Duration>,
    /// Requests under way at once.
    pub max_concurrency: usize,
    /// Requests under way at once to one registrable domain.
    pub host_concurrency: usize,
    /// Time from one request to the next to one registrable domain, lengthened a little at random.
    pub host_interval: Duration,
    /// Hosts whose registrable domains have a pace of their own; of several, the last speaks.
    pub hosts: Vec<HostPace>,
    /// How long one registrable domain may make us wait before its links are given up.
    pub wait_budget: Duration,
    /// Networks that may be asked although they are not public.
    pub allow_net: Vec<IpNet>,
    /// How names are looked up; none for this machine's own way.
    pub lookup: Option<Lookup>,
    /// The `User-Agent` that is sent.
    pub user_agent: String,
    /// Header fields for one origin each; never sent to another.
    pub headers: Vec<(Origin, HeaderName, HeaderValue)>,
    /// A proxy that everything goes through. It resolves names itself, so that it must guard
    /// against private addresses itself.
    pub proxy: Option<Url>,
    /// Whether robots.txt is asked for and kept to (RFC 9309).
    pub robots: bool,
    /// The longest decoded body of a page that is read, in bytes.
    pub max_page_bytes: usize,
    /// The most bytes that are taken from the wire for one body.
    pub max_wire_bytes: usize,
    /// Where outcomes are kept between runs.
    pub cache: CacheChoice,
    /// The web archive that is asked what it holds of links' targets.
    pub archive: ArchiveChoice,
    /// What the digest reads of a page, in a word: what is remembered from another reading is
    /// fetched again.
    pub reading: String,
    /// Write every exchange down here (WARC 1.1, gzip).
    pub record: Option<PathBuf>,
    /// Answer from these recordings, and never from the network; none for the network.
    pub replay: Vec<PathBuf>,
    /// Told of each fetch as it ends.
    pub observer: Option<Observer>,
}

/// A function that is told of each fetch as it ends. It must be quick.
pub type Observer = Arc<dyn Fn(Event<'_>) + Send + Sync>;

/// The pace of one host where it is not that of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPace {
    /// Its name; the pace holds for its whole registrable domain.
    pub host: String,
    /// Requests under way at once.
    pub concurrency: Option<usize>,
    /// Time from one request to the next.
    pub interval: Option<Duration>,
}

/// Where outcomes are kept between runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CacheChoice {
    /// Nowhere.
    #[default]
    Off,
    /// In this SQLite file, made if it is not there.
    File(PathBuf),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(5),
            idle_timeout: Duration::from_secs(10),
            deadline: None,
            max_concurrency: 64,
            host_concurrency: 2,
            host_interval: Duration::from_millis(100),
            hosts: Vec::new(),
            wait_budget: Duration::from_mins(1),
            allow_net: Vec::new(),
            lookup: None,
            user_agent: USER_AGENT.to_owned(),
            headers: Vec::new(),
            proxy: None,
            robots: false,
            max_page_bytes: 2 << 20,
            max_wire_bytes: 16 << 20,
            cache: CacheChoice::Off,
            archive: ArchiveChoice::Off,
            reading: env!("CARGO_PKG_VERSION").to_owned(),
            record: None,
            replay: Vec::new(),
            observer: None,
        }
    }
}
