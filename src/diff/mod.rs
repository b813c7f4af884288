//! What came, went and changed between two runs over the same documents, and which links died.
//!
//! A finding is known again by its document and its fingerprint, wherever it stands by now; a document
//! by its name, or else by its address or its id, whatever the file was called that held it. What is
//! compared lies in a database on the disk that is gone with the run, and so do the differences: memory
//! does not grow with either run.

mod store;
mod write;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use self::store::{Known, Run, Side, Store};

use crate::address::secret;
use crate::config::cli::DiffFormat;
use crate::model::{Confidence, Finding, Judged, Level, LineIndex, RuleId, Status};
use crate::suppress::fingerprint::numbered;

/// What is compared of a finding, and what names it to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// As it was.
    pub old: Brief,
    /// As it is.
    pub new: Brief,
}

/// A link that could be had in the older run and is gone in the newer, or the reverse.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Turn {
    /// The link's address.
    pub url: String,
    /// What is seen now: a kind of failure, or `ok`.
    pub now: String,
    /// The first document that links to it.
    pub document: String,
}

/// An input that is called otherwise in the newer run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renamed {
    /// As it was called.
    pub old: String,
    /// As it is called.
    pub new: String,
    /// How many of its documents with findings were known again.
    pub documents: usize,
}

/// A part of the differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Findings that the older run did not have.
    Came,
    /// Findings that the newer run does not have.
    Went,
    /// Findings of both whose level, confidence or title differ.
    Changed,
    /// Links that died in between.
    Died,
    /// Links that came back.
    Revived,
    /// Inputs that are called otherwise.
    Renamed,
}

/// All sections, in the order in which programs are told them.
const SECTIONS: [(Section, &str); 6] = [
    (Section::Came, "came"),
    (Section::Went, "went"),
    (Section::Changed, "changed"),
    (Section::Died, "died"),
    (Section::Revived, "revived"),
    (Section::Renamed, "renamed"),
];

/// The differences of two runs.
#[derive(Debug)]
pub struct Diff {
    store: Store,
    counts: [usize; SECTIONS.len()],
}

/// A fingerprint, and its number among equals in one document.
type Key = (String, usize);

/// What is held of a document's findings.
type Briefs = Vec<(Key, Brief)>;

/// How many links are remembered whose state has just been noted: the same links come again on every
/// page of a site.
const REMEMBERED: usize = 1 << 17;

/// Compares the documents of a newer run with those of an older.
#[derive(Debug)]
pub struct Comparison {
    store: Store,
    noted: HashMap<u64, bool>,
}

impl Comparison {
    /// Begins a comparison.
    ///
    /// # Errors
    ///
    /// There is no room on the disk for what is compared.
    pub fn new() -> io::Result<Self> {
        Ok(Self { store: Store::new()?, noted: HashMap::new() })
    }

    /// Takes in a document of the older run.
    ///
    /// # Errors
    ///
    /// The disk is full.
    pub fn older(&mut self, judged: &Judged) -> io::Result<()> {
        self.take(Run::Old, judged)
    }

    /// Takes in a document of the newer run.
    ///
    /// # Errors
    ///
    /// The disk is full.
    pub fn newer(&mut self, judged: &Judged) -> io::Result<()> {
        self.take(Run::New, judged)
    }

    fn take(&mut self, run: Run, judged: &Judged) -> io::Result<()> {
        let article = &judged.case.article;
        let place = article.place();
        let file = place.rsplit('/').next().unwrap_or_default().to_owned();
        let url = article.url.as_ref().map(|url| secret::masked(url.as_str()).into_owned());
        let known = Known { place, id: article.id.clone(), url, file };
        self.store.document(run, &known, &briefs(judged))?;
        for (url, state) in states(judged) {
            if self.is_noted(run, &url, state == ALIVE) {
                continue;
            }
            self.store.link(run, &url, state, &article.name())?;
        }
        Ok(())
    }

    /// Whether a link was noted just so a short while ago.
    fn is_noted(&mut self, run: Run, url: &str, is_alive: bool) -> bool {
        let mut hasher = DefaultHasher::new();
        (run == Run::Old, url).hash(&mut hasher);
        if self.noted.len() >= REMEMBERED {
            self.noted.clear();
        }
        self.noted.insert(hasher.finish(), is_alive) == Some(is_alive)
    }

    /// All differences.
    ///
    /// # Errors
    ///
    /// The disk is full.
    pub fn finish(self) -> io::Result<Diff> {
        let mut diff = Diff { store: self.store, counts: [0; SECTIONS.len()] };
        diff.store.index()?;
        // A document that is called as it was; of some that are called alike the n-th is the n-th.
        diff.store.pair()?;
        // Those that are called otherwise, where only one can be meant: by their addresses, their ids,
        // and files by their own names if they have findings in common.
        diff.reunite(Side::Url, |_, _| true)?;
        diff.reunite(Side::Id, |_, _| true)?;
        diff.reunite(Side::File, |old, new| {
            let keys: HashSet<&Key> = old.iter().map(|(key, _)| key).collect();
            new.iter().any(|(key, _)| keys.contains(key))
        })?;
        diff.findings()?;
        diff.links()?;
        Ok(diff)
    }
}

impl Diff {
    fn reunite(&mut self, by: Side, are_one: fn(&Briefs, &Briefs) -> bool) -> io::Result<()> {
        for (old, new) in self.store.only_pairs(by)? {
            let (was, is) = (self.store.briefs(Run::Old, old)?, self.store.briefs(Run::New, new)?);
            if are_one(&was, &is) {
                self.store.join(old, new, true)?;
            }
        }
        Ok(())
    }

    fn findings(&mut self) -> io::Result<()> {
        let mut at = 0;
        while let Some((new, old, briefs)) = self.store.next_new(at)? {
            at = new;
            let mut was: HashMap<Key, Brief> = HashMap::new();
            let mut order = Vec::new();
            if let Some(old) = old {
                let old = self.store.briefs(Run::Old, old)?;
                order.extend(old.iter().map(|(key, _)| key.clone()));
                was.extend(old);
            }
            for (key, new) in briefs {
                match was.remove(&key) {
                    None => self.add(Section::Came, &new)?,
                    Some(old) if differs(&old, &new) => {
                        self.add(Section::Changed, &Change { old, new })?;
                    }
                    Some(_) => {}
                }
            }
            for old in order.iter().filter_map(|key| was.remove(key)).collect::<Vec<_>>() {
                self.add(Section::Went, &old)?;
            }
        }
        let mut at = 0;
        while let Some((old, briefs)) = self.store.next_lost(at)? {
            at = old;
            for (_, brief) in briefs {
                self.add(Section::Went, &brief)?;
            }
        }
        for (old, new, documents) in self.store.renamed()? {
            self.add(Section::Renamed, &Renamed { old, new, documents })?;
        }
        Ok(())
    }

    fn links(&mut self) -> io::Result<()> {
        let mut at = String::new();
        while let Some((url, now, document)) = self.store.next_turned(&at, ALIVE)? {
            at.clone_from(&url);
            let section = if now == ALIVE { Section::Revived } else { Section::Died };
            self.add(section, &Turn { url, now, document })?;
        }
        Ok(())
    }

    fn add(&mut self, section: Section, difference: &impl Serialize) -> io::Result<()> {
        if let Some(count) = self.counts.get_mut(section as usize) {
            *count += 1;
        }
        self.store.difference(section as usize, difference)
    }

    /// How many differences there are of a kind.
    #[must_use]
    pub fn count(&self, section: Section) -> usize {
        self.counts.get(section as usize).copied().unwrap_or(0)
    }

    /// Whether something is worse than it was: a finding came or a link died.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        self.count(Section::Came) + self.count(Section::Died) > 0
    }

    /// Writes the differences in a format.
    ///
    /// # Errors
    ///
    /// What the writer says, or the disk that the differences are read from.
    pub fn write(&self, format: DiffFormat, out: &mut dyn Write) -> io::Result<()> {
        match format {
            DiffFormat::Human => write::human(self, out),
            DiffFormat::Markdown => write::markdown(self, out),
            DiffFormat::Json => write::json(self, out),
        }
    }
}

impl Diff {
    /// Hands over the differences of a kind one by one.
    ///
    /// # Errors
    ///
    /// What `take` says, or the disk that they are read from.
    pub fn each<T: serde::de::DeserializeOwned>(
        &self,
        section: Section,
        take: &mut dyn FnMut(T) -> io::Result<()>,
    ) -> io::Result<()> {
        self.store.differences(section as usize, &mut |text| take(serde_json::from_str(text)?))
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

    /// All differences at once.
    #[derive(Debug, PartialEq, Eq)]
    struct Whole {
        came: Vec<Brief>,
        went: Vec<Brief>,
        changed: Vec<Change>,
        died: Vec<Turn>,
        renamed: Vec<Renamed>,
        is_worse: bool,
        written: Vec<(DiffFormat, String)>,
    }

    impl Whole {
        fn written(&self, format: DiffFormat) -> &str {
            let written = self.written.iter().find(|(of, _)| *of == format);
            written.map_or("", |(_, text)| text.as_str())
        }
    }

    fn diff(old: &[Judged], new: &[Judged]) -> Whole {
        fn all<T: serde::de::DeserializeOwned>(diff: &Diff, section: Section) -> Vec<T> {
            let mut all = Vec::new();
            diff.each(section, &mut |one| {
                all.push(one);
                Ok(())
            })
            .expect("a disk");
            all
        }
        let mut comparison = Comparison::new().expect("a disk");
        for judged in old {
            comparison.older(judged).expect("a disk");
        }
        for judged in new {
            comparison.newer(judged).expect("a disk");
        }
        let diff = comparison.finish().expect("a disk");
        let formats = [DiffFormat::Human, DiffFormat::Markdown, DiffFormat::Json];
        let written = formats.map(|format| {
            let mut text = Vec::new();
            diff.write(format, &mut text).expect("memory");
            (format, String::from_utf8(text).expect("UTF-8"))
        });
        Whole {
            came: all(&diff, Section::Came),
            went: all(&diff, Section::Went),
            changed: all(&diff, Section::Changed),
            died: all(&diff, Section::Died),
            renamed: all(&diff, Section::Renamed),
            is_worse: diff.is_worse(),
            written: written.into(),
        }
    }

    #[test]
    fn a_run_does_not_differ_from_itself() {
        let same = diff(&hostile(), &hostile());
        assert_eq!(same.written(DiffFormat::Human), "no differences\n");
        // Documents that share a name are told apart by their order.
        let of = |link| judged("a.jsonl", "see https://a.example/x and https://a.example/y", link);
        let both = [of("https://a.example/x"), of("https://a.example/y")];
        assert_eq!(diff(&both, &both).written(DiffFormat::Human), "no differences\n");
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
        assert!(differs.is_worse);
        insta::assert_snapshot!("human", differs.written(DiffFormat::Human));
        insta::assert_snapshot!("markdown", differs.written(DiffFormat::Markdown));
        insta::assert_snapshot!("json", differs.written(DiffFormat::Json));
    }
}
