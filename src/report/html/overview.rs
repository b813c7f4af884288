//! What the run comes to: counts by rule, host and year, and how much of what was cited is gone.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::model::{Judged, Level, Rule, RuleId, Status};
use crate::report::Summary;
use crate::report::shown::{Shown, whole};
use crate::report::words::{self, count, grouped};
use crate::rules;

/// How many bars a kind gets at the most.
const MOST_BARS: usize = 12;

/// What is counted while documents come.
#[derive(Default)]
pub(super) struct Figures {
    documents: usize,
    findings: usize,
    by_rule: BTreeMap<RuleId, Levels>,
    by_host: BTreeMap<String, Levels>,
    by_year: BTreeMap<Option<i16>, Year>,
    now: Option<Timestamp>,
}

/// Findings by level.
#[derive(Clone, Copy, Default)]
struct Levels {
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// The links of the articles of one year.
#[derive(Clone, Copy, Default)]
struct Year {
    documents: usize,
    findings: Levels,
    postdating: usize,
    followed: usize,
    dead: usize,
    redirected: usize,
    drifted: usize,
}

/// The page's top, and what the corpus looks like.
pub(super) struct Overview {
    pub(super) headline: String,
    /// How many of each level: its name, the number, in words.
    pub(super) levels: Vec<(&'static str, String)>,
    pub(super) about: String,
    pub(super) remarks: Vec<String>,
    pub(super) now: Option<String>,
    /// Findings by rule, by host, by year of the article.
    pub(super) facets: [Facet; 3],
    pub(super) more_hosts: Option<String>,
    pub(super) rot: Vec<Rot>,
    /// Whether links were fetched, so that there are figures of what is gone.
    pub(super) fetched: bool,
    /// Whether there is more than one document or rule to compare.
    pub(super) is_corpus: bool,
}

/// Findings by one of their sides: what it is called, what filters by it, and its bars.
pub(super) struct Facet {
    pub(super) caption: &'static str,
    pub(super) key: &'static str,
    pub(super) bars: Vec<Bar>,
}

/// A bar: its name, what it filters to, and how long each of its parts is, in percent.
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) number: String,
    /// Errors, then warnings, then notes; each begins where the one before ends.
    pub(super) parts: Vec<(&'static str, String, String)>,
}

/// How much of what the articles of one year cite fits no more.
pub(super) struct Rot {
    pub(super) year: String,
    pub(super) articles: String,
    pub(super) followed: String,
    /// Gone, redirected, drifted: in how many of the links that were fetched.
    pub(super) shares: Vec<Share>,
    /// Links that came certainly later than the article.
    pub(super) postdating: String,
}

/// A share, in percent and in numbers.
pub(super) struct Share {
    pub(super) kind: &'static str,
    pub(super) percent: usize,
    pub(super) number: String,
}

/// What a rule is about, and how it is silenced.
pub(super) struct RuleNote {
    pub(super) id: &'static str,
    pub(super) summary: &'static str,
    /// How it is silenced: its docs' words, and whether they are code.
    pub(super) silencing: Vec<(String, bool)>,
}

impl Figures {
    /// Documents so far.
    pub(super) const fn documents(&self) -> usize {
        self.documents
    }

    /// Findings so far.
    pub(super) const fn findings(&self) -> usize {
        self.findings
    }

    /// The time of judging.
    pub(super) const fn judged_at(&self) -> Option<Timestamp> {
        self.now
    }

    /// Counts one document in.
    pub(super) fn add(&mut self, judged: &Judged) {
        self.documents += 1;
        self.findings += judged.findings.len();
        for finding in &judged.findings {
            self.by_rule.entry(finding.rule.clone()).or_default().add(finding.level);
            if let Some(host) = finding.url.as_ref().and_then(url::Url::host_str) {
                self.by_host.entry(host.to_owned()).or_default().add(finding.level);
            }
        }
        let year = judged.case.dating.published.as_ref();
        let year = year.map(|published| published.date.first_day().year());
        self.by_year.entry(year).or_default().add(judged);
        self.now = Some(judged.case.now);
    }

    /// The page's top.
    pub(super) fn overview(&self, summary: &Summary) -> Overview {
        let hosts = self.by_host.iter().map(|(host, found)| (Shown(host).to_string(), *found));
        let mut hosts = bars(hosts.collect(), true);
        let more_hosts = hosts.len().saturating_sub(MOST_BARS);
        hosts.truncate(MOST_BARS);
        let rules = self.by_rule.iter().map(|(rule, found)| (rule.to_string(), *found));
        let years = self.by_year.iter().map(|(year, counts)| (name(*year), counts.findings));
        let levels =
            [("error", summary.errors), ("warning", summary.warnings), ("note", summary.notes)];
        let levels = levels.into_iter().filter(|&(_, number)| number > 0);
        Overview {
            headline: words::result(summary),
            levels: levels.map(|(level, number)| (level, count(number, level))).collect(),
            about: words::about(summary),
            remarks: summary.remarks.iter().map(|remark| whole(remark)).collect(),
            now: self.now.map(|now| now.strftime("%B %-d, %Y").to_string()),
            facets: [
                Facet { caption: "By rule", key: "rule", bars: bars(rules.collect(), true) },
                Facet { caption: "By host", key: "host", bars: hosts },
                Facet {
                    caption: "By year of the article",
                    key: "year",
                    bars: bars(years.filter(|(_, found)| found.total() > 0).collect(), false),
                },
            ],
            more_hosts: (more_hosts > 0).then(|| count(more_hosts, "more host")),
            rot: self.rot(),
            fetched: self.by_year.values().any(|year| year.followed > 0),
            is_corpus: self.documents > 1 || self.by_rule.len() > 3,
        }
    }

    /// The years, and all of them together; nothing where there is nothing to tell.
    fn rot(&self) -> Vec<Rot> {
        let all = self.by_year.values().fold(Year::default(), |sum, year| sum.plus(*year));
        if all.followed == 0 && all.postdating == 0 {
            return Vec::new();
        }
        let years = self.by_year.iter().map(|(year, counts)| counts.rot(name(*year)));
        let all = (self.by_year.len() > 1).then(|| all.rot("all".to_owned()));
        years.chain(all).collect()
    }

    /// The rules that fired.
    pub(super) fn rules(&self) -> Vec<RuleNote> {
        let fired = self.by_rule.keys().filter_map(|id| rules::by_id(id));
        fired.map(RuleNote::new).collect()
    }
}

impl Overview {
    /// The bars of what filters by `key`.
    pub(super) fn bars(&self, key: &str) -> &[Bar] {
        self.facets.iter().find(|facet| facet.key == key).map_or(&[], |facet| &facet.bars)
    }
}

/// Bars as long as their numbers, in the order of these where that is asked for.
fn bars(mut found: Vec<(String, Levels)>, by_number: bool) -> Vec<Bar> {
    let longest = found.iter().map(|(_, levels)| levels.total()).max().unwrap_or(1).max(1);
    if by_number {
        found.sort_by_key(|(_, levels)| Reverse(levels.total()));
    }
    found.into_iter().map(|(name, levels)| levels.bar(name, longest)).collect()
}

impl Levels {
    const fn add(&mut self, level: Level) {
        match level {
            Level::Error => self.errors += 1,
            Level::Warning => self.warnings += 1,
            Level::Note => self.notes += 1,
        }
    }

    const fn total(self) -> usize {
        self.errors + self.warnings + self.notes
    }

    fn bar(self, name: String, longest: usize) -> Bar {
        let permille = |number: usize| number * 1000 / longest;
        let percent = |permille: usize| format!("{}.{}", permille / 10, permille % 10);
        let mut from = 0;
        let mut parts = Vec::new();
        for (level, number) in
            [("error", self.errors), ("warning", self.warnings), ("note", self.notes)]
        {
            let length = permille(number);
            if number > 0 {
                parts.push((level, percent(from), percent(length.max(4))));
            }
            from += length;
        }
        Bar { name, number: grouped(self.total()), parts }
    }
}

impl RuleNote {
    fn new(rule: &Rule) -> Self {
        let docs = rule.markdown();
        let section = docs.split("## ").find_map(|part| part.strip_prefix("How to silence it"));
        Self {
            id: rule.id,
            summary: rule.summary,
            silencing: super::card::with_code(section.unwrap_or_default().trim()),
        }
    }
}

fn name(year: Option<i16>) -> String {
    year.map_or_else(|| "undated".to_owned(), |year| year.to_string())
}

impl Year {
    fn add(&mut self, judged: &Judged) {
        self.documents += 1;
        for finding in &judged.findings {
            self.findings.add(finding.level);
            let is_late = finding.rule == "link-postdates-article" && finding.level > Level::Note;
            self.postdating += usize::from(is_late);
        }
        for outcome in judged.case.statuses.iter().filter_map(Status::outcome) {
            self.followed += 1;
            match &outcome.result {
                Err(failure) if failure.kind.is_dead() => self.dead += 1,
                Ok(page) if outcome.chain.first().is_some_and(|hop| hop.url != page.url) => {
                    self.redirected += 1;
                }
                Ok(_) | Err(_) => {}
            }
        }
        // A page that says that it is not there is gone, whatever its status code.
        let fired = |rule: &str| judged.findings.iter().filter(|it| it.rule == rule).count();
        self.dead += fired("soft-404");
        self.drifted += fired("content-drift");
    }

    const fn plus(self, other: Self) -> Self {
        Self {
            documents: self.documents + other.documents,
            findings: Levels {
                errors: self.findings.errors + other.findings.errors,
                warnings: self.findings.warnings + other.findings.warnings,
                notes: self.findings.notes + other.findings.notes,
            },
            postdating: self.postdating + other.postdating,
            followed: self.followed + other.followed,
            dead: self.dead + other.dead,
            redirected: self.redirected + other.redirected,
            drifted: self.drifted + other.drifted,
        }
    }

    fn rot(self, year: String) -> Rot {
        let share = |(kind, number): (&'static str, usize)| Share {
            kind,
            percent: (number * 100).checked_div(self.followed).unwrap_or(0).min(100),
            number: grouped(number),
        };
        let kinds =
            [("gone", self.dead), ("redirected", self.redirected), ("drifted", self.drifted)];
        Rot {
            year,
            articles: grouped(self.documents),
            followed: grouped(self.followed),
            shares: kinds.into_iter().map(share).collect(),
            postdating: grouped(self.postdating),
        }
    }
}
