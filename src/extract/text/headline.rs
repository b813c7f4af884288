//! The headline of a plain text: its first lines.

use crate::model::{Span, Title, TitleKind};

/// A headline goes over no more lines and characters than this.
const MOST_LINES: usize = 3;
const LONGEST: usize = 300;

/// The first paragraph, if it is short enough to be a headline; or else its first line, if that is.
pub(super) fn of(text: &str) -> Option<Title> {
    let start = text.len() - text.trim_start().len();
    let rest = text.get(start..)?;
    let mut end = 0;
    let mut lines = 0;
    for line in rest.split_inclusive('\n').take(MOST_LINES + 1) {
        if line.trim().is_empty() {
            break;
        }
        lines += 1;
        if lines > MOST_LINES || end + line.len() > LONGEST {
            end = rest.find('\n').unwrap_or(rest.len());
            break;
        }
        end += line.len();
    }
    let headline = rest.get(..end)?.trim_end();
    if headline.is_empty() || headline.len() > LONGEST || headline.contains("://") {
        return None;
    }
    let words: Vec<&str> = headline.split_whitespace().collect();
    Some(Title {
        kind: TitleKind::Headline,
        text: words.join(" "),
        span: Span::new(start, start + headline.len()),
    })
}
