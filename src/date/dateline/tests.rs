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
