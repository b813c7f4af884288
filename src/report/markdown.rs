//! A Markdown table, for a pull request's comment or a job's summary.
//!
//! Foreign text cannot act in it: punctuation that Markdown or HTML reads is escaped, and what a
//! forge would make a mention, a reference or a link stands as code.

use std::io::{self, Write};

use super::place::Locator;
use super::{Format, Open, Report, Style, Summary, View, words};
use crate::address::shown::whole;
use crate::model::{Finding, Judged, Level, plain_path};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "markdown",
    help: "a Markdown table, for a pull request's comment",
    views: &[View::Check],
    tells_remarks: true,
    open: Open::Stream(open),
};

/// A comment on GitHub may have 65,536 characters, a job's summary 1 MiB; room is left for the end.
const ROOM: usize = 56_000;
/// The room that remarks may take beside that.
const REMARKS_ROOM: usize = 6_000;
/// The longest text in one cell, in characters.
const CELL: usize = 1_000;

const HEADER: &str = "| | where | what does not fit |\n|---|---|---|\n";
const RESULT: &str = "**dateline**: ";
/// What a report can begin with.
pub(super) const BEGINNINGS: [&str; 2] = [HEADER, RESULT];

struct Markdown {
    out: Box<dyn Write>,
    room: usize,
    rows: usize,
    left_out: usize,
}

fn open(_view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(Markdown { out, room: ROOM, rows: 0, left_out: 0 })
}

impl Report for Markdown {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        let locator = Locator::new(&judged.case.article);
        for finding in &judged.findings {
            let row = row(judged, finding, &locator);
            let length = row.chars().count();
            if length > self.room {
                self.left_out += 1;
                continue;
            }
            self.room -= length;
            if self.rows == 0 {
                self.out.write_all(HEADER.as_bytes())?;
            }
            self.rows += 1;
            self.out.write_all(row.as_bytes())?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if self.rows > 0 {
            self.out.write_all(b"\n")?;
        }
        if self.left_out > 0 {
            let left_out = words::count(self.left_out, "more finding");
            writeln!(self.out, "{left_out} found no room here; see the full report.\n")?;
        }
        writeln!(self.out, "{RESULT}{}\n", words::result(summary))?;
        for line in [words::by_rule(summary), words::known(summary)].into_iter().flatten() {
            writeln!(self.out, "{}\n", escaped(&line))?;
        }
        self.remarks(summary)?;
        self.out.flush()
    }
}

impl Markdown {
    fn remarks(&mut self, summary: &Summary) -> io::Result<()> {
        let mut room = REMARKS_ROOM;
        for (number, remark) in summary.remarks.iter().enumerate() {
            let remark = escaped(remark);
            let Some(left) = room.checked_sub(remark.chars().count()) else {
                let more = words::count(summary.remarks.len() - number, "more remark");
                return writeln!(self.out, "- {more} found no room here");
            };
            room = left;
            writeln!(self.out, "- {remark}")?;
        }
        Ok(())
    }
}

fn row(judged: &Judged, finding: &Finding, locator: &Locator<'_>) -> String {
    let at = locator.line(finding.span);
    let name = plain_path(&judged.case.article.name());
    let place = if judged.case.article.id.is_some() {
        code(&name)
    } else {
        code(&format!("{name}:{}:{}", at.line, at.column))
    };
    let level = match finding.level {
        Level::Error => "**error**",
        Level::Warning => "warning",
        Level::Note => "note",
    };
    format!(
        "| {level} | {place} | {}<br>{}<br>*help*: {} ({}) |\n",
        escaped(&finding.title),
        escaped(&finding.message),
        escaped(&finding.help),
        code(&finding.rule)
    )
}

/// Foreign text as a code span in a table's cell.
fn code(text: &str) -> String {
    let text = cut(&whole(text)).replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Foreign text as words of a table's cell. Words that a forge would make a link, a mention or a
/// reference stand as code: it looks for them in the finished page, where an escaped sign is the
/// sign itself, but it leaves code alone.
fn escaped(text: &str) -> String {
    let text = cut(&whole(text));
    let acts = |word: &str| ["://", "www.", "@", "#"].iter().any(|sign| word.contains(sign));
    let words = text.split(' ');
    let words = words.map(|word| if acts(word) { acting(word) } else { escaped_word(word) });
    words.collect::<Vec<_>>().join(" ")
}

/// A word that would act as code, without the sentence's own marks around it.
fn acting(word: &str) -> String {
    let is_mark = |c: char| matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | ')' | '”' | '"' | '’');
    let inner = word.trim_start_matches(['(', '“', '"', '‘']).trim_end_matches(is_mark);
    // What acts stands within: an address that is nothing but marks is none.
    let Some(start) = word.find(inner).filter(|_| !inner.is_empty()) else { return code(word) };
    let (before, rest) = word.split_at(start);
    let (_, after) = rest.split_at(inner.len());
    // A bracket that is opened inside belongs to the address.
    let opened = inner.matches('(').count().saturating_sub(inner.matches(')').count());
    let kept = after.len() - after.trim_start_matches(')').len();
    let (own, after) = after.split_at(kept.min(opened));
    format!("{}{}{}", escaped_word(before), code(&format!("{inner}{own}")), escaped_word(after))
}

/// Every punctuation mark that Markdown or HTML reads, escaped.
fn escaped_word(word: &str) -> String {
    let mut shown = String::with_capacity(word.len() + 4);
    for character in word.chars() {
        match character {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '!' | '|' | '~' | '$' => {
                shown.push('\\');
                shown.push(character);
            }
            plain => shown.push(plain),
        }
    }
    shown
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(CELL) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_words_do_not_act() {
        assert_eq!(
            escaped("[a](javascript:alert(1)) <img> @user #12 www.x"),
            "\\[a\\]\\(javascript:alert\\(1\\)\\) &lt;img&gt; `@user` `#12` `www.x`"
        );
        for (words, shown) in [
            ("to https://a.example/x, which", "to `https://a.example/x`, which"),
            ("(see https://a.example/x).", "\\(see `https://a.example/x`\\)."),
            ("https://a.example/A_(b).", "`https://a.example/A_(b)`."),
            ("“https://a.example/x”;", "“`https://a.example/x`”;"),
            ("://, @", "`://`, `@`"),
        ] {
            assert_eq!(escaped(words), shown);
        }
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`|"), "`` `\\| ``");
    }
}
