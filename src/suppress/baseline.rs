//! The baseline: findings that were there before, so that an old archive starts green.
//!
//! An entry is matched by the finding's fingerprint, first in the file that it names. An entry
//! whose file is gone is matched in any file, for files are renamed; one whose file is still there
//! is not, for a copy of a known fault is a new fault.
//!
//! What a run could not have met again is neither called gone nor let go: entries of files that it
//! did not read, of rules that it did not run, of links that it did not judge.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use globset::GlobMatcher;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use url::Url;

use super::fingerprint::Print;
use crate::address::secret;
use crate::model::{
    Case, Checked, FailureKind, Finding, Judged, Rule, Status, SuppressedBy, plain_path,
};

/// The version of the file's schema.
const VERSION: u32 = 1;

/// Findings known before.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    #[serde(deserialize_with = "entries")]
    entries: Vec<Entry>,
}

/// Some equal findings of one file. There may be a million of them: names that return are kept once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    input: Arc<str>,
    rule: Arc<str>,
    url: Option<Box<str>>,
    fingerprint: Print,
    count: usize,
    /// Whether the file is no longer there; found out when the baseline is read.
    moved: bool,
}

/// An entry as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<'e> {
    #[serde(borrow)]
    input: Cow<'e, str>,
    #[serde(borrow)]
    rule: Cow<'e, str>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    url: Option<Cow<'e, str>>,
    #[serde(borrow)]
    fingerprint: Cow<'e, str>,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: usize,
}

const fn one() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_one(count: &usize) -> bool {
    *count == 1
}

impl Entry {
    fn is_equal_but_in_number(&self, other: &Self) -> bool {
        self.input == other.input
            && self.rule == other.rule
            && self.url == other.url
            && self.fingerprint == other.fingerprint
    }

    fn written(&self) -> Written<'_> {
        Written {
            input: Cow::Borrowed(&self.input),
            rule: Cow::Borrowed(&self.rule),
            url: self.url.as_deref().map(Cow::Borrowed),
            fingerprint: Cow::Owned(self.fingerprint.written()),
            count: self.count,
        }
    }
}

/// Names that were met before, each kept once.
#[derive(Debug, Default)]
struct Names(HashSet<Arc<str>>);

impl Names {
    fn of(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return Arc::clone(known);
        }
        let name: Arc<str> = name.into();
        self.0.insert(Arc::clone(&name));
        name
    }
}

/// Reads entries one at a time, so that none is held as it was written.
fn entries<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Entry>, D::Error> {
    struct Entries;

    impl<'de> Visitor<'de> for Entries {
        type Value = Vec<Entry>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("entries")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut written: A) -> Result<Vec<Entry>, A::Error> {
            let (mut entries, mut names) = (Vec::new(), Names::default());
            while let Some(Written { input, rule, url, fingerprint, count }) =
                written.next_element()?
            {
                let no_print = || A::Error::custom(format!("`{fingerprint}` is no fingerprint"));
                entries.push(Entry {
                    input: names.of(&input),
                    rule: names.of(&rule),
                    url: url.map(|url| url.into_owned().into()),
                    fingerprint: Print::read(&fingerprint).ok_or_else(no_print)?,
                    count,
                    moved: false,
                });
            }
            entries.shrink_to_fit();
            Ok(entries)
        }
    }

    deserializer.deserialize_seq(Entries)
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
        let mut last: Option<(Arc<str>, bool)> = None;
        for entry in &mut baseline.entries {
            // The entries of a file follow each other.
            entry.moved = match &last {
                Some((input, moved)) if Arc::ptr_eq(input, &entry.input) => *moved,
                _ => {
                    let is_file =
                        &*entry.input != "-" && crate::address::web_address(&entry.input).is_none();
                    is_file && !exists(&entry.input)
                }
            };
            last = Some((Arc::clone(&entry.input), entry.moved));
        }
        Ok(baseline)
    }

    /// The baseline that knows what was found, and what else is to stay.
    fn of(found: Vec<Entry>, kept: impl IntoIterator<Item = Entry>) -> Self {
        let mut entries = found;
        entries.extend(kept.into_iter().map(|entry| Entry { moved: false, ..entry }));
        entries.sort_unstable();
        entries.dedup_by(|next, entry| {
            let is_same = entry.is_equal_but_in_number(next);
            if is_same {
                entry.count += next.count;
            }
            is_same
        });
        Self { version: VERSION, entries }
    }

    /// The file's text: sorted, an entry a line, so that changes to it are read easily.
    #[must_use]
    pub fn text(&self) -> String {
        let entries = self.entries.iter().map(|entry| {
            let written = serde_json::to_string(&entry.written());
            written.map(|entry| format!("\n    {entry}")).unwrap_or_default()
        });
        let entries: Vec<String> = entries.collect();
        let end = if entries.is_empty() { "" } else { "\n  " };
        format!("{{\n  \"version\": {VERSION},\n  \"entries\": [{}{end}]\n}}\n", entries.join(","))
    }
}

impl Default for Baseline {
    fn default() -> Self {
        Self { version: VERSION, entries: Vec::new() }
    }
}

fn masked(url: &Url) -> String {
    secret::masked(url.as_str()).into_owned()
}

/// What a run reads, by places: what is gone from there is gone, and what is elsewhere is not.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    /// Files, and folders with all that stands in them; empty for the root.
    pub places: Vec<String>,
    /// Globs.
    pub globs: Vec<GlobMatcher>,
}

impl Reads {
    fn covers(&self, place: &str) -> bool {
        let within = |folder: &String| {
            folder.is_empty()
                || place
                    .strip_prefix(folder.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.places.iter().any(within) || self.globs.iter().any(|glob| glob.is_match(place))
    }
}

/// What was seen of a document's file.
#[derive(Debug, Default)]
struct Seen {
    /// Whether a link was not asked at all, so that what fetching would have found is unknown.
    unasked: bool,
    /// The addresses that were not asked, or could not be judged.
    unjudged: HashSet<String>,
}

/// A baseline in use: each entry is met as often as it was counted.
#[derive(Debug)]
pub(super) struct Known {
    entries: Vec<Entry>,
    /// The numbers of the files, by the places that they stand at.
    files: HashMap<String, u32>,
    /// The indices of the entries by the numbers of their files and their fingerprints, in order.
    in_file: Vec<(u32, Print, u32)>,
    /// Those of files that are gone by their fingerprints, in order.
    moved: Vec<(Print, u32)>,
    seen: HashMap<String, Seen>,
    reads: Reads,
    names: Names,
    found: Vec<Entry>,
}

impl Known {
    pub(super) fn new(baseline: Baseline, reads: Reads) -> Self {
        let mut files: HashMap<String, u32> = HashMap::new();
        let mut in_file = Vec::with_capacity(baseline.entries.len());
        let mut moved = Vec::new();
        for (entry, index) in baseline.entries.iter().zip(0..) {
            let next = u32::try_from(files.len()).unwrap_or(u32::MAX);
            let file = *files.entry(plain_path(&entry.input)).or_insert(next);
            in_file.push((file, entry.fingerprint, index));
            if entry.moved {
                moved.push((entry.fingerprint, index));
            }
        }
        in_file.sort_unstable();
        moved.sort_unstable();
        let (seen, names, found) = (HashMap::new(), Names::default(), Vec::new());
        Self { entries: baseline.entries, files, in_file, moved, seen, reads, names, found }
    }

    /// The entries that a finding at a place may be, its own file's first.
    fn candidates(&self, place: &str, print: Print) -> impl Iterator<Item = u32> {
        let file = self.files.get(place).copied();
        let own = self.in_file.partition_point(|&(of, own, _)| (Some(of), own) < (file, print));
        let own = self.in_file.get(own..).unwrap_or_default().iter();
        let own = own.take_while(move |&&(of, own, _)| (Some(of), own) == (file, print));
        let moved = self.moved.partition_point(|&(of, _)| of < print);
        let moved = self.moved.get(moved..).unwrap_or_default().iter();
        let moved = moved.take_while(move |&&(of, _)| of == print);
        own.map(|&(.., index)| index).chain(moved.map(|&(_, index)| index))
    }

    /// Takes one finding off, if it is known.
    fn take(&mut self, place: &str, print: Print) -> bool {
        let left = |index: &usize| self.entries.get(*index).is_some_and(|entry| entry.count > 0);
        let index = self.candidates(place, print).map(|index| index as usize).find(left);
        let entry = index.and_then(|index| self.entries.get_mut(index));
        entry.is_some_and(|entry| {
            entry.count -= 1;
            true
        })
    }

    /// Notes one finding for the baseline that is to be written.
    fn learn(&mut self, finding: &Finding, print: Print, place: &str) {
        self.found.push(Entry {
            input: self.names.of(place),
            rule: self.names.of(&finding.rule),
            url: finding.url.as_ref().map(|url| masked(url).into()),
            fingerprint: print,
            count: 1,
            moved: false,
        });
    }

    /// Sets apart what is known of a judged document; or, where the baseline is to be written,
    /// leaves the findings as they are and learns them.
    pub(super) fn meet(&mut self, judged: &mut Judged, learn: bool) {
        let place = judged.case.article.place();
        let prints = |findings: &[Finding]| -> Vec<Print> {
            findings.iter().map(|finding| Print::of(finding, &judged.case)).collect()
        };
        let (shown, unshown) = (prints(&judged.findings), prints(&judged.unshown));
        self.see(&judged.case, &place);
        let mut prints = shown.into_iter();
        if learn {
            for (finding, print) in judged.findings.iter().zip(prints) {
                self.take(&place, print);
                self.learn(finding, print, &place);
            }
        } else {
            super::set_apart(judged, |_| {
                let print = prints.next()?;
                self.take(&place, print).then_some((SuppressedBy::Baseline, None))
            });
        }
        // What this profile does not show is still there, and stays known if it was.
        for (finding, print) in judged.unshown.iter().zip(unshown) {
            if self.take(&place, print) {
                self.learn(finding, print, &place);
            }
        }
    }

    fn see(&mut self, case: &Case, place: &str) {
        let seen = self.seen.entry(place.to_owned()).or_default();
        for Checked { link, status } in case.links() {
            let failure = status.outcome().and_then(|outcome| outcome.result.as_ref().err());
            let kind = failure.map(|failure| failure.kind);
            let unasked = matches!(status, Status::Offline | Status::Excluded)
                || kind.is_some_and(FailureKind::is_unasked);
            seen.unasked |= unasked;
            if unasked || kind.is_some_and(|kind| !kind.is_dead()) {
                seen.unjudged.extend(
                    link.url().map(|url| masked(&crate::address::secret::without_secrets(url))),
                );
            }
        }
    }

    /// Whether this run would have met an entry, were it still so.
    fn could_be_met(&self, entry: &Entry, rules: &[&Rule]) -> bool {
        let Some(rule) = rules.iter().find(|rule| *rule.id == *entry.rule) else { return false };
        let judged = |seen: &Seen| {
            rule.needs.is_empty()
                || match &entry.url {
                    Some(url) => !seen.unjudged.contains(&**url),
                    None => !seen.unasked,
                }
        };
        match self.seen.get(&plain_path(&entry.input)) {
            // A broken address that nobody could ask for may be read in another way now.
            Some(seen) => judged(seen) && (rule.needs.is_empty() || !seen.unasked),
            None => {
                entry.moved
                    && !self.seen.is_empty()
                    && self.reads.covers(&entry.input)
                    && self.seen.values().all(judged)
            }
        }
    }

    /// The baseline of what was found, with what this run could not have met; and what the reader
    /// should know of it. A run that read only a part of its inputs (`in_part`) lets nothing go.
    pub(super) fn written(self, rules: &[&Rule], in_part: bool) -> (Baseline, Option<String>) {
        let stays =
            |entry: &&Entry| entry.count > 0 && (in_part || !self.could_be_met(entry, rules));
        let kept: Vec<Entry> = self.entries.iter().filter(stays).cloned().collect();
        let number: usize = kept.iter().map(|entry| entry.count).sum();
        let said = match number {
            0 => None,
            1 => Some(
                "1 entry of the baseline stays: this run did not judge what it is about".into(),
            ),
            _ => Some(format!(
                "{number} entries of the baseline stay: this run did not judge what they are about"
            )),
        };
        (Baseline::of(self.found, kept), said)
    }

    /// Names the entries that are no longer met, as far as this run could have met them.
    pub(super) fn remark(&self, rules: &[&Rule]) -> Option<String> {
        const NAMED: usize = 5;
        let unmet: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|entry| entry.count > 0 && self.could_be_met(entry, rules))
            .collect();
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
    use super::super::Settings;
    use super::*;
    use crate::model::{Failure, FailureKind, Outcome};
    use crate::report::samples::{finding, judged};
    use crate::rules::RULES;

    const URL: &str = "https://a.example/x";

    fn suppressions(settings: Settings) -> super::super::Suppressions {
        super::super::Suppressions::new(
            settings,
            RULES.iter().collect(),
            jiff::Timestamp::UNIX_EPOCH,
        )
    }

    /// What a run over these documents leaves of a baseline in which some files are still there.
    fn rewritten(
        old: Baseline,
        documents: &[Judged],
        settings: Settings,
    ) -> (Baseline, Vec<String>) {
        let mut suppressions =
            suppressions(Settings { baseline: Some(old), write_baseline: true, ..settings });
        for judged in documents {
            suppressions.apply(&mut judged.clone());
        }
        let applied = suppressions.finish(0);
        (applied.baseline.expect("it is to be written"), applied.remarks)
    }

    fn baseline(documents: &[Judged], there: &[&str]) -> Baseline {
        let text = rewritten(Baseline::default(), documents, Settings::default()).0.text();
        Baseline::parse(&text, |file| there.contains(&file)).expect("its own text")
    }

    fn applied(baseline: Baseline, mut documents: Vec<Judged>) -> (usize, Vec<String>) {
        let reads = Reads { places: vec![String::new()], globs: Vec::new() };
        let mut suppressions =
            suppressions(Settings { baseline: Some(baseline), reads, ..Default::default() });
        for judged in &mut documents {
            suppressions.apply(judged);
        }
        (documents.iter().map(|judged| judged.findings.len()).sum(), suppressions.finish(0).remarks)
    }

    #[test]
    fn edits_around_a_link_and_renamed_files_are_known() {
        let before = [judged("a.md", "see https://a.example/x.", URL)];
        let known = baseline(&before, &["a.md"]);
        let edited = judged("a.md", "\n\nlook at\nhttps://a.example/x, it is good", URL);
        assert_eq!(applied(known, vec![edited]), (0, Vec::new()));
        let renamed = judged("b.md", "see https://a.example/x.", URL);
        assert_eq!(applied(baseline(&before, &["b.md"]), vec![renamed]), (0, Vec::new()));
    }

    #[test]
    fn a_copy_of_a_known_fault_is_new() {
        let before = [judged("a.md", "https://a.example/x", URL)];
        let copy = judged("b.md", "https://a.example/x", URL);
        let after = vec![before[0].clone(), copy];
        assert_eq!(applied(baseline(&before, &["a.md", "b.md"]), after).0, 1);
        let mut twice = before[0].clone();
        twice.findings.push(finding("dead-link", &twice.case, URL));
        assert_eq!(applied(baseline(&before, &["a.md"]), vec![twice]).0, 1);
    }

    #[test]
    fn what_is_no_longer_met_is_named() {
        let before = [judged("a.md", "https://a.example/x", URL)];
        let mut fixed = before[0].clone();
        fixed.findings.clear();
        let (_, remarks) = applied(baseline(&before, &["a.md"]), vec![fixed.clone()]);
        assert!(remarks[0].contains("a.md: dead-link https://a.example/x"), "{remarks:?}");
        fixed.case.article.input = "other.md".to_owned();
        let elsewhere = applied(baseline(&before, &["a.md", "other.md"]), vec![fixed]);
        assert_eq!(elsewhere, (0, Vec::new()), "a run over other files says nothing of this one");
    }

    /// Each way not to judge an entry leaves it where it is; judged and not found, it goes.
    #[test]
    fn what_was_not_judged_stays_when_the_baseline_is_written_anew() {
        let (a, b) = (judged("a.md", URL, URL), judged("b.md", URL, URL));
        let old = |there: &[&str]| baseline(&[a.clone(), b.clone()], there);
        let fixed = || {
            let mut fixed = a.clone();
            fixed.findings.clear();
            fixed
        };
        let failed = |kind| {
            let failure = Failure::new(kind, "");
            let outcome =
                Outcome { chain: Vec::new(), result: Err(failure), fetched: None, captures: None };
            let mut fixed = fixed();
            fixed.case.statuses.fill(Status::Followed(outcome.into()));
            fixed
        };
        let mut unshown = a.clone();
        unshown.unshown = std::mem::take(&mut unshown.findings);
        let root = || Reads { places: vec![String::new()], globs: Vec::new() };
        let settings = |reads| Settings { reads, ..Default::default() };
        let whole = ["a.md", "b.md"];
        for (document, there, reads, stays) in [
            (fixed(), &whole[..], root(), ["b.md"].as_slice()),
            (a.clone(), &whole, root(), &["a.md", "b.md"]),
            (unshown, &whole, root(), &["a.md", "b.md"]),
            (failed(FailureKind::NotRecorded), &whole, root(), &["a.md", "b.md"]),
            (failed(FailureKind::NotTried), &whole, root(), &["a.md", "b.md"]),
            (failed(FailureKind::Timeout), &whole, root(), &["a.md", "b.md"]),
            // A file that is gone is let go only by a run that reads where it stood.
            (fixed(), &["a.md"], root(), &[]),
            (fixed(), &["a.md"], Reads::default(), &["b.md"]),
            (fixed(), &["a.md"], Reads { places: vec!["b".to_owned()], globs: vec![] }, &["b.md"]),
        ] {
            let (new, _) = rewritten(old(there), &[document], settings(reads));
            let inputs: Vec<&str> = new.entries.iter().map(|entry| &*entry.input).collect();
            assert_eq!(inputs, stays, "{there:?}");
        }
        let mut suppressions = suppressions(Settings {
            baseline: Some(old(&whole)),
            write_baseline: true,
            ..Default::default()
        });
        suppressions.apply(&mut fixed());
        let kept = suppressions.finish(1).baseline.expect("it is to be written");
        assert_eq!(kept.entries.len(), 2, "a row could not be read, whose entry it may be");
    }

    #[test]
    fn a_run_over_a_change_lets_nothing_go() {
        let twice = |count: usize| {
            let mut judged = judged("a.md", URL, URL);
            let one = judged.findings.remove(0);
            judged.findings = vec![one; count];
            judged
        };
        let old = baseline(&[twice(3)], &["a.md"]);
        let mut changes = super::super::changed::Changes::default();
        changes.add("a.md".to_owned());
        let settings = Settings { changes: Some(changes.into()), ..Default::default() };
        let (new, said) = rewritten(old.clone(), &[twice(1)], settings);
        assert_eq!(new, old);
        assert!(said[0].starts_with("2 entries of the baseline stay"), "{said:?}");
    }

    #[test]
    fn the_text_is_sorted_and_comes_back() {
        let documents = [judged("b.md", "https://a.example/x", URL), judged("a.md", URL, URL)];
        let (known, _) = rewritten(Baseline::default(), &documents, Settings::default());
        insta::assert_snapshot!(known.text());
        assert_eq!(Baseline::parse(&known.text(), |_| true), Ok(known));
        assert_eq!(Baseline::default().text(), "{\n  \"version\": 1,\n  \"entries\": []\n}\n");
        assert!(Baseline::parse("{\"version\": 2, \"entries\": []}", |_| true).is_err());
    }
}
