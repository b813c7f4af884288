//! What the run comes to: counts by rule, host and year, and how much of what was cited is gone, in the
//! figures of `dateline stats`.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::address::shown::{Shown, whole};
use crate::model::{Judged, Level, Rule, RuleId};
use crate::report::figures::{By, Counter, Counts, Figure, Group};
use crate::report::words::{self, count, grouped};
use crate::report::{Outline, Summary};
use crate::rules;

/// How many bars a kind gets at the most.
const MOST_BARS: usize = 12;

/// How many sites there are figures of: those with the most links.
const MOST_SITES: usize = 8;

/// What is counted while documents come.
#[derive(Default)]
pub(super) struct Figures {
    documents: usize,
    findings: usize,
    by_rule: BTreeMap<RuleId, Levels>,
    by_host: BTreeMap<String, Levels>,
    by_year: BTreeMap<Option<i16>, Levels>,
    /// The links, as `dateline stats` counts them.
    rot: Counter,
    now: Option<Timestamp>,
}

/// Findings by level.
#[derive(Clone, Copy, Default)]
struct Levels {
    errors: usize,
    warnings: usize,
    notes: usize,
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

/// Shares of links by one of their sides.
pub(super) struct Rot {
    pub(super) caption: &'static str,
    /// What the first column holds, and the names of the others.
    pub(super) by: &'static str,
    pub(super) classes: Vec<&'static str>,
    pub(super) rows: Vec<RotRow>,
}

/// The shares of one group of links.
pub(super) struct RotRow {
    pub(super) name: String,
    pub(super) documents: String,
    pub(super) links: String,
    pub(super) shares: Vec<Option<Share>>,
}

/// A share and its interval, as far as they reach and in words.
pub(super) struct Share {
    /// What it is painted as.
    pub(super) paint: &'static str,
    pub(super) length: String,
    pub(super) low: String,
    pub(super) high: String,
    pub(super) percent: String,
    pub(super) interval: String,
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
        let of_year = self.by_year.entry(year).or_default();
        judged.findings.iter().for_each(|finding| of_year.add(finding.level));
        self.rot.add(Counts::of(&Outline::from(judged)));
        self.now = Some(judged.case.now);
    }

    /// The page's top.
    pub(super) fn overview(&self, summary: &Summary) -> Overview {
        let hosts = self.by_host.iter().map(|(host, found)| (Shown(host).to_string(), *found));
        let mut hosts = bars(hosts.collect(), true);
        let more_hosts = hosts.len().saturating_sub(MOST_BARS);
        hosts.truncate(MOST_BARS);
        let rules = self.by_rule.iter().map(|(rule, found)| (rule.to_string(), *found));
        let years = self.by_year.iter().map(|(year, counts)| (name(*year), *counts));
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
            is_corpus: self.documents > 1 || self.by_rule.len() > 3,
        }
    }

    /// All links, and by the year of the article and the site; nothing where there is nothing to tell.
    fn rot(&self) -> Vec<Rot> {
        let figures = self.rot.figures(MOST_SITES);
        let all = figures.groups.iter().find(|group| group.by == By::All);
        let shown: Vec<&'static str> = all.map_or_else(Vec::new, |all| {
            let found = all.shares.iter().filter(|figure| figure.share.count > 0);
            found.map(|figure| figure.class).collect()
        });
        if shown.is_empty() {
            return Vec::new();
        }
        let table = |(by, caption, head): (By, &'static str, &'static str)| Rot {
            caption,
            by: head,
            classes: shown.iter().map(|class| in_words(class)).collect(),
            rows: figures
                .groups
                .iter()
                .filter(|it| it.by == by)
                .map(|it| row(it, &shown))
                .collect(),
        };
        let tables = [
            (By::All, "Reference rot", "Of"),
            (By::Year, "By year of the article", "Year"),
            (By::Site, "By site that is linked to", "Site"),
        ];
        let tables = tables.into_iter().map(table);
        tables
            .enumerate()
            .filter(|(n, table)| *n == 0 || table.rows.len() > 1)
            .map(|it| it.1)
            .collect()
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

/// A class of links, for people.
fn in_words(class: &str) -> &'static str {
    match class {
        "rotten" => "Rotten",
        "dead" => "Dead",
        "soft-404" => "Soft 404",
        "drifted" => "Drifted",
        "redirected-elsewhere" => "Led elsewhere",
        "unclear" => "Unclear",
        "archived" => "Archived",
        _ => "Newer than the article",
    }
}

fn row(group: &Group, shown: &[&str]) -> RotRow {
    let number = |number: u64| grouped(usize::try_from(number).unwrap_or(usize::MAX));
    let shown = group.shares.iter().filter(|figure| shown.contains(&figure.class));
    RotRow {
        name: if group.by == By::All { "all links".to_owned() } else { whole(&group.group) },
        documents: number(group.documents),
        links: number(group.links),
        shares: shown.map(Share::new).collect(),
    }
}

impl Share {
    fn new(figure: &Figure) -> Option<Self> {
        let crate::report::figures::Share { count, of, share, low, high } = figure.share;
        let (share, low, high) = (share?, low?, high?);
        let percent = |share: f64| format!("{:.1}", share * 100.0);
        let number = |number: u64| grouped(usize::try_from(number).unwrap_or(usize::MAX));
        Some(Self {
            paint: match figure.class {
                "rotten" | "dead" | "soft-404" | "drifted" | "postdating" => "gone",
                _ => "other",
            },
            length: percent(share),
            low: percent(low),
            high: percent(high),
            percent: format!("{} %", percent(share)),
            interval: format!("{}–{}", percent(low), percent(high)),
            number: format!("{} of {}", number(count), number(of)),
        })
    }
}
