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
use std::hash::BuildHasher;
use std::io::{self, Read, Write};
use std::num::NonZeroU32;
use std::sync::Arc;

use foldhash::fast::FixedState;
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

/// Findings known before. There may be a million of them: what they are about is kept beside them, names
/// that return once.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    entries: Vec<Entry>,
    inputs: Names,
    rules: Names,
    urls: Texts,
    /// Whether each of the inputs is no longer there; found out when the baseline is read.
    moved: Vec<bool>,
}

/// Some equal findings of one file.
#[derive(Clone, Copy, Debug)]
struct Entry {
    fingerprint: Print,
    url: Option<Text>,
    /// The numbers of its file and of its rule.
    input: u32,
    rule: u32,
    count: u32,
}

impl PartialEq for Baseline {
    fn eq(&self, other: &Self) -> bool {
        fn all(of: &Baseline) -> impl Iterator<Item = Written<'_>> {
            of.entries.iter().map(|entry| of.written(entry))
        }
        all(self).eq(all(other))
    }
}

impl Eq for Baseline {}

/// An entry as it is written.
#[derive(PartialEq, Serialize, Deserialize)]
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
    count: u32,
}

const fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_one(count: &u32) -> bool {
    *count == 1
}

/// Names by their numbers, each kept once.
#[derive(Clone, Debug, Default)]
struct Names {
    all: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let name: Arc<str> = name.into();
        self.all.push(Arc::clone(&name));
        self.numbers.insert(name, number);
        number
    }

    fn name(&self, number: u32) -> &str {
        self.all.get(number as usize).map_or("", |name| name)
    }

    /// The place of each name in their order, by their numbers.
    fn ranks(&self) -> Vec<u32> {
        let mut sorted: Vec<(&str, usize)> =
            self.all.iter().zip(0..).map(|(name, number)| (&**name, number)).collect();
        sorted.sort_unstable();
        let mut ranks = vec![0; sorted.len()];
        for ((_, number), rank) in sorted.into_iter().zip(0..) {
            ranks.get_mut(number).into_iter().for_each(|place| *place = rank);
        }
        ranks
    }
}

/// Texts one after the other, in pieces that never move.
#[derive(Clone, Debug, Default)]
struct Texts {
    pieces: Vec<String>,
}

/// Where a text stands among others.
#[derive(Clone, Copy, Debug)]
struct Text {
    /// The number of its piece, from one.
    piece: NonZeroU32,
    start: u32,
    end: u32,
}

/// The length of a piece of texts, in bytes.
const PIECE: usize = 1 << 20;

impl Texts {
    /// Keeps a text; none that is longer than any address.
    fn add(&mut self, text: &str) -> Option<Text> {
        if self.pieces.last().is_none_or(|last| last.len() + text.len() > last.capacity()) {
            self.pieces.push(String::with_capacity(text.len().max(PIECE)));
        }
        let piece = NonZeroU32::new(u32::try_from(self.pieces.len()).ok()?)?;
        let last = self.pieces.last_mut()?;
        let (start, end) = (last.len(), last.len() + text.len());
        last.push_str(text);
        Some(Text { piece, start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? })
    }

    fn text(&self, text: Text) -> &str {
        let piece = self.pieces.get(text.piece.get() as usize - 1);
        piece
            .and_then(|piece| piece.get(text.start as usize..text.end as usize))
            .unwrap_or_default()
    }
}

/// A baseline's file, read an entry at a time, so that none is held as it was written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    #[serde(deserialize_with = "entries")]
    entries: Baseline,
}

fn entries<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Baseline, D::Error> {
    struct Entries;

    impl<'de> Visitor<'de> for Entries {
        type Value = Baseline;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("entries")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut written: A) -> Result<Baseline, A::Error> {
            let mut baseline = Baseline::default();
            while let Some(Written { input, rule, url, fingerprint, count }) =
                written.next_element()?
            {
                let no_print = || A::Error::custom(format!("`{fingerprint}` is no fingerprint"));
                let print = Print::read(&fingerprint).ok_or_else(no_print)?;
                baseline.add(&input, &rule, url.as_deref(), print, count);
            }
            Ok(baseline)
        }
    }

    deserializer.deserialize_seq(Entries)
}

impl Baseline {
    /// Reads a baseline; `exists` tells whether a file is there.
    ///
    /// # Errors
    ///
    /// Those of reading, and those that say what is wrong with the file.
    pub fn read(file: impl Read, exists: impl Fn(&str) -> bool) -> io::Result<Self> {
        let unsound = |error: serde_json::Error| {
            if error.is_io() { error.into() } else { io::Error::other(error.to_string()) }
        };
        let file = io::BufReader::with_capacity(1 << 16, file);
        let File { version, entries: mut baseline } =
            serde_json::from_reader(file).map_err(unsound)?;
        if version != VERSION {
            return Err(io::Error::other(format!("it is of version {version}, not {VERSION}")));
        }
        let is_gone = |input: &Arc<str>| {
            let is_file = &**input != "-" && crate::address::web_address(input).is_none();
            is_file && !exists(input)
        };
        baseline.moved = baseline.inputs.all.iter().map(is_gone).collect();
        Ok(baseline)
    }

    fn add(&mut self, input: &str, rule: &str, url: Option<&str>, print: Print, count: u32) {
        self.entries.push(Entry {
            fingerprint: print,
            url: url.and_then(|url| self.urls.add(url)),
            input: self.inputs.number(input),
            rule: self.rules.number(rule),
            count,
        });
    }

    fn input(&self, entry: &Entry) -> &str {
        self.inputs.name(entry.input)
    }

    fn rule(&self, entry: &Entry) -> &str {
        self.rules.name(entry.rule)
    }

    fn url(&self, entry: &Entry) -> Option<&str> {
        entry.url.map(|url| self.urls.text(url))
    }

    fn written(&self, entry: &Entry) -> Written<'_> {
        Written {
            input: Cow::Borrowed(self.input(entry)),
            rule: Cow::Borrowed(self.rule(entry)),
            url: self.url(entry).map(Cow::Borrowed),
            fingerprint: Cow::Owned(entry.fingerprint.written()),
            count: entry.count,
        }
    }

    /// Whether an entry's file is no longer there.
    fn is_moved(&self, entry: &Entry) -> bool {
        self.moved.get(entry.input as usize).is_some_and(|moved| *moved)
    }

    /// The entries in their order, equal ones as one.
    fn sort(&mut self) {
        let (inputs, rules) = (self.inputs.ranks(), self.rules.ranks());
        let rank = |ranks: &[u32], number: u32| ranks.get(number as usize).copied();
        let mut entries = std::mem::take(&mut self.entries);
        let key = |entry: &Entry| {
            let (input, rule) = (rank(&inputs, entry.input), rank(&rules, entry.rule));
            (input, rule, self.url(entry), entry.fingerprint)
        };
        entries.sort_unstable_by(|one, other| key(one).cmp(&key(other)));
        entries.dedup_by(|next, entry| {
            let is_same = key(entry) == key(next);
            if is_same {
                entry.count = entry.count.saturating_add(next.count);
            }
            is_same
        });
        self.entries = entries;
    }

    /// Writes the file: sorted, an entry a line, so that changes to it are read easily.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn write(&self, mut out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\n  \"version\": {VERSION},\n  \"entries\": [")?;
        for (number, entry) in self.entries.iter().enumerate() {
            out.write_all(if number > 0 { b",\n    " } else { b"\n    " })?;
            serde_json::to_writer(&mut out, &self.written(entry))?;
        }
        out.write_all(if self.entries.is_empty() { b"]\n}\n" } else { b"\n  ]\n}\n" })
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
    /// The addresses of the baseline that were not asked, or could not be judged, as hashes.
    unjudged: HashSet<u64>,
}

/// An address as a number: of a million, two hardly have the same.
fn hash(url: &str) -> u64 {
    FixedState::default().hash_one(url)
}

/// A baseline in use: each entry is met as often as it was counted. What is kept of a run grows with the
/// baseline, not with what is read.
#[derive(Debug)]
pub(super) struct Known {
    old: Baseline,
    /// The numbers of the files, by the places that they stand at, and by the numbers of the inputs.
    files: HashMap<String, u32>,
    file_of: Vec<u32>,
    /// The indices of the entries by their files and fingerprints, in order.
    in_file: Vec<u32>,
    /// Those of files that are gone by their fingerprints, in order.
    moved: Vec<u32>,
    /// The hashes of the addresses, in order.
    urls: Vec<u64>,
    /// What was seen of the files, and of all documents together, if there were any.
    seen: HashMap<u32, Seen>,
    everywhere: Option<Seen>,
    reads: Reads,
    found: Baseline,
}

impl Known {
    pub(super) fn new(old: Baseline, reads: Reads) -> Self {
        let mut files: HashMap<String, u32> = HashMap::new();
        let mut file_of = Vec::with_capacity(old.inputs.all.len());
        for input in &old.inputs.all {
            let next = u32::try_from(files.len()).unwrap_or(u32::MAX);
            file_of.push(*files.entry(plain_path(input)).or_insert(next));
        }
        let mut in_file: Vec<u32> = old.entries.iter().zip(0..).map(|(_, index)| index).collect();
        let mut urls = Vec::with_capacity(old.entries.len());
        urls.extend(old.entries.iter().filter_map(|entry| old.url(entry)).map(hash));
        urls.sort_unstable();
        urls.dedup();
        let (seen, found) = (HashMap::new(), Baseline::default());
        let known = Self {
            old,
            files,
            file_of,
            in_file: Vec::new(),
            moved: Vec::new(),
            urls,
            seen,
            everywhere: None,
            reads,
            found,
        };
        let is_moved = |index: &u32| known.entry(*index).is_some_and(|it| known.old.is_moved(it));
        let mut moved: Vec<u32> = in_file.iter().copied().filter(is_moved).collect();
        in_file.sort_unstable_by_key(|&index| (known.in_file(index), index));
        moved.sort_unstable_by_key(|&index| (known.print(index), index));
        Self { in_file, moved, ..known }
    }

    fn entry(&self, index: u32) -> Option<&Entry> {
        self.old.entries.get(index as usize)
    }

    fn print(&self, index: u32) -> Option<Print> {
        self.entry(index).map(|entry| entry.fingerprint)
    }

    /// The file of an entry and its fingerprint.
    fn in_file(&self, index: u32) -> Option<(u32, Print)> {
        let entry = self.entry(index)?;
        Some((self.file(entry)?, entry.fingerprint))
    }

    fn file(&self, entry: &Entry) -> Option<u32> {
        self.file_of.get(entry.input as usize).copied()
    }

    /// The entries that a finding at a place may be, its own file's first.
    fn candidates(&self, place: &str, print: Print) -> impl Iterator<Item = u32> {
        let own = self.files.get(place).map(|&file| (file, print));
        let first = self.in_file.partition_point(|&index| self.in_file(index) < own);
        let in_file = self.in_file.get(first..).unwrap_or_default().iter().copied();
        let in_file = in_file.take_while(move |&index| self.in_file(index) == own);
        let first = self.moved.partition_point(|&index| self.print(index) < Some(print));
        let moved = self.moved.get(first..).unwrap_or_default().iter().copied();
        in_file.chain(moved.take_while(move |&index| self.print(index) == Some(print)))
    }

    /// Takes one finding off, if it is known.
    fn take(&mut self, place: &str, print: Print) -> bool {
        let left = |index: &u32| self.entry(*index).is_some_and(|entry| entry.count > 0);
        let index = self.candidates(place, print).find(left);
        let entry = index.and_then(|index| self.old.entries.get_mut(index as usize));
        entry.is_some_and(|entry| {
            entry.count -= 1;
            true
        })
    }

    /// Notes one finding for the baseline that is to be written.
    fn learn(&mut self, finding: &Finding, print: Print, place: &str) {
        let url = finding.url.as_ref().map(masked);
        self.found.add(place, &finding.rule, url.as_deref(), print, 1);
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
        let file = self.files.get(place).copied();
        let mut own = file.map(|file| self.seen.entry(file).or_default());
        let all = self.everywhere.get_or_insert_default();
        for Checked { link, status } in case.links() {
            let failure = status.outcome().and_then(|outcome| outcome.result.as_ref().err());
            let kind = failure.map(|failure| failure.kind);
            let unasked = matches!(status, Status::Offline | Status::Excluded)
                || kind.is_some_and(FailureKind::is_unasked);
            let is_unjudged = unasked || kind.is_some_and(|kind| !kind.is_dead());
            let url = link.url().filter(|_| is_unjudged && !self.urls.is_empty());
            let url = url.map(|url| hash(&masked(&secret::without_secrets(url))));
            let url = url.filter(|url| self.urls.binary_search(url).is_ok());
            for seen in own.as_deref_mut().into_iter().chain([&mut *all]) {
                seen.unasked |= unasked;
                seen.unjudged.extend(url);
            }
        }
    }

    /// Whether this run would have met an entry, were it still so.
    fn could_be_met(&self, entry: &Entry, rules: &[&Rule]) -> bool {
        let id = self.old.rule(entry);
        let Some(rule) = rules.iter().find(|rule| *rule.id == *id) else { return false };
        let judged = |seen: &Seen| {
            rule.needs.is_empty()
                || match self.old.url(entry) {
                    Some(url) => !seen.unjudged.contains(&hash(url)),
                    None => !seen.unasked,
                }
        };
        match self.file(entry).and_then(|file| self.seen.get(&file)) {
            // A broken address that nobody could ask for may be read in another way now.
            Some(seen) => judged(seen) && (rule.needs.is_empty() || !seen.unasked),
            None => {
                self.old.is_moved(entry)
                    && self.reads.covers(self.old.input(entry))
                    && self.everywhere.as_ref().is_some_and(judged)
            }
        }
    }

    /// The baseline of what was found, with what this run could not have met; and what the reader
    /// should know of it. A run that read only a part of its inputs (`in_part`) lets nothing go.
    pub(super) fn written(mut self, rules: &[&Rule], in_part: bool) -> (Baseline, Option<String>) {
        let mut new = std::mem::take(&mut self.found);
        let mut number: usize = 0;
        for entry in &self.old.entries {
            if entry.count > 0 && (in_part || !self.could_be_met(entry, rules)) {
                let (input, rule) = (self.old.input(entry), self.old.rule(entry));
                new.add(input, rule, self.old.url(entry), entry.fingerprint, entry.count);
                number += entry.count as usize;
            }
        }
        new.sort();
        let said = match number {
            0 => None,
            1 => Some(
                "1 entry of the baseline stays: this run did not judge what it is about".into(),
            ),
            _ => Some(format!(
                "{number} entries of the baseline stay: this run did not judge what they are about"
            )),
        };
        (new, said)
    }

    /// Names the entries that are no longer met, as far as this run could have met them.
    pub(super) fn remark(&self, rules: &[&Rule]) -> Option<String> {
        const NAMED: usize = 5;
        let is_unmet = |entry: &&Entry| entry.count > 0 && self.could_be_met(entry, rules);
        let mut unmet = self.old.entries.iter().filter(is_unmet);
        let named: Vec<String> = unmet
            .by_ref()
            .take(NAMED)
            .map(|entry| {
                let about = self.old.url(entry).map(|url| format!(" {url}")).unwrap_or_default();
                format!("{}: {}{about}", self.old.input(entry), self.old.rule(entry))
            })
            .collect();
        if named.is_empty() {
            return None;
        }
        let more = unmet.count();
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

    fn text(baseline: &Baseline) -> String {
        let mut text = Vec::new();
        baseline.write(&mut text).expect("memory takes all");
        String::from_utf8(text).expect("JSON")
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
        let text = text(&rewritten(Baseline::default(), documents, Settings::default()).0);
        Baseline::read(text.as_bytes(), |file| there.contains(&file)).expect("its own text")
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
            let inputs: Vec<&str> = new.entries.iter().map(|entry| new.input(entry)).collect();
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
        let written = text(&known);
        insta::assert_snapshot!(written);
        assert_eq!(Baseline::read(written.as_bytes(), |_| true).ok(), Some(known));
        let none = "{\n  \"version\": 1,\n  \"entries\": []\n}\n";
        assert_eq!(text(&Baseline::default()), none);
        assert!(Baseline::read(&b"{\"version\": 2, \"entries\": []}"[..], |_| true).is_err());
    }

    #[test]
    fn of_a_run_only_what_a_baseline_asks_is_kept() {
        let old = baseline(&[judged("a.md", URL, URL)], &["a.md"]);
        let mut known = Known::new(old, Reads::default());
        for (file, url) in [("a.md", URL), ("b.md", URL), ("c.md", "https://c.example/")] {
            let mut document = judged(file, url, url);
            document.case.statuses.fill(Status::Offline);
            known.meet(&mut document, false);
        }
        assert_eq!(known.seen.len(), 1, "the baseline names one file");
        let everywhere = known.everywhere.expect("documents were seen");
        assert_eq!(everywhere.unjudged, HashSet::from([hash(URL)]));
        assert!(everywhere.unasked);
    }

    #[test]
    fn texts_come_back_from_any_piece() {
        let texts: Vec<String> =
            [0, 1, PIECE - 2, 3, PIECE, 2 * PIECE, 5].map(|length| "é".repeat(length)).into();
        let mut kept = Texts::default();
        let places: Vec<Text> = texts.iter().filter_map(|text| kept.add(text)).collect();
        assert_eq!(places.len(), texts.len());
        for (place, text) in places.into_iter().zip(&texts) {
            assert_eq!(kept.text(place), text);
        }
        assert_eq!(size_of::<Entry>(), 40, "a baseline may have a million entries");
    }
}
