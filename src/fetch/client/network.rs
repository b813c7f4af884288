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
use tokio::sync::watch;

use super::guard::{Guard, refused};
use crate::fetch::settings::Lookup;
use crate::model::{Failure, FailureKind};

/// The name that is asked for to find out whether this machine has a network (RFC 2606).
const CONTROL_NAME: &str = "example.com";

/// How long the first lookups are waited for before the control name is asked for.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long others are waited for once a lookup has failed.
const SETTLE: Duration = Duration::from_millis(500);

/// How long the control name is waited for. With what comes before it, that is less than a
/// connection may take: name servers that never answer are found out before a link gives up.
const CONTROL_TIME: Duration = Duration::from_secs(2);

/// This machine's own way.
#[expect(clippy::disallowed_methods, reason = "this stage is the edge to the network")]
fn by_system(name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
    Box::pin(async move {
        let addresses = tokio::net::lookup_host((name, 0)).await?;
        Ok(addresses.map(|address| address.ip()).collect())
    })
}

/// What is known of this machine's network, shared by all lookups of a run.
pub(super) struct Network {
    by: Lookup,
    under_way: AtomicUsize,
    begun: AtomicBool,
    seen: watch::Sender<Seen>,
}

/// What lookups have shown so far.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// A name has resolved.
    resolved: bool,
    /// A lookup has failed.
    failed: bool,
    /// No lookup is under way.
    quiet: bool,
    /// Whether there is a network, once that is decided for the run.
    exists: Option<bool>,
}

impl Network {
    /// Nothing is known yet; names are looked up in this machine's way where no other is given.
    #[must_use]
    pub(super) fn new(lookup: Option<Lookup>) -> Self {
        Self {
            by: lookup.unwrap_or_else(|| Arc::new(by_system)),
            under_way: AtomicUsize::new(0),
            begun: AtomicBool::new(false),
            seen: watch::Sender::default(),
        }
    }

    /// Whether it has been decided that there is no network.
    pub(super) fn is_absent(&self) -> bool {
        self.seen.borrow().exists == Some(false)
    }

    /// Looks a name up.
    ///
    /// # Errors
    ///
    /// What the name servers said: [`FailureKind::NoSuchHost`] or [`FailureKind::Unresolved`], or
    /// [`FailureKind::NoNetwork`] where no name can be looked up here.
    async fn lookup(self: &Arc<Self>, name: &str) -> Result<Vec<IpAddr>, Failure> {
        if !self.begun.swap(true, Ordering::SeqCst) {
            // On a task of its own: it goes on where the link that came first gives up.
            tokio::spawn(Arc::clone(self).decide());
        }
        let mut seen = self.seen.subscribe();
        // What the machine itself knows is there without a network, too.
        let absent = async {
            if is_local(name) {
                std::future::pending::<()>().await;
            }
            let _ = seen.wait_for(|seen| seen.exists == Some(false)).await;
        };
        tokio::select! {
            biased;
            () = absent => Err(no_network()),
            answer = self.answer(name) => match answer {
                Ok(addresses) => Ok(addresses),
                Err(_) if !self.is_there().await => Err(no_network()),
                Err(error) => Err(failure_of(name, &error)),
            },
        }
    }

    async fn answer(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        if self.under_way.fetch_add(1, Ordering::SeqCst) == 0 {
            self.seen.send_modify(|seen| seen.quiet = false);
        }
        let counted = Counted(self);
        let answer = (self.by)(name.to_owned()).await;
        let resolved = answer.is_ok();
        self.seen.send_if_modified(|seen| {
            let change = if resolved { !seen.resolved } else { !seen.failed };
            seen.resolved |= resolved;
            seen.failed |= !resolved;
            change
        });
        drop(counted);
        answer
    }

    /// Whether this machine can look names up, decided once.
    async fn is_there(&self) -> bool {
        let mut seen = self.seen.subscribe();
        let decided = seen.wait_for(|seen| seen.exists.is_some()).await;
        decided.is_ok_and(|seen| seen.exists == Some(true))
    }

    /// Decides whether there is a network: a name resolves, or else the control name does.
    #[expect(clippy::disallowed_methods, reason = "this stage waits, and measures how long")]
    async fn decide(self: Arc<Self>) {
        let mut seen = self.seen.subscribe();
        let told = seen.wait_for(|seen| seen.resolved || seen.failed);
        let mut exists = has_resolved(tokio::time::timeout(PATIENCE, told).await);
        if !exists && self.seen.borrow().failed {
            let settled = seen.wait_for(|seen| seen.resolved || seen.quiet);
            exists = has_resolved(tokio::time::timeout(SETTLE, settled).await);
        }
        if !exists {
            exists = tokio::select! {
                control = (self.by)(CONTROL_NAME.to_owned()) => control.is_ok(),
                seen = seen.wait_for(|seen| seen.resolved) => seen.is_ok(),
                () = tokio::time::sleep(CONTROL_TIME) => false,
            };
        }
        self.seen.send_modify(|seen| seen.exists = Some(exists));
    }
}

/// A lookup under way.
struct Counted<'n>(&'n Network);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        if self.0.under_way.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.0.seen.send_modify(|seen| seen.quiet = true);
        }
    }
}

type Heard<'s> = Result<watch::Ref<'s, Seen>, watch::error::RecvError>;

fn has_resolved(told: Result<Heard<'_>, tokio::time::error::Elapsed>) -> bool {
    matches!(told, Ok(Ok(seen)) if seen.resolved)
}

fn no_network() -> Failure {
    let detail = "no name resolves on this machine, so that it seems to have no network";
    Failure::new(FailureKind::NoNetwork, detail)
}

/// Whether a name is one that a machine, or the network that it stands in, knows by itself (RFC
/// 6761, RFC 6762, RFC 8375).
fn is_local(name: &str) -> bool {
    const LOCAL: [&str; 5] = ["localhost", "local", "internal", "home.arpa", "test"];
    let name = name.trim_end_matches('.');
    let ends = |suffix: &str| name.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.'));
    !name.contains('.') || LOCAL.iter().any(|suffix| ends(suffix))
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
pub(super) struct Resolver {
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
pub(super) struct Told(pub Failure);

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.detail)
    }
}

impl std::error::Error for Told {}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::sync::Mutex;

    use tokio::time::Instant;

    use super::*;

    /// After how many milliseconds name servers answer for a name, if they do, and whether with an
    /// address.
    type Answers = fn(&str) -> Option<(u64, bool)>;

    #[expect(clippy::disallowed_methods, reason = "name servers take their time")]
    fn network(answers: Answers) -> (Arc<Network>, Arc<Mutex<Vec<String>>>) {
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let heard = Arc::clone(&asked);
        let lookup: Lookup = Arc::new(move |name| {
            heard.lock().expect("a list").push(name.clone());
            let Some((millis, resolves)) = answers(&name) else { return Box::pin(pending()) };
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(millis)).await;
                let none = || io::Error::other("Temporary failure in name resolution");
                ready(resolves.then(Vec::new).ok_or_else(none)).await
            })
        });
        (Arc::new(Network::new(Some(lookup))), asked)
    }

    #[expect(clippy::disallowed_methods, reason = "a test measures how long it takes")]
    async fn ask(network: &Arc<Network>, links: usize) -> (Vec<Option<FailureKind>>, Duration) {
        let begun = Instant::now();
        let asked = (0..links).map(|number| {
            let network = Arc::clone(network);
            async move { network.lookup(&format!("h{number}.example.org")).await }
        });
        let answers = futures::future::join_all(asked).await;
        (answers.into_iter().map(|it| it.err().map(|it| it.kind)).collect(), begun.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_network_nothing_is_waited_for() {
        const NONE: Option<FailureKind> = Some(FailureKind::NoNetwork);
        // Refused at once; never answered; some refused and some never answered.
        for (answers, most) in [
            ((|_| Some((5, false))) as Answers, 100),
            (|_| None, 4_100),
            (|name| (!name.starts_with("h1")).then_some((5, false)), 1_000),
            (|_| Some((10_000, false)), 4_100),
        ] {
            let (network, _) = network(answers);
            let (kinds, took) = ask(&network, 300).await;
            assert!(kinds.iter().all(|kind| *kind == NONE), "{kinds:?}");
            assert!(took < Duration::from_millis(most), "{took:?} of {most}");
            assert!(network.is_absent());
            let (kinds, took) = ask(&network, 3).await;
            assert_eq!((kinds, took.as_millis()), (vec![NONE; 3], 0), "it is decided");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn one_name_that_resolves_is_a_network() {
        for (answers, is_dead) in [
            // The name servers answer slowly, but they do.
            ((|name| Some((3_000, name.starts_with("h7")))) as Answers, true),
            (|name| Some((5, name == CONTROL_NAME)), true),
            (|_| Some((1_900, true)), false),
        ] {
            let (network, _) = network(answers);
            let (kinds, _) = ask(&network, 10).await;
            assert!(!kinds.contains(&Some(FailureKind::NoNetwork)), "{kinds:?}");
            assert_eq!(kinds[0].is_some(), is_dead);
            assert!(!network.is_absent());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_control_name_is_asked_once_and_only_in_doubt() {
        let controls = |asked: &Mutex<Vec<String>>| {
            asked.lock().expect("a list").iter().filter(|name| *name == CONTROL_NAME).count()
        };
        let (network_a, asked) = network(|_| Some((5, true)));
        ask(&network_a, 10).await;
        assert_eq!(controls(&asked), 0);
        let (network_b, asked) = network(|_| Some((5, false)));
        ask(&network_b, 10).await;
        ask(&network_b, 10).await;
        assert_eq!(controls(&asked), 1);
        // What the machine knows by itself is asked for, too.
        assert!(network_b.lookup("localhost").await.is_err());
        assert!(asked.lock().expect("a list").iter().any(|name| name == "localhost"));
    }
}
