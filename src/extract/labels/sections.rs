//! Headings of the parts of a text that hold nothing but links: bibliographies, notes, and what else
//! there is to read.
//!
//! To teach another heading, add it to its language's row in `src/lang/words/`, in lower case.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::introduction;
use crate::lang::{self, Meaning, Row};
use crate::model::Role;

/// What a bibliography or notes are headed with.
static REFERENCES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    lang::rows(Meaning::Heads)
        .filter(|row| row.detail == "references")
        .flat_map(Row::words)
        .collect()
});

/// A longer heading is none of these, in bytes.
const LONGEST: usize = 100;

/// What a heading says that all links below it are for, if it says nothing else: a number may stand
/// before it, a colon behind.
#[must_use]
pub(crate) fn role_of_section(heading: &str) -> Option<Role> {
    let heading = heading.trim().trim_end_matches([':', '：', '.']).trim_end();
    if heading.is_empty() || heading.len() > LONGEST {
        return None;
    }
    let name = without_number(heading).to_lowercase();
    if REFERENCES.contains(name.as_str()) {
        return Some(Role::Reference);
    }
    let said = introduction(heading).filter(|said| said.end == heading.len())?;
    (said.role == Role::Related).then_some(Role::Related)
}

/// A heading without the number of its chapter: `7.`, `7.1`, `VII.`.
fn without_number(heading: &str) -> &str {
    let is_number = |number: &str| {
        let digits = number.trim_end_matches(['.', ')']);
        !digits.is_empty()
            && (digits.chars().all(|c| c.is_ascii_digit() || c == '.')
                || number.len() > digits.len() && digits.chars().all(|c| "IVX".contains(c)))
    };
    match heading.split_once(char::is_whitespace) {
        Some((number, name)) if is_number(number) => name.trim_start(),
        _ => heading,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_link_lists_are_known_and_headlines_are_not() {
        for (heading, role) in [
            ("References", Some(Role::Reference)),
            ("7.2 REFERENCES", Some(Role::Reference)),
            ("VII. Notes:", Some(Role::Reference)),
            ("Список литературы", Some(Role::Reference)),
            ("参考文献", Some(Role::Reference)),
            ("Related articles", Some(Role::Related)),
            ("Lesen Sie auch:", Some(Role::Related)),
            ("Read more books, says the minister", None),
            ("References to the war are taken out", None),
            ("Notes on a scandal", None),
            ("Vito Corleone", None),
            ("", None),
        ] {
            assert_eq!(role_of_section(heading), role, "{heading}");
        }
    }

    #[test]
    fn headings_are_written_as_they_are_looked_up() {
        for heading in REFERENCES.iter() {
            assert_eq!(role_of_section(heading), Some(Role::Reference), "{heading}");
            let said = introduction(heading).map(|said| said.role);
            assert_ne!(said, Some(Role::Related), "{heading}");
        }
    }
}
