//! What is compared of one document: made apart from the comparison, on as many cores as there are.

use std::hash::{BuildHasher, RandomState};

use serde::{Deserialize, Serialize};

use super::{Brief, Run};
use crate::address::secret;
use crate::model::{FailureKind, RuleId, plain_path};
use crate::report::Outline;
use crate::report::outline::{ALIVE, FindingOutline};
use crate::suppress::fingerprint::identity;

/// A fingerprint, and its number among equals in one document.
pub(super) type Key = (String, usize);

/// What is held of a document's findings.
pub(super) type Briefs = Vec<(Key, Brief)>;

/// A document with findings, as it is held.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The file that it stands in.
    pub(super) place: String,
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) briefs: Briefs,
}

/// What is compared of one document.
#[derive(Debug)]
pub struct Taken {
    /// Its name, by its hash.
    pub(super) name: u64,
    /// What is found, by its hash; it is the same where nothing came, went or changed.
    pub(super) found: u64,
    /// The document, if it has findings.
    pub(super) entry: Option<Vec<u8>>,
    /// What it is called.
    pub(super) called: String,
    pub(super) links: Vec<TakenLink>,
}

/// A link of which it is known whether its target is there.
#[derive(Debug)]
pub(super) struct TakenLink {
    /// The run and the address, by their hash.
    pub(super) hash: u64,
    pub(super) state: &'static str,
    /// Known of the newer run, of which it is told.
    pub(super) url: Option<String>,
}

/// Makes of outlines what is compared.
#[derive(Clone, Debug, Default)]
pub struct Taker {
    /// No corpus is made so that hashes collide.
    hashes: RandomState,
}

impl Taker {
    /// What is compared of a document.
    #[must_use]
    pub fn take(&self, run: Run, outline: &Outline<'_>) -> Taken {
        let document = &outline.document;
        let place =
            document.path.as_deref().map_or_else(|| plain_path(&outline.input), str::to_owned);
        let id = document.id.as_deref();
        let name = self.hashes.hash_one((&place, id));
        let called =
            id.map_or_else(|| outline.input.to_string(), |id| format!("{}#{id}", &*outline.input));
        let briefs = briefs(outline, &called);
        let compared = |(key, brief): &(Key, Brief)| {
            self.hashes.hash_one((key, brief.level, brief.confidence, &brief.title))
        };
        let found = self.hashes.hash_one(briefs.iter().map(compared).collect::<Vec<u64>>());
        let entry = (!briefs.is_empty()).then(|| {
            let url = document.url.as_deref().map(|url| secret::masked(url).into_owned());
            let entry = Entry { place, id: id.map(str::to_owned), url, briefs };
            // Writing to memory cannot fail.
            serde_json::to_vec(&entry).unwrap_or_default()
        });
        Taken { name, found, entry, called, links: self.links(run, outline) }
    }

    /// The links of which it is known whether their targets are there, and what was seen.
    fn links(&self, run: Run, outline: &Outline<'_>) -> Vec<TakenLink> {
        let known = outline.links.iter().filter_map(|link| {
            let state = state(&link.verdict)?;
            let url = secret::masked(link.url.as_deref()?);
            let hash = self.hashes.hash_one(&*url);
            Some(TakenLink { hash, state, url: (run == Run::New).then(|| url.into_owned()) })
        });
        known.collect()
    }

    /// A text by its hash.
    pub(super) fn hash(&self, text: &str) -> u64 {
        self.hashes.hash_one(text)
    }
}

fn state(verdict: &str) -> Option<&'static str> {
    use FailureKind::{Gone, NoSuchHost, NotFound, Refused};
    if verdict == ALIVE {
        return Some(ALIVE);
    }
    let kinds = [NotFound, Gone, NoSuchHost, Refused].into_iter().map(FailureKind::as_str);
    kinds.into_iter().find(|&kind| kind == verdict)
}

fn briefs(outline: &Outline<'_>, called: &str) -> Briefs {
    let mut seen = std::collections::HashMap::<String, usize>::new();
    let mut briefs = Vec::with_capacity(outline.findings.len());
    for finding in &outline.findings {
        // A row of which the rule is none was refused.
        let Some(rule) = RuleId::read(&finding.rule) else { continue };
        let print = print(finding, outline);
        let number = seen.entry(print.clone()).or_default();
        *number += 1;
        let brief = Brief {
            document: called.to_owned(),
            place: finding.span.map(|at| format!("{}:{}", at.line, at.column)),
            rule,
            level: finding.level,
            confidence: finding.confidence,
            title: secret::masked(&finding.title).into_owned(),
            url: finding.url.as_deref().map(|url| secret::masked(url).into_owned()),
        };
        briefs.push(((print, *number), brief));
    }
    briefs
}

fn print(finding: &FindingOutline<'_>, outline: &Outline<'_>) -> String {
    let quotes = finding.because.iter().filter(|claim| claim.has_place).map(|claim| &*claim.quote);
    let words = || finding.span.map(|at| outline.words(at.start, at.end)).unwrap_or_default();
    identity(&finding.rule, finding.url.as_deref(), quotes, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dead_is_what_a_run_calls_dead() {
        use serde::Deserialize;
        use serde::de::IntoDeserializer;
        use serde::de::value::{Error, StrDeserializer};
        for name in ["not-found", "gone", "no-such-host", "refused", "timeout", "tls", "denied"] {
            let text: StrDeserializer<'_, Error> = name.into_deserializer();
            let kind = FailureKind::deserialize(text).expect("a kind");
            assert_eq!(state(name), kind.is_dead().then_some(name));
        }
    }
}
