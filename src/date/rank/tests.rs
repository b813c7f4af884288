//! What claims come to together.

use crate::date::date;
use crate::model::{
    Confidence, Document, Event, Extract, Link, LinkKind, Mark, MarkKind, Media, Region, Role,
    Span, Title, TitleKind,
};

/// A page with a headline at byte 1,000, under which marks are put.
#[derive(Default)]
struct Page {
    extract: Extract,
    captured: Option<&'static str>,
}

impl Page {
    fn new() -> Self {
        let title = Title {
            kind: TitleKind::Headline,
            text: "What the page is about".to_owned(),
            span: Span::new(1_000, 1_022),
        };
        Self { extract: Extract { titles: vec![title], ..Extract::default() }, captured: None }
    }

    fn mark(mut self, region: Region, kind: MarkKind) -> Self {
        let at = 1_100 + self.extract.marks.len() * 10;
        self.extract.marks.push(Mark { kind, span: Span::new(at, at + 9), region });
        self
    }

    fn meta(self, name: &str, content: &str) -> Self {
        self.mark(Region::Head, meta(name, content))
    }

    fn dated(self, hint: &str, text: &str) -> Self {
        let kind = MarkKind::Dated { hint: hint.to_owned(), text: text.to_owned() };
        self.mark(Region::Body, kind)
    }

    fn text(self, region: Region, text: &str) -> Self {
        self.mark(region, MarkKind::Text { text: text.to_owned() })
    }

    fn canonical(mut self, address: &str) -> Self {
        let mut link = Link::new(LinkKind::Metadata, Span::new(0, 0), address, address, None);
        link.role = Role::Canonical;
        self.extract.links.push(link);
        self
    }

    #[track_caller]
    fn assert_published(self, expected: &str, confidence: Confidence) -> Vec<String> {
        let mut document = Document::new("page", Media::Html, " ".repeat(4_000));
        document.captured = self.captured.map(|at| at.parse().expect("a time"));
        let published = date(&document, &self.extract).published.expect("a conclusion");
        let found = (published.date.to_day_precision().to_string(), published.confidence);
        assert_eq!(found, (expected.to_owned(), confidence), "{:#?}", published.reasons);
        published.reasons
    }
}

fn meta(name: &str, content: &str) -> MarkKind {
    MarkKind::Meta { name: name.to_owned(), content: content.to_owned() }
}

const PUBLISHED: &str = "article:published_time";

#[test]
fn independent_sources_that_agree_are_certain() {
    Page::new()
        .meta(PUBLISHED, "2018-05-25T14:03:00+03:00")
        .canonical("https://a.example/2018/05/25/b")
        .assert_published("2018-05-25", Confidence::High);
}

#[test]
fn a_lone_weak_claim_stays_low() {
    Page::new()
        .text(Region::Sidebar, "May 25, 2018")
        .mark(Region::Related, MarkKind::Text { text: "May 27, 2018".to_owned() })
        .text(Region::Related, "May 28, 2018");
    let outside = Page::new().text(Region::Related, "May 25, 2018");
    outside.assert_published("2018-05-25", Confidence::Low);
}

#[test]
fn readers_go_by_the_printed_day_where_the_moment_is_in_another_zone() {
    Page::new()
        .meta(PUBLISHED, "2018-05-26T01:30:00Z")
        .text(Region::Body, "May 25, 2018")
        .assert_published("2018-05-25", Confidence::High);
    Page::new()
        .meta(PUBLISHED, "2018-05-26T01:30:00Z")
        .canonical("https://a.example/2018/05/25/b")
        .assert_published("2018-05-25", Confidence::High);
}

#[test]
fn an_ambiguous_date_is_the_day_that_something_else_names() {
    let printed = || Page::new().text(Region::Body, "02/11/2023");
    printed().assert_published("2023-02-11", Confidence::Low);
    let named = printed().meta("date", "2023-11-02T14:00:51Z");
    named.assert_published("2023-11-02", Confidence::High);
    let named = printed().meta("date", "2023-02-11T14:00:51Z");
    named.assert_published("2023-02-11", Confidence::High);
    // What stands outside the article decides nothing about it.
    let outside = printed().text(Region::Related, "November 2, 2023");
    outside.assert_published("2023-02-11", Confidence::Low);
}

#[test]
fn conflicts_are_kept_and_told() {
    let page = Page::new()
        .meta(PUBLISHED, "2025-10-17T10:00:00Z")
        .canonical("https://a.example/2018/05/25/b");
    let document = Document::new("page", Media::Html, "");
    let dating = date(&document, &page.extract);
    assert_eq!(dating.about(Event::Published).count(), 2);
    let published = dating.published.expect("a conclusion");
    assert!(published.confidence < Confidence::High);
    assert!(published.reasons.iter().any(|reason| reason.contains("2025-10-17")));
}

#[test]
fn a_change_before_publication_is_said_to_be_a_mistake() {
    let told = |change: &str| {
        let page = Page::new()
            .meta(PUBLISHED, "2018-05-25T14:03:00Z")
            .meta("article:modified_time", change)
            .text(Region::Body, "May 25, 2018")
            .canonical("https://a.example/2018/05/25/b");
        page.assert_published("2018-05-25", Confidence::High).join("\n")
    };
    assert!(told("2018-06-01T10:00:00Z").contains("a change after publication is no conflict"));
    assert!(told("2018-04-01T10:00:00Z").contains("nothing is changed before it comes out"));
}

#[test]
fn a_change_is_kept_apart() {
    let page = Page::new()
        .meta(PUBLISHED, "2018-05-25T14:03:00Z")
        .meta("article:modified_time", "2019-01-01T10:00:00Z");
    let dating = date(&Document::new("page", Media::Html, ""), &page.extract);
    assert_eq!(
        dating.published.map(|found| found.date.to_string()).as_deref(),
        Some("2018-05-25T14:03:00Z")
    );
    assert_eq!(
        dating.modified.map(|found| found.date.to_string()).as_deref(),
        Some("2019-01-01T10:00:00Z")
    );
}

#[test]
fn a_page_that_is_put_out_anew_keeps_its_address() {
    let page = || {
        Page::new()
            .meta(PUBLISHED, "2017-04-12T18:33:59+02:00")
            .mark(Region::Body, meta("datepublished", "2020-02-19"))
            .mark(Region::Body, meta("datemodified", "2020-02-19"))
            .dated("header-info", "19 février 2020")
    };
    page().assert_published("2020-02-19", Confidence::Medium);
    page()
        .canonical("https://a.example/what-to-eat-120417-4711")
        .assert_published("2017-04-12", Confidence::Medium);
}

#[test]
fn what_lies_after_the_copy_or_before_the_web_is_not_believed() {
    let mut page = Page::new().meta(PUBLISHED, "2025-05-25").text(Region::Body, "May 24, 2018");
    page.captured = Some("2019-01-01T00:00:00Z");
    page.assert_published("2018-05-24", Confidence::Medium);
    let old = Page::new().meta(PUBLISHED, "1970-01-02");
    old.assert_published("1970-01-02", Confidence::Low);
}

#[test]
fn a_stated_date_beats_all() {
    let page =
        Page::new().meta(PUBLISHED, "2018-05-25").canonical("https://a.example/2018/05/25/b");
    let mut document = Document::new("page", Media::Html, "");
    document.stated_date = "2026-01-01".parse().ok();
    let published = date(&document, &page.extract).published.expect("a conclusion");
    assert_eq!(
        (published.date.to_string().as_str(), published.confidence),
        ("2026-01-01", Confidence::High)
    );
    assert_eq!(published.source.as_str(), "given");
}

#[test]
fn a_film_on_the_page_and_a_filled_in_day_say_little() {
    let page = || {
        Page::new()
            .mark(Region::Body, meta("uploaddate", "2017-01-10"))
            .mark(Region::Body, meta("datecreated", "2004-01-01"))
            .mark(Region::Body, meta("datemodified", "2019-06-13"))
    };
    page()
        .text(Region::Body, "Updated June 13, 2019")
        .assert_published("2019-06-13", Confidence::Low);
    page().text(Region::Body, "May 25, 2018").assert_published("2018-05-25", Confidence::Low);
}

#[test]
fn an_index_is_as_new_as_its_first_entry() {
    Page { extract: Extract::default(), captured: None }
        .text(Region::Body, "The minister spoke at the opening on April 6, 2018 with many guests from all over the country.")
        .dated("teaser-date", "May 25, 2018")
        .dated("teaser-date", "May 24, 2018")
        .assert_published("2018-05-25", Confidence::Low);
}

#[test]
fn until_when_a_film_can_be_seen_dates_nothing() {
    Page::new()
        .text(Region::Body, "Video available until: October 14, 2019")
        .text(Region::Body, "Video verfügbar bis: 14.10.2019")
        .text(Region::Body, "May 25, 2018")
        .assert_published("2018-05-25", Confidence::Medium);
}

#[test]
fn a_month_is_all_that_is_said_where_no_day_is_claimed() {
    Page::new()
        .canonical("https://a.example/2018/05/b/")
        .assert_published("2018-05", Confidence::Medium);
}

#[test]
fn a_hundred_thousand_dates_are_read_in_bounded_time() {
    let mut page = Page::new().meta(PUBLISHED, "2018-05-25");
    for at in 0..100_000_u32 {
        page =
            page.text(Region::Body, &format!("{}.{}.{}", at % 28 + 1, at % 12 + 1, 1990 + at % 35));
    }
    let dating = date(&Document::new("page", Media::Html, ""), &page.extract);
    assert!(dating.claims.len() <= 500 && dating.published.is_some());
}

#[test]
fn a_hundred_thousand_addresses_of_its_own_are_read_in_bounded_time() {
    let mut page = Page::new();
    for at in 0..100_000_u32 {
        page = page.canonical(&format!("https://a.example/2018/05/25/{at}"));
    }
    page.assert_published("2018-05-25", Confidence::High);
}

#[test]
fn a_hundred_thousand_names_are_read_in_bounded_time() {
    let mut page = Page::new();
    for at in 0..100_000_u32 {
        let day = format!("2018-05-{:02}", at % 28 + 1);
        let script = format!("{{\"@type\": \"Article\", \"datePublished\": \"{day}\"}}");
        page = page.meta(PUBLISHED, &day).mark(Region::Head, MarkKind::JsonLd { text: script });
    }
    let dating = date(&Document::new("page", Media::Html, ""), &page.extract);
    assert!(dating.claims.len() <= 500 && dating.published.is_some());
}

#[test]
fn a_long_line_is_read_at_its_ends_only() {
    let mut document = Document::new("text", Media::Text, "May 25, 2018 ".repeat(1 << 20));
    assert!(date(&document, &Extract::default()).claims.len() < 100);
    document.text = format!("Headline\n\nMay 25, 2018\n\n{}", "x".repeat(10 << 20));
    let published = date(&document, &Extract::default()).published;
    assert_eq!(published.map(|found| found.date.to_string()).as_deref(), Some("2018-05-25"));
}
