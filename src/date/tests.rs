//! The whole stage, on the article that the project started from.

use super::*;
use crate::model::{Confidence, Event, Link, LinkKind, Media, Role, Span, Speaker};

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
fn a_page_tells_its_publication_from_its_changes_and_from_other_things() {
    let dated = |body: &str| {
        let page = format!(
            "<title>The headline of the story</title><h1>The headline of the story</h1>{body}<p>Text of the story.</p>"
        );
        let document = Document::new("page", Media::Html, page);
        let dating = date(&document, &crate::extract::extract(&document));
        let told = |conclusion: &Option<crate::model::Conclusion>| {
            conclusion.as_ref().map_or("-".to_owned(), |told| told.date.to_string())
        };
        (told(&dating.published), told(&dating.modified))
    };
    for (body, published, modified) in [
        (
            "<p>Posted on <time class='updated' datetime='2021-12-10'>December 10, 2021</time><time class='entry-date published' datetime='2019-04-09'>April 9, 2019</time></p>",
            "2019-04-09",
            "2021-12-10",
        ),
        (
            "<p>Posted on <time class='updated' datetime='2019-04-09'>April 9, 2019</time></p>",
            "2019-04-09",
            "2019-04-09",
        ),
        (
            "<span itemprop='dateModified'>December 10, 2021</span> <span itemprop='datePublished'>April 9, 2019</span>",
            "2019-04-09",
            "2021-12-10",
        ),
        (
            "<p>last updated <time datetime='2021-12-10'>December 10, 2021</time></p><p>Published <time datetime='2019-04-09'>April 9, 2019</time></p>",
            "2019-04-09",
            "2021-12-10",
        ),
        (
            "<p><abbr class='published' title='2018-05-20'>x</abbr> <abbr class='modified' title='2018-05-25'>y</abbr></p>",
            "2018-05-20",
            "2018-05-25",
        ),
        ("<p>2018年5月20日</p><p>2018年5月25日更新</p>", "2018-05-20", "2018-05-25"),
        ("<p><span>Erstellt am</span><span>09.02.2022</span></p>", "2022-02-09", "-"),
        ("<p class='date'>28.09.19<span>12:34</span></p>", "2019-09-28", "-"),
        (
            "<script type='application/ld+json'>{\"@type\":\"Product\",\"name\":\"x\",\"review\":{\"@type\":\"Review\",\"datePublished\":\"2018-05-25\"}}</script>",
            "-",
            "-",
        ),
    ] {
        assert_eq!(dated(body), (published.to_owned(), modified.to_owned()), "{body}");
    }
}

fn kinds() -> impl Iterator<Item = &'static Kind> {
    EVIDENCE.iter().flat_map(|evidence| evidence.kinds).copied()
}

#[test]
fn kinds_are_named_once() {
    let mut names: Vec<&str> = kinds().map(|kind| kind.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test reads the sources of this folder")]
fn every_kind_is_registered_with_the_evidence_of_its_file() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/date");
    let mut folders = vec![root];
    let mut declared = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read(&path).expect("a file");
            let source = String::from_utf8_lossy(&source);
            let kinds = source.split(concat!(": Kind = ", "Kind {")).skip(1);
            declared.extend(kinds.filter_map(|kind| Some(kind.split('"').nth(1)?.to_owned())));
        }
    }
    declared.sort_unstable();
    let mut registered: Vec<&str> = kinds().map(|kind| kind.name).collect();
    registered.sort_unstable();
    assert_eq!(declared, registered);
}

#[test]
fn a_source_finds_its_kind_of_evidence_again() {
    for evidence in EVIDENCE {
        let written = serde_json::to_string(&evidence.source).expect("a name");
        let read: Source = serde_json::from_str(&written).expect("a source");
        assert_eq!(read.speaker(), evidence.source.speaker(), "{read}");
        assert_eq!(read.phrase(), evidence.source.phrase(), "{read}");
        assert_eq!(read.label(), evidence.source.label(), "{read}");
    }
    let judging = Source::named("time-of-judging");
    assert_eq!(judging.speaker(), Speaker::Program);
    let other: Source = serde_json::from_str("\"of-tomorrow\"").expect("a source");
    assert_eq!((other.as_str(), &*other.label()), ("of-tomorrow", "of tomorrow"));
    assert_eq!(other.speaker(), Speaker::Page);
}

/// What the weighing relies on when it takes a kind's traits for granted.
#[test]
fn traits_belong_to_kinds_that_they_fit() {
    for kind in kinds() {
        let is_month = kind.is(Trait::Period) || kind.is(Trait::MonthAlone);
        assert!(!is_month || kind.event == Event::Published, "{}", kind.name);
        assert!(!kind.is(Trait::Leads) || kind.group == Group::Print, "{}", kind.name);
        assert!(kind.further <= kind.first, "{}", kind.name);
    }
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

#[test]
fn hidden_words_are_weaker_than_shown_ones() {
    for hiding in ["style='display: none'", "hidden", "style=VISIBILITY:hidden"] {
        for hidden in [
            format!("<p class=date {hiding}>May 1, 2017</p>"),
            format!("<div {hiding}><span class=date>May 1, 2017</span></div>"),
        ] {
            let page = format!("<h1>A headline of it</h1>{hidden}<p class=date>May 25, 2018</p>");
            let document = Document::new("page", Media::Html, page.as_str());
            let published = date(&document, &crate::extract::extract(&document)).published;
            let day = published.map(|published| published.date.to_string());
            assert_eq!(day.as_deref(), Some("2018-05-25"), "{hidden}");
        }
    }
}
