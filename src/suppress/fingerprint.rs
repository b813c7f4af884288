//! The identity of a finding, by which it is known again in a later run.
//!
//! It is made of what was found and where the link leads, never of where it stands: inserting
//! lines above, reflowing a paragraph or renaming the file leaves it as it is. Findings with the
//! same identity in one document are told apart by their number.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::address::secret;
use crate::model::{Case, Finding};

/// How many bytes of the digest are kept: enough that a million findings do not collide.
const BYTES: usize = 16;

/// The identity of a finding: some bytes of a digest, written as hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Print([u8; BYTES]);

impl Print {
    /// That of a finding.
    pub(super) fn of(finding: &Finding, case: &Case) -> Self {
        let placed = finding.because.iter().filter(|claim| claim.span.is_some());
        let words =
            || finding.span.map(|span| span.of(&case.article.text)).unwrap_or_default().to_owned();
        let url = finding.url.as_ref().map(url::Url::as_str);
        Self::of_parts(&finding.rule, url, placed.map(|claim| &*claim.quote), words)
    }

    /// That which is written so, if it is one.
    pub(super) fn read(digits: &str) -> Option<Self> {
        let bytes = HEXLOWER.decode(digits.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// Its digits.
    pub(super) fn written(self) -> String {
        HEXLOWER.encode(&self.0)
    }

    fn of_parts<'q>(
        rule: &str,
        url: Option<&str>,
        quotes: impl Iterator<Item = &'q str>,
        words: impl FnOnce() -> String,
    ) -> Self {
        let mut digest = Sha256::new();
        digest.update(rule);
        digest.update([0]);
        if let Some(url) = url {
            // Secrets stay out: a baseline is published with the articles.
            digest.update(secret::masked(url).as_bytes());
        } else {
            let mut quotes: Vec<String> = quotes.map(without_space).collect();
            if quotes.is_empty() {
                quotes.push(without_space(&secret::masked(&words())));
            }
            quotes.sort_unstable();
            for quote in quotes {
                digest.update(quote);
                digest.update([0]);
            }
        }
        Self::cut(digest)
    }

    fn cut(digest: Sha256) -> Self {
        let mut bytes = [0; BYTES];
        bytes.iter_mut().zip(digest.finalize()).for_each(|(kept, byte)| *kept = byte);
        Self(bytes)
    }
}

/// The identity of what a rule found: at an address, or else by the quotes that convict it, or else by
/// the words that it stands at.
pub(crate) fn identity<'q>(
    rule: &str,
    url: Option<&str>,
    quotes: impl Iterator<Item = &'q str>,
    words: impl FnOnce() -> String,
) -> String {
    Print::of_parts(rule, url, quotes, words).written()
}

/// The fingerprints of one document's findings, each with its number among equals, from one.
pub(crate) fn numbered<'f>(
    findings: impl IntoIterator<Item = &'f Finding>,
    case: &Case,
) -> Vec<(String, usize)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    findings
        .into_iter()
        .map(|finding| {
            let print = Print::of(finding, case).written();
            let number = seen.entry(print.clone()).or_default();
            *number += 1;
            (print, *number)
        })
        .collect()
}

/// A digest of several parts, for formats that want an identity unique over all documents.
#[must_use]
pub(crate) fn digest(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
        digest.update([0]);
    }
    Print::cut(digest).written()
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn the_place_of_a_finding_is_no_part_of_its_identity() {
        let here = samples::judged("a.md", "see [x](https://a.example/x)", "https://a.example/x");
        let there =
            samples::judged("b.md", "\n\nnow [y](https://a.example/x)", "https://a.example/x");
        let print = |judged: &crate::model::Judged| numbered(&judged.findings, &judged.case);
        assert_eq!(print(&here), print(&there));
        let other = samples::judged("a.md", "see [x](https://a.example/z)", "https://a.example/z");
        assert_ne!(print(&here), print(&other));
    }

    #[test]
    fn equal_findings_in_one_document_are_numbered() {
        let judged = samples::judged("a.md", "https://a.example/", "https://a.example/");
        let twice = [&judged.findings[0], &judged.findings[0]];
        let numbers: Vec<usize> =
            numbered(twice, &judged.case).into_iter().map(|(_, number)| number).collect();
        assert_eq!(numbers, [1, 2]);
    }
}
