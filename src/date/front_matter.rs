//! Evidence: the front matter of a Markdown file (YAML between `---`, TOML between `+++`).

use super::kind::{About, Group, Kind};
use super::parse::machine;
use super::witness::Witness;
use super::{Evidence, Subject, meta};
use crate::model::{Confidence, Event, Media, Source, SourceInfo, Span, Speaker};

/// Dates in front matter.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "front-matter",
        label: "front matter",
        phrase: "front matter",
        speaker: Speaker::Page,
    }),
    summary: "`date`, `published` and `updated` in the front matter of a Markdown file",
    kinds: &[&PUBLISHED],
    collect,
};

/// A line at the top of the file, apart from its text.
pub static PUBLISHED: Kind = Kind {
    name: "front-matter",
    told: "its front matter",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::High,
    group: Group::Metadata,
    first: 380,
    further: 380,
    traits: &[],
};

/// Front matter ends within so many lines, or it is none.
const MAX_LINES: usize = 200;

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    if subject.document.media != Media::Markdown {
        return;
    }
    for (span, line) in lines(&subject.document.text) {
        witnesses.extend(witness(subject, line).map(|witness| witness.at(Some(span))));
    }
}

/// The lines of a Markdown text's front matter, from its first fence to the one that ends it; none
/// where it has no front matter.
fn lines(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').take(MAX_LINES).map(move |line| {
        let bare = line.trim_end().trim_start_matches('\u{FEFF}');
        let start = at;
        at += line.len();
        (Span::new(start, start + line.trim_end().len()), bare)
    });
    let fence = lines.next().map(|(_, line)| line).filter(|line| matches!(*line, "---" | "+++"));
    lines.take_while(move |&(_, line)| fence.is_some_and(|fence| line != fence))
}

/// Where a Markdown text begins after its front matter, in bytes.
pub(super) fn end(text: &str) -> usize {
    lines(text).last().map_or(0, |(span, _)| span.end)
}

fn witness(subject: &Subject<'_>, line: &str) -> Option<Witness> {
    let (key, value) = line.split_once([':', '='])?;
    let kind = match key.trim().to_ascii_lowercase().as_str() {
        "date" | "published" | "publishdate" | "pubdate" | "date_published" | "created" => {
            &PUBLISHED
        }
        "updated" | "lastmod" | "modified" | "last_modified_at" | "date_modified" => {
            &meta::MODIFIED
        }
        _ => return None,
    };
    let stated = machine::date(value, subject.habit)?;
    Some(Witness::new(kind, stated.date, EVIDENCE.source, line).or(stated.alternative))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Document, Extract};

    fn read(text: &str) -> Vec<String> {
        let document = Document::new("a.md", Media::Markdown, text);
        let extract = Extract::default();
        let mut witnesses = Vec::new();
        collect(&Subject::new(&document, &extract), &mut witnesses);
        witnesses.iter().map(|witness| witness.claim.date.to_string()).collect()
    }

    #[test]
    fn yaml_and_toml_are_read_up_to_their_end() {
        assert_eq!(
            read("---\ntitle: x\ndate: 2018-05-25\n---\ndate: 2019-01-01\n"),
            ["2018-05-25"]
        );
        assert_eq!(read("+++\ndate = \"2018-05-25T14:03:00Z\"\n+++\n"), ["2018-05-25T14:03:00Z"]);
        assert!(read("date: 2018-05-25\n").is_empty());
    }
}
