//! Feeds of each kind, broken ones, and bytes that are none.

use std::io::Cursor;

use super::*;
use crate::model::{Envelope, Media};

fn entries(bytes: &[u8]) -> Vec<Result<Document, ReadError>> {
    let reader = Box::new(Cursor::new(bytes.to_vec()));
    documents(Source { name: "feed".to_owned(), reader }).collect()
}

fn read(bytes: &[u8]) -> Vec<Document> {
    entries(bytes).into_iter().map(|entry| entry.expect("a good entry")).collect()
}

fn dates(document: &Document) -> (Option<&str>, Option<&str>) {
    match &document.envelope {
        Some(Envelope::FeedEntry { published, updated }) => {
            (published.as_deref(), updated.as_deref())
        }
        _ => panic!("an entry without its feed"),
    }
}

fn url(document: &Document) -> Option<&str> {
    document.url.as_ref().map(Url::as_str)
}

/// A feed of RSS with these items, and the titles of what is read, or the line of what is not.
fn titles(items: &str) -> Vec<Result<String, Option<usize>>> {
    let feed = format!("<rss><channel><title>t</title>\n{items}</channel></rss>");
    let title = |entry: Result<Document, ReadError>| match entry {
        Ok(document) => Ok(document.text.trim().to_owned()),
        Err(error) => Err(error.line),
    };
    entries(feed.as_bytes()).into_iter().map(title).collect()
}

#[test]
fn rss_2_is_read() {
    let found = read(include_bytes!("../../../fixtures/feeds/rss2.xml"));
    let [full, plain, bare] = found.as_slice() else { panic!("{} entries", found.len()) };
    assert_eq!((full.name().as_str(), full.media), ("feed#n-1", Media::Html));
    assert_eq!(url(full), Some("https://news.example/2018/05/25/ministers"));
    assert_eq!(
        full.text,
        "<h1>Ministers &amp; markets: AT&amp;T falls</h1>\n<p>See <a \
         href=\"https://other.example/2025/10/17/a\">this</a> &amp; that.</p>"
    );
    assert_eq!(dates(full), (Some("Fri, 25 May 2018 14:03:00 +0300"), None));
    assert_eq!(
        (plain.media, url(plain)),
        (Media::Text, Some("https://news.example/2018/05/24/plain"))
    );
    assert_eq!(plain.text, "R & D\n\nPlain words, see https://other.example/b for more.");
    assert_eq!(dates(plain), (Some("2018-05-24T08:00:00Z"), Some("2018-05-26T08:00:00Z")));
    assert_eq!((bare.name().as_str(), url(bare)), ("feed#3", None));
    assert_eq!(bare.text, "<p>No title, a <a href=\"/c\">link</a>.</p>");
}

#[test]
fn rss_1_is_read() {
    let found = read(include_bytes!("../../../fixtures/feeds/rss1.xml"));
    let [first] = found.as_slice() else { panic!("{} entries", found.len()) };
    assert_eq!(first.name(), "feed#https://old.example/1");
    assert_eq!(first.text, "The first\n\nWords.");
    assert_eq!(dates(first), (Some("2003-05-25T10:00:00+02:00"), None));
}

#[test]
fn a_sitemap_is_read() {
    let found = read(include_bytes!("../../../fixtures/feeds/sitemap.xml"));
    let [news, page] = found.as_slice() else { panic!("{} entries", found.len()) };
    assert_eq!(url(news), Some("https://news.example/2018/05/25/ministers"));
    assert_eq!(news.text.trim(), "Ministers & markets");
    assert_eq!(dates(news), (Some("2018-05-25T14:03:00+03:00"), Some("2018-05-27T08:00:00Z")));
    assert_eq!((page.text.trim(), url(page)), ("", Some("https://news.example/about")));
    assert_eq!(dates(page), (None, Some("2019-01-02")));
}

#[test]
fn a_sitemap_holds_no_articles() {
    let sitemap = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url>";
    assert!(begins(sitemap) && !holds_articles(sitemap));
    assert!(begins(b"<rss><channel>") && holds_articles(b"<rss><channel>"));
    assert!(!begins(b"<urlset><url>"));
    let nested = [&sitemap[..], &b"<news:news>".repeat(100_000)].concat();
    assert!(entries(&nested).iter().all(Result::is_err));
}

#[test]
fn atom_is_read() {
    let found = read(include_bytes!("../../../fixtures/feeds/atom.xml"));
    let [first, second] = found.as_slice() else { panic!("{} entries", found.len()) };
    assert_eq!(first.id.as_deref(), Some("tag:blog.example,2018:1"));
    assert_eq!(url(first), Some("https://blog.example/posts/1"));
    assert_eq!(first.base.as_ref().map(Url::as_str), Some("https://blog.example/posts/"));
    assert_eq!(
        first.text,
        "<h1>One &lt;b&gt; and two</h1>\n<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a &lt; b, \
         <a href=\"2\">next</a></p></div>"
    );
    let stated = (Some("2018-05-25T14:03:00+03:00"), Some("2018-05-27T08:00:00Z"));
    assert_eq!(dates(first), stated);
    assert_eq!(second.text, "x < y\n\nSee https://other.example/ & rest");
    assert_eq!(dates(second), (None, Some("2018-05-26T08:00:00Z")));
}

#[test]
fn the_text_of_an_entry_may_be_a_page_of_its_own() {
    let feed = b"<rss xmlns:dc='http://purl.org/dc/elements/1.1/' \
        xmlns:x='http://www.w3.org/1999/xhtml'><channel>\
        <item><dc:title>One</dc:title><description>short</description>\
        <x:body><x:p>See <x:a href='https://a.example/1'>it</x:a></x:p></x:body></item>\
        <item><title>Two</title><body xmlns='http://www.w3.org/1999/xhtml'>\
        <p><a href='https://a.example/2'>it</a></p></body></item></channel></rss>";
    let found = read(feed);
    let told = |document: &Document| {
        let extract = crate::extract::extract(document);
        let link = extract.links.first().and_then(|link| link.url()).map(Url::to_string);
        (extract.title().map(str::to_owned), link)
    };
    for (document, title, link) in
        [(&found[0], "One", "https://a.example/1"), (&found[1], "Two", "https://a.example/2")]
    {
        assert_eq!(told(document), (Some(title.to_owned()), Some(link.to_owned())));
    }
}

#[test]
fn a_feed_in_another_encoding_is_decoded() {
    let feed = b"<?xml version='1.0' encoding='windows-1251'?><rss><channel><item><title>\xCF\xF0\xE8\xE2\xE5\xF2</title></item></channel></rss>";
    assert_eq!(read(feed)[0].text.trim(), "Привет");
}

#[test]
fn a_broken_entry_costs_only_itself() {
    let good = |title: &str| format!("<item><title>{title}</title></item>\n");
    for broken in [
        "<item><title>no end\n",
        "<item><title>b</title>\n",
        "<item><title>b</title><x <y></item>\n",
        "<item><title><![CDATA[b</title></item>\n",
        "<item><title>b</title><!-- </item>\n",
    ] {
        let found = titles(&format!("{}{broken}{}", good("a"), good("c")));
        let whole: Vec<&str> = found.iter().flatten().map(String::as_str).collect();
        assert_eq!(whole, ["a", "c"], "{broken}: {found:?}");
        assert!(found.contains(&Err(Some(3))), "{broken}: {found:?}");
    }
}

#[test]
fn an_entry_that_is_cut_short_is_told() {
    assert_eq!(titles("<item><title>a</title></item>\n<item><title>b</title>")[0], Ok("a".into()));
    let cut = entries(b"<rss><channel><item><title>a</title>");
    assert_eq!(cut.len(), 1);
    let error = cut[0].as_ref().expect_err("it is cut short");
    assert_eq!(error.problem, "this part of the feed is broken: the entry does not end");
}

#[test]
fn a_feed_of_broken_entries_is_given_up() {
    let found = titles(&"<item><![CDATA[".repeat(10_000));
    assert!((MOST_AGAIN..2 * MOST_AGAIN).contains(&found.len()), "{}", found.len());
}

#[test]
fn entries_that_are_broken_in_themselves_are_told_one_by_one() {
    let found = titles(&"<item><title>a</title>\n".repeat(1_000));
    let lines: Vec<Option<usize>> = found.into_iter().filter_map(Result::err).collect();
    assert_eq!(lines.len(), 1_000);
    assert_eq!((lines[0], lines[999]), (Some(2), Some(1_001)));
}

#[test]
fn entities_of_the_document_type_are_never_expanded() {
    let feed = b"<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/hosts'>]><rss><channel><item><title>&b; &f; &eacute;</title></item></channel></rss>";
    assert_eq!(read(feed)[0].text.trim(), "&b; &f; é");
}

#[test]
fn what_is_no_feed_is_said_to_be_none() {
    let problem = |text: &str| match entries(text.as_bytes()).pop() {
        Some(Err(error)) => error.problem,
        other => panic!("{other:?}"),
    };
    assert_eq!(problem("<urlset/>"), "this is no feed: it does not begin as XML");
    assert_eq!(problem("<urlset></urlset>"), "this is no feed: its root is `urlset`");
    assert_eq!(problem("words"), "this is no feed: it does not begin as XML");
    assert_eq!(problem(""), "this is no feed: it does not begin as XML");
    assert_eq!(
        problem("<feed xmlns='https://shop.example/'>"),
        "this is no feed: its root is `feed`"
    );
    let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>";
    assert_eq!(problem(rdf), "this is no feed: its root is `rdf:RDF`");
}

#[test]
fn an_entry_is_an_article_with_links_and_a_date() {
    let found = read(include_bytes!("../../../fixtures/feeds/rss2.xml"));
    let extract = crate::extract::extract(&found[0]);
    let links: Vec<&str> =
        extract.links.iter().filter_map(|link| link.url().map(Url::as_str)).collect();
    assert_eq!(links, ["https://other.example/2025/10/17/a"]);
    let dating = crate::date::date(&found[0], &extract);
    let published = dating.published.expect("a conclusion");
    assert_eq!(published.date.to_string(), "2018-05-25T14:03:00+03:00");
    assert_eq!(published.confidence, crate::model::Confidence::High);
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        let _ = entries(&bytes);
    }

    #[test]
    fn no_feed_panics(root in "<(rss|feed|a:feed|rdf:RDF)( xmlns(:a)?=\"\\PC{0,5}\")?>", items in "(</?(item|entry|a:entry|title|link|guid|content|content:encoded|description)( [a-z:]{1,8}=\"\\PC{0,5}\")?/?>|<!\\[CDATA\\[|\\]\\]>|<!--|-->|&[a-z#0-9]{0,4};?|\\PC{0,6}){0,30}") {
        let found = entries(format!("{root}{items}").as_bytes());
        proptest::prop_assert!(found.len() <= items.len() + 1);
    }
}
