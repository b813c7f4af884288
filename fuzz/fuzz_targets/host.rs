//! Any text as a URL's host, judged by the guard and by IANA's registries written down once more as
//! plain ranges: no literal address that is not global may pass, however it is spelt.

#![no_main]

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use dateline::fetch::{Guard, is_global};
use libfuzzer_sys::fuzz_target;
use url::{Host, Url};

/// First and last addresses that are not global (iana-ipv4-special-registry, and multicast).
const V4: [(&str, &str); 15] = [
    ("0.0.0.0", "0.255.255.255"),
    ("10.0.0.0", "10.255.255.255"),
    ("100.64.0.0", "100.127.255.255"),
    ("127.0.0.0", "127.255.255.255"),
    ("169.254.0.0", "169.254.255.255"),
    ("172.16.0.0", "172.31.255.255"),
    ("192.0.0.0", "192.0.0.255"),
    ("192.0.2.0", "192.0.2.255"),
    ("192.88.99.0", "192.88.99.255"),
    ("192.168.0.0", "192.168.255.255"),
    ("198.18.0.0", "198.19.255.255"),
    ("198.51.100.0", "198.51.100.255"),
    ("203.0.113.0", "203.0.113.255"),
    ("224.0.0.0", "239.255.255.255"),
    ("240.0.0.0", "255.255.255.255"),
];

/// First and last addresses of global unicast space that are special (iana-ipv6-special-registry).
const V6: [(&str, &str); 4] = [
    ("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
];

fn expected(address: IpAddr) -> bool {
    let within = |&(first, last): &(&str, &str)| {
        let bound = |text: &str| text.parse::<IpAddr>().expect("an address");
        (bound(first)..=bound(last)).contains(&address)
    };
    match address {
        IpAddr::V4(_) => !V4.iter().any(within),
        IpAddr::V6(six) => six.octets()[0] >> 5 == 1 && !V6.iter().any(within),
    }
}

fuzz_target!(|input: (u32, u128, &str)| {
    let (four, six, text) = input;
    for address in [IpAddr::V4(Ipv4Addr::from(four)), IpAddr::V6(Ipv6Addr::from(six))] {
        assert_eq!(is_global(address), expected(address), "{address}");
    }
    let guard = Guard::default();
    for url in [format!("http://{text}/"), format!("http://{four}/"), text.to_owned()] {
        let Ok(url) = Url::parse(&url) else { continue };
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::from(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::from(address)),
            _ => None,
        };
        if guard.check(&url).is_ok() {
            assert!(literal.is_none_or(expected), "{url} passes");
            assert!(matches!(url.scheme(), "http" | "https"), "{url} passes");
            // What is no literal for one reader must be none for another.
            let name = url.host_str().unwrap_or_default().trim_end_matches('.');
            assert!(literal.is_some() || name.parse::<IpAddr>().is_err(), "{url} passes");
        }
    }
});
