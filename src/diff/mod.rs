//! What came, went and changed between two runs over the same documents, and which links died.
//!
//! A finding is known again by its document and its fingerprint, wherever it stands by now; a document
//! by its name, or else by its address or its id, whatever the file was called that held it. What is
//! compared lies on the disk in files without a name, and so do the differences: in memory are some bytes
//! a document, and nothing of its findings and links.

mod matching;
mod sorted;
mod store;
mod taken;
mod write;

use std::collections::HashMap;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use self::matching::{Matching, Mate};
use self::sorted::{Sorted, Sorter};
use self::store::{Differences, Texts, Writing};
use self::taken::{Briefs, Entry, Key, TakenLink};
pub use self::taken::{Taken, Taker};
use crate::config::cli::DiffFormat;
use crate::model::{Confidence, Level, RuleId};
use crate::report::outline::ALIVE;

/// One of the two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// The older.
    Old,
    /// The newer.
    New,
}

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
    differences: Differences,
    counts: [usize; SECTIONS.len()],
}

/// How many links are remembered whose state has just been noted: the same links come again on every
/// page of a site.
const REMEMBERED: usize = 1 << 17;

/// What is taken in of one run.
#[derive(Debug)]
struct Intake {
    /// The documents' names, their numbers, and what is found in them.
    names: Sorter,
    /// Where each document with findings is held, by its number.
    places: Vec<Option<Place>>,
    texts: Writing,
    /// The links, in which order they came, where what is told of them is held, and whether they are dead.
    links: Sorter,
    seen: u64,
    noted: HashMap<u64, bool>,
}

/// A place in the texts of a run, from one.
type Place = std::num::NonZeroU64;

impl Intake {
    fn new() -> io::Result<Self> {
        let (names, links) = (Sorter::default(), Sorter::default());
        let (places, noted) = (Vec::new(), HashMap::new());
        Ok(Self { names, places, texts: Writing::new()?, links, seen: 0, noted })
    }

    fn take(&mut self, taken: Taken) -> io::Result<()> {
        let Taken { name, found, entry, called, links } = taken;
        self.names.push([name, self.places.len() as u64, found])?;
        let at = entry.map(|entry| self.texts.push(&entry)).transpose()?;
        self.places.push(at.and_then(|at| Place::new(at + 1)));
        links.into_iter().try_for_each(|link| self.link(link, &called))
    }

    fn link(&mut self, link: TakenLink, called: &str) -> io::Result<()> {
        let TakenLink { hash, state, url } = link;
        let is_dead = state != ALIVE;
        if self.noted.len() >= REMEMBERED {
            self.noted.clear();
        }
        if self.noted.insert(hash, is_dead) == Some(is_dead) {
            return Ok(());
        }
        let turn = |url| Turn { url, now: state.to_owned(), document: called.to_owned() };
        let at = match url {
            Some(url) => self.texts.push(&serde_json::to_vec(&turn(url))?)?,
            None => 0,
        };
        self.seen += 1;
        self.links.push([hash, self.seen, at << 1 | u64::from(is_dead)])
    }
}

/// Compares the documents of a newer run with those of an older.
#[derive(Debug)]
pub struct Comparison {
    old: Intake,
    new: Intake,
    taker: Taker,
}

impl Comparison {
    /// Begins a comparison.
    ///
    /// # Errors
    ///
    /// There is no room on the disk for what is compared.
    pub fn new() -> io::Result<Self> {
        Ok(Self { old: Intake::new()?, new: Intake::new()?, taker: Taker::default() })
    }

    /// What makes of documents what is compared.
    #[must_use]
    pub fn taker(&self) -> Taker {
        self.taker.clone()
    }

    /// Takes in a document of one of the runs.
    ///
    /// # Errors
    ///
    /// The disk is full.
    pub fn take(&mut self, run: Run, taken: Taken) -> io::Result<()> {
        match run {
            Run::Old => self.old.take(taken),
            Run::New => self.new.take(taken),
        }
    }

    /// All differences.
    ///
    /// # Errors
    ///
    /// The disk is full.
    pub fn finish(self) -> io::Result<Diff> {
        let Self { old, new, taker } = self;
        let differences = Differences::new()?;
        let mut matching =
            Matching::new(Held::new(old.places, old.texts)?, Held::new(new.places, new.texts)?);
        matching.pair(old.names.finish()?, new.names.finish()?)?;
        matching.reunite(&taker)?;
        let mut diff = Diff { differences, counts: [0; SECTIONS.len()] };
        diff.findings(&mut matching)?;
        diff.links(old.links.finish()?, new.links.finish()?, &mut matching.new.texts)?;
        Ok(diff)
    }
}

/// What is held of a run's documents.
#[derive(Debug)]
struct Held {
    places: Vec<Option<Place>>,
    texts: Texts,
}

impl Held {
    fn new(places: Vec<Option<Place>>, texts: Writing) -> io::Result<Self> {
        Ok(Self { places, texts: texts.finish()? })
    }

    /// A document, if it has findings.
    fn entry(&mut self, number: usize) -> io::Result<Option<Entry>> {
        let Some(&Some(place)) = self.places.get(number) else { return Ok(None) };
        let text = self.texts.read(place.get() - 1)?;
        Ok(Some(serde_json::from_slice(&text)?))
    }

    fn briefs(&mut self, number: usize) -> io::Result<Briefs> {
        Ok(self.entry(number)?.map_or_else(Vec::new, |entry| entry.briefs))
    }
}

impl Diff {
    fn findings(&mut self, matching: &mut Matching) -> io::Result<()> {
        for number in 0..matching.new.places.len() {
            let old = match matching.mate(number) {
                Mate::Same => continue,
                Mate::None => Vec::new(),
                Mate::Of(old) => matching.old.briefs(old as usize)?,
                Mate::Renamed(old) => {
                    let was = matching.old.entry(old as usize)?;
                    let is = matching.new.entry(number)?;
                    if let (Some(was), Some(is)) = (&was, &is)
                        && was.place != is.place
                    {
                        self.differences.rename(&was.place, &is.place)?;
                    }
                    was.map_or_else(Vec::new, |entry| entry.briefs)
                }
            };
            let new = matching.new.briefs(number)?;
            self.of_one(old, new)?;
        }
        for number in 0..matching.old.places.len() {
            if !matching.is_found(number) {
                for (_, brief) in matching.old.briefs(number)? {
                    self.add(Section::Went, "", &brief)?;
                }
            }
        }
        let Self { differences, counts } = self;
        differences.renamed(&mut |old, new, documents| {
            counts.iter_mut().skip(Section::Renamed as usize).take(1).for_each(|count| *count += 1);
            let renamed = Renamed { old, new, documents };
            differences.add(Section::Renamed as usize, "", &renamed)
        })
    }

    /// The differences of one document.
    fn of_one(&mut self, old: Briefs, new: Briefs) -> io::Result<()> {
        let order: Vec<Key> = old.iter().map(|(key, _)| key.clone()).collect();
        let mut was: HashMap<Key, Brief> = old.into_iter().collect();
        for (key, new) in new {
            match was.remove(&key) {
                None => self.add(Section::Came, "", &new)?,
                Some(old) if differs(&old, &new) => {
                    self.add(Section::Changed, "", &Change { old, new })?;
                }
                Some(_) => {}
            }
        }
        for old in order.iter().filter_map(|key| was.remove(key)).collect::<Vec<_>>() {
            self.add(Section::Went, "", &old)?;
        }
        Ok(())
    }

    /// The links that were to be had in one run only, with what the newer first saw of them otherwise.
    fn links(&mut self, mut old: Sorted, mut new: Sorted, texts: &mut Texts) -> io::Result<()> {
        while let Some([hash, _, what]) = old.next()? {
            let mut was = what & 1;
            while let Some([_, _, what]) = old.next_of(hash)? {
                was = what & 1;
            }
            while new.peek()?.is_some_and(|[other, ..]| other < hash) {
                new.next()?;
            }
            let mut is_told = false;
            while let Some([_, _, what]) = new.next_of(hash)? {
                if what & 1 != was && !std::mem::replace(&mut is_told, true) {
                    let turn: Turn = serde_json::from_slice(&texts.read(what >> 1)?)?;
                    let section = if turn.now == ALIVE { Section::Revived } else { Section::Died };
                    self.add(section, &turn.url, &turn)?;
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, section: Section, name: &str, difference: &impl Serialize) -> io::Result<()> {
        if let Some(count) = self.counts.get_mut(section as usize) {
            *count += 1;
        }
        self.differences.add(section as usize, name, difference)
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
        self.differences.each(section as usize, &mut |text| take(serde_json::from_str(text)?))
    }
}

fn differs(old: &Brief, new: &Brief) -> bool {
    (old.level, old.confidence, &old.title) != (new.level, new.confidence, &new.title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Failure, FailureKind, Judged, Outcome, Status};
    use crate::report::Outline;
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
        for (run, all) in [(Run::Old, old), (Run::New, new)] {
            for judged in all {
                let taken = comparison.taker().take(run, &Outline::from(judged));
                comparison.take(run, taken).expect("a disk");
            }
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
