//! The part of a text that its heading calls references, notes or sources.

use super::is_blank;
use crate::extract::labels;
use crate::model::Role;

/// A longer line is no heading, in bytes.
const LONGEST: usize = 60;

/// Whether the line that was read last stands in a bibliography.
#[derive(Debug)]
pub(super) struct Bibliography {
    is_open: bool,
    /// Whether a paragraph begins with the next line.
    after_blank: bool,
}

impl Default for Bibliography {
    fn default() -> Self {
        Self { is_open: false, after_blank: true }
    }
}

impl Bibliography {
    /// Reads the next line, given what follows it. A heading begins a paragraph; one that tells
    /// nothing stands alone between blank lines, and ends a bibliography.
    pub(super) fn read(&mut self, line: &str, rest: &str) {
        if line.len() > LONGEST {
            self.after_blank = false;
            return;
        }
        let blank = is_blank(line);
        if self.after_blank && !blank {
            let words = line.trim();
            let is_label = words.ends_with([':', '：']);
            if !is_label && labels::role_of_section(words) == Some(Role::Reference) {
                self.is_open = true;
            } else if self.is_open && is_heading(words) && is_blank(first_line(rest)) {
                self.is_open = false;
            }
        }
        self.after_blank = blank;
    }

    /// Whether what follows is an entry.
    pub(super) const fn is_open(&self) -> bool {
        self.is_open
    }
}

/// Whether a line that stands alone can be a heading: no entry, which tells a year or an address,
/// nor a sentence.
fn is_heading(words: &str) -> bool {
    let name = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    name.starts_with(char::is_alphabetic)
        && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '/' | ';' | '@'))
}

fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}
