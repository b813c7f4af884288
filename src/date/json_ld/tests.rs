//! Which of a page's JSON-LD objects dates it.

use super::*;
use crate::model::{Document, Extract, Media, Region, Title, TitleKind};
use proptest::prelude::*;

fn published(scripts: &[&str], title: &str) -> Vec<(&'static Kind, String)> {
    let document = Document::new("page", Media::Html, scripts.concat());
    let title = Title { kind: TitleKind::Headline, text: title.to_owned(), span: Span::new(0, 0) };
    let marks = scripts.iter().map(|script| Mark {
        kind: MarkKind::JsonLd { text: (*script).to_owned() },
        span: Span::new(0, document.text.len()),
        region: Region::Head,
    });
    let extract = Extract { marks: marks.collect(), titles: vec![title], ..Extract::default() };
    let mut witnesses = Vec::new();
    collect(&Subject::new(&document, &extract), &mut witnesses);
    witnesses.iter().map(|witness| (witness.kind, witness.claim.date.to_string())).collect()
}

#[test]
fn the_article_is_told_from_what_stands_around_it() {
    let graph = r#"{"@graph": [
        {"@type": "WebPage", "datePublished": "2018-01-01"},
        {"@type": "NewsArticle", "headline": "Another article of this site", "datePublished": "2019-01-01"},
        {"@type": "NewsArticle", "headline": "What the page is about", "datePublished": "2018-05-25",
         "image": {"@type": "ImageObject", "uploadDate": "2017-01-01"}}]}"#;
    let found = published(&[graph], "What the page is about");
    assert_eq!(found[0], (&PAGE, "2018-01-01".to_owned()));
    assert_eq!(found[1], (&OTHER, "2019-01-01".to_owned()));
    assert_eq!(found[2], (&ARTICLE, "2018-05-25".to_owned()));
    assert_eq!(found[3], (&OTHER, "2017-01-01".to_owned()));
}

#[test]
fn a_film_dates_the_page_that_is_for_it() {
    let film =
        r#"{"@type": "VideoObject", "name": "What the page is about", "uploadDate": "2018-05-25"}"#;
    let found = published(&[film], "What the page is about");
    assert_eq!(found, [(&ARTICLE, "2018-05-25".to_owned())]);
    let found = published(&[film], "What another page is about");
    assert_eq!(found, [(&OTHER, "2018-05-25".to_owned())]);
}

#[test]
fn broken_json_is_read_as_far_as_it_goes() {
    for script in [
        "<!-- {\"@type\": \"Article\", \"datePublished\": \"2018-05-25\"} -->",
        "//<![CDATA[\n{\"@type\": \"Article\", \"datePublished\": \"2018-05-25\"}\n//]]>",
        "{\"@type\": \"Article\", \"description\": \"a\nb\", \"datePublished\": \"2018-05-25\",}",
        "{\"@type\": \"Article\", \"datePublished\": \"2018-05-25\"} {\"broken",
        "{\"@type\": \"Article\", \"name\": \"say \"hi\"\", \"datePublished\": \"2018-05-25\"}",
        "[{\"@type\": [\"Thing\", \"NewsArticle\"], \"datePublished\": [\"2018-05-25\"]}]",
    ] {
        let found = published(&[script], "");
        assert_eq!(found, [(&ARTICLE, "2018-05-25".to_owned())], "{script}");
    }
}

proptest! {
    #[test]
    fn no_script_panics(script in "[\\[\\]{}\",:/ a@<>!CDATA-]{0,60}") {
        let _ = published(&[&script], "");
    }
}
