//! The addresses that links lead to, asked apart from the documents that they stand in: so that many
//! machines can read, one a site can ask, and all can judge.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use futures::{Stream, StreamExt};
use tokio::sync::oneshot;
use url::Url;

use super::{ENDING, Observer, digest, finish, interrupted, interruptions};
use crate::address::secret;
use crate::error::Error;
use crate::fetch::{Fetcher, Settings, bare};
use crate::model::{FailureKind, Visited};
use crate::report::links;

/// How many addresses are under way at once; the fetcher bounds what of them is asked.
const UNDER_WAY: usize = 256;

/// The addresses that a line names: an address, a row with a `url`, or a row with the `links` of a
/// document, of which those are asked that a check would ask.
///
/// # Errors
///
/// Says what is wrong with the line, for people.
pub fn addresses(line: &str) -> Result<Vec<Url>, String> {
    let line = line.trim();
    let address = |text: &str| {
        let url = Url::parse(text).map_err(|error| format!("it is no address: {error}"))?;
        let is_web = matches!(url.scheme(), "http" | "https");
        is_web.then(|| vec![bare(&url)]).ok_or_else(|| "it is no address of the web".to_owned())
    };
    if !line.starts_with('{') {
        return if line.is_empty() { Ok(Vec::new()) } else { address(line) };
    }
    let row: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    match (row.get("links"), row.get("url").and_then(serde_json::Value::as_str)) {
        (Some(_), _) => {
            let asked = links(line)?.into_iter().flat_map(|link| link.asked());
            // What a row masks cannot be asked.
            let whole = asked.filter(|url| !url.as_str().contains(secret::MASK));
            Ok(whole.map(|url| bare(&url)).collect())
        }
        (None, Some(url)) => address(url),
        (None, None) if row.get("failed").is_some() => Ok(Vec::new()),
        (None, None) => Err("it has neither a `url` nor `links`".to_owned()),
    }
}

/// Addresses, each once.
#[derive(Debug, Default)]
pub struct Once(HashSet<u64>);

impl Once {
    /// Whether an address is new.
    pub fn is_new(&mut self, url: &Url) -> bool {
        let mut hasher = DefaultHasher::new();
        url.as_str().hash(&mut hasher);
        self.0.insert(hasher.finish())
    }
}

/// Asks addresses, in their order as they come out, with all of the guard, the pace, the cache and the
/// recording that a check has, and keeps of each page what rules look at. Says whether all were asked:
/// once the user interrupts, no further one is, and what is not answered yet has no row.
///
/// # Errors
///
/// Only what ends a run: the settings, the threads, or what `take` says.
pub fn fetch(
    mut settings: Settings,
    addresses: impl Stream<Item = Url>,
    take: &mut dyn FnMut(Visited) -> Result<(), Error>,
    observer: &dyn Observer,
) -> Result<bool, Error> {
    settings.reading += " with text";
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::Start(error.to_string()))?;
    runtime.block_on(async {
        let fetcher = Fetcher::new(settings).map_err(Error::Fetch)?;
        let visit = async |url: Url| {
            let outcome = fetcher.visit(&url, digest::of(true, false)).await;
            Visited { url, outcome: (*outcome).clone() }
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let mut stop = Some(stop);
        let addresses = addresses.take_until(stopped);
        let mut visits = addresses.map(visit).buffered(UNDER_WAY).boxed_local();
        let mut interruptions = interruptions();
        loop {
            let visited = tokio::select! {
                visited = visits.next() => visited,
                () = interrupted(&mut interruptions) => {
                    // The first time, what has been answered is still told.
                    let Some(stop) = stop.take() else { break };
                    drop(stop);
                    observer.notice(ENDING);
                    fetcher.stop();
                    continue;
                }
            };
            let Some(visited) = visited else { break };
            observer.fetching(&fetcher.progress());
            let untried = |visited: &Visited| {
                let failure = visited.outcome.result.as_ref().err();
                failure.is_some_and(|failure| failure.kind == FailureKind::NotTried)
            };
            if stop.is_some() || !untried(&visited) {
                take(visited)?;
            }
        }
        finish(&fetcher, observer)?;
        Ok(stop.is_some())
    })
}
