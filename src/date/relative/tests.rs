//! What distances from the time of capture come to.

use crate::date::date;
use crate::extract::extract;
use crate::model::{Document, Headers, Media};

fn page(language: &str, dated: &str) -> Document {
    let text = format!(
        "<html lang={language}><body><article><h1>A headline of some words</h1>\
         <p class=date>{dated}</p><p>{}</p></article></body></html>",
        "Some words of the article. ".repeat(40)
    );
    Document::new("page", Media::Html, text)
}

fn published(document: &Document) -> Option<String> {
    let published = date(document, &extract(document)).published?;
    Some(format!("{} {} {}", published.date, published.source, published.confidence))
}

#[track_caller]
fn assert_published(language: &str, dated: &str, expected: &str) {
    let mut document = page(language, dated);
    document.captured = "2018-05-25T01:30:00Z".parse().ok();
    let expected = format!("{expected} relative-date low");
    assert_eq!(published(&document), Some(expected), "{dated}");
}

#[test]
fn distances_are_counted_back_from_the_time_of_capture() {
    assert_published("en", "1 hour ago", "2018-05-25");
    assert_published("en", "2 hours ago", "2018-05-24");
    assert_published("de", "Gestern, 14:03", "2018-05-24");
    assert_published("fr", "il y a 3 jours", "2018-05-22");
    assert_published("ru", "2 недели назад", "2018-05");
    assert_published("en", "2 months ago", "2018");
    assert_published("en", "Thursday", "2018-05-24");
    assert_published("en", "Friday, 14:03", "2018-05-25");
}

#[test]
fn without_a_time_of_capture_they_say_nothing() {
    let mut document = page("en", "2 hours ago");
    assert_eq!(published(&document), None);
    let sent = ("date".to_owned(), "Fri, 25 May 2018 01:30:00 GMT".to_owned());
    document.headers = Headers(vec![sent]);
    assert_eq!(published(&document).as_deref(), Some("2018-05-24 relative-date low"));
}

#[test]
fn what_is_said_of_a_change_is_no_publication() {
    let mut document = page("en", "Updated 2 hours ago");
    document.captured = "2018-05-25T14:30:00Z".parse().ok();
    let dating = date(&document, &extract(&document));
    assert_eq!(dating.modified.map(|found| found.date.to_string()).as_deref(), Some("2018-05-25"));
}
