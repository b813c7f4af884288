//! Hosts: whose they are, and whether one passes for another.

mod lookalike;
mod owners;
mod shared;

pub(crate) use lookalike::{Appearance, Lookalike};
pub(crate) use owners::same_owner;

/// The registrable domain of a host name by the Public Suffix List: `example.co.uk` of
/// `www.example.co.uk`; under a host that gives each of its users a name, that name: `one.github.io`
/// and `one.wordpress.com`. An IP address has none.
#[must_use]
pub(crate) fn registrable(host: &str) -> Option<&str> {
    let numeric = host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok();
    let domain = if numeric { None } else { psl::domain_str(host) }?;
    Some(shared::own_site(host, domain).unwrap_or(domain))
}

/// Whether two hosts belong to one registrable domain; hosts that have none must be equal.
#[must_use]
pub(crate) fn same_site(one: &str, other: &str) -> bool {
    if one.eq_ignore_ascii_case(other) {
        return true;
    }
    match (registrable(one), registrable(other)) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    }
}

/// Whether a host is the named one or stands below it; both in lower case.
#[must_use]
pub(crate) fn is_within(host: &str, name: &str) -> bool {
    host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The name without the `www` that many hosts answer to as well.
#[must_use]
pub(crate) fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// The host as people see it: Punycode decoded.
#[must_use]
pub(crate) fn shown(host: &str) -> String {
    // As nearly every host is.
    let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-');
    if host.bytes().all(is_plain) && !host.contains("xn--") {
        return host.to_owned();
    }
    idna::domain_to_unicode(host).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_within_itself_and_what_it_is_below() {
        for (host, name, expected) in [
            ("a.example", "a.example", true),
            ("b.a.example", "a.example", true),
            ("ba.example", "a.example", false),
            ("example", "a.example", false),
        ] {
            assert_eq!(is_within(host, name), expected, "{host} {name}");
        }
    }

    #[test]
    fn sites_are_registrable_domains() {
        assert!(same_site("a.example.co.uk", "b.example.co.uk"));
        assert!(!same_site("one.github.io", "two.github.io"));
        assert!(!same_site("surfguard.wordpress.com", "gormulus.wordpress.com"));
        assert!(same_site("surfguard.wordpress.com", "www.surfguard.wordpress.com"));
        assert!(same_site("de.wordpress.com", "www.wordpress.com"));
        assert!(same_site("127.0.0.1", "127.0.0.1"));
        assert!(!same_site("127.0.0.1", "10.0.0.1"));
    }
}
