//! A rule's docs for a terminal: headings in bold, sentences broken where the line ends, examples
//! set in.

use super::{BOLD, CODE, DIM, level_paint, wrap};
use crate::model::Rule;
use crate::report::Style;
use crate::report::words::docs_address;

/// The widest line that is read with ease.
const WIDEST: usize = 92;

/// What a rule finds, why, examples, and how it is silenced.
#[must_use]
pub fn explanation(rule: &Rule, style: Style) -> String {
    let name = style.paint(BOLD, rule.id);
    let level = style.paint(level_paint(rule.level), rule.level);
    let mut text = format!("{name} ({level})\n{}", paragraph(rule.summary, style));
    let docs = rule.markdown();
    let mut lines = docs.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            text += &format!("\n{}\n", style.paint(BOLD, heading));
        } else if line.starts_with("```") {
            for code in lines.by_ref().take_while(|line| !line.starts_with("```")) {
                text += &format!("    {}\n", style.paint(CODE, code));
            }
        } else if !line.is_empty() {
            let mut words = line.to_owned();
            while let Some(next) = lines.next_if(|next| continues(next)) {
                words += " ";
                words += next;
            }
            text += &paragraph(&words, style);
        }
    }
    let all = "All rules: dateline rules".to_owned();
    let end = docs_address(env!("CARGO_PKG_REPOSITORY"), rule.id)
        .map(|address| format!("On the web: {address}"));
    for line in std::iter::once(all).chain(end) {
        text += &format!("\n{}", style.paint(DIM, line));
    }
    text + "\n"
}

/// Whether a line belongs to the paragraph of the one before it.
fn continues(line: &str) -> bool {
    !line.is_empty()
        && !line.starts_with("```")
        && !line.starts_with("## ")
        && !line.starts_with("- ")
}

/// A paragraph, set in and broken at spaces; between marks of code nothing is broken.
fn paragraph(words: &str, style: Style) -> String {
    const LEAD: &str = "  ";
    let width = style.width.clamp(40, WIDEST) - LEAD.len();
    let shown = |words: Vec<&str>| {
        let words: Vec<_> = words.into_iter().map(|word| painted(word, style)).collect();
        format!("{LEAD}{}\n", words.join(" "))
    };
    wrap::lines(pieces(words), width).into_iter().map(shown).collect()
}

/// The words of a sentence, code whole.
fn pieces(words: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut in_code = false;
    for (at, character) in words.char_indices() {
        match character {
            '`' => in_code = !in_code,
            ' ' if !in_code => {
                pieces.push(words.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(words.get(start..).unwrap_or_default());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// A word with its code in colour; without colours the marks of code stay.
fn painted(word: &str, style: Style) -> String {
    if !style.color {
        return word.to_owned();
    }
    let parts = word.split('`').zip([false, true].into_iter().cycle());
    parts
        .map(|(part, is_code)| if is_code { style.paint(CODE, part) } else { part.to_owned() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;

    #[test]
    fn no_line_is_wider_than_the_terminal_unless_it_is_code() {
        for rule in RULES {
            let text = explanation(rule, Style { color: false, width: 60, links: false });
            for line in text.lines() {
                let is_code = line.starts_with("    ") || line.contains(['`', '#']);
                assert!(is_code || line.chars().count() <= 60, "{}: {line}", rule.id);
            }
        }
    }

    #[test]
    fn an_address_ends_the_docs_where_one_is_known() {
        let address = docs_address("https://git.example/a/dateline", "dead-link");
        let known = "https://git.example/a/dateline/blob/main/docs/rules.md#dead-link";
        assert_eq!(address.as_deref(), Some(known));
        for unknown in ["", "https://github.com/OWNER/dateline"] {
            assert_eq!(docs_address(unknown, "dead-link"), None);
        }
    }

    #[test]
    fn all_words_of_the_docs_are_there() {
        let words = |text: &str| {
            let words = text.split_whitespace().filter(|word| !word.starts_with("```"));
            words.filter(|word| *word != "##").map(str::to_owned).collect::<Vec<_>>()
        };
        for rule in RULES {
            let text = explanation(rule, Style { color: false, width: 80, links: false });
            let shown = words(&text).join(" ");
            assert!(shown.contains(&words(&rule.markdown()).join(" ")), "{}:\n{text}", rule.id);
        }
    }
}
