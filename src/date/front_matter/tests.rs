//! Headers as the documentation of generators shows them.

use super::*;
use crate::date::date;
use crate::model::Extract;

/// What a text's header says: when it came out, and when it was last changed.
fn read(media: Media, text: &str) -> (String, String) {
    let document = Document::new("a", media, text);
    let dating = date(&document, &Extract::default());
    let told = |conclusion: Option<crate::model::Conclusion>| {
        conclusion.map_or("-".to_owned(), |conclusion| conclusion.date.to_string())
    };
    (told(dating.published), told(dating.modified))
}

#[track_caller]
fn assert_published(text: &str, expected: &str) {
    assert_eq!(read(Media::Markdown, text).0, expected, "{text}");
}

#[track_caller]
fn assert_changed(text: &str, expected: &str) {
    let text = format!("---\ntitle: x\ndate: 2018-05-25\n{text}\n---\n\nText.\n");
    let (published, changed) = read(Media::Markdown, &text);
    assert_eq!((published.as_str(), changed.as_str()), ("2018-05-25", expected), "{text}");
}

#[test]
fn every_form_of_header_is_read() {
    for text in [
        "---\ntitle: x\ndate: 2018-05-25\n---\ndate: 2019-01-01\n",
        "---\ntitle: x\ndate: '2018-05-25'\n...\n\nText",
        "\u{FEFF}---\ntitle: x\nDate: \"2018-05-25\" # the day\n---\n",
        "+++\ntitle = \"x\"\ndate = 2018-05-25\n+++\n",
        "---toml\ndate = \"2018-05-25\"\n---\n",
        "---json\n{\"date\": \"2018-05-25\"}\n---\n",
        "---\n{\n  \"date\": \"2018-05-25\"\n}\n---\n",
        ";;;\n{\"date\": \"2018-05-25\"}\n;;;\n",
        "{\n  \"title\": \"x\",\n  \"date\": \"2018-05-25\"\n}\n\nText",
        "```toml\n[advisory]\nid = \"A-1\"\ndate = \"2018-05-25\"\nurl = \"https://a.example/2019/01/01/x\"\n```\n\n# Title\n",
        "title: x\ndate: 2018-05-25\n---\nText",
        "Title: x\nDate: 2018-05-25 00:00\nCategory: y\n\nText",
        "Title: x\nPosted: 2018-05-25\nRevision: 3\nNews-Item-Format: 2.0\n\nText",
        "Title\n=====\n\n:date: 2018-05-25\n:tags: a\n\nText",
        "= Title\nA. Author <a@a.example>\n:revdate: 2018-05-25\n:toc:\n\nText",
        "#+TITLE: x\n#+DATE: <2018-05-25 Fri>\n\nText",
        ".. title: x\n.. slug: x\n.. link: \n.. description:\n.. date: 2018-05-25 10:03:00 UTC-05:00\n\nText",
        "<!-- \n.. link: \n.. tags: a,b\n.. date: 2018/05/25 00:17:32\n.. slug: 2014-01-30-a\n-->\n\nText",
        "<!--\n.. title: x\n.. date: 2018-05-25\n-->\n\nText",
        "% Title\n% A. Author\n% May 25, 2018\n\nText",
    ] {
        for media in [Media::Markdown, Media::Text] {
            let published = read(media, text).0;
            assert_eq!(published.get(..10), Some("2018-05-25"), "{text}");
        }
    }
}

#[test]
fn the_names_of_a_publication_are_known() {
    for key in [
        "date",
        "Date",
        "publishDate",
        "publishdate",
        "pubDate",
        "pubDatetime",
        "published",
        "published_date",
        "date_published",
        "datePublished",
        "published_at",
        "published-on",
        "pub_date",
        "posted",
        "created",
        "created_at",
        "date_created",
        "dateCreated",
    ] {
        assert_published(&format!("---\ntitle: x\n{key}: 2018-05-25\n---\n"), "2018-05-25");
    }
    assert_published(
        "---\ndate:\n  created: 2018-05-25\n  updated: 2019-01-02\n---\n",
        "2018-05-25",
    );
    assert_published("+++\n[extra]\ndate = 2018-05-25\n+++\n", "2018-05-25");
}

#[test]
fn the_names_of_a_change_are_known() {
    for key in [
        "updated",
        "updatedDate",
        "updated_at",
        "updated_on",
        "updateDate",
        "lastmod",
        "lastMod",
        "lastUpdated",
        "last_updated",
        "last_update",
        "lastUpdate",
        "last_modified",
        "last_modified_at",
        "last-modified",
        "lastModified",
        "last_modified_date",
        "modified",
        "modified_at",
        "modDatetime",
        "modified_date",
        "date_modified",
        "dateModified",
        "date_updated",
        "updatedDatetime",
        "last_edited",
        "revised",
        "revision_date",
        "ms.date",
        "changed",
        "edited",
    ] {
        assert_changed(&format!("{key}: 2018-05-27"), "2018-05-27");
    }
    assert_changed("last_update:\n  date: 2018-05-27\n  author: x", "2018-05-27");
    assert_changed("last_update: {date: 2018-05-27, author: x}", "2018-05-27");
    assert_changed("sitemap:\n  lastmod: 2018-05-27", "2018-05-27");
    assert_changed("ms.date: 06/05/2018", "2018-06-05");
}

#[test]
fn dates_are_read_in_every_layout_of_the_generators() {
    for (value, expected) in [
        ("2018-05-25 14:03:00 +0200", "2018-05-25T14:03:00+02:00"),
        ("2018-05-25T14:03:00Z", "2018-05-25T14:03:00Z"),
        ("2018-05-25 14:03", "2018-05-25"),
        ("2018-05-25T14:03:00.000-05:00", "2018-05-25T14:03:00-05:00"),
        ("2018-5-25", "2018-05-25"),
        ("2018/05/25", "2018-05-25"),
        ("05/25/2018", "2018-05-25"),
        ("25.05.2018", "2018-05-25"),
        ("May 25, 2018", "2018-05-25"),
        ("\"May 25, 2018\"", "2018-05-25"),
        ("25 May 2018", "2018-05-25"),
        ("25-May-2018", "2018-05-25"),
        ("Fri, 25 May 2018 14:03:00 GMT", "2018-05-25T14:03:00Z"),
        ("Fri May 25 2018 00:00:00 GMT+0000 (Coordinated Universal Time)", "2018-05-25"),
        ("2018-05", "2018-05"),
        ("2018", "2018"),
        ("[2018-05-25]", "2018-05-25"),
        ("{{ page.date }}", "-"),
        ("`r Sys.Date()`", "-"),
        ("today", "-"),
        ("0001-01-01T00:00:00Z", "-"),
    ] {
        let expected = if value == "[2018-05-25]" { "-" } else { expected };
        assert_published(&format!("---\ntitle: x\ndate: {value}\n---\n"), expected);
    }
}

#[test]
fn the_documents_own_address_dates_it() {
    for line in [
        "path = \"2018/05/25/a\"",
        "permalink = \"/2018/05/25/a/\"",
        "url = \"/news/2018/05/25/a.html\"",
        "slug = \"2018-05-25-a\"",
        "aliases = [\"2018/05/25/a.html\"]",
        "aliases = [\n  \"/2018/05/25/a.html\",\n]",
    ] {
        assert_published(&format!("+++\ntitle = \"x\"\n{line}\n+++\n\nText.\n"), "2018-05-25");
    }
    assert_published("---\nredirect_from:\n  - /2018/05/25/a\n---\n", "2018-05-25");
    assert_published("---\npermalink: /:year/:month/:day/:title/\n---\n", "-");
    assert_published("---\nurl: https://other.example/2018/05/25/a\n---\n", "-");
}

#[test]
fn what_takes_place_is_not_published_then() {
    for text in [
        "---\nlayout: event\ntitle: x\ndate: 2018-05-25\n---\n",
        "---\ntitle: x\ndate: 2018-05-25\nend_date: 2018-05-26\n---\n",
        "---\ntitle: x\ndate: 2018-05-25\nevent_type: Conference\n---\n",
        "Place: Berlin\nDate: May 25, 2018\n\nText",
        "---\ntitle: x\nexpiryDate: 2018-05-25\nunpublishdate: 2018-05-25\n---\n",
        "---\ntitle: x\nevents:\n  - date: 2018-05-25\n---\n",
        "Date: 2018-05-25\nDate: 2018-05-26\nDate: 2018-05-27\n\nText",
    ] {
        assert_published(text, "-");
    }
}

#[test]
fn a_file_among_events_bears_the_day_of_its_event() {
    let published = |path: &str| {
        let document = Document::new(path, Media::Markdown, "---\ndate: 2018-05-25\n---\n");
        date(&document, &Extract::default()).published.is_some()
    };
    assert!(!published("content/events/a.md"));
    assert!(published("content/posts/a.md"));
}

#[test]
fn the_last_of_later_fields_is_the_last_edit() {
    let text = "PEP: 1\nTitle: x\nCreated: 14-Mar-2001\nPost-History: 16-Mar-2001, 25-May-2018,\n              `03-Jun-2019 <https://a.example>`__\n\nText\n";
    assert_eq!(read(Media::Text, text), ("2001-03-14".to_owned(), "2019-06-03".to_owned()));
}

#[test]
fn what_is_only_changed_has_no_known_publication() {
    let text = "---\ntitle: x\nlast_modified_at: 2018-05-25\n---\n\nText.\n";
    assert_eq!(read(Media::Markdown, text), ("-".to_owned(), "2018-05-25".to_owned()));
}

#[test]
fn a_template_in_html_has_a_header_and_a_page_has_none() {
    let text = "---\nlayout: post\ndate: 2018-05-25\n---\n<p>Text</p>";
    assert_eq!(read(Media::Html, text).0, "2018-05-25");
    assert_eq!(read(Media::Html, "<!--\ndate: 2018-05-25\n-->\n<p>Text</p>").0, "-");
}

#[test]
fn nothing_printed_outweighs_what_the_author_states() {
    let text = "---\ndate: 2018-05-25\n---\n\nJuly 31, 2018\n\nPublished: July 30, 2018\n";
    let document = Document::new("2018-05-24-a.md", Media::Markdown, text);
    let published = date(&document, &Extract::default()).published.expect("a conclusion");
    assert_eq!(published.date.to_string(), "2018-05-25");
    assert_eq!(published.confidence, crate::model::Confidence::High);
}
