//! Network: names become addresses, and a machine on which no name does has no network.
//!
//! A name that does not resolve is a dead link only if the machine could have resolved it. Where
//! no name has resolved in the run, one name that IANA keeps alive is asked for once; what that
//! says holds for the whole run, so that no two links are judged differently.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::{Notify, OnceCell};

use super::guard::{Guard, refused};
use crate::fetch::settings::Lookup;
use crate::model::{Failure, FailureKind};

/// The name that is asked for to find out whether this machine has a network (RFC 2606).
const CONTROL_NAME: &str = "example.com";

/// How long lookups under way are waited for before the control name is asked for.
const SETTLE: Duration = Duration::from_secs(3);

/// This machine's own way.
fn by_system(name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
    Box::pin(async move {
        let addresses = tokio::net::lookup_host((name, 0)).await?;
        Ok(addresses.map(|address| address.ip()).collect())
    })
}

/// What is known of this machine's network, shared by all lookups of a run.
pub struct Network {
    by: Lookup,
    resolved: AtomicBool,
    under_way: AtomicUsize,
    settled: Notify,
    exists: OnceCell<bool>,
}

impl Network {
    /// Nothing is known yet; names are looked up in this machine's way where no other is given.
    #[must_use]
    pub fn new(lookup: Option<Lookup>) -> Self {
        Self {
            by: lookup.unwrap_or_else(|| Arc::new(by_system)),
            resolved: AtomicBool::new(false),
            under_way: AtomicUsize::new(0),
            settled: Notify::new(),
            exists: OnceCell::new(),
        }
    }

    /// Looks a name up.
    ///
    /// # Errors
    ///
    /// What the name servers said: [`FailureKind::NoSuchHost`] or [`FailureKind::Unresolved`], or
    /// [`FailureKind::NoNetwork`] where no name can be looked up here.
    async fn lookup(&self, name: &str) -> Result<Vec<IpAddr>, Failure> {
        self.under_way.fetch_add(1, Ordering::SeqCst);
        let answer = (self.by)(name.to_owned()).await;
        if answer.is_ok() {
            self.resolved.store(true, Ordering::SeqCst);
        }
        if self.under_way.fetch_sub(1, Ordering::SeqCst) == 1 || answer.is_ok() {
            self.settled.notify_waiters();
        }
        match answer {
            Ok(addresses) => Ok(addresses),
            Err(_) if !self.is_there().await => Err(Failure::new(
                FailureKind::NoNetwork,
                "no name resolves on this machine, so that it seems to have no network",
            )),
            Err(error) => Err(failure_of(name, &error)),
        }
    }

    /// Whether this machine can look names up, decided once.
    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    async fn is_there(&self) -> bool {
        let decide = async {
            let _ = tokio::time::timeout(SETTLE, self.settle()).await;
            self.resolved.load(Ordering::SeqCst) || (self.by)(CONTROL_NAME.to_owned()).await.is_ok()
        };
        *self.exists.get_or_init(|| decide).await
    }

    /// Waits until a name has resolved or no lookup is under way.
    async fn settle(&self) {
        loop {
            let settled = self.settled.notified();
            let quiet = self.under_way.load(Ordering::SeqCst) == 0;
            if quiet || self.resolved.load(Ordering::SeqCst) {
                return;
            }
            settled.await;
        }
    }
}

/// Tells "there is no such name" from "the name servers did not say".
///
/// The standard library hands on the text of `gai_strerror` and no code, so the texts of glibc,
/// musl, the BSDs and Windows for "no such name" and "no address" are known here.
fn failure_of(name: &str, error: &io::Error) -> Failure {
    const ABSENT: [&str; 6] = [
        "name or service not known",
        "no address associated",
        "nodename nor servname",
        "name does not resolve",
        "name has no usable address",
        "no such host is known",
    ];
    let text = error.to_string().to_lowercase();
    if ABSENT.iter().any(|absent| text.contains(absent)) {
        return Failure::new(FailureKind::NoSuchHost, format!("there is no host {name}"));
    }
    Failure::new(FailureKind::Unresolved, format!("the name servers did not answer for {name}"))
}

/// The resolver of the live client: refuses a name when any of its addresses is not allowed, so
/// that a mixed answer cannot be tried until it hits.
#[derive(Clone)]
pub struct Resolver {
    /// Which addresses are allowed.
    pub guard: Guard,
    /// What is known of the network.
    pub network: Arc<Network>,
}

impl Resolver {
    async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, Failure> {
        let addresses = self.network.lookup(name).await?;
        match addresses.iter().find(|&&address| !self.guard.allows(address)) {
            Some(&address) => {
                let why = refused(address).detail;
                Err(Failure::new(FailureKind::Blocked, format!("{name} leads to this: {why}")))
            }
            None => Ok(addresses),
        }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let addresses = resolver.addresses(name.as_str()).await.map_err(Told)?;
            // The port is the client's to fill in.
            let addresses = addresses.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(addresses) as Addrs)
        })
    }
}

/// A failure that travels through the client's error chain and is found again at its end.
#[derive(Debug)]
pub struct Told(pub Failure);

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.detail)
    }
}

impl std::error::Error for Told {}
