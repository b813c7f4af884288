//! Front matter without a fence: fields at the head of a text, a title block, lines under a title.

use super::block::{Block, Field, Line, key, span, split_field, values};

/// Plain lines: fields from the first line on, or under a title.
pub(super) fn plain<'t>(lines: &[Line<'t>]) -> Option<Block<'t>> {
    header(lines).or_else(|| pandoc(lines)).or_else(|| revised(under_title(lines), lines))
}

/// `Key: value` lines up to an empty line or a rule; a lone one is a sentence as often.
fn header<'t>(lines: &[Line<'t>]) -> Option<Block<'t>> {
    const LEAST: usize = 2;
    let mut fields: Vec<Field<'t>> = Vec::new();
    let mut count = 0;
    let mut end = 0;
    for &line in lines {
        if line.1.is_empty() || matches!(line.1, "---" | "***") {
            break;
        }
        if line.1.starts_with([' ', '\t']) {
            let key = fields.last().map(|field| field.key.clone())?;
            values(&key, line.1, span(line), true, &mut fields);
        } else {
            let (key, value) = split_field(line.1)?;
            count += 1;
            let value = value.trim();
            fields.push(Field { key, value, span: span(line), is_further: false });
        }
        end = line.0 + line.1.len();
    }
    (count >= LEAST).then_some(Block { fields, end, is_plain: true })
}

/// Pandoc's `% title`, `% authors`, `% date`.
fn pandoc<'t>(lines: &[Line<'t>]) -> Option<Block<'t>> {
    let [title, authors, date, ..] = lines else { return None };
    let all = [title, authors, date].into_iter().all(|line| line.1.starts_with('%'));
    let value = date.1.get(1..).filter(|_| all)?.trim();
    let fields =
        vec![Field { key: "date".to_owned(), value, span: span(*date), is_further: false }];
    Some(Block { fields, end: date.0 + date.1.len(), is_plain: false })
}

/// Fields that carry a mark of their own: `:date:` (reStructuredText, `AsciiDoc`), `#+DATE:`
/// (org-mode), `.. date:` (Nikola), among the first lines, where a title may stand before them.
fn under_title<'t>(lines: &[Line<'t>]) -> Option<Block<'t>> {
    /// The lines of a title, its rules, its authors and the empty lines between.
    const TITLE: usize = 8;
    const MARKS: [&str; 3] = [":", "#+", ".. "];
    let read = |line: &Line<'t>| MARKS.into_iter().find_map(|mark| marked(line, mark));
    let first = lines.iter().take(TITLE).position(|line| read(line).is_some())?;
    let lines = lines.get(first..)?;
    // Fields without a value stand among the others, and comments and second lines do.
    let goes_on = |line: &&Line<'t>| {
        MARKS.iter().any(|mark| line.1.starts_with(mark)) || line.1.starts_with([' ', '\t', '/'])
    };
    let fields: Vec<_> = lines.iter().take_while(goes_on).filter_map(read).collect();
    let last = lines.get(lines.iter().take_while(goes_on).count().checked_sub(1)?)?;
    Some(Block { fields, end: last.0 + last.1.len(), is_plain: false })
}

/// A header with the revision that `AsciiDoc` has in the second line below its title, behind the
/// author's: `v1.0, 2018-05-25: remark`.
fn revised<'t>(block: Option<Block<'t>>, lines: &[Line<'t>]) -> Option<Block<'t>> {
    let mut lines = lines.iter().skip_while(|line| line.1.starts_with([':', '/']));
    let is_title = lines.next().is_some_and(|line| line.1.starts_with("= "));
    let is_words = |line: &&Line<'t>| !line.1.is_empty() && !line.1.starts_with([':', '=', '[']);
    let author = lines.next().filter(is_words);
    let revision = author.and_then(|_| lines.next()).filter(is_words);
    let Some(&line) = revision.filter(|_| is_title) else { return block };
    let words = line.1.split(": ").next().unwrap_or_default();
    let is_version = |words: &str| {
        words.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit())
            && !words.contains([' ', '-', '/'])
    };
    let value = match words.split_once(',') {
        Some((version, date)) if is_version(version) => date,
        _ => words,
    };
    let value = value.trim();
    if value.is_empty() || !value.contains(|c: char| c.is_ascii_digit()) || is_version(value) {
        return block;
    }
    let field = Field { key: "revdate".to_owned(), value, span: span(line), is_further: false };
    let mut block = block.unwrap_or(Block { fields: Vec::new(), end: 0, is_plain: true });
    block.end = block.end.max(line.0 + line.1.len());
    block.fields.push(field);
    Some(block)
}

/// A field behind a mark; where that is a colon, another one ends the key.
pub(super) fn marked<'t>(line: &Line<'t>, mark: &str) -> Option<Field<'t>> {
    let rest = line.1.strip_prefix(mark)?;
    let (name, value) = rest.split_once(':')?;
    let value = value.trim();
    // ABlog has a directive for it.
    if let Some(value) = value.strip_prefix(':').filter(|_| mark == ".. " && name == "post") {
        let key = "date".to_owned();
        return Some(Field { key, value: value.trim(), span: span(*line), is_further: false });
    }
    let valid = !name.starts_with([' ', ':']) && !value.is_empty() && !value.starts_with(':');
    let key = key(name).filter(|_| valid)?;
    Some(Field { key, value, span: span(*line), is_further: false })
}
