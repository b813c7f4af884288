//! `lookalike-host`: a host that passes for another one.

use std::cmp::Reverse;

use foldhash::HashMap;
use unicode_security::{RestrictionLevel, RestrictionLevelDetection};

use crate::address::hosts::{self, Appearance, Lookalike, registrable, without_www};
use crate::model::{Case, Confidence, Finding, Level, Link, Tuning};

use super::support::finding::on_link;
use super::support::links::cited;
use super::support::literal::is_example_host;

declare_rule! {
    /// ## What it finds
    ///
    /// A link to a host that can be confused with the article's own, or with one that the article
    /// links to more often: letters that look the same (Unicode UTS #39; also behind Punycode).
    /// Also a host that mixes scripts which no language mixes.
    ///
    /// In `audit` also what is only near: an accent or a digit in place of a letter, a single letter
    /// added, left out, replaced or swapped, a hyphen, the whole name as a subdomain of another
    /// host; and, as a note, a word added, another ending, and names that are short or differ at
    /// either end.
    ///
    /// ## Why it matters
    ///
    /// Readers see the name that they trust and are somewhere else. Most are typing errors that
    /// someone else has registered.
    ///
    /// ## Fires
    ///
    /// `https://www.sаlon.com/story`, with a Cyrillic `а`, in an article of `www.salon.com`.
    ///
    /// ## Stays silent
    ///
    /// `news.salon.com` and `salon.de`; hosts of one owner (`wikimedia.org` beside
    /// `wikipedia.org`) and those that are known by themselves; proxies and captures.
    ///
    /// ## How to silence it
    ///
    /// Correct the host, or run with `--ignore lookalike-host`.
    RULE {
        id: "lookalike-host",
        summary: "the host can be confused with the article's own or one it links to more often",
        level: Error,
        needs: &[],
        supersedes: &["deceptive-link-text", "dead-link", "unverifiable-link"],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    let known = Known::of(case);
    let mut judged: HashMap<&str, Option<Verdict<'_>>> = HashMap::default();
    // A proxy and a translator have the name of the page that they show in their own.
    let direct = |link: &Link| link.inner.is_none() && link.capture.is_none();
    cited(case)
        .filter(|checked| direct(checked.link))
        .filter_map(|checked| {
            let url = checked.link.url()?;
            let host = url.host_str()?;
            let verdict = *judged
                .entry(host)
                .or_insert_with(|| known.verdict(host).filter(|_| !is_example_host(url)));
            Some(finding(checked.link, host, verdict?))
        })
        .collect()
}

/// What is wrong with a host.
#[derive(Clone, Copy)]
enum Verdict<'a> {
    /// It passes for that site.
    PassesFor(&'a str, Lookalike),
    /// It mixes letters of scripts that no language mixes.
    MixesScripts,
}

/// The sites that the article's readers know: its own, and those that it links to most.
struct Known<'a> {
    own: Vec<Appearance<'a>>,
    often: Vec<(Appearance<'a>, usize)>,
    links: HashMap<&'a str, usize>,
}

/// So many links make a site one that the reader knows.
const OFTEN: usize = 3;

/// No article links to more sites often, so that comparing stays quick on hostile input.
const MOST: usize = 50;

impl<'a> Known<'a> {
    fn of(case: &'a Case) -> Self {
        let printed = case.links().filter(|checked| checked.link.role.is_own_address());
        let own = case.article.url.iter().chain(printed.filter_map(|c| c.link.url()));
        let own = own.filter_map(|url| registrable(url.host_str()?)).take(MOST);
        let mut hosts: HashMap<&str, usize> = HashMap::default();
        for host in cited(case).filter_map(|checked| checked.link.url()?.host_str()) {
            *hosts.entry(host).or_default() += 1;
        }
        let mut links: HashMap<&str, usize> = HashMap::default();
        for (host, count) in hosts {
            if let Some(site) = registrable(host) {
                *links.entry(site).or_default() += count;
            }
        }
        Self { own: own.map(Appearance::of).collect(), often: most_linked(&links), links }
    }

    fn verdict(&self, host: &str) -> Option<Verdict<'a>> {
        let passed_for = self.impersonated(host);
        passed_for
            .map(|(site, kind)| Verdict::PassesFor(site, kind))
            .or_else(|| mixes_scripts(&hosts::shown(host)).then_some(Verdict::MixesScripts))
    }

    /// The site that `host` passes for: the article's own, or one linked at least three times as
    /// often as the host's. A site that is linked often itself is no typing error.
    fn impersonated(&self, host: &str) -> Option<(&'a str, Lookalike)> {
        let site = registrable(host);
        let times = site.and_then(|site| self.links.get(site)).copied().unwrap_or(1);
        let own = self.own.iter();
        let often = self.often.iter().filter(|(_, count)| *count >= times * OFTEN);
        let mut others =
            own.chain(often.map(|(known, _)| known)).filter(|known| !known.holds(host)).peekable();
        // Most links of a page stay on its own site.
        others.peek()?;
        let seen = Appearance::of(host);
        others
            .filter_map(|known| Some((known.host(), seen.passes_for(known)?)))
            .filter(|(_, kind)| *kind == Lookalike::Confusable || times < OFTEN)
            .min_by_key(|(known, kind)| (*kind, *known))
    }
}

fn most_linked<'a>(links: &HashMap<&'a str, usize>) -> Vec<(Appearance<'a>, usize)> {
    let mut often: Vec<(&str, usize)> =
        links.iter().map(|(site, count)| (*site, *count)).filter(|(_, n)| *n >= OFTEN).collect();
    often.sort_unstable_by_key(|&(site, count)| (Reverse(count), site));
    often.truncate(MOST);
    often.into_iter().map(|(site, count)| (Appearance::of(site), count)).collect()
}

fn finding(link: &Link, host: &str, verdict: Verdict<'_>) -> Finding {
    let seen = hosts::shown(host);
    let (why, confidence) = match verdict {
        Verdict::PassesFor(site, kind) => (likeness(kind, site, &seen, host), sureness(kind)),
        Verdict::MixesScripts => (
            format!("mixes letters of scripts that no language mixes{}", in_punycode(&seen, host)),
            Confidence::Medium,
        ),
    };
    let level = if confidence == Confidence::Low { Level::Note } else { RULE.level };
    let message = format!("the host {} of this link {why}.", without_www(&seen));
    let help = "correct the host; if it is meant, say in the text whose it is";
    Finding { level, confidence, ..on_link(&RULE, link, message, help) }
}

/// In what way the host passes for the site.
fn likeness(kind: Lookalike, site: &str, seen: &str, host: &str) -> String {
    let code = in_punycode(seen, host);
    match kind {
        Lookalike::Confusable => format!("looks like {site} but is another host{code}"),
        Lookalike::Similar => format!("looks like {site} at a glance{code}"),
        Lookalike::Subdomain => format!("has {site} as a subdomain of another site"),
        Lookalike::Divided => format!("is {site} with hyphens or dots put in or left out"),
        Lookalike::OneEdit | Lookalike::NearEdit => format!("is one letter away from {site}"),
        Lookalike::AddedWord => format!("is {site} with a word added"),
        Lookalike::OtherEnding => format!("is {site} with another ending"),
    }
}

/// How surely a host of that likeness is no honest neighbour.
const fn sureness(kind: Lookalike) -> Confidence {
    match kind {
        Lookalike::Confusable => Confidence::High,
        Lookalike::Similar | Lookalike::Subdomain | Lookalike::Divided | Lookalike::OneEdit => {
            Confidence::Medium
        }
        Lookalike::NearEdit | Lookalike::AddedWord | Lookalike::OtherEnding => Confidence::Low,
    }
}

fn in_punycode(seen: &str, host: &str) -> String {
    if seen == host { String::new() } else { format!(", {host}") }
}

/// Whether a label of the host is restricted less than "moderately" (UTS #39, section 5.2): no
/// registry that cares would have it.
fn mixes_scripts(host: &str) -> bool {
    host.split('.').filter(|label| !label.is_ascii()).any(|label| {
        let letters: String = label.chars().filter(|c| c.is_alphabetic()).collect();
        letters.as_str().detect_restriction_level() >= RestrictionLevel::MinimallyRestrictive
    })
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub(crate) fn fires() -> Case {
        Sample::article("2021-12-09")
            .url("https://www.salon.com/2023/a-story")
            .link("https://www.s\u{430}lon.com/2021/another-story")
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2021-12-09")
            .url("https://www.salon.com/2023/a-story")
            .link("https://news.salon.com/a")
            .link("https://salon.de/a")
            .link("https://www.sallon.com/a")
            .link("https://www.müller.com/a")
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn confidences(sample: Sample) -> Vec<Confidence> {
        check(&sample.case(), &Tuning::default()).iter().map(|f| f.confidence).collect()
    }

    #[test]
    fn hosts_linked_more_often_are_known() {
        let typo = "https://www.theguardain.com/a";
        let mut sample = Sample::article("2021-12-09").link(typo);
        assert_eq!(confidences(sample), []);
        sample = Sample::article("2021-12-09").link(typo);
        for path in ["a", "b", "c"] {
            sample = sample.link(&format!("https://www.theguardian.com/{path}"));
        }
        assert_eq!(confidences(sample), [Confidence::Medium]);
    }

    #[test]
    fn names_that_are_reserved_for_examples_pass_for_nothing() {
        let mut sample = Sample::article("2021-12-09");
        for host in ["example.com", "example.com", "example.com", "example.org", "ns.example.net"] {
            sample = sample.link(&format!("https://{host}/a"));
        }
        assert_eq!(confidences(sample), []);
    }

    #[test]
    fn mixed_scripts_are_suspicious_by_themselves() {
        assert_eq!(
            confidences(Sample::undated().link("https://p\u{430}ypal.com/")),
            [Confidence::Medium]
        );
        assert_eq!(confidences(Sample::undated().link("https://пример.com/")), []);
        assert_eq!(confidences(Sample::undated().link("https://日本語テスト.com/")), []);
    }
}
