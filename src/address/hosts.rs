//! Hosts: whose they are, and whether one passes for another.
//!
//! Two hosts pass for each other if their skeletons (Unicode UTS #39, section 4) are equal, or if
//! the names under one public suffix are a single edit apart.

use unicode_security::confusable_detection::skeleton;

/// How a host passes for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookalike {
    /// Its letters look the same (UTS #39).
    Confusable,
    /// One letter is added, left out, replaced, or swapped with its neighbour.
    OneEdit,
}

/// The registrable domain of a host name by the Public Suffix List: `example.co.uk` of
/// `www.example.co.uk`. An IP address has none.
#[must_use]
pub fn registrable(host: &str) -> Option<&str> {
    let numeric = host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok();
    if numeric { None } else { psl::domain_str(host) }
}

/// Whether two hosts belong to one registrable domain; hosts that have none must be equal.
#[must_use]
pub fn same_site(one: &str, other: &str) -> bool {
    match (registrable(one), registrable(other)) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => one.eq_ignore_ascii_case(other),
    }
}

/// The name without the `www` that many hosts answer to as well.
#[must_use]
pub fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// The host as people see it: Punycode decoded.
#[must_use]
pub fn shown(host: &str) -> String {
    idna::domain_to_unicode(host).0
}

/// A host with what it looks like, so that one can be compared with many.
#[derive(Clone, Debug)]
pub struct Appearance<'a> {
    host: &'a str,
    skeleton: String,
}

impl<'a> Appearance<'a> {
    /// The appearance of a host in the form that URLs hold it in (lower case, Punycode).
    #[must_use]
    pub fn of(host: &'a str) -> Self {
        Self { host, skeleton: skeleton(&shown(host)).collect() }
    }

    /// The host.
    #[must_use]
    pub const fn host(&self) -> &'a str {
        self.host
    }

    /// Whether this host passes for `known`, a registrable domain to which it does not belong.
    #[must_use]
    pub fn passes_for(&self, known: &Self) -> Option<Lookalike> {
        if self.host == known.host || under(self.host, known.host) {
            return None;
        }
        // Compared from the right, since a look-alike's subdomains are its own.
        if self.skeleton == known.skeleton || under(&self.skeleton, &known.skeleton) {
            return Some(Lookalike::Confusable);
        }
        // What Punycode hides is no edit that a reader would see.
        let plain = !self.host.contains("xn--") && !known.host.contains("xn--");
        (plain && one_edit_apart(registrable(self.host)?, known.host)).then_some(Lookalike::OneEdit)
    }
}

fn under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

/// Shorter names lie a single edit apart by chance.
const SHORTEST: usize = 7;

/// Two domains under one public suffix whose names are a single edit apart. A changed digit, a
/// hyphen, a first letter or a final `s` makes a sibling rather than an impostor.
fn one_edit_apart(one: &str, other: &str) -> bool {
    let (Some((one, suffix)), Some((other, other_suffix))) =
        (one.split_once('.'), other.split_once('.'))
    else {
        return false;
    };
    let short = one.len().min(other.len());
    if suffix != other_suffix || short < SHORTEST {
        return false;
    }
    let shared = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let (Some(rest), Some(other_rest)) = (one.get(shared..), other.get(shared..)) else {
        return false;
    };
    let starts_so =
        |text: &str| text.bytes().next().is_some_and(|byte| byte.is_ascii_digit() || byte == b'-');
    let plural = matches!((rest, other_rest), ("s", "") | ("", "s"));
    shared > 0
        && !plural
        && !starts_so(rest)
        && !starts_so(other_rest)
        && single_edit(rest.as_bytes(), other_rest.as_bytes())
}

/// Whether one edit at the beginning makes two different rests equal.
fn single_edit(one: &[u8], other: &[u8]) -> bool {
    match (one, other) {
        ([], [_]) | ([_], []) => true,
        ([a, rest @ ..], [b, other_rest @ ..]) => {
            let swapped = || match (rest, other_rest) {
                ([c, tail @ ..], [d, other_tail @ ..]) => a == d && b == c && tail == other_tail,
                _ => false,
            };
            rest == other_rest || rest == other || one == other_rest || swapped()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lookalike::{Confusable, OneEdit};

    fn lookalike(host: &str, known: &str) -> Option<Lookalike> {
        let known = registrable(known).expect("a registrable domain");
        Appearance::of(host).passes_for(&Appearance::of(known))
    }

    fn host(text: &str) -> String {
        idna::domain_to_ascii(text).expect("a host name")
    }

    #[test]
    fn impostors_are_told_from_siblings() {
        for (one, known, expected) in [
            ("www.salоn.com", "www.salon.com", Some(Confusable)),
            ("www.japantimes.cо.jp", "www.japantimes.co.jp", Some(Confusable)),
            ("news.salоn.com", "salon.com", Some(Confusable)),
            ("paypa1.com", "paypal.com", Some(Confusable)),
            ("rnicrosoft.com", "microsoft.com", Some(Confusable)),
            ("theguardain.com", "www.theguardian.com", Some(OneEdit)),
            ("washingtonpst.com", "washingtonpost.com", Some(OneEdit)),
            ("news.salon.com", "www.salon.com", None),
            ("salon.com", "salon.com", None),
            ("salon.de", "salon.com", None),
            ("abc.com", "bbc.com", None),
            ("channel4news.com", "channel5news.com", None),
            ("sciencenews.com", "sciencenew.com", None),
            ("north-online.com", "northonline.com", None),
            ("kn-online.com", "ln-online.com", None),
            ("müller.example", "muller.example", None),
        ] {
            assert_eq!(lookalike(&host(one), &host(known)), expected, "{one} {known}");
        }
    }

    #[test]
    fn sites_are_registrable_domains() {
        assert!(same_site("a.example.co.uk", "b.example.co.uk"));
        assert!(!same_site("one.github.io", "two.github.io"));
        assert!(same_site("127.0.0.1", "127.0.0.1"));
        assert!(!same_site("127.0.0.1", "10.0.0.1"));
    }

    proptest::proptest! {
        #[test]
        fn no_host_is_its_own_lookalike(host in "[a-z]{3,12}(\\.[a-z]{2,8}){1,2}") {
            let own = Appearance::of(&host);
            proptest::prop_assert_eq!(own.passes_for(&own), None);
        }
    }
}
