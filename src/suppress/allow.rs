//! The allow-list and the overrides of the configuration: what is known of certain paths, hosts
//! and addresses, and how severe findings about them are.

use globset::{GlobBuilder, GlobMatcher};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::address::hosts::is_within;
use crate::model::{Document, Finding, Judged, Level};

/// A glob as configurations write it: `*` stays within a folder, `**` does not.
///
/// # Errors
///
/// Says what is wrong with the pattern.
pub fn glob(pattern: &str) -> Result<GlobMatcher, String> {
    GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map(|glob| glob.compile_matcher())
        .map_err(|error| error.to_string())
}

/// What findings something of the configuration is about; what is not stated holds for all.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Rules, by id.
    pub rules: Vec<String>,
    /// Paths of articles.
    pub paths: Vec<GlobMatcher>,
    /// Hosts of links, with all their subdomains.
    pub hosts: Vec<String>,
    /// Whole addresses.
    pub urls: Vec<GlobMatcher>,
}

impl Scope {
    fn covers(&self, finding: &Finding, input: &str) -> bool {
        let address = finding.url.as_ref();
        let host = address.and_then(url::Url::host_str);
        let listed = |empty: bool, held: bool| empty || held;
        listed(self.rules.is_empty(), self.rules.iter().any(|rule| finding.rule == rule.as_str()))
            && listed(self.paths.is_empty(), self.is_for(input))
            && listed(
                self.hosts.is_empty(),
                host.is_some_and(|host| self.hosts.iter().any(|wanted| is_within(host, wanted))),
            )
            && listed(
                self.urls.is_empty(),
                address.is_some_and(|url| self.urls.iter().any(|glob| glob.is_match(url.as_str()))),
            )
    }

    /// Whether this is about an article: by its path, or by the host that it came from.
    #[must_use]
    pub fn covers_article(&self, article: &Document) -> bool {
        let host = article.url.as_ref().and_then(url::Url::host_str);
        let is_listed = |host: &str| self.hosts.iter().any(|wanted| is_within(host, wanted));
        (self.paths.is_empty() || self.is_for(&article.input))
            && (self.hosts.is_empty() || host.is_some_and(is_listed))
    }

    fn is_for(&self, input: &str) -> bool {
        let input = input.strip_prefix("./").unwrap_or(input);
        self.paths.iter().any(|glob| glob.is_match(input))
    }
}

/// One entry of the allow-list.
#[derive(Clone, Debug)]
pub struct Allow {
    /// What it is about.
    pub scope: Scope,
    /// Why.
    pub reason: String,
    /// The last day on which it holds, in UTC.
    pub expires: Option<Date>,
}

impl Allow {
    /// Whether the entry still holds.
    fn holds(&self, now: Timestamp) -> bool {
        self.expires.is_none_or(|last| jiff::tz::Offset::UTC.to_datetime(now).date() <= last)
    }
}

/// Another level for some findings, or none at all.
#[derive(Clone, Debug)]
pub struct Override {
    /// What it is about.
    pub scope: Scope,
    /// The level that the findings get; none switches them off.
    pub level: Option<Level>,
}

/// Gives findings the levels that overrides say, the last one that covers a finding; drops those
/// that one switches off.
pub(super) fn override_levels(judged: &mut Judged, overrides: &[Override]) {
    let input = &judged.case.article.input;
    judged.findings.retain_mut(|finding| {
        match overrides.iter().rev().find(|over| over.scope.covers(finding, input)) {
            Some(Override { level: Some(level), .. }) => {
                finding.level = *level;
                true
            }
            Some(Override { level: None, .. }) => false,
            None => true,
        }
    });
}

/// The reason why a finding is allowed, if it is.
pub(super) fn reason(
    finding: &Finding,
    input: &str,
    now: Timestamp,
    list: &[Allow],
) -> Option<String> {
    list.iter()
        .find(|allow| allow.scope.covers(finding, input) && allow.holds(now))
        .map(|allow| allow.reason.clone())
}

/// What is to be said about entries that have run out.
pub(super) fn expired(list: &[Allow], now: Timestamp) -> impl Iterator<Item = String> + '_ {
    list.iter().filter(move |allow| !allow.holds(now)).map(|allow| {
        let when = allow.expires.map(|day| format!(" on {day}")).unwrap_or_default();
        format!("an entry of the allow-list ran out{when} and no longer holds: {}", allow.reason)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::judged;

    fn sample() -> Judged {
        judged("old/a.md", "https://www.a.example/x", "https://www.a.example/x")
    }

    fn scope(paths: &[&str], hosts: &[&str], urls: &[&str]) -> Scope {
        let globs = |patterns: &[&str]| {
            patterns.iter().map(|pattern| glob(pattern).expect("a glob")).collect()
        };
        let hosts = hosts.iter().map(|&host| host.to_owned()).collect();
        Scope { rules: vec!["dead-link".to_owned()], paths: globs(paths), hosts, urls: globs(urls) }
    }

    #[test]
    fn a_scope_covers_what_it_names() {
        let judged = sample();
        for (scope, covers) in [
            (scope(&[], &[], &[]), true),
            (scope(&["old/**"], &["a.example"], &[]), true),
            (scope(&["*.md"], &[], &[]), false),
            (scope(&[], &["example"], &["https://www.a.example/*"]), true),
            (scope(&[], &["w.a.example"], &[]), false),
            (scope(&[], &["b.example"], &[]), false),
            (Scope { rules: vec!["broken-url".to_owned()], ..Scope::default() }, false),
        ] {
            assert_eq!(scope.covers(&judged.findings[0], "./old/a.md"), covers, "{scope:?}");
        }
    }

    #[test]
    fn the_last_override_speaks() {
        let mut judged = sample();
        let over = |level| Override { scope: Scope::default(), level };
        override_levels(&mut judged, &[over(None), over(Some(Level::Note))]);
        assert_eq!(judged.findings[0].level, Level::Note);
        override_levels(&mut judged, &[over(None)]);
        assert!(judged.findings.is_empty());
    }

    #[test]
    fn an_entry_holds_to_the_end_of_its_last_day() {
        let judged = sample();
        let allow = |expires: &str| {
            let expires = Some(expires.parse().expect("a day"));
            [Allow { scope: Scope::default(), reason: "moved".into(), expires }]
        };
        let now = "2026-11-23T23:59:59Z".parse().expect("a time");
        let holds = |list: &[Allow]| reason(&judged.findings[0], "a", now, list).is_some();
        assert!(holds(&allow("2026-11-23")));
        assert!(!holds(&allow("2026-11-22")));
        assert_eq!(expired(&allow("2026-11-22"), now).count(), 1);
    }
}
