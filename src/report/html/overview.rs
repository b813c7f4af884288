//! What the run comes to: counts by rule, host and year, and how much of what was cited is gone.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{Judged, Level, Rule, RuleId, Status};
use crate::report::Summary;
use crate::report::shown::{Shown, whole};
use crate::report::words;
use crate::rules;

/// How many hosts the page lists.
const MOST_HOSTS: usize = 20;

/// What is counted while documents come.
#[derive(Default)]
pub(super) struct Figures {
    documents: usize,
    findings: usize,
    by_rule: BTreeMap<RuleId, (Level, usize)>,
    by_host: BTreeMap<String, usize>,
    by_year: BTreeMap<Option<i16>, Year>,
    now: Option<String>,
}

/// The links of the articles of one year.
#[derive(Clone, Copy, Default)]
struct Year {
    documents: usize,
    findings: usize,
    followed: usize,
    dead: usize,
    unverified: usize,
    drifted: usize,
}

/// The page's top.
pub(super) struct Overview {
    pub(super) headline: String,
    pub(super) documents: usize,
    pub(super) links: usize,
    pub(super) findings: usize,
    pub(super) levels: [(&'static str, usize); 3],
    pub(super) rules: Vec<(RuleId, &'static str, usize)>,
    pub(super) hosts: Vec<(String, usize)>,
    pub(super) more_hosts: usize,
    pub(super) years: Vec<YearRow>,
    pub(super) rot: Option<YearRow>,
    pub(super) remarks: Vec<String>,
    pub(super) now: Option<String>,
}

/// One line of the table of years.
pub(super) struct YearRow {
    pub(super) name: String,
    pub(super) documents: usize,
    pub(super) findings: usize,
    pub(super) followed: usize,
    pub(super) dead: String,
    pub(super) unverified: String,
    pub(super) drifted: String,
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

    /// Counts one document in.
    pub(super) fn add(&mut self, judged: &Judged) {
        self.documents += 1;
        self.findings += judged.findings.len();
        for finding in &judged.findings {
            let (level, number) =
                self.by_rule.entry(finding.rule.clone()).or_insert((finding.level, 0));
            *level = (*level).max(finding.level);
            *number += 1;
            if let Some(host) = finding.url.as_ref().and_then(url::Url::host_str) {
                *self.by_host.entry(host.to_owned()).or_default() += 1;
            }
        }
        let year = judged.case.dating.published.as_ref();
        let year = year.map(|published| published.date.first_day().year());
        self.by_year.entry(year).or_default().add(judged);
        self.now = Some(judged.case.now.strftime("%Y-%m-%d").to_string());
    }

    /// The page's top.
    pub(super) fn overview(&self, summary: &Summary) -> Overview {
        let total = self.by_year.values().fold(Year::default(), |sum, year| sum.plus(*year));
        let mut hosts: Vec<_> =
            self.by_host.iter().map(|(host, number)| (Shown(host).to_string(), *number)).collect();
        hosts.sort_by_key(|(_, number)| Reverse(*number));
        let more_hosts = hosts.len().saturating_sub(MOST_HOSTS);
        hosts.truncate(MOST_HOSTS);
        let mut rules: Vec<_> = self
            .by_rule
            .iter()
            .map(|(rule, (level, number))| (rule.clone(), level.as_str(), *number))
            .collect();
        rules.sort_by_key(|(_, _, number)| Reverse(*number));
        Overview {
            headline: words::result(summary),
            documents: summary.documents,
            links: summary.links,
            findings: self.findings,
            levels: [
                ("error", summary.errors),
                ("warning", summary.warnings),
                ("note", summary.notes),
            ],
            rules,
            hosts,
            more_hosts,
            years: self.by_year.iter().map(|(year, counts)| counts.row(name(*year))).collect(),
            rot: (total.followed > 0).then(|| total.row("all".to_owned())),
            remarks: summary.remarks.iter().map(|remark| whole(remark)).collect(),
            now: self.now.clone(),
        }
    }

    /// The rules that fired.
    pub(super) fn rules(&self) -> Vec<RuleNote> {
        let fired = self.by_rule.keys().filter_map(|id| rules::by_id(id));
        fired.map(RuleNote::new).collect()
    }
}

impl RuleNote {
    fn new(rule: &Rule) -> Self {
        let docs = rule.markdown();
        let section = docs.split("## ").find_map(|part| part.strip_prefix("How to silence it"));
        let parts = section.unwrap_or_default().trim().split('`').map(str::to_owned);
        // Between every second pair of marks stands code.
        Self {
            id: rule.id,
            summary: rule.summary,
            silencing: parts.zip([false, true].into_iter().cycle()).collect(),
        }
    }
}

fn name(year: Option<i16>) -> String {
    year.map_or_else(|| "undated".to_owned(), |year| year.to_string())
}

impl Year {
    fn add(&mut self, judged: &Judged) {
        self.documents += 1;
        self.findings += judged.findings.len();
        for outcome in judged.case.statuses.iter().filter_map(Status::outcome) {
            self.followed += 1;
            match &outcome.result {
                Err(failure) if failure.kind.is_dead() => self.dead += 1,
                Err(_) => self.unverified += 1,
                Ok(_) => {}
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
            findings: self.findings + other.findings,
            followed: self.followed + other.followed,
            dead: self.dead + other.dead,
            unverified: self.unverified + other.unverified,
            drifted: self.drifted + other.drifted,
        }
    }

    fn row(self, name: String) -> YearRow {
        let share = |number: usize| match (number * 100).checked_div(self.followed) {
            Some(percent) => format!("{number} ({percent} %)"),
            None => "–".to_owned(),
        };
        YearRow {
            name,
            documents: self.documents,
            findings: self.findings,
            followed: self.followed,
            dead: share(self.dead),
            unverified: share(self.unverified),
            drifted: share(self.drifted),
        }
    }
}
