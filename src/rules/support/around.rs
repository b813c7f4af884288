//! What stands around a link in the article's source: the passage that it stands in, what that
//! passage hangs on, and the headings above it.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::model::{Case, Link, MarkKind, Media};

/// How far a passage is read in either direction, in bytes.
const REACH: usize = 4_096;

/// How far above a list item what it hangs on is looked for, in lines.
const LINES: usize = 200;

/// The surroundings of a case's links. What is read of the whole text is read once, when it is
/// first asked for.
pub(crate) struct Around<'a> {
    case: &'a Case,
    text: &'a str,
    headings: OnceCell<Vec<Heading>>,
    uses: OnceCell<HashMap<String, Vec<usize>>>,
}

/// A heading with the one above it in rank.
struct Heading {
    at: usize,
    level: usize,
    text: String,
    parent: Option<usize>,
}

/// The words that a link stands among.
pub(crate) struct Passage {
    /// The words of the passage, without markup and addresses.
    pub words: String,
    /// The words of what it hangs on: the items above in the list, the line that introduces it.
    pub hangs_on: Vec<String>,
    /// Whether it is an item of a list.
    pub is_item: bool,
    /// Whether the source marks what stands here as put in (`<ins>`).
    pub is_inserted: bool,
}

impl<'a> Around<'a> {
    /// The surroundings in a case.
    pub(crate) const fn new(case: &'a Case) -> Self {
        Self {
            case,
            text: case.article.text.as_str(),
            headings: OnceCell::new(),
            uses: OnceCell::new(),
        }
    }

    fn is_html(&self) -> bool {
        self.case.article.media == Media::Html
    }

    /// Where a reader meets a link: where it stands or, where that is a definition
    /// (`[label]: https://…`), where the definition is used.
    pub(crate) fn places(&self, link: &Link) -> Vec<usize> {
        /// Uses beyond this count are left out.
        const MAX_USES: usize = 4;
        let at = link.span.start;
        let used = self.label_defined_at(at).and_then(|label| self.uses().get(&label));
        match used {
            Some(places) => places.iter().copied().take(MAX_USES).collect(),
            None => vec![at],
        }
    }

    /// The label that is defined on the line of an address: `[label]: `, `.. [8] `, `.. _label: `.
    fn label_defined_at(&self, at: usize) -> Option<String> {
        if self.is_html() {
            return None;
        }
        let start = self.text.floor_char_boundary(at.saturating_sub(300));
        let before = self.text.get(start..at)?;
        let line = before.rsplit('\n').next()?.trim_start();
        let line = line.strip_prefix(".. ").unwrap_or(line);
        let label = line.strip_prefix('[')?.split(']').next()?;
        (!label.is_empty()).then(|| label.to_lowercase())
    }

    /// Where each label in square brackets is used.
    fn uses(&self) -> &HashMap<String, Vec<usize>> {
        self.uses.get_or_init(|| {
            /// Labels longer than this are sentences.
            const LONGEST: usize = 200;
            let mut uses: HashMap<String, Vec<usize>> = HashMap::new();
            for at in memchr::memchr_iter(b'[', self.text.as_bytes()) {
                let end = self.text.floor_char_boundary((at + 1 + LONGEST).min(self.text.len()));
                let Some(rest) = self.text.get(at + 1..end) else { continue };
                let Some(length) = rest.find(['[', ']']).filter(|&length| length > 0) else {
                    continue;
                };
                let after = self.text.get(at + 1 + length..).unwrap_or_default();
                let before = self.text.get(..at).unwrap_or_default();
                let defines = after.starts_with("]:") || before.ends_with("\n.. ");
                if after.starts_with(']') && !defines {
                    let label = rest.get(..length).unwrap_or_default();
                    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
                    uses.entry(label.to_lowercase()).or_default().push(at);
                }
            }
            uses
        })
    }

    /// The headings above a place, the nearest first, each of a higher rank than the one before.
    pub(crate) fn headings(&self, at: usize) -> Vec<&str> {
        let all = self.headings.get_or_init(|| self.read_headings());
        let mut next = all.partition_point(|heading| heading.at <= at).checked_sub(1);
        let mut above = Vec::new();
        while let Some(heading) = next.and_then(|index| all.get(index)) {
            above.push(heading.text.as_str());
            next = heading.parent;
        }
        above
    }

    fn read_headings(&self) -> Vec<Heading> {
        let found: Vec<(usize, usize, String)> = if self.is_html() {
            let marks = self.case.extract.marks.iter();
            let heading = |mark: &crate::model::Mark| match &mark.kind {
                MarkKind::Heading { level, text } => {
                    Some((mark.span.start, usize::from(*level), text.clone()))
                }
                _ => None,
            };
            marks.filter_map(heading).collect()
        } else {
            self.written_headings()
        };
        let mut headings: Vec<Heading> = Vec::with_capacity(found.len());
        let mut open: Vec<usize> = Vec::new();
        for (at, level, text) in found {
            let outranks = |&index: &usize| headings.get(index).is_some_and(|h| h.level < level);
            while open.last().is_some_and(|last| !outranks(last)) {
                open.pop();
            }
            let parent = open.last().copied();
            open.push(headings.len());
            headings.push(Heading { at, level, text, parent });
        }
        headings
    }

    /// Headings as text has them: `## A`, `== A`, `A` over a line of one sign.
    fn written_headings(&self) -> Vec<(usize, usize, String)> {
        let mut found = Vec::new();
        let (mut at, mut before) = (0, "");
        let mut ranks: Vec<char> = vec!['=', '-'];
        for line in self.text.split_inclusive('\n') {
            let trimmed = line.trim();
            let signs = trimmed.bytes().take_while(|byte| matches!(byte, b'#' | b'=')).count();
            let marked = (1..=6).contains(&signs) && trimmed.as_bytes().get(signs) == Some(&b' ');
            if marked {
                let text = trimmed.get(signs..).unwrap_or_default();
                found.push((at, signs, plain(text.trim_matches(['#', '=', ' ']))));
            } else if let Some(sign) = underline(trimmed).filter(|_| !before.trim().is_empty())
                && before.trim().chars().count() <= trimmed.chars().count() + 3
                && underline(before.trim()).is_none()
            {
                if !ranks.contains(&sign) {
                    ranks.push(sign);
                }
                let rank = ranks.iter().position(|known| *known == sign).unwrap_or_default();
                let start = at - before.len();
                found.push((start, rank + 1, plain(before.trim())));
            }
            before = line;
            at += line.len();
        }
        found
    }

    /// The words that stand around a place.
    pub(crate) fn passage(&self, at: usize) -> Passage {
        if self.is_html() { self.passage_of_html(at) } else { self.passage_of_text(at) }
    }

    fn passage_of_html(&self, at: usize) -> Passage {
        let start = self.text.floor_char_boundary(at.saturating_sub(REACH));
        let end = self.text.floor_char_boundary((at + REACH).min(self.text.len()));
        let before = self.text.get(start..at).unwrap_or_default();
        let after = self.text.get(at..end).unwrap_or_default();
        let mut tags = memchr::memrchr_iter(b'<', before.as_bytes());
        let opened = tags.find_map(|lt| Some((lt, block(before.get(lt + 1..)?)?)));
        let mut tags = memchr::memchr_iter(b'<', after.as_bytes());
        let closed = tags.find(|&lt| after.get(lt + 1..).and_then(block).is_some());
        let from = start + opened.map_or(0, |(lt, _)| lt);
        let to = at + closed.unwrap_or(after.len());
        let source = self.text.get(from..to).unwrap_or_default();
        let inserted = before.rfind("<ins").is_some_and(|ins| before.rfind("</ins") < Some(ins));
        Passage {
            words: plain(source),
            hangs_on: Vec::new(),
            is_item: opened.is_some_and(|(_, name)| name == "li"),
            is_inserted: inserted,
        }
    }

    fn passage_of_text(&self, at: usize) -> Passage {
        let mut start = self.line_start(at);
        let mut is_item = item(self.line_at(start)).is_some();
        while !is_item && at - start < REACH {
            let Some(before) = self.line_before(start) else { break };
            let line = self.line_at(before);
            if line.trim().is_empty() {
                break;
            }
            start = before;
            is_item = item(line).is_some();
        }
        let mut end = self.line_end(at);
        while end < self.text.len() && end - at < REACH {
            let line = self.line_at(end);
            if line.trim().is_empty() || item(line).is_some() {
                break;
            }
            end = self.line_end(end);
        }
        let source = self.text.get(start..end).unwrap_or_default();
        let hangs_on = if is_item { self.hung_on(start) } else { Vec::new() };
        Passage { words: plain(source), hangs_on, is_item, is_inserted: false }
    }

    /// What a list item hangs on: the items above it that stand further out, and the line that
    /// introduces the list.
    fn hung_on(&self, start: usize) -> Vec<String> {
        let mut found = Vec::new();
        let mut indent = item(self.line_at(start)).unwrap_or_default();
        let mut at = start;
        for _ in 0..LINES {
            let Some(before) = self.line_before(at) else { break };
            at = before;
            let line = self.line_at(at);
            match item(line) {
                Some(further_out) if further_out < indent => {
                    indent = further_out;
                    found.push(plain(line));
                }
                None if !line.trim().is_empty() && !line.starts_with([' ', '\t']) => {
                    if line.trim_end().ends_with([':', '：']) {
                        found.push(plain(line));
                    }
                    break;
                }
                _ => {}
            }
        }
        found
    }

    /// Where the line of a place begins, or the place from which on it is read.
    fn line_start(&self, at: usize) -> usize {
        let reached = self.text.ceil_char_boundary(at.saturating_sub(REACH));
        let before = self.text.get(reached..at).unwrap_or_default();
        memchr::memrchr(b'\n', before.as_bytes()).map_or(reached, |feed| reached + feed + 1)
    }

    /// Where the line after that of a place begins, or the place up to which it is read.
    fn line_end(&self, at: usize) -> usize {
        let reached = self.text.ceil_char_boundary((at + REACH).min(self.text.len()));
        let rest = self.text.get(at..reached).unwrap_or_default();
        memchr::memchr(b'\n', rest.as_bytes()).map_or(reached, |feed| at + feed + 1)
    }

    fn line_before(&self, start: usize) -> Option<usize> {
        start.checked_sub(1).map(|feed| self.line_start(feed))
    }

    /// The line that begins at an offset, as far as a passage reaches.
    fn line_at(&self, start: usize) -> &'a str {
        self.text.get(start..self.line_end(start)).unwrap_or_default()
    }
}

/// The sign that a line consists of, if it is one that underlines a heading.
fn underline(line: &str) -> Option<char> {
    let sign = line.chars().next().filter(|c| "=-~^\"*+#".contains(*c))?;
    (line.len() >= 3 && line.chars().all(|c| c == sign)).then_some(sign)
}

/// How far a list item is indented, if the line begins one.
fn item(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches([' ', '\t', '>']);
    let indent = line.len() - rest.len();
    let numbered = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - numbered.len();
    let bullet = rest.strip_prefix(['*', '-', '+', '•', '·']);
    let number = numbered.strip_prefix(['.', ')']).filter(|_| (1..=4).contains(&digits));
    bullet.or(number)?.starts_with([' ', '\t']).then_some(indent)
}

/// The name of the block element that a tag opens or closes, given what follows its `<`.
fn block(tag: &str) -> Option<&str> {
    const BLOCKS: [&str; 27] = [
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dd",
        "dt",
        "dl",
        "div",
        "ul",
        "ol",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "aside",
        "blockquote",
        "pre",
        "main",
        "header",
        "footer",
        "body",
    ];
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let length = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = tag.get(..length)?;
    BLOCKS.iter().find(|block| name.eq_ignore_ascii_case(block)).copied()
}

/// A piece of the source as its reader sees it: without tags, emphasis and addresses.
fn plain(source: &str) -> String {
    let mut words = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find(['<', ']', '*', '`', '_', ':']) {
        let (before, sign) = rest.split_at(at);
        words.push_str(before);
        let skipped = match sign.as_bytes() {
            [b'<', next, ..] if next.is_ascii_alphabetic() || *next == b'/' => {
                words.push_str(if block(sign.get(1..).unwrap_or_default()).is_some() {
                    "\n"
                } else {
                    ""
                });
                sign.find('>').map_or(1, |end| end + 1)
            }
            [b']', b'(', ..] => sign.find(')').map_or(1, |end| end + 1),
            [b']', b'[', ..] => sign.get(2..).and_then(|s| s.find(']')).map_or(1, |end| end + 3),
            [b':', b'/', b'/', ..] => {
                let scheme = before.len()
                    - before.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
                words.truncate(words.len() - scheme);
                sign.find(|c: char| c.is_whitespace() || "<>\"')]".contains(c))
                    .unwrap_or(sign.len())
            }
            [b':', ..] => {
                words.push(':');
                1
            }
            _ => 1,
        };
        rest = sign.get(skipped..).unwrap_or_default();
    }
    words.push_str(rest);
    html_escape::decode_html_entities(words.trim()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::offline;

    #[test]
    fn a_passage_hangs_on_what_introduces_it() {
        let case = offline(
            Media::Markdown,
            "# Weekly\n\n## Upcoming Events\n\n### Virtual\n* 2022-12-06 | Berlin | [x](https://a.example/)\n    \
             * [**Hack**](https://b.example/2022/12/06/a)\n\n## Jobs\n\nNone [c](https://c.example/).\n",
        );
        let around = Around::new(&case);
        let links: Vec<_> = case.extract.links.iter().map(|link| link.span.start).collect();
        assert_eq!(around.headings(links[1]), ["Virtual", "Upcoming Events", "Weekly"]);
        assert_eq!(around.headings(links[2]), ["Jobs", "Weekly"]);
        let passage = around.passage(links[1]);
        assert_eq!(passage.words, "[Hack");
        assert!(passage.is_item);
        assert!(passage.hangs_on[0].contains("2022-12-06 | Berlin"), "{:?}", passage.hangs_on);
        assert!(!around.passage(links[2]).is_item);
    }

    #[test]
    fn a_definition_stands_where_it_is_used() {
        let text = "Text.\n\nUpdate: A [rebuttal][r]. It is\nlong.\n\nMore.\n\n[r]: https://a.example/2019-11-21\n";
        let case = offline(Media::Markdown, text);
        let around = Around::new(&case);
        let places = around.places(&case.extract.links[0]);
        assert_eq!(places.len(), 1);
        assert!(around.passage(places[0]).words.starts_with("Update: A [rebuttal"));
    }

    #[test]
    fn html_passages_end_with_their_block() {
        let text = "<p>Before</p><ul><li>One <a href='https://a.example/x'>two</a> &amp; three</li><li>Four</li></ul>";
        let case = offline(Media::Html, text);
        let around = Around::new(&case);
        let passage = around.passage(case.extract.links[0].span.start);
        assert_eq!(passage.words, "One two & three");
        assert!(passage.is_item);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(https?://a.example/x|[a-z*#\\[\\]():<>=`\"\n -]|<li>|</p>|é){0,60}") {
            for media in [Media::Text, Media::Markdown, Media::Html] {
                let case = offline(media, &text);
                let around = Around::new(&case);
                for link in &case.extract.links {
                    for place in around.places(link) {
                        let _ = (around.passage(place), around.headings(place));
                    }
                }
            }
        }
    }
}
