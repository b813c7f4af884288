//! Where a document's own header stands, and the fields in it: YAML, TOML or JSON between fences,
//! and the plain `Key: value` lines of Pelican, `MultiMarkdown`, GLEP 42, reStructuredText,
//! `AsciiDoc`, org-mode, Nikola and Pandoc.
//!
//! Lines are read, not grammars: a header that is not quite well-formed still says its date.

use super::header::{marked, plain};
use super::keys::folded;
use crate::model::Span;

/// One field.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Field<'t> {
    /// The folded key, the keys around it joined to it by dots.
    pub key: String,
    /// The value without quotes and comments.
    pub value: &'t str,
    /// The line from its key to its end, which is what a reader is shown.
    pub span: Span,
    /// Whether it is an item of a list, or goes on from the line above.
    pub is_further: bool,
}

/// A document's header.
#[derive(Debug)]
pub(crate) struct Block<'t> {
    pub fields: Vec<Field<'t>>,
    /// Where the document's text begins, in bytes.
    pub end: usize,
    /// Whether it is one of plain lines, which only its looks tell from the text.
    pub is_plain: bool,
}

/// A header ends within so many lines and bytes, or it is none.
const MAX_LINES: usize = 300;
const MAX_BYTES: usize = 64 << 10;

/// One line of the header's part of the text, without its end.
pub(super) type Line<'t> = (usize, &'t str);

/// Reads the header of a text, if it has one.
pub(super) fn read(text: &str) -> Option<Block<'_>> {
    let text = text.get(..text.floor_char_boundary(MAX_BYTES))?;
    let start = text.len() - text.trim_start_matches(['\u{FEFF}', '\n', '\r', ' ', '\t']).len();
    let mut at = start;
    let lines: Vec<Line<'_>> = text
        .get(start..)?
        .split_inclusive('\n')
        .take(MAX_LINES)
        .map(|line| {
            let start = at;
            at += line.len();
            (start, line.trim_end())
        })
        .collect();
    let &(_, first) = lines.first()?;
    if first.starts_with('{') {
        return json(text, start);
    }
    match fence(first) {
        Some((end, syntax)) => fenced(text, &lines, end, syntax),
        None => plain(&lines),
    }
}

/// How the fields between two fences are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Yaml,
    Toml,
    Json,
    Comment,
}

/// What ends a header that begins with this line.
fn fence(line: &str) -> Option<(&'static [&'static str], Syntax)> {
    Some(match line {
        "---" | "--- yaml" | "---yaml" | "---yml" => (&["---", "..."], Syntax::Yaml),
        "+++" => (&["+++"], Syntax::Toml),
        "---toml" | "--- toml" => (&["---"], Syntax::Toml),
        "---json" | "--- json" => (&["---"], Syntax::Json),
        ";;;" => (&[";;;"], Syntax::Json),
        "```toml" | "~~~toml" | "``` toml" => (&["```", "~~~"], Syntax::Toml),
        "```yaml" | "```yml" | "``` yaml" => (&["```", "~~~"], Syntax::Yaml),
        "```json" | "``` json" => (&["```", "~~~"], Syntax::Json),
        "<!--" => (&["-->"], Syntax::Comment),
        _ => return None,
    })
}

fn fenced<'t>(
    text: &'t str,
    lines: &[Line<'t>],
    ends: &[&str],
    syntax: Syntax,
) -> Option<Block<'t>> {
    let last = 1 + lines.get(1..)?.iter().position(|(_, line)| ends.contains(line))?;
    let &(end, closing) = lines.get(last)?;
    let inside = lines.get(1..last)?;
    let end = end + closing.len();
    let from = inside.first().map_or(end, |line| line.0);
    let fields = match syntax {
        // `gray-matter` reads JSON between the fences of YAML, of which it is a part.
        Syntax::Yaml | Syntax::Json
            if inside.iter().find(|line| !line.1.trim().is_empty())?.1.trim().starts_with('{') =>
        {
            json(text, from + text.get(from..)?.find('{')?)?.fields
        }
        Syntax::Json => return None,
        Syntax::Toml => toml(inside),
        Syntax::Yaml => yaml(inside),
        Syntax::Comment => {
            let dotted = inside.iter().filter_map(|line| marked(line, ".. "));
            let fields: Vec<_> = dotted.collect();
            if fields.is_empty() { yaml(inside) } else { fields }
        }
    };
    (!fields.is_empty()).then_some(Block { fields, end, is_plain: false })
}

/// A key as it may be written.
pub(super) fn key(text: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let bare = text.trim().trim_matches(['"', '\'']);
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '/' | ':');
    let valid = bare.starts_with(char::is_alphabetic)
        && bare.len() <= LONGEST
        && bare.chars().all(is_part)
        && bare.split_whitespace().count() <= 4;
    valid.then(|| folded(bare))
}

/// A scalar without its quotes, or up to the comment behind it.
fn scalar(value: &str) -> &str {
    let value = value.trim().trim_end_matches(',');
    for quote in ['"', '\''] {
        if let Some((inside, _)) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote))
        {
            return inside;
        }
    }
    value.split(" #").next().unwrap_or(value).trim_end()
}

/// The fields that a value makes: one, or those of a list or a table written on its line.
pub(super) fn values<'t>(
    path: &str,
    value: &'t str,
    span: Span,
    is_further: bool,
    into: &mut Vec<Field<'t>>,
) {
    let value = value.trim();
    let inside = |open: char, close: char| {
        value
            .strip_prefix(open)
            .map(|rest| rest.trim_end_matches([',', ' ']).trim_end_matches(close))
    };
    if let Some(items) = inside('[', ']') {
        into.extend(
            items.split(',').map(scalar).filter(|item| !item.is_empty()).map(|item| Field {
                key: path.to_owned(),
                value: item,
                span,
                is_further: true,
            }),
        );
    } else if let Some(table) = inside('{', '}').filter(|_| !value.starts_with("{{")) {
        for pair in table.split(',') {
            let Some((name, value)) = pair.split_once([':', '=']) else { continue };
            let Some(name) = key(name) else { continue };
            let key = format!("{path}.{name}");
            into.push(Field { key, value: scalar(value), span, is_further });
        }
    } else {
        let value = scalar(value);
        if !value.is_empty() {
            into.push(Field { key: path.to_owned(), value, span, is_further });
        }
    }
}

pub(super) fn span((start, line): Line<'_>) -> Span {
    let lead = line.len() - line.trim_start().len();
    Span::new(start + lead, start + line.len())
}

/// `key: value`, tables told by their indent.
fn yaml<'t>(lines: &[Line<'t>]) -> Vec<Field<'t>> {
    /// Deeper than this is no header.
    const DEPTH: usize = 8;
    let mut fields = Vec::new();
    let mut open: Vec<(usize, String)> = Vec::new();
    for &line in lines {
        let bare = line.1.trim_start();
        let indent = line.1.len() - bare.len();
        let item = bare.strip_prefix("- ");
        // The items of a list may stand at the indent of its key.
        let is_inside = |outer: usize| indent > outer || item.is_some() && indent == outer;
        while open.last().is_some_and(|(outer, _)| !is_inside(*outer)) {
            open.pop();
        }
        if bare.is_empty() || bare.starts_with('#') || open.len() > DEPTH {
            continue;
        }
        let around = open.last().map_or("", |(_, path)| path.as_str());
        let pair = split_field(item.unwrap_or(bare));
        match (item, pair) {
            (Some(item), None) if !around.is_empty() => {
                values(around, item, span(line), true, &mut fields);
            }
            (None, Some((name, value))) => {
                let path = if around.is_empty() { name } else { format!("{around}.{name}") };
                values(&path, value, span(line), false, &mut fields);
                // Whatever stands deeper belongs to it, be it a table or a text over many lines.
                open.push((indent, path));
            }
            // A list of records has days of its own.
            (Some(_), _) => open.push((indent, format!("{around}.item"))),
            (None, None) => {}
        }
    }
    fields
}

/// `key: value` with a space or nothing behind the colon, so that `http://` is none.
pub(super) fn split_field(line: &str) -> Option<(String, &str)> {
    let mut colons = line.match_indices(':');
    let (at, _) = colons.find(|(at, _)| {
        line.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    })?;
    Some((key(line.get(..at)?)?, line.get(at + 1..)?))
}

/// `key = value` under `[table]`.
fn toml<'t>(lines: &[Line<'t>]) -> Vec<Field<'t>> {
    let mut fields = Vec::new();
    let mut table = String::new();
    let mut text: Option<&str> = None;
    let mut list: Option<String> = None;
    for &line in lines {
        let bare = line.1.trim();
        if let Some(quotes) = text {
            text = Some(quotes).filter(|quotes| !bare.contains(quotes));
            continue;
        }
        if let Some(path) = list.take() {
            values(&path, bare.trim_end_matches(']'), span(line), true, &mut fields);
            list = Some(path).filter(|_| !bare.ends_with(']'));
            continue;
        }
        if let Some(name) = bare.strip_prefix('[') {
            let is_record = name.starts_with('[');
            let name = key(name.trim_matches(['[', ']'])).unwrap_or_default();
            table = if is_record { format!("{name}.item.") } else { format!("{name}.") };
            continue;
        }
        let Some((name, value)) = bare.split_once('=') else { continue };
        let names: Option<Vec<String>> = name.split('.').map(key).collect();
        let Some(names) = names else { continue };
        let path = format!("{table}{}", names.join("."));
        let value = value.trim();
        text = ["\"\"\"", "'''"]
            .into_iter()
            .find(|quotes| value.starts_with(quotes) && value.matches(quotes).count() < 2);
        if text.is_none() {
            values(&path, value, span(line), false, &mut fields);
            list = value.starts_with('[').then_some(path).filter(|_| !value.contains(']'));
        }
    }
    fields
}

/// `{"key": "value"}` from `start` to its end.
fn json(text: &str, start: usize) -> Option<Block<'_>> {
    let rest = text.get(start..)?;
    let mut values = serde_json::Deserializer::from_str(rest).into_iter();
    let serde_json::Value::Object(table) = values.next()?.ok()? else { return None };
    let end = start + values.byte_offset();
    let inside = text.get(start..end)?;
    let mut fields = Vec::new();
    let mut found = |path: String, value: &serde_json::Value, is_further: bool| {
        let Some(value) = value.as_str() else { return };
        // What is escaped stands otherwise in the text, and is no date.
        let Some(at) = inside.find(&format!("\"{value}\"")) else { return };
        let span = Span::new(start + at + 1, start + at + 1 + value.len());
        fields.push(Field { key: path, value: span.of(text), span, is_further });
    };
    for (name, value) in &table {
        let name = folded(name);
        match value {
            serde_json::Value::Array(items) => {
                for item in items {
                    found(name.clone(), item, true);
                }
            }
            serde_json::Value::Object(table) => {
                for (inner, value) in table {
                    found(format!("{name}.{}", folded(inner)), value, false);
                }
            }
            value => found(name, value, false),
        }
    }
    (!fields.is_empty()).then_some(Block { fields, end, is_plain: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_fields(text: &str, expected: &[(&str, &str)]) {
        let block = read(text);
        let fields = block.iter().flat_map(|block| &block.fields);
        let found: Vec<_> = fields.map(|field| (field.key.as_str(), field.value)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn tables_and_lists_are_told_apart() {
        assert_fields(
            "---\nlast_update:\n  date: 2024-01-02\n  author: x\nevents:\n  - date: 2024-01-03\naliases:\n- /a\n---\n",
            &[("lastupdate.date", "2024-01-02"), ("lastupdate.author", "x"), ("aliases", "/a")],
        );
        assert_fields(
            "---\nlast_update: {date: 2024-01-02, author: x}\naliases: [/a, \"/b\"]\n---\n",
            &[
                ("lastupdate.date", "2024-01-02"),
                ("lastupdate.author", "x"),
                ("aliases", "/a"),
                ("aliases", "/b"),
            ],
        );
        assert_fields(
            "+++\nabout = \"\"\"\ndate = 2024-01-01\n\"\"\"\naliases = [\n  \"a\",\n]\n[extra]\ndate = 2024-01-02 # x\n+++\n",
            &[("aliases", "a"), ("extra.date", "2024-01-02")],
        );
        assert_fields(
            "{\"date\": \"2024-01-02\", \"params\": {\"x\": \"y\"}}\nText: a\n",
            &[("date", "2024-01-02"), ("params.x", "y")],
        );
    }

    #[test]
    fn lightweight_markups_have_their_own_lines() {
        let of = |text: &'static str, value: &'static str| {
            let block = read(text).expect(text);
            let date = block.fields.iter().find(|f| matches!(f.key.as_str(), "date" | "revdate"));
            assert_eq!(date.map(|date| date.value), Some(value), "{text}");
        };
        of("Title\n=====\n\n.. post:: May 25, 2018\n   :tags: a\n\nText", "May 25, 2018");
        of("Title\n=====\n\n:Date: 2018-05-25\n:Author: A\n\nText", "2018-05-25");
        of("= Title\nJane Doe\nv1.0, 2018-05-25: First\n:toc:\n\nText", "2018-05-25");
        of("= Title\nJane Doe <j@a.example>\n2018-05-25\n\nText", "2018-05-25");
        of("= Title\n:revdate: 2018-05-25\n\nText", "2018-05-25");
        assert_fields("= Title\nJane Doe\nv1.0\n\nText", &[]);
        assert_fields("= Title\n\nText of 2018\nand more 12\n", &[]);
    }

    #[test]
    fn a_text_that_begins_with_a_colon_in_it_has_no_header() {
        for text in [
            "Note: this is a text.\nIt goes on.\n",
            "Date: 2018-05-25\n\nText",
            "{a}\n",
            "---\n\nText\n",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn nothing_panics_and_long_headers_stay_linear() {
        for text in ["---\n", "+++\n[", "{", ";;;\n{\n;;;", "% a\n% b\n%", "#+:", "---\n- - -\n---"]
        {
            let _ = read(text);
        }
        let _ = read(&format!("---\n{}---\n", " a:\n".repeat(20_000)));
    }
}
