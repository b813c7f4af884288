//! The whole stage, on the article that the project started from.

use super::*;
use crate::model::{Confidence, Event, Link, LinkKind, Media, Role, Span};

/// The article's own address as it stands in the text: broken over a line end.
fn original(text: &str) -> Option<Link> {
    let start = text.find("https://www.themoscowtimes.com/2018")?;
    let raw = text.get(start..)?.trim_end();
    let span = Span::new(start, start + raw.len());
    let joined = raw.replace('\n', "");
    let mut link = Link::new(LinkKind::Bare, span, raw, &joined, None);
    link.role = Role::Original;
    Some(link)
}

#[test]
fn the_first_article_is_dated_by_its_dateline_and_its_address() {
    let text = include_str!("../../fixtures/moscow-times-2018-05-25.txt");
    let document = Document::new("article", Media::Text, text);
    let links = original(text).into_iter().collect();
    let dating = date(&document, &Extract { links, ..Extract::default() });
    let published = dating.published.as_ref().expect("a conclusion");
    assert_eq!(published.date.to_string(), "2018-05-25");
    assert_eq!(published.confidence, Confidence::High);
    let quoted = |source: &str| {
        let claim = dating.about(Event::Published).find(|claim| claim.source.as_str() == source);
        claim.and_then(|claim| claim.span).map(|span| span.of(text))
    };
    assert_eq!(quoted("dateline"), Some("May 25,2018"));
    assert!(quoted("url-path").is_some_and(|address| address.contains("/2018/05/25/")));
}

#[test]
fn sources_are_named_once() {
    let mut names: Vec<&str> = EVIDENCE.iter().map(|evidence| evidence.source.as_str()).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn the_zero_of_a_clock_is_no_day() {
    let published = |content: &str| {
        let page =
            format!("<meta property='article:published_time' content='{content}'><h1>A</h1>");
        let document = Document::new("page", Media::Html, page);
        date(&document, &crate::extract::extract(&document))
            .published
            .map(|found| found.date.to_string())
    };
    for zero in [
        "0001-01-01",
        "0001-01-01T00:00:00Z",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "1970-01-01",
        "1970-01-01T00:00:00Z",
        "1969-12-31T19:00:00-05:00",
        "1970-01-01T09:00:00+09:00",
        "1397-03-04",
        "1397-03-04T10:00:00+03:30",
        "2561-05-25",
        "9999-12-31T23:59:59Z",
    ] {
        assert_eq!(published(zero), None, "{zero}");
    }
    assert_eq!(published("1970-01-02").as_deref(), Some("1970-01-02"));
    assert_eq!(published("2018-05-25").as_deref(), Some("2018-05-25"));
}
