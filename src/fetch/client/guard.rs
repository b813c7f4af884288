//! Guard: which addresses may be connected to.
//!
//! Only globally routable addresses are, unless a network is opened by `--allow-net`. IPv4 follows
//! IANA's special-purpose table; IPv6 fails closed: only global unicast space is allowed, less the
//! parts of it that are special or that carry an IPv4 address inside. The guard is asked for
//! literal hosts of every hop, for every answer of the resolver, and once more for the address
//! that a connection really has.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use url::{Host, Url};

use crate::model::{Failure, FailureKind};

/// The longest address that is asked for, in bytes.
pub(crate) const MAX_URL_BYTES: usize = 8 * 1024;

/// Decides which addresses may be connected to.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    allowed: Vec<IpNet>,
}

impl Guard {
    /// A guard that lets through global addresses and those in `allowed`.
    #[must_use]
    pub const fn new(allowed: Vec<IpNet>) -> Self {
        Self { allowed }
    }

    /// Whether an address may be connected to.
    #[must_use]
    pub fn allows(&self, address: IpAddr) -> bool {
        is_global(address) || self.allowed.iter().any(|net| net.contains(&address))
    }

    /// Refuses what may not be asked for: another scheme than http(s), a port that browsers
    /// refuse, a literal address that is not global, an address that is too long.
    ///
    /// # Errors
    ///
    /// A [`FailureKind::Blocked`] that says why.
    pub fn check(&self, url: &Url) -> Result<(), Failure> {
        let blocked = |why: String| Err(Failure::new(FailureKind::Blocked, why));
        if !matches!(url.scheme(), "http" | "https") {
            return blocked(format!("only http and https are fetched, not {}", url.scheme()));
        }
        if url.as_str().len() > MAX_URL_BYTES {
            return blocked(format!("the address is {} bytes long", url.as_str().len()));
        }
        if let Some(port) = url.port().filter(|port| BAD_PORTS.binary_search(port).is_ok()) {
            return blocked(format!("port {port} is one that browsers refuse"));
        }
        let literal: IpAddr = match url.host() {
            Some(Host::Ipv4(address)) => address.into(),
            Some(Host::Ipv6(address)) => address.into(),
            Some(Host::Domain(name)) => return self.check_name(name),
            None => return blocked("the address names no host".to_owned()),
        };
        if self.allows(literal) { Ok(()) } else { Err(refused(literal)) }
    }

    /// `localhost` names this machine whatever a resolver says (RFC 6761, section 6.3).
    fn check_name(&self, name: &str) -> Result<(), Failure> {
        let name = name.trim_end_matches('.');
        let is_local = name.rsplit('.').next().is_some_and(|l| l.eq_ignore_ascii_case("localhost"));
        if is_local && !self.allows(Ipv4Addr::LOCALHOST.into()) {
            return Err(refused(Ipv4Addr::LOCALHOST.into()));
        }
        Ok(())
    }
}

/// The failure for an address that may not be connected to.
#[must_use]
pub(crate) fn refused(address: IpAddr) -> Failure {
    Failure::new(FailureKind::Blocked, format!("{address} is not a public address"))
}

/// Whether an address is globally routable unicast.
#[must_use]
pub fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !SPECIAL_V4.iter().any(|net| net.contains(&address)),
        IpAddr::V6(address) => {
            GLOBAL_V6.contains(&address) && !SPECIAL_V6.iter().any(|net| net.contains(&address))
        }
    }
}

const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn v6(first: u16, second: u16, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(first, second, 0, 0, 0, 0, 0, 0), prefix)
}

/// IANA IPv4 Special-Purpose Address Registry, with multicast (RFC 5771). 192.0.0.0/24 is refused
/// whole, though two addresses in it are global: no web page stands there.
static SPECIAL_V4: [Ipv4Net; 15] = [
    v4(0, 0, 0, 0, 8),
    v4(10, 0, 0, 0, 8),
    v4(100, 64, 0, 0, 10),
    v4(127, 0, 0, 0, 8),
    v4(169, 254, 0, 0, 16),
    v4(172, 16, 0, 0, 12),
    v4(192, 0, 0, 0, 24),
    v4(192, 0, 2, 0, 24),
    v4(192, 88, 99, 0, 24),
    v4(192, 168, 0, 0, 16),
    v4(198, 18, 0, 0, 15),
    v4(198, 51, 100, 0, 24),
    v4(203, 0, 113, 0, 24),
    v4(224, 0, 0, 0, 4),
    v4(240, 0, 0, 0, 4),
];

/// Global unicast (RFC 4291).
static GLOBAL_V6: Ipv6Net = v6(0x2000, 0, 3);

/// What is special inside global unicast: protocol assignments with Teredo, documentation, 6to4.
static SPECIAL_V6: [Ipv6Net; 4] =
    [v6(0x2001, 0, 23), v6(0x2001, 0xdb8, 32), v6(0x2002, 0, 16), v6(0x3fff, 0, 20)];

/// The "bad ports" of the Fetch standard, in ascending order.
static BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101,
    102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427,
    465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990,
    993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
    6668, 6669, 6679, 6697, 10080,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(url: &str) -> Result<(), Failure> {
        Guard::default().check(&url.parse().expect("a URL"))
    }

    #[test]
    fn special_addresses_are_refused_however_they_are_spelt() {
        for host in [
            "127.0.0.2",
            "2130706434",
            "0x7f000002",
            "0177.0.0.02",
            "127.2",
            "0.0.0.0",
            "127%2e0.0.2",
            "１２７.0.0.2",
            "127。0。0。2",
            "127.0.0.2.",
            "localhost",
            "a.localhost",
            "LOCALHOST.",
            "10.0.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "192.0.0.8",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.2]",
            "[::ffff:8.8.8.8]",
            "[::127.0.0.2]",
            "[64:ff9b::7f00:2]",
            "[64:ff9b:1::1]",
            "[2002:7f00:2::]",
            "[2001::1]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[fd00:ec2::254]",
            "[fe80::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[100::1]",
            "[5f00::1]",
        ] {
            let failure = verdict(&format!("http://{host}/")).expect_err(host);
            assert_eq!(failure.kind, FailureKind::Blocked, "{host}");
        }
    }

    #[test]
    fn public_addresses_and_names_pass() {
        for host in [
            "93.184.216.34",
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "198.20.0.1",
            "example.com",
            "localhost.example.com",
            "[2606:2800:220:1:248:1893:25c8:1946]",
            "[2a00:1450::1]",
        ] {
            assert_eq!(verdict(&format!("http://{host}/")), Ok(()), "{host}");
        }
    }

    #[test]
    fn other_schemes_bad_ports_and_endless_addresses_are_refused() {
        for url in [
            "ftp://example.com/",
            "file:///etc/passwd",
            "http://example.com:25/",
            "https://e.com:6667",
        ] {
            assert_eq!(verdict(url).expect_err(url).kind, FailureKind::Blocked);
        }
        assert!(verdict(&format!("http://example.com/{}", "a".repeat(MAX_URL_BYTES))).is_err());
        assert_eq!(verdict("http://example.com:8080/"), Ok(()));
        assert!(BAD_PORTS.is_sorted());
    }

    #[test]
    fn an_opened_network_lets_its_own_addresses_through_and_no_others() {
        let guard = Guard::new(vec!["127.0.0.1/32".parse().expect("a network")]);
        assert!(guard.allows(Ipv4Addr::LOCALHOST.into()));
        assert!(!guard.allows(Ipv4Addr::new(127, 0, 0, 2).into()));
        assert!(!guard.allows("::ffff:127.0.0.1".parse().expect("an address")));
    }
}
