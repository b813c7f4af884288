//! Comments that say which findings are known:
//!
//! ```html
//! <!-- dateline-ignore: dead-link -- moved, see the talk page -->
//! ```
//!
//! on the line of the link, or alone on the line before it. In reStructuredText a comment is a line
//! that two dots begin (`.. dateline-ignore: dead-link`), in `AsciiDoc` one that two slashes do. `dateline-ignore-begin` and
//! `dateline-ignore-end` enclose a block, `dateline-ignore-file` holds for the whole file. Without
//! rules a comment holds for all rules; what follows ` -- ` is the reason.

use std::ops::Range;

use crate::address::shown::Shown;
use crate::model::{Document, Finding, Judged, LineIndex, Media, Rule, RuleId, Status};
use crate::rules;

const MARK: &str = "dateline-ignore";

/// How far a comment reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Line,
    NextLine,
    Begin,
    End,
    File,
}

/// One comment, and what it has suppressed so far.
#[derive(Debug)]
struct Comment {
    reach: Reach,
    rules: Vec<String>,
    reason: Option<String>,
    /// Where the comment stands.
    at: Range<usize>,
    /// The bytes that it holds for.
    holds: Range<usize>,
    /// The rules that it has suppressed a finding of.
    used: Vec<RuleId>,
}

/// Why a finding is known, if that was written down.
pub(super) type Reason = Option<String>;

/// All comments of one document.
#[derive(Debug, Default)]
pub(super) struct Comments(Vec<Comment>);

/// Reads a document's comments. Plain text has none.
pub(super) fn read(article: &Document) -> Comments {
    let text = article.text.as_str();
    if memchr::memmem::find(text.as_bytes(), MARK.as_bytes()).is_none() {
        return Comments::default();
    }
    let places = match article.media {
        Media::Markdown => in_markdown(text),
        Media::Html => in_html(text, 0..text.len()),
        Media::Rst => in_lines(text, ".."),
        Media::AsciiDoc => in_lines(text, "//"),
        Media::Text | Media::Pdf | Media::Other => Vec::new(),
    };
    let mut comments: Vec<Comment> =
        places.into_iter().filter_map(|place| comment(text, place)).collect();
    close_blocks(&mut comments, text.len());
    comments.retain(|comment| comment.reach != Reach::End);
    Comments(comments)
}

/// Where a comment stands, and where the words in it do.
type Place = (Range<usize>, Range<usize>);

/// The lines that a sign makes comments.
fn in_lines(text: &str, sign: &str) -> Vec<Place> {
    let marks = memchr::memmem::find_iter(text.as_bytes(), MARK.as_bytes());
    let places = marks.filter_map(|mark| {
        let start = line_start(text, mark);
        let before = text.get(start..mark)?;
        let spaces = before.trim_start().strip_prefix(sign)?;
        let is_comment = !spaces.is_empty() && spaces.trim().is_empty();
        let (at, inside) = (start..line_end(text, mark), mark..line_end(text, mark));
        is_comment.then_some((at, inside))
    });
    places.collect()
}

/// The comments of Markdown stand in its HTML, never in its code.
fn in_markdown(text: &str) -> Vec<Place> {
    use pulldown_cmark::{Event, Options, Parser};
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::all()).into_offset_iter() {
        if matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
            match blocks.last_mut() {
                // A block of HTML comes line by line.
                Some(last) if last.end == range.start => last.end = range.end,
                _ => blocks.push(range),
            }
        }
    }
    blocks.into_iter().flat_map(|block| in_html(text, block)).collect()
}

/// Where comments with our mark stand in a part of a text.
fn in_html(text: &str, part: Range<usize>) -> Vec<Place> {
    let bytes = text.as_bytes().get(part.clone()).unwrap_or_default();
    let mut places = Vec::new();
    let mut done = 0;
    while let Some(start) = find(bytes, done, b"<!--") {
        let Some(end) = find(bytes, start + 4, b"-->") else { break };
        let (from, to) = (part.start + start, part.start + end);
        places.push((from..to + 3, from + 4..to));
        done = end + 3;
    }
    places
}

fn find(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes.get(from..)?, needle).map(|at| from + at)
}

/// Reads one comment, if it is meant for us.
fn comment(text: &str, (at, inside): Place) -> Option<Comment> {
    let inside = text.get(inside)?.trim();
    let rest = inside.strip_prefix(MARK)?;
    let (head, reason) = match rest.split_once(" -- ") {
        Some((head, reason)) => (head, Some(reason.trim().to_owned())),
        None => (rest, None),
    };
    let (reach, names) = head.split_once(':').unwrap_or((head, ""));
    let reach = match reach.trim() {
        "" if alone(text, &at) => Reach::NextLine,
        "" => Reach::Line,
        "-next-line" => Reach::NextLine,
        "-begin" => Reach::Begin,
        "-end" => Reach::End,
        "-file" => Reach::File,
        _ => return None,
    };
    let names = names.split([',', ' ']).map(str::trim).filter(|name| !name.is_empty());
    let rules = names.map(str::to_owned).collect();
    let holds = match reach {
        Reach::Line => line_start(text, at.start)..line_end(text, at.end),
        Reach::NextLine => at.start..next_line_end(text, at.end),
        Reach::File => 0..text.len(),
        Reach::Begin | Reach::End => at.clone(),
    };
    Some(Comment { reach, rules, reason, at, holds, used: Vec::new() })
}

/// A block holds from its beginning to its end, or else to the end of the file.
fn close_blocks(comments: &mut [Comment], end_of_text: usize) {
    let mut open: Vec<usize> = Vec::new();
    for index in 0..comments.len() {
        match comments.get(index).map(|comment| (comment.reach, comment.at.end)) {
            Some((Reach::Begin, _)) => open.push(index),
            Some((Reach::End, end)) => {
                if let Some(begin) = open.pop().and_then(|index| comments.get_mut(index)) {
                    begin.holds.end = end;
                }
            }
            _ => {}
        }
    }
    for index in open {
        if let Some(comment) = comments.get_mut(index) {
            comment.holds.end = end_of_text;
        }
    }
}

/// Whether nothing else stands on the comment's lines.
fn alone(text: &str, at: &Range<usize>) -> bool {
    let before = text.get(line_start(text, at.start)..at.start).unwrap_or_default();
    let after = text.get(at.end..line_end(text, at.end)).unwrap_or_default();
    before.trim().is_empty() && after.trim().is_empty()
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |line_end| line_end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |length| at + length)
}

/// The end of the next line that holds anything.
fn next_line_end(text: &str, at: usize) -> usize {
    let after = text.get(line_end(text, at)..).unwrap_or_default();
    let blank = after.len() - after.trim_start().len();
    line_end(text, text.len() - after.len() + blank)
}

impl Comments {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a comment says of a finding, if one knows it: the nearest speaks.
    pub(super) fn suppress(&mut self, finding: &Finding) -> Option<Reason> {
        let comment = self
            .0
            .iter_mut()
            .filter(|comment| comment.covers(finding))
            .min_by_key(|comment| comment.holds.len())?;
        comment.used.push(finding.rule.clone());
        Some(comment.reason.clone())
    }

    /// What is to be said about comments that suppress nothing, or that name what is no rule.
    pub(super) fn remarks(&self, judged: &Judged, on: &[&Rule]) -> Vec<String> {
        let text = &judged.case.article.text;
        let lines = LineIndex::new(text);
        let name = judged.case.article.name();
        let remarks = self.0.iter().filter_map(|comment| {
            let problem = comment.problem(judged, on)?;
            let line = lines.position(text, comment.at.start).line;
            Some(format!("{}:{line}: {problem}", Shown(&name)))
        });
        remarks.collect()
    }
}

impl Comment {
    fn covers(&self, finding: &Finding) -> bool {
        let named =
            self.rules.is_empty() || self.rules.iter().any(|rule| finding.rule == rule.as_str());
        let here = match finding.span {
            Some(span) => span.start < self.holds.end && self.holds.start < span.end,
            None => self.reach == Reach::File,
        };
        named && here
    }

    fn problem(&self, judged: &Judged, on: &[&Rule]) -> Option<String> {
        if let Some(unknown) = self.rules.iter().find(|name| rules::by_id(name).is_none()) {
            let near = nearest(unknown).map(|near| format!("; did you mean `{near}`?"));
            let near = near.unwrap_or_default();
            return Some(format!("`{MARK}` names `{}`, which is no rule{near}", Shown(unknown)));
        }
        let idle: Vec<&str> = self
            .rules
            .iter()
            .map(String::as_str)
            .filter(|rule| {
                !self.used.iter().any(|used| used == rule) && self.could_be_judged(judged, on, rule)
            })
            .collect();
        if !self.rules.is_empty() {
            return (!idle.is_empty())
                .then(|| format!("`{MARK}: {}` suppresses nothing; take it out", idle.join(", ")));
        }
        let judged = self.all_judged(judged);
        (self.used.is_empty() && judged)
            .then(|| format!("`{MARK}` suppresses nothing; take it out"))
    }

    /// Whether the rule ran and had what it needs.
    fn could_be_judged(&self, judged: &Judged, on: &[&Rule], id: &str) -> bool {
        on.iter()
            .find(|rule| rule.id == id)
            .is_some_and(|rule| rule.needs.is_empty() || self.all_judged(judged))
    }

    /// Whether every link that the comment holds for was followed.
    fn all_judged(&self, judged: &Judged) -> bool {
        let mut links = judged.case.links();
        !links.any(|checked| {
            matches!(checked.status, Status::Offline | Status::Excluded)
                && self.holds.contains(&checked.link.span.start)
        })
    }
}

/// The rule whose name is nearest to what was written.
fn nearest(written: &str) -> Option<&'static str> {
    let alike = rules::RULES.iter().map(|rule| (strsim::jaro_winkler(rule.id, written), rule.id));
    alike.filter(|(alike, _)| *alike > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id)
}

#[cfg(test)]
mod tests {
    use crate::model::{Document, Judged, Media};
    use crate::report::samples::{case, finding};
    use crate::rules::RULES;
    use crate::suppress::{Settings, Suppressions};

    /// Sifts a finding of `dead-link` on every address in the text; gives back what is left of
    /// them, the reasons, and the remarks.
    fn apply(media: Media, text: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
        let urls: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || "<>()\"`".contains(c))
            .filter(|word| word.starts_with("https://"))
            .collect();
        let case = case(Document::new("a", media, text), &urls);
        let findings = urls.iter().map(|url| finding("dead-link", &case, url)).collect();
        let mut judged = Judged::new(case, findings);
        let mut suppressions = Suppressions::new(
            Settings::default(),
            RULES.iter().collect(),
            jiff::Timestamp::UNIX_EPOCH,
        );
        suppressions.apply(&mut judged);
        let left = judged.findings.iter().filter_map(|f| f.url.as_ref()).map(ToString::to_string);
        let reasons = judged.suppressed.iter().filter_map(|known| known.reason.clone());
        (left.collect(), reasons.collect(), suppressions.finish(0).remarks)
    }

    #[test]
    fn a_comment_holds_for_its_line_or_the_next() {
        let (left, reasons, remarks) = apply(
            Media::Markdown,
            "[a](https://a.example/1) <!-- dateline-ignore: dead-link -- moved, see #12 -->\n\n\
             <!-- dateline-ignore: dead-link -->\n\nhttps://a.example/2\nhttps://a.example/3\n",
        );
        assert_eq!(left, ["https://a.example/3"]);
        assert_eq!((reasons, remarks), (vec!["moved, see #12".to_owned()], Vec::new()));
    }

    #[test]
    fn blocks_and_files() {
        let block = "https://a.example/1\n\n<!-- dateline-ignore-begin -->\n\nhttps://a.example/2\n\n\
                     <!-- dateline-ignore-end -->\n\nhttps://a.example/3\n";
        assert_eq!(apply(Media::Markdown, block).0, ["https://a.example/1", "https://a.example/3"]);
        let file = "<p>https://a.example/1</p>\n<!-- dateline-ignore-file: dead-link -->\n";
        assert_eq!(apply(Media::Html, file), (Vec::new(), Vec::new(), Vec::new()));
    }

    #[test]
    fn other_markups_have_comments_of_their_own() {
        for (media, text) in [
            (Media::Rst, ".. dateline-ignore: dead-link -- moved\n\nhttps://a.example/1\n"),
            (Media::AsciiDoc, "// dateline-ignore: dead-link -- moved\nhttps://a.example/1\n"),
            (Media::Rst, "   .. dateline-ignore-file -- moved\n\nx\n\nhttps://a.example/1\n"),
        ] {
            let (left, reasons, remarks) = apply(media, text);
            assert_eq!((left, remarks), (Vec::new(), Vec::new()), "{text}");
            assert_eq!(reasons, ["moved"], "{text}");
        }
    }

    #[test]
    fn what_is_code_or_plain_text_says_nothing() {
        for (media, text) in [
            (Media::Markdown, "`<!-- dateline-ignore -->` https://a.example/1\n"),
            (Media::Markdown, "```\n<!-- dateline-ignore-file -->\n```\n\nhttps://a.example/1\n"),
            (Media::Text, "<!-- dateline-ignore --> https://a.example/1\n"),
            (Media::Rst, "say .. dateline-ignore\n\nhttps://a.example/1\n"),
        ] {
            assert_eq!(apply(media, text).0, ["https://a.example/1"], "{text}");
        }
    }

    #[test]
    fn idle_comments_and_wrong_names_are_told() {
        let (left, _, remarks) = apply(
            Media::Html,
            "<!-- dateline-ignore: broken-url, dead-lnk --> https://a.example/1\n\
             https://a.example/2 <!-- dateline-ignore: broken-url -->\n",
        );
        assert_eq!(left.len(), 2);
        assert_eq!(
            remarks,
            [
                "a:1: `dateline-ignore` names `dead-lnk`, which is no rule; did you mean `dead-link`?",
                "a:2: `dateline-ignore: broken-url` suppresses nothing; take it out",
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(?s)(<!--|-->| dateline-ignore|-begin|-end|:|\n|é|.){0,30}") {
            for media in [Media::Markdown, Media::Html, Media::Rst, Media::AsciiDoc] {
                super::read(&Document::new("a", media, text.clone()));
            }
        }
    }
}
