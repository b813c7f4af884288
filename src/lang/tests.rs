//! What each language has, and that every row is one that its readers understand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::*;

fn all() -> impl Iterator<Item = (&'static str, Row)> {
    TABLES.iter().flat_map(|table| table.lines()).map(|line| read(line).expect(line))
}

#[test]
fn every_row_has_its_language_a_known_meaning_and_words() {
    let known: BTreeSet<&str> = Meaning::ALL.iter().map(|meaning| meaning.name()).collect();
    for (meaning, row) in all() {
        assert!(known.contains(meaning), "{meaning}: {row:?}");
        assert!((2..=3).contains(&row.primary().len()), "{row:?}");
        assert!(row.words().all(|word| !word.trim().is_empty()), "{row:?}");
        // Editors take away blanks at the end of a line.
        assert!(!row.words.ends_with(' '), "{row:?}");
    }
}

#[test]
fn a_file_holds_one_language() {
    for table in TABLES.iter().skip(1) {
        let languages: BTreeSet<&str> =
            table.lines().filter_map(read).map(|(_, row)| row.primary()).collect();
        assert_eq!(languages.len(), 1, "{languages:?}");
    }
}

#[expect(clippy::disallowed_methods, reason = "the test reads the names of a folder")]
#[test]
fn every_file_of_words_is_a_table() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lang/words");
    assert_eq!(std::fs::read_dir(folder).expect("the folder is there").count(), TABLES.len() - 1);
}

/// A language that lacks a meaning is seen here, and so is what a change adds or takes.
#[test]
fn what_each_language_has() {
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (meaning, row) in all() {
        *counts.entry(row.primary()).or_default().entry(meaning).or_default() +=
            row.words().count();
    }
    let mut table = String::new();
    for (language, has) in &counts {
        let _ = write!(table, "{language}:");
        for meaning in Meaning::ALL.map(Meaning::name) {
            match has.get(meaning) {
                Some(count) => write!(table, " {meaning} {count}"),
                None => write!(table, " {meaning} -"),
            }
            .expect("a string takes all");
        }
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}
