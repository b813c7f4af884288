//! Connections: how many unused ones are kept open over all hosts together.
//!
//! The client keeps them by host and for a time, which over tens of thousands of hosts comes to as
//! many open connections (reqwest 0.13 has no limit over all). So it is replaced after so many hosts:
//! what is under way on the old one ends there, and its unused connections are closed with it.

#![expect(clippy::disallowed_types, reason = "this file is the edge to the network")]

use std::hash::BuildHasher;
use std::sync::Mutex;

use foldhash::fast::RandomState;
use foldhash::{HashSet, HashSetExt};
use reqwest::Client;

use crate::fetch::state::lock;

/// How many hosts share a client: a host's connection and what TLS keeps of it take about 13 kB.
const HOSTS: usize = 512;

type Make = Box<dyn Fn() -> Result<Client, reqwest::Error> + Send + Sync>;

/// The client of the hosts that are asked now.
pub(super) struct Connections {
    make: Make,
    hasher: RandomState,
    current: Mutex<(Client, HashSet<u64>)>,
}

impl Connections {
    /// With the first client.
    ///
    /// # Errors
    ///
    /// The client cannot be made.
    pub(super) fn new(make: Make) -> Result<Self, reqwest::Error> {
        let current = Mutex::new((make()?, HashSet::new()));
        Ok(Self { make, hasher: RandomState::default(), current })
    }

    /// The client to ask a host with.
    pub(super) fn of(&self, host: &str) -> Client {
        let (client, hosts) = &mut *lock(&self.current);
        hosts.insert(self.hasher.hash_one(host));
        if hosts.len() > HOSTS {
            // One was made of the same parts before; should it fail now, the old one serves on.
            if let Ok(fresh) = (self.make)() {
                *client = fresh;
            }
            hosts.clear();
            hosts.insert(self.hasher.hash_one(host));
        }
        client.clone()
    }
}
