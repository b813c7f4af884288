//! The baseline: findings that were there before, so that an old archive starts green.
//!
//! An entry is matched by the finding's fingerprint, first in the file that it names. An entry
//! whose file is gone is matched in any file, for files are renamed; one whose file is still there
//! is not, for a copy of a known fault is a new fault.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use url::Url;

use crate::address::secret;
use crate::model::{Rule, SuppressedBy};

/// The version of the file's schema.
const VERSION: u32 = 1;

/// Findings known before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    entries: Vec<Entry>,
}

/// Some equal findings of one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    input: String,
    rule: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    fingerprint: String,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: usize,
    /// Whether the file is no longer there; found out when the baseline is read.
    #[serde(skip)]
    moved: bool,
}

const fn one() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_one(count: &usize) -> bool {
    *count == 1
}

impl Baseline {
    /// Reads a baseline; `exists` tells whether a file is there.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the text.
    pub fn parse(text: &str, exists: impl Fn(&str) -> bool) -> Result<Self, String> {
        let mut baseline: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if baseline.version != VERSION {
            return Err(format!("it is of version {}, not {VERSION}", baseline.version));
        }
        for entry in &mut baseline.entries {
            entry.moved = !exists(&entry.input);
        }
        Ok(baseline)
    }

    /// The baseline that knows what was found in some documents.
    #[must_use]
    pub fn of(findings: impl IntoIterator<Item = Found>) -> Self {
        let mut counts: BTreeMap<Found, usize> = BTreeMap::new();
        for found in findings {
            *counts.entry(found).or_default() += 1;
        }
        let entries = counts.into_iter().map(|(found, count)| {
            let Found { input, rule, url, fingerprint } = found;
            Entry { input, rule, url, fingerprint, count, moved: false }
        });
        Self { version: VERSION, entries: entries.collect() }
    }

    /// The file's text: sorted, an entry a line, so that changes to it are read easily.
    #[must_use]
    pub fn text(&self) -> String {
        let entries = self.entries.iter().map(|entry| {
            serde_json::to_string(entry).map(|entry| format!("\n    {entry}")).unwrap_or_default()
        });
        let entries: Vec<String> = entries.collect();
        let end = if entries.is_empty() { "" } else { "\n  " };
        format!("{{\n  \"version\": {VERSION},\n  \"entries\": [{}{end}]\n}}\n", entries.join(","))
    }

    /// How many findings it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.iter().map(|entry| entry.count).sum()
    }

    /// Whether it knows none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// A finding for a baseline.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    input: String,
    rule: String,
    url: Option<String>,
    fingerprint: String,
}

/// What a baseline is to know of a document: what counts, and what the old baseline knew.
pub fn found(judged: &crate::model::Judged) -> impl Iterator<Item = Found> + '_ {
    let known = judged.suppressed.iter().filter(|known| known.by == SuppressedBy::Baseline);
    let findings = judged.findings.iter().chain(known.map(|known| &known.finding));
    findings.map(|finding| Found {
        input: normal(&judged.case.article.input),
        rule: finding.rule.to_owned(),
        url: finding.url.as_ref().map(Url::as_str).map(|url| secret::masked(url).into_owned()),
        fingerprint: crate::suppress::fingerprint::fingerprint(finding, &judged.case),
    })
}

/// The input as baselines name it: with `/`, without a leading `./`.
fn normal(input: &str) -> String {
    let path = input.replace('\\', "/");
    path.strip_prefix("./").map(str::to_owned).unwrap_or(path)
}

/// A baseline in use: each entry is met as often as it was counted.
#[derive(Debug)]
pub(super) struct Known {
    entries: Vec<Entry>,
    in_file: HashMap<(String, String), usize>,
    moved: HashMap<String, Vec<usize>>,
    seen: HashMap<String, bool>,
}

impl Known {
    pub(super) fn new(baseline: Baseline) -> Self {
        let mut in_file = HashMap::new();
        let mut moved: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, entry) in baseline.entries.iter().enumerate() {
            in_file.insert((normal(&entry.input), entry.fingerprint.clone()), index);
            if entry.moved {
                moved.entry(entry.fingerprint.clone()).or_default().push(index);
            }
        }
        Self { entries: baseline.entries, in_file, moved, seen: HashMap::new() }
    }

    /// Takes one finding off, if it is known.
    pub(super) fn take(&mut self, input: &str, print: &str) -> bool {
        let own = self.in_file.get(&(normal(input), print.to_owned())).copied();
        let moved = self.moved.get(print).into_iter().flatten().copied();
        let left = own
            .into_iter()
            .chain(moved)
            .find(|&index| self.entries.get(index).is_some_and(|entry| entry.count > 0));
        if let Some(entry) = left.and_then(|index| self.entries.get_mut(index)) {
            entry.count -= 1;
            return true;
        }
        false
    }

    /// A document has been judged; `whole` if all its links could be.
    pub(super) fn seen(&mut self, input: &str, whole: bool) {
        *self.seen.entry(normal(input)).or_insert(true) &= whole;
    }

    /// Names the entries that are no longer met, as far as this run could have met them.
    pub(super) fn remark(&self, rules: &[&Rule]) -> Option<String> {
        const NAMED: usize = 5;
        let fetching: HashSet<&str> =
            rules.iter().filter(|rule| !rule.needs.is_empty()).map(|rule| rule.id).collect();
        let could_be_met = |entry: &&Entry| {
            let judged = self.seen.get(&normal(&entry.input)).copied();
            let ran = rules.iter().any(|rule| rule.id == entry.rule);
            let fetched = judged == Some(true) || !fetching.contains(entry.rule.as_str());
            ran && fetched && judged.is_some() || entry.moved && ran && !self.seen.is_empty()
        };
        let unmet: Vec<&Entry> =
            self.entries.iter().filter(|entry| entry.count > 0).filter(could_be_met).collect();
        if unmet.is_empty() {
            return None;
        }
        let named: Vec<String> = unmet
            .iter()
            .take(NAMED)
            .map(|entry| {
                let about = entry.url.as_deref().map(|url| format!(" {url}")).unwrap_or_default();
                format!("{}: {}{about}", entry.input, entry.rule)
            })
            .collect();
        let more = unmet.len().saturating_sub(NAMED);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        Some(format!(
            "the baseline knows what is no longer found ({}{more}); write it anew with \
             --write-baseline",
            named.join("; ")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Judged;
    use crate::report::samples::{finding, judged};
    use crate::rules::RULES;

    const URL: &str = "https://a.example/x";

    fn baseline(documents: &[Judged], there: &[&str]) -> Baseline {
        let text = Baseline::of(documents.iter().flat_map(found)).text();
        Baseline::parse(&text, |file| there.contains(&file)).expect("its own text")
    }

    fn sifted(baseline: Baseline, mut documents: Vec<Judged>) -> (usize, Vec<String>) {
        let settings = super::super::Settings { baseline: Some(baseline), ..Default::default() };
        let mut sieve =
            super::super::Sieve::new(settings, RULES.iter().collect(), jiff::Timestamp::UNIX_EPOCH);
        for judged in &mut documents {
            sieve.sift(judged);
        }
        (documents.iter().map(|judged| judged.findings.len()).sum(), sieve.finish())
    }

    #[test]
    fn edits_around_a_link_and_renamed_files_are_known() {
        let before = [judged("a.md", "see https://a.example/x.", URL)];
        let known = baseline(&before, &["a.md"]);
        let edited = judged("a.md", "\n\nlook at\nhttps://a.example/x, it is good", URL);
        assert_eq!(sifted(known, vec![edited]), (0, Vec::new()));
        let renamed = judged("b.md", "see https://a.example/x.", URL);
        assert_eq!(sifted(baseline(&before, &["b.md"]), vec![renamed]), (0, Vec::new()));
    }

    #[test]
    fn a_copy_of_a_known_fault_is_new() {
        let before = [judged("a.md", "https://a.example/x", URL)];
        let copy = judged("b.md", "https://a.example/x", URL);
        let after = vec![before[0].clone(), copy];
        assert_eq!(sifted(baseline(&before, &["a.md", "b.md"]), after).0, 1);
        let mut twice = before[0].clone();
        twice.findings.push(finding("dead-link", &twice.case, URL));
        assert_eq!(sifted(baseline(&before, &["a.md"]), vec![twice]).0, 1);
    }

    #[test]
    fn what_is_no_longer_met_is_named() {
        let before = [judged("a.md", "https://a.example/x", URL)];
        let mut fixed = before[0].clone();
        fixed.findings.clear();
        let (_, remarks) = sifted(baseline(&before, &["a.md"]), vec![fixed.clone()]);
        assert!(remarks[0].contains("a.md: dead-link https://a.example/x"), "{remarks:?}");
        fixed.case.article.input = "other.md".to_owned();
        let elsewhere = sifted(baseline(&before, &["a.md", "other.md"]), vec![fixed]);
        assert_eq!(elsewhere, (0, Vec::new()), "a run over other files says nothing of this one");
    }

    #[test]
    fn the_text_is_sorted_and_comes_back() {
        let documents = [judged("b.md", "https://a.example/x", URL), judged("a.md", URL, URL)];
        let known = Baseline::of(documents.iter().flat_map(found));
        insta::assert_snapshot!(known.text());
        assert_eq!(Baseline::parse(&known.text(), |_| true), Ok(known));
        assert_eq!(Baseline::of([]).text(), "{\n  \"version\": 1,\n  \"entries\": []\n}\n");
        assert!(Baseline::parse("{\"version\": 2, \"entries\": []}", |_| true).is_err());
    }
}
