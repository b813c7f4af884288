//! What came, went and changed between two runs over the same documents, and which links died.
//!
//! A finding is known again by its document and its fingerprint, wherever it stands by now; a document
//! by its name, or else by its address or its id, whatever the file was called that held it. Only
//! what is compared is held of the older run, not its documents.

mod write;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::address::secret;
use crate::config::cli::DiffFormat;
use crate::model::{Confidence, Finding, Judged, Level, LineIndex, RuleId, Status};
use crate::suppress::fingerprint::numbered;

/// What is compared of a finding, and what names it to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// The document's name.
    pub document: String,
    /// Line and column, where it has a place.
    pub place: Option<String>,
    /// The rule that fired.
    pub rule: RuleId,
    /// How severe it is.
    pub level: Level,
    /// How sure it is.
    pub confidence: Confidence,
    /// What does not fit.
    pub title: String,
    /// The link's address.
    pub url: Option<String>,
}

/// A finding that is there in both runs, but not the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// As it was.
    pub old: Brief,
    /// As it is.
    pub new: Brief,
}

/// A link that could be had in the older run and is gone in the newer, or the reverse.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Turn {
    /// The link's address.
    pub url: String,
    /// What is seen now: a kind of failure, or `ok`.
    pub now: &'static str,
    /// The first document that links to it.
    pub document: String,
}

/// An input that is called otherwise in the newer run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Renamed {
    /// As it was called.
    pub old: String,
    /// As it is called.
    pub new: String,
    /// How many of its documents with findings were known again.
    pub documents: usize,
}

/// The differences of two runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// Findings that the older run did not have.
    pub came: Vec<Brief>,
    /// Findings that the newer run does not have.
    pub went: Vec<Brief>,
    /// Findings of both whose level, confidence or title differ.
    pub changed: Vec<Change>,
    /// Links that died in between.
    pub died: Vec<Turn>,
    /// Links that came back.
    pub revived: Vec<Turn>,
    /// Inputs that are called otherwise.
    pub renamed: Vec<Renamed>,
}

/// A fingerprint, and its number among equals in one document.
type Key = (String, usize);

/// What is held of a document that has findings.
#[derive(Debug)]
struct Findings {
    known_by: KnownBy,
    briefs: Vec<(Key, Brief)>,
}

/// What a document can be known by in another run.
#[derive(Clone, Debug, PartialEq, Eq)]
struct KnownBy {
    /// The place of the file, and the id in it.
    name: (String, Option<String>),
    url: Option<String>,
    /// The last part of the file's path.
    file: String,
}

/// Compares the documents of a newer run with those of an older.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The older documents not yet met again, in the order that they came.
    older: BTreeMap<usize, Findings>,
    by_name: HashMap<(String, Option<String>), usize>,
    /// The newer documents that the older run does not have by that name.
    strangers: Vec<Findings>,
    /// Whether the older run found a link's target.
    alive: HashMap<String, bool>,
    turned: BTreeMap<String, Turn>,
    renamed: BTreeMap<(String, String), usize>,
    diff: Diff,
}

impl Comparison {
    /// Takes in a document of the older run.
    pub fn older(&mut self, judged: &Judged) {
        let findings = Findings::of(judged);
        if !findings.briefs.is_empty() {
            let number = self.older.len();
            self.by_name.insert(findings.known_by.name.clone(), number);
            self.older.insert(number, findings);
        }
        for (url, state) in states(judged) {
            self.alive.insert(url, state == ALIVE);
        }
    }

    /// Takes in a document of the newer run; all of the older have been taken in.
    pub fn newer(&mut self, judged: &Judged) {
        let new = Findings::of(judged);
        let known = self.by_name.get(&new.known_by.name).copied();
        match known.and_then(|number| self.older.remove(&number)) {
            Some(old) => self.compare(old, new),
            // The document of that name may have had no findings.
            None => self.strangers.push(new),
        }
        for (url, now) in states(judged) {
            if self.alive.get(&url).is_some_and(|&was| was != (now == ALIVE)) {
                let document = judged.case.article.name();
                self.turned.entry(url.clone()).or_insert(Turn { url, now, document });
            }
        }
    }

    fn compare(&mut self, old: Findings, new: Findings) {
        let mut was: HashMap<Key, Brief> = HashMap::new();
        let order: Vec<Key> = old.briefs.iter().map(|(key, _)| key.clone()).collect();
        was.extend(old.briefs);
        for (key, new) in new.briefs {
            match was.remove(&key) {
                None => self.diff.came.push(new),
                Some(old) if differs(&old, &new) => self.diff.changed.push(Change { old, new }),
                Some(_) => {}
            }
        }
        self.diff.went.extend(order.iter().filter_map(|key| was.remove(key)));
    }

    /// Finds the documents again that are called otherwise now: by their addresses, by their ids, and
    /// files by their own names where they have findings in common. What is not the only one of its
    /// kind in both runs is left alone.
    fn reunite(&mut self) {
        let ways: [fn(&KnownBy) -> Option<&str>; 3] = [
            |it| it.url.as_deref(),
            |it| it.name.1.as_deref(),
            |it| (it.name.1.is_none() && it.url.is_none()).then_some(it.file.as_str()),
        ];
        for (number, way) in ways.into_iter().enumerate() {
            let old = only(self.older.iter().map(|(key, it)| (*key, it)), way);
            let new = only(self.strangers.iter().enumerate(), way);
            let pairs: Vec<(usize, usize)> = new
                .into_iter()
                .filter_map(|(name, new)| Some((*old.get(&name)?, new)))
                .filter(|(old, new)| {
                    number < 2
                        || self
                            .older
                            .get(old)
                            .zip(self.strangers.get(*new))
                            .is_some_and(|(old, new)| old.shares_with(new))
                })
                .collect();
            for (old, new) in pairs {
                let Some(new) = self.strangers.get_mut(new) else { continue };
                let Some(old) = self.older.remove(&old) else { continue };
                let names = (old.known_by.name.0.clone(), new.known_by.name.0.clone());
                let known_by = new.known_by.clone();
                let new = std::mem::replace(new, Findings { known_by, briefs: Vec::new() });
                if names.0 != names.1 {
                    *self.renamed.entry(names).or_default() += 1;
                }
                self.compare(old, new);
            }
        }
    }

    /// All differences.
    #[must_use]
    pub fn finish(mut self) -> Diff {
        self.reunite();
        let Self { older, strangers, turned, renamed, mut diff, .. } = self;
        let briefs = |findings: Findings| findings.briefs.into_iter().map(|(_, brief)| brief);
        diff.came.extend(strangers.into_iter().flat_map(briefs));
        diff.went.extend(older.into_values().flat_map(briefs));
        (diff.revived, diff.died) = turned.into_values().partition(|turn| turn.now == ALIVE);
        let renamed = renamed.into_iter();
        diff.renamed =
            renamed.map(|((old, new), documents)| Renamed { old, new, documents }).collect();
        diff
    }
}

/// Those of documents that are the only ones known by something, by what that is.
fn only<'f>(
    all: impl Iterator<Item = (usize, &'f Findings)>,
    way: fn(&KnownBy) -> Option<&str>,
) -> BTreeMap<String, usize> {
    let mut found: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (number, findings) in all.filter(|(_, it)| !it.briefs.is_empty()) {
        if let Some(name) = way(&findings.known_by) {
            found.entry(name.to_owned()).and_modify(|one| *one = None).or_insert(Some(number));
        }
    }
    found.into_iter().filter_map(|(name, number)| Some((name, number?))).collect()
}

impl Findings {
    fn of(judged: &Judged) -> Self {
        let article = &judged.case.article;
        let place = article.place();
        let file = place.rsplit('/').next().unwrap_or_default().to_owned();
        let url = article.url.as_ref().map(|url| secret::masked(url.as_str()).into_owned());
        let known_by = KnownBy { name: (place, article.id.clone()), url, file };
        Self { known_by, briefs: briefs(judged) }
    }

    fn shares_with(&self, other: &Self) -> bool {
        let keys: HashSet<&Key> = self.briefs.iter().map(|(key, _)| key).collect();
        other.briefs.iter().any(|(key, _)| keys.contains(key))
    }
}

impl Diff {
    /// Whether something is worse than it was: a finding came or a link died.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        !self.came.is_empty() || !self.died.is_empty()
    }

    /// The differences in a format.
    #[must_use]
    pub fn written(&self, format: DiffFormat) -> String {
        match format {
            DiffFormat::Human => write::human(self),
            DiffFormat::Markdown => write::markdown(self),
            DiffFormat::Json => write::json(self),
        }
    }
}

fn differs(old: &Brief, new: &Brief) -> bool {
    (old.level, old.confidence, &old.title) != (new.level, new.confidence, &new.title)
}

fn briefs(judged: &Judged) -> Vec<(Key, Brief)> {
    let lines = LineIndex::new(&judged.case.article.text);
    let name = judged.case.article.name();
    let prints = numbered(&judged.findings, &judged.case);
    let with_print = judged.findings.iter().zip(prints);
    with_print
        .map(|(finding, (print, number))| {
            ((print, number), brief(finding, &name, &judged.case.article.text, &lines))
        })
        .collect()
}

fn brief(finding: &Finding, document: &str, text: &str, lines: &LineIndex) -> Brief {
    let place = finding.span.map(|span| lines.position(text, span.start));
    Brief {
        document: document.to_owned(),
        place: place.map(|at| format!("{}:{}", at.line, at.column)),
        rule: finding.rule.clone(),
        level: finding.level,
        confidence: finding.confidence,
        title: secret::masked(&finding.title).into_owned(),
        url: finding.url.as_ref().map(|url| secret::masked(url.as_str()).into_owned()),
    }
}

const ALIVE: &str = "ok";

/// The links of which it is known whether their targets are there, and what was seen.
fn states(judged: &Judged) -> impl Iterator<Item = (String, &'static str)> + '_ {
    judged.case.links().filter_map(|checked| {
        let url = checked.link.url()?;
        let Status::Followed(outcome) = checked.status else { return None };
        let state = match &outcome.result {
            Ok(_) => ALIVE,
            Err(failure) if failure.kind.is_dead() => failure.kind.as_str(),
            Err(_) => return None,
        };
        Some((secret::masked(url.as_str()).into_owned(), state))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Failure, FailureKind, Outcome};
    use crate::report::samples::{hostile, judged};
    use std::sync::Arc;

    fn dead(mut judged: Judged) -> Judged {
        let url = judged.case.extract.links[0].url().cloned().expect("an address");
        let result = Err(Failure::new(FailureKind::Gone, "410"));
        let outcome = Outcome {
            chain: vec![crate::model::Hop { url, status: Some(410) }],
            result,
            fetched: Some(judged.case.now),
            captures: None,
        };
        judged.case.statuses[0] = Status::Followed(Arc::new(outcome));
        judged
    }

    fn alive(mut judged: Judged) -> Judged {
        let url = judged.case.extract.links[0].url().cloned().expect("an address");
        let page = crate::model::Page {
            url: url.clone(),
            status: 200,
            media: crate::model::Media::Html,
            titles: Vec::new(),
            canonical: None,
            dating: crate::model::Dating::default(),
            partial: false,
            text: None,
            anchors: None,
            more: Vec::new(),
        };
        let outcome = Outcome {
            chain: vec![crate::model::Hop { url, status: Some(200) }],
            result: Ok(page),
            fetched: Some(judged.case.now),
            captures: None,
        };
        judged.case.statuses[0] = Status::Followed(Arc::new(outcome));
        judged
    }

    fn diff(old: &[Judged], new: &[Judged]) -> Diff {
        let mut comparison = Comparison::default();
        for judged in old {
            comparison.older(judged);
        }
        for judged in new {
            comparison.newer(judged);
        }
        comparison.finish()
    }

    #[test]
    fn a_run_does_not_differ_from_itself() {
        assert_eq!(diff(&hostile(), &hostile()), Diff::default());
    }

    /// The input, the id and the address.
    type Name = (&'static str, Option<&'static str>, Option<&'static str>);

    #[test]
    fn documents_are_known_again_under_other_names() {
        let text = "see https://a.example/x and https://a.example/y";
        let named = |input: &str, id: Option<&str>, url: Option<&str>, link: &str| {
            let mut judged = judged(input, text, link);
            judged.case.article.id = id.map(str::to_owned);
            judged.case.article.url = url.map(|url| url.parse().expect("a URL"));
            judged
        };
        let (x, y) = ("https://a.example/x", "https://a.example/y");
        let page = Some("https://b.example/");
        // The names in both runs, what link is found, and how many came and were renamed.
        let cases: [(&[Name], &[Name], usize, usize); 8] = [
            (&[("1.jsonl", Some("7"), None)], &[("2.jsonl", Some("7"), None)], 0, 1),
            (&[("1.jsonl", Some("7"), page)], &[("2.jsonl", Some("8"), page)], 0, 1),
            (&[("1.html", None, page)], &[("2.html", None, page)], 0, 1),
            (&[("old/a.md", None, None)], &[("new/a.md", None, None)], 0, 1),
            (&[("a.md", None, None)], &[("b.md", None, None)], 1, 0),
            // Two of one name tell nothing, and a name that is still there is no other's.
            (
                &[("1.jsonl", Some("7"), None), ("2.jsonl", Some("7"), None)],
                &[("3.jsonl", Some("7"), None)],
                1,
                0,
            ),
            (
                &[("1.jsonl", Some("7"), None)],
                &[("2.jsonl", Some("7"), None), ("1.jsonl", Some("7"), None)],
                1,
                0,
            ),
            (&[("1.jsonl", Some("7"), None)], &[("1.jsonl", Some("7"), page)], 0, 0),
        ];
        for (old, new, came, renamed) in cases {
            let run = |names: &[Name]| -> Vec<Judged> {
                names.iter().map(|(input, id, url)| named(input, *id, *url, x)).collect()
            };
            let found = diff(&run(old), &run(new));
            assert_eq!((found.came.len(), found.renamed.len()), (came, renamed), "{old:?} {new:?}");
        }
        let found =
            diff(&[named("1.jsonl", Some("7"), None, x)], &[named("2.jsonl", Some("7"), None, y)]);
        assert_eq!((found.came.len(), found.went.len(), found.renamed.len()), (1, 1, 1));
        insta::assert_snapshot!("renamed", found.written(DiffFormat::Human));
        let other = [named("old/a.md", None, None, x)];
        assert_eq!(diff(&other, &[named("new/a.md", None, None, y)]).renamed, []);
    }

    #[test]
    fn what_came_went_changed_and_died_is_told() {
        let text = "see https://a.example/x and https://a.example/y";
        let old = alive(judged("a.md", text, "https://a.example/x"));
        let mut new = dead(judged("a.md", &format!("\n{text}"), "https://a.example/x"));
        let same = diff(std::slice::from_ref(&old), std::slice::from_ref(&new));
        assert_eq!((same.came.len(), same.went.len(), same.changed.len()), (0, 0, 0));
        assert_eq!(same.died.len(), 1);
        new.findings[0].level = Level::Note;
        assert_eq!(diff(std::slice::from_ref(&old), std::slice::from_ref(&new)).changed.len(), 1);
        let other = judged("a.md", text, "https://a.example/y");
        let differs = diff(&[old], &[other]);
        assert_eq!((differs.came.len(), differs.went.len()), (1, 1));
        assert!(differs.is_worse());
        insta::assert_snapshot!("human", differs.written(DiffFormat::Human));
        insta::assert_snapshot!("markdown", differs.written(DiffFormat::Markdown));
        insta::assert_snapshot!("json", differs.written(DiffFormat::Json));
    }
}
