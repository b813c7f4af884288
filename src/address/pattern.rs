//! Which addresses are asked: hosts, globs and regular expressions of whole addresses.

use std::str::FromStr;

use globset::{GlobBuilder, GlobMatcher};
use regex::Regex;
use url::Url;

use super::hosts::is_within;

/// A pattern of addresses.
#[derive(Clone, Debug)]
pub enum AddressPattern {
    /// A host with all its subdomains.
    Host(String),
    /// A glob of the whole address; `*` stays within a part of the path, `**` does not.
    Glob(GlobMatcher),
    /// A regular expression that finds something in the address.
    Regex(Regex),
}

impl AddressPattern {
    /// What a regular expression begins with.
    const REGEX: &str = "regex:";

    fn covers(&self, url: &Url) -> bool {
        match self {
            Self::Host(wanted) => url.host_str().is_some_and(|host| is_within(host, wanted)),
            Self::Glob(glob) => glob.is_match(url.as_str()),
            Self::Regex(regex) => regex.is_match(url.as_str()),
        }
    }
}

impl FromStr for AddressPattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(regex) = text.strip_prefix(Self::REGEX) {
            return Regex::new(regex).map(Self::Regex).map_err(|error| {
                let said = error.to_string();
                format!("no regular expression: {}", said.lines().last().unwrap_or_default())
            });
        }
        if text.contains("://") || text.contains('*') {
            let glob = GlobBuilder::new(text).literal_separator(true).build();
            return glob
                .map(|glob| Self::Glob(glob.compile_matcher()))
                .map_err(|error| error.to_string());
        }
        match url::Host::parse(text) {
            Ok(host) => Ok(Self::Host(host.to_string())),
            Err(_) => Err("write a host (example.com), a glob (https://example.com/**) or \
                           regex:EXPRESSION"
                .to_owned()),
        }
    }
}

/// Which addresses are asked.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    /// Those that are not.
    pub exclude: Vec<AddressPattern>,
    /// The only ones that are, if there are any.
    pub include: Vec<AddressPattern>,
}

impl Addresses {
    /// Whether an address is never asked.
    #[must_use]
    pub fn leave_out(&self, url: &Url) -> bool {
        let listed = |patterns: &[AddressPattern]| patterns.iter().any(|one| one.covers(url));
        listed(&self.exclude) || !self.include.is_empty() && !listed(&self.include)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_left_out_by_host_glob_or_expression() {
        let url = Url::parse("https://www.a.example/x/y?q=1").expect("an address");
        for (pattern, out) in [
            ("a.example", true),
            ("A.Example", true),
            ("w.a.example", false),
            ("https://*.a.example/**", true),
            ("https://www.a.example/*", false),
            ("https://www.a.example/x/*", true),
            ("regex:^https://[^/]+/x/", true),
            ("regex:/z$", false),
        ] {
            let pattern: AddressPattern = pattern.parse().expect("a pattern");
            let only = Addresses { include: vec![pattern.clone()], ..Addresses::default() };
            assert_eq!(only.leave_out(&url), !out, "{pattern:?}");
            let without = Addresses { exclude: vec![pattern.clone()], ..Addresses::default() };
            assert_eq!(without.leave_out(&url), out, "{pattern:?}");
        }
        for wrong in ["", "regex:(", "a b", "https://[", "a/b"] {
            assert!(wrong.parse::<AddressPattern>().is_err(), "{wrong}");
        }
    }
}
