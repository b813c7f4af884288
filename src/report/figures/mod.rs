//! Figures over judged documents, as the literature on reference rot has them: how many links are
//! dead, lead elsewhere, have drifted, are held by an archive, or are younger than what cites them; in
//! all, and by the year of the article, the age of the link, its site and its role. docs/stats.md
//! defines each and says where it is from.
//!
//! Links of one document live and die together, so that a link is no sample of its own: every
//! interval is clustered by document. What is held are sums, a few hundred bytes a group, not links.

mod class;
mod estimate;
mod write;

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;

use self::class::{CLASSES, Facts};
pub use self::estimate::Share;
use self::estimate::Sums;
use super::compact::site;
use super::outline::{CountOutline, Outline, Text};
use crate::model::PartialDate;

/// The sites that are told apart; links to further ones are counted together.
const MOST_SITES: usize = 100_000;

/// How figures are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum StatsFormat {
    /// For people
    #[default]
    Table,
    /// One JSON object
    Json,
    /// A line a group and class
    Csv,
}

/// What links are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Not at all.
    All,
    /// The year in which the article came out.
    Year,
    /// For how many years the article has been out.
    Age,
    /// The site that the link leads to.
    Site,
    /// What the link is for.
    Role,
}

/// The figures of one group of links.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// What the groups are told apart by.
    pub by: By,
    /// Which of them this is.
    pub group: String,
    /// Links of it.
    pub links: u64,
    /// Documents that they stand in.
    pub documents: u64,
    /// The share of each class.
    pub shares: Vec<Figure>,
}

/// The share of links that are of a class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// The class.
    pub class: &'static str,
    /// How many are, of how many of which it is known, and between which bounds the share is.
    #[serde(flatten)]
    pub share: Share,
}

/// All figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// Documents judged.
    pub documents: u64,
    /// Those of which it is not known when they came out.
    pub undated: u64,
    /// What could not be read.
    pub unreadable: u64,
    /// All groups; sites with the most links first, the others in their own order.
    pub groups: Vec<Group>,
}

/// Takes in the counts of documents, one by one.
#[derive(Debug, Default)]
pub struct Counter {
    documents: u64,
    undated: u64,
    unreadable: u64,
    /// Whether an archive was asked at all.
    has_captures: bool,
    groups: HashMap<(By, String), Sums>,
    sites: usize,
}

/// What one document adds to a group.
type Added = [estimate::Tally; CLASSES.len()];

/// The links of one document, counted.
#[derive(Debug)]
pub struct Counts {
    is_dated: bool,
    has_captures: bool,
    groups: Vec<(By, String, u64, Added)>,
}

impl Counts {
    /// Counts a document's links.
    #[must_use]
    pub fn of(outline: &Outline<'_>) -> Self {
        let published = outline.published;
        let year = published.map(|date| format!("{:04}", year(date)));
        let now = jiff::tz::TimeZone::UTC.to_datetime(outline.now);
        let age = published.map(|date| format!("{:02}", age(date, now.date())));
        let mut rules: HashMap<usize, Vec<&str>> = HashMap::new();
        for finding in outline.findings.iter().chain(&outline.suppressed) {
            if let Some(span) = finding.span {
                rules.entry(span.start).or_default().push(&finding.rule);
            }
        }
        let links: Vec<(CountOutline<'_>, &[&str])> = outline
            .links
            .iter()
            .map(|link| {
                let rules = rules.get(&link.start).map_or(&[][..], Vec::as_slice);
                let url = link.url.as_deref().and_then(|url| crate::model::parse_url(url).ok());
                let site = url.as_ref().and_then(site).map(|site| Text(Cow::Owned(site)));
                let (role, verdict) = (link.role.clone(), link.verdict.clone());
                (CountOutline { site, role, verdict, archived: link.archived, count: 1 }, rules)
            })
            .chain(outline.left_out.iter().map(|links| (links.clone(), &[][..])))
            .collect();
        let mut has_captures = false;
        let mut added: HashMap<(By, &str), (u64, Added)> = HashMap::new();
        for (links, rules) in &links {
            let facts = Facts::new(&links.verdict, links.archived, rules, published.is_some());
            if !facts.is_counted() {
                continue;
            }
            has_captures |= links.archived;
            let groups = [
                Some((By::All, "")),
                year.as_deref().map(|year| (By::Year, year)),
                age.as_deref().map(|age| (By::Age, age)),
                Some((By::Site, links.site.as_deref().unwrap_or("no host"))),
                Some((By::Role, &*links.role)),
            ];
            for group in groups.into_iter().flatten() {
                let (count, added) = added.entry(group).or_default();
                *count += links.count as u64;
                for (class, tally) in CLASSES.iter().zip(added) {
                    if let Some(is) = (class.is)(&facts) {
                        tally.add(links.count, is);
                    }
                }
            }
        }
        let groups = added
            .into_iter()
            .map(|((by, group), (links, tallies))| (by, group.to_owned(), links, tallies));
        Self { is_dated: published.is_some(), has_captures, groups: groups.collect() }
    }
}

impl Counter {
    /// Counts what could not be read.
    pub fn unreadable(&mut self) {
        self.unreadable += 1;
    }

    /// Adds a document's links.
    pub fn add(&mut self, counts: Counts) {
        self.documents += 1;
        self.undated += u64::from(!counts.is_dated);
        self.has_captures |= counts.has_captures;
        // Links to sites that are not told apart are one group, of which the document is one cluster.
        let mut others: Option<(u64, Added)> = None;
        for (by, group, links, tallies) in counts.groups {
            let key = (by, group);
            if let Some(sums) = self.groups.get_mut(&key) {
                sums.add(links, &tallies);
            } else if by == By::Site && self.sites >= MOST_SITES {
                let (sum, added) = others.get_or_insert_default();
                *sum += links;
                for (sum, tally) in added.iter_mut().zip(tallies) {
                    *sum = sum.plus(tally);
                }
            } else {
                self.sites += usize::from(by == By::Site);
                self.groups.entry(key).or_default().add(links, &tallies);
            }
        }
        if let Some((links, tallies)) = others {
            let key = (By::Site, "other sites".to_owned());
            self.groups.entry(key).or_default().add(links, &tallies);
        }
    }

    /// All figures; of sites only the `top` with the most links.
    #[must_use]
    pub fn figures(&self, top: usize) -> Figures {
        let mut groups: Vec<Group> =
            self.groups.iter().map(|(key, sums)| self.group(key, sums)).collect();
        groups.sort_by(|a, b| {
            let rank = |group: &Group| match group.by {
                By::Site => std::cmp::Reverse(group.links),
                _ => std::cmp::Reverse(0),
            };
            (a.by, rank(a), &a.group).cmp(&(b.by, rank(b), &b.group))
        });
        let mut sites = 0;
        groups.retain(|group| {
            sites += usize::from(group.by == By::Site);
            group.by != By::Site || sites <= top
        });
        let Self { documents, undated, unreadable, .. } = *self;
        Figures { documents, undated, unreadable, groups }
    }

    fn group(&self, (by, group): &(By, String), sums: &Sums) -> Group {
        let known = |class: &class::Class| self.has_captures || !class.needs_archive;
        let classes = CLASSES.iter().enumerate().filter(|(_, class)| known(class));
        let shares = classes.map(|(n, class)| Figure { class: class.name, share: sums.share(n) });
        let group =
            if *by == By::Age { group.trim_start_matches('0').to_owned() } else { group.clone() };
        let group = if *by == By::Age && group.is_empty() { "0".to_owned() } else { group };
        Group {
            by: *by,
            group,
            links: sums.links,
            documents: sums.documents,
            shares: shares.collect(),
        }
    }
}

impl Figures {
    /// The figures in a format.
    #[must_use]
    pub fn written(&self, format: StatsFormat) -> String {
        match format {
            StatsFormat::Table => write::table(self),
            StatsFormat::Json => write::json(self),
            StatsFormat::Csv => write::csv(self),
        }
    }
}

fn year(date: PartialDate) -> i16 {
    date.first_day().year()
}

/// How many whole years have gone by since an article came out, at least.
fn age(published: PartialDate, now: jiff::civil::Date) -> i16 {
    let last = published.last_day();
    let is_short = (now.month(), now.day()) < (last.month(), last.day());
    (now.year() - last.year() - i16::from(is_short)).max(0)
}

#[cfg(test)]
mod tests;
