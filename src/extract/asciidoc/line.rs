//! Lines of `AsciiDoc`, and what they are.

/// A line without the white space at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl Line<'_> {
    pub(super) const fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

pub(super) fn lines(source: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    source
        .split_inclusive('\n')
        .map(|line| {
            let start = at;
            at += line.len();
            Line { start, text: line.trim_end() }
        })
        .collect()
}

/// What encloses a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fence {
    /// Code and comments.
    Literal,
    /// What goes as it is into the page, mostly HTML.
    Raw,
    /// Words.
    Words,
    /// The cells of a table.
    Table,
}

/// What a line encloses, if it is the first or the last of a block.
pub(super) fn fence(text: &str) -> Option<Fence> {
    let sign = text.bytes().next()?;
    if matches!(text, "|===" | ",===" | ":===" | "!===") {
        return Some(Fence::Table);
    }
    if text == "--" {
        return Some(Fence::Words);
    }
    if text.starts_with("```") {
        let language = text.trim_start_matches('`');
        return (!language.contains(['`', ' '])).then_some(Fence::Literal);
    }
    if text.len() < 4 || !text.bytes().all(|byte| byte == sign) {
        return None;
    }
    match sign {
        b'-' | b'.' | b'/' => Some(Fence::Literal),
        b'+' => Some(Fence::Raw),
        b'=' | b'*' | b'_' | b'~' => Some(Fence::Words),
        _ => None,
    }
}

/// The level and the words of the heading that a line is, and where they begin: `== Words`.
pub(super) fn heading(text: &str) -> Option<(usize, usize)> {
    let sign = text.chars().next().filter(|sign| matches!(sign, '=' | '#'))?;
    let level = text.len() - text.trim_start_matches(sign).len();
    let words = text.get(level..)?.trim_start();
    let is_parted = text.get(level..)?.starts_with([' ', '\t']);
    (level <= 6 && is_parted && !words.is_empty()).then_some((level, text.len() - words.len()))
}

/// The level of a heading that the line below it underlines.
pub(super) fn underlined(text: &str, below: &str) -> Option<usize> {
    let sign = below.chars().next()?;
    let level = "=-~^+".find(sign)? + 1;
    let length = text.chars().count();
    let fits =
        below.len() > 2 && below.chars().all(|c| c == sign) && below.len().abs_diff(length) < 2;
    (fits && text.contains(char::is_alphanumeric) && !text.starts_with(['.', '[', '|', ' ']))
        .then_some(level)
}

/// Whether a line begins an item of a list.
pub(super) fn is_item(text: &str) -> bool {
    let text = text.trim_start();
    let mark = text.split([' ', '\t']).next().unwrap_or_default();
    let of = |sign: char| mark.len() <= 5 && mark.chars().all(|c| c == sign);
    let number = mark.strip_suffix('.').filter(|number| !number.is_empty());
    let is_number = number.is_some_and(|number| {
        number.bytes().all(|byte| byte.is_ascii_digit())
            || number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    let is_callout = mark.starts_with('<') && mark.ends_with('>') && mark.len() <= 5;
    !mark.is_empty()
        && mark.len() < text.len()
        && (of('*') || mark == "-" || of('.') || is_number || is_callout || mark == "•")
}

/// Whether a line explains a term: `term:: words`.
pub(super) fn is_term(text: &str) -> bool {
    ["::", ";;"].iter().any(|sign| {
        text.find(sign).is_some_and(|at| {
            let rest = text.get(at..).unwrap_or_default().trim_start_matches([':', ';']);
            at > 0 && (rest.is_empty() || rest.starts_with(' '))
        })
    })
}

/// Whether a line is for the processor: `include::a.adoc[]`, `ifdef::x[]`.
pub(super) fn is_instruction(text: &str) -> bool {
    ["include::", "ifdef::", "ifndef::", "ifeval::", "endif::"]
        .iter()
        .any(|name| text.starts_with(name))
        && text.ends_with(']')
}

/// Whether a line is a comment.
pub(super) fn is_comment(text: &str) -> bool {
    text.starts_with("//") && !text.starts_with("///")
}

/// Whether a line gives a block its attributes: `[source,ruby]`, `[[id]]`.
pub(super) fn is_attributes(text: &str) -> bool {
    text.starts_with('[') && text.ends_with(']')
}

/// Whether a line belongs to no paragraph and ends one.
pub(super) fn is_apart(text: &str) -> bool {
    text.is_empty()
        || text == "+"
        || fence(text).is_some()
        || is_instruction(text)
        || is_comment(text)
}

/// Whether the attributes of a block say that it holds no words.
pub(super) fn is_literal_style(text: &str) -> bool {
    const STYLES: [&str; 20] = [
        "source",
        "listing",
        "literal",
        "pass",
        "stem",
        "latexmath",
        "asciimath",
        "comment",
        "plantuml",
        "graphviz",
        "ditaa",
        "mermaid",
        "blockdiag",
        "seqdiag",
        "vega",
        "a2s",
        "wavedrom",
        "svgbob",
        "nomnoml",
        "bpmn",
    ];
    let inside = text.trim_start_matches('[').trim_end_matches(']');
    let style = inside.split([',', '#', '.', '%']).next().unwrap_or_default().trim();
    STYLES.contains(&style) || inside.starts_with(',') && !inside.starts_with(",,")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart() {
        assert_eq!(
            (fence("----"), fence("---"), fence("====")),
            (Some(Fence::Literal), None, Some(Fence::Words))
        );
        assert_eq!((fence("```ruby"), fence("```a`")), (Some(Fence::Literal), None));
        assert_eq!(
            (heading("== A b"), heading("==A"), heading("= T")),
            (Some((2, 3)), None, Some((1, 2)))
        );
        assert_eq!((underlined("Title", "-----"), underlined("Title", "----")), (Some(2), Some(2)));
        assert_eq!(underlined("A longer one", "----"), None);
        for (text, expected) in [
            ("* a", true),
            ("  - b", true),
            ("1. c", true),
            ("<1> d", true),
            ("*b* c", false),
            ("e", false),
        ] {
            assert_eq!(is_item(text), expected, "{text}");
        }
        assert!(is_term("a:: b") && is_term("a::") && !is_term("a::b") && !is_term("image::x[]"));
        assert!(is_literal_style("[source,ruby]") && is_literal_style("[,ruby]"));
        assert!(!is_literal_style("[quote, A, https://a.example]"));
    }
}
