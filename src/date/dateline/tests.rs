//! Printed datelines of many languages, from `fixtures/datelines.tsv`, and whole texts.

use super::*;
use crate::date::date;
use crate::model::{Confidence, Document, Extract};

fn published(text: &str) -> Option<(String, Confidence)> {
    let document = Document::new("text", Media::Text, text);
    let published = date(&document, &Extract::default()).published?;
    Some((published.date.to_string(), published.confidence))
}

#[test]
fn a_dateline_alone_is_believed() {
    let text = "A Headline\n\nMay 25,2018\n\nThe council met on April 3, 2017 to talk.\n";
    assert_eq!(published(text), Some(("2018-05-25".to_owned(), Confidence::High)));
}

#[test]
fn a_date_in_prose_is_none() {
    let text = "A Headline\n\nOn 3 April 1917 the council met, as it had since May 1, 1900.\n";
    assert_eq!(published(text), None);
}

#[test]
fn an_update_is_a_change() {
    let document = Document::new("text", Media::Text, "Headline\nUpdated: May 27, 2018\n\nText.\n");
    let dating = date(&document, &Extract::default());
    assert_eq!(
        dating.modified.map(|modified| modified.date.to_string()).as_deref(),
        Some("2018-05-27")
    );
}

/// One row of the table: language, expected date or `-`, the line, and the text's address.
fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    let table = include_str!("../../../fixtures/datelines.tsv");
    table.lines().filter(|row| !row.starts_with('#')).map(|row| {
        let mut cells = row.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    })
}

#[test]
fn printed_datelines_of_many_languages_are_read() {
    let mut wrong = Vec::new();
    for [language, expected, line, address] in rows() {
        let text = format!("A Headline\n\n{line}\n\nThe first words of the text.\n");
        let mut document = Document::new("text", Media::Text, text);
        document.url = address.parse().ok();
        let extract = Extract { language: Some(language.to_owned()), ..Extract::default() };
        let mut witnesses = Vec::new();
        let subject = Subject::new(&document, &extract);
        (crate::date::url::EVIDENCE.collect)(&subject, &mut witnesses);
        let from = witnesses.len();
        collect(&subject, &mut witnesses);
        let read = witnesses.get(from).map_or("-".to_owned(), |found| found.claim.date.to_string());
        if read != expected {
            wrong.push(format!("{language}\t{line}: expected {expected}, read {read}"));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_table_is_as_large_as_it_should_be() {
    let languages: std::collections::HashSet<&str> =
        rows().filter(|row| row[1] != "-").map(|row| row[0]).collect();
    assert!(rows().count() >= 300 && languages.len() >= 30);
}
