//! The lines that a change touched, so that a change is judged by what it brings.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::model::{Document, Finding, LineIndex, Span};

/// The lines of one file that a change added or edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lines {
    /// The file is new.
    All,
    /// These, from one.
    Some(Vec<RangeInclusive<usize>>),
}

/// The files that a change touched, with the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// By their paths from the root of the repository, with `/`.
    files: BTreeMap<String, Lines>,
    /// The root of the repository.
    root: String,
    /// The folder that relative inputs start in, from that root: empty, or with a `/` at its end.
    folder: String,
}

impl Changes {
    /// Reads what `git diff --no-prefix` prints with no lines of context. Files that are gone are
    /// left out.
    #[must_use]
    pub fn parse(diff: &str) -> Self {
        let mut files: BTreeMap<String, Lines> = BTreeMap::new();
        let mut file: Option<String> = None;
        let mut was_there = true;
        // How many lines of the hunk's body are still to come, old and new: what they say is
        // content, whatever it looks like.
        let mut body = 0;
        for line in diff.lines() {
            if body > 0 && line.starts_with(['+', '-']) {
                body -= 1;
            } else if let Some(name) = line.strip_prefix("--- ") {
                was_there = path(name).is_some();
            } else if let Some(name) = line.strip_prefix("+++ ") {
                file = path(name);
                if let Some(file) = &file {
                    let none = if was_there { Lines::Some(Vec::new()) } else { Lines::All };
                    files.entry(file.clone()).or_insert(none);
                }
            } else if let Some((old, start, count)) = line.strip_prefix("@@ ").and_then(hunk) {
                body = old + count;
                if let (true, Some(Lines::Some(lines))) =
                    (count > 0, file.as_ref().and_then(|file| files.get_mut(file)))
                {
                    lines.push(start..=start + count - 1);
                }
            }
        }
        Self { files, ..Self::default() }
    }

    /// The same for a repository at `root`, with relative inputs starting in `folder` of it.
    #[must_use]
    pub fn within(self, root: &str, folder: &str) -> Self {
        let root = root.trim_end_matches('/').to_owned();
        Self { root, folder: folder.to_owned(), ..self }
    }

    /// Adds a file that is new as a whole, by its path from the root of the repository.
    pub fn add(&mut self, path: String) {
        self.files.insert(path, Lines::All);
    }

    /// The lines of a file that were touched.
    #[must_use]
    pub fn of(&self, input: &str) -> Option<&Lines> {
        let path = match input.strip_prefix(self.root.as_str()).and_then(|p| p.strip_prefix('/')) {
            Some(inside) if !self.root.is_empty() => without_dots(inside),
            _ if input.starts_with('/') => return None,
            _ => without_dots(&format!("{}{input}", self.folder)),
        };
        self.files.get(&path?)
    }
}

/// The path with `.` and `..` resolved by their words alone; none where it leads out.
fn without_dots(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `-3,0 +4,2 @@`: how many old lines, the first new line, how many new lines.
fn hunk(head: &str) -> Option<(usize, usize, usize)> {
    let mut parts = head.split(' ');
    let (_, old) = counted(parts.next()?.strip_prefix('-')?)?;
    let (start, count) = counted(parts.next()?.strip_prefix('+')?)?;
    Some((old, start, count))
}

fn counted(part: &str) -> Option<(usize, usize)> {
    let (start, count) = part.split_once(',').unwrap_or((part, "1"));
    Some((start.parse().ok()?, count.parse().ok()?))
}

/// A name in a diff: git quotes those with unusual bytes as C does, and ends one that holds a
/// space with a tab.
fn path(name: &str) -> Option<String> {
    let name = name.strip_suffix('\t').unwrap_or(name);
    if name == "/dev/null" {
        return None;
    }
    match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(quoted) => unquoted(quoted),
        None => Some(name.to_owned()),
    }
}

fn unquoted(quoted: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = quoted.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'\\' => match rest.next()? {
                b'n' => b'\n',
                b't' => b'\t',
                b'r' => b'\r',
                high @ b'0'..=b'3' => {
                    let (middle, low) = (rest.next()?, rest.next()?);
                    let digit = |byte: u8| byte.checked_sub(b'0').filter(|digit| *digit < 8);
                    digit(high)? * 64 + digit(middle)? * 8 + digit(low)?
                }
                other => other,
            },
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Names the touched parts of one document.
pub(crate) struct Touched<'a> {
    lines: &'a Lines,
    text: &'a str,
    index: LineIndex,
}

impl<'a> Touched<'a> {
    /// A row of a file, and what was decoded from one, has other lines than the file: where the
    /// file was touched, all of it counts as touched.
    pub(crate) fn new(lines: &'a Lines, article: &'a Document) -> Self {
        let in_file = article.id.is_none() && article.envelope.is_none();
        let lines = if in_file { lines } else { &Lines::All };
        Self { lines, text: &article.text, index: LineIndex::new(&article.text) }
    }

    /// Whether a span stands on a touched line.
    pub(crate) fn span(&self, span: Span) -> bool {
        let Lines::Some(lines) = self.lines else { return true };
        let line = |offset| self.index.position(self.text, offset).line;
        let first = line(span.start);
        let last = line(span.end.max(span.start + 1) - 1).max(first);
        lines.iter().any(|range| *range.start() <= last && first <= *range.end())
    }

    /// Whether a change brought a finding: it touched the place, or a claim that convicts it.
    pub(crate) fn finding(&self, finding: &Finding) -> bool {
        let mut spans =
            finding.span.into_iter().chain(finding.because.iter().filter_map(|c| c.span));
        *self.lines == Lines::All || spans.any(|span| self.span(span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::judged;

    const DIFF: &str = "diff --git a/a.md a/a.md\n--- a.md\n+++ a.md\n@@ -1,0 +2,2 @@ x\n+one\n++++ fake.md\n\
                        @@ -5 +7 @@\n-x\n+y\n@@ -9,2 +11,0 @@\n-x\n-y\n--- gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n\
                        --- /dev/null\n+++ \"\\303\\251 \\\"x.md\"\n@@ -0,0 +1 @@\n+x\n";

    #[test]
    fn a_diff_names_files_and_lines() {
        let changes = Changes::parse(DIFF);
        assert_eq!(changes.files.keys().collect::<Vec<_>>(), ["a.md", "é \"x.md"]);
        assert_eq!(changes.of("é \"x.md"), Some(&Lines::All));
        assert_eq!(changes.of("./a.md"), Some(&Lines::Some(vec![2..=3, 7..=7])));
    }

    #[test]
    fn a_file_is_known_however_it_is_named() {
        let mut changes = Changes::parse("").within("/srv/site", "docs/");
        changes.add("docs/a.md".to_owned());
        changes.add("b.md".to_owned());
        for name in ["a.md", "./a.md", "x/../a.md", "..//b.md", "/srv/site/docs/a.md"] {
            assert_eq!(changes.of(name), Some(&Lines::All), "{name}");
        }
        for name in ["docs/a.md", "../../b.md", "/srv/sites/b.md", "/b.md", "-", ""] {
            assert_eq!(changes.of(name), None, "{name}");
        }
    }

    #[test]
    fn a_row_of_a_touched_file_is_touched() {
        let mut judged = judged("a.jsonl", "https://a.example/x", "https://a.example/x");
        let lines = Lines::Some(vec![7..=7]);
        assert!(!Touched::new(&lines, &judged.case.article).finding(&judged.findings[0]));
        judged.case.article.id = Some("1".to_owned());
        assert!(Touched::new(&lines, &judged.case.article).finding(&judged.findings[0]));
    }

    #[test]
    fn a_finding_is_brought_by_the_lines_it_stands_on() {
        let judged = judged("a.md", "one\ntwo https://a.example/x\nthree\n", "https://a.example/x");
        for (lines, brought) in [(2..=2, true), (1..=1, false), (3..=9, false), (1..=4, true)] {
            let lines = Lines::Some(vec![lines]);
            let touched = Touched::new(&lines, &judged.case.article);
            assert_eq!(touched.finding(&judged.findings[0]), brought);
        }
        assert!(Touched::new(&Lines::All, &judged.case.article).finding(&judged.findings[0]));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(?s)(\\+\\+\\+ |@@ |-1|,2|\n|\"|\\\\|[0-9 ]){0,40}") {
            let _ = Changes::parse(&text);
        }
    }
}
