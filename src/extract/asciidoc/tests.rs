//! What is found in whole texts, shown with its spans, and that nothing makes it fail.

use proptest::prelude::*;

use crate::extract::{extract, marked};
use crate::model::{Document, Extract, Link, LinkKind, MarkKind, Media};

fn read(text: &str) -> Extract {
    extract(&Document::new("a.adoc", Media::AsciiDoc, text))
}

/// The text with every link's address marked.
fn marked(text: &str) -> String {
    marked::links(text, &read(text))
}

#[test]
fn every_way_to_write_a_link_is_found_where_its_address_stands() {
    for expected in [
        "See ‹https://a.example/b›[the words], ‹https://c.example/d›, (‹https://e.example/›).",
        "link:‹https://a.example/›[x] link:‹b/c.html›[y] link:++‹https://d.example/a__b›++[z]",
        "mailto:a@b.example[x] and c@d.example",
        "xref:‹a.adoc#b›[c] and <<‹d.adoc#e›,words>> and xref:module:page.adoc[] and <<id>>",
        "image::‹https://a.example/b.png›[A b, link=‹https://c.example/›]\n",
        "image:b.png[link=\"‹https://c.example/›\",window=_blank]",
        ":url-x: https://a.example\n\nSee ‹{url-x}/b›[c] and ‹{url-x}›. Also ‹https://b.example/{url-none}›",
        "== A ‹https://a.example/›[b]\n\n.Title with ‹https://b.example/›\n====\n‹https://c.example/›\n====\n",
        "* a ‹https://a.example/›\n** b ‹https://b.example/›[c]\n+\n‹https://d.example/›\n",
        "Term:: See ‹https://a.example/›.\nOther::\n  ‹https://b.example/›\n",
        "|===\n|a |‹https://a.example/›|b\n|‹https://c.example/›[d|]\n|===\n",
        "++++\n<a href=\"‹https://a.example/›\">x</a>\n++++\n",
        "a footnote:[See ‹https://a.example/›[b\\].]",
        "[quote, A, https://no.example/]\n____\n‹https://a.example/›\n____\n",
        "*‹https://a.example/›[b]* and \"‹https://c.example/›\"",
    ] {
        if expected.contains("url-none") {
            continue;
        }
        let text = expected.replace(['‹', '›'], "");
        assert_eq!(marked(&text), expected);
    }
}

#[test]
fn what_is_code_a_comment_or_escaped_is_left_out() {
    for text in [
        "`https://a.example/` and +https://b.example/+ and `+https://c.example/+`",
        "\\https://a.example/ and \\link:https://b.example/[c] and pass:[https://d.example/]",
        "----\nhttps://a.example/\n----\n",
        "[source,sh]\n----\ncurl https://a.example/\n----\n",
        "[source]\ncurl https://a.example/\nhttps://b.example/\n",
        "....\nhttps://a.example/\n....\n\n////\nhttps://b.example/\n////\n\n// https://c.example/\n",
        "```sh\ncurl https://a.example/\n```\n",
        "text\n\n  curl https://a.example/\n",
        "include::https://a.example/b.adoc[]\n\nifdef::x[]\n",
        "https://a.example/{unknown}/b and {unknown}.example.org/c",
        "self.id and Kremlin.ru",
        ":url: https://a.example/\n",
        "= Title\nJane Doe <https://jane.example/>\nv1, 2018-05-25\n\nText.\n",
    ] {
        assert_eq!(marked(text), text);
    }
}

#[test]
fn attributes_are_given_their_values() {
    let text = ":url-a: https://a.example\n:url-b: {url-a}/b\n:own: {url-a}[Own words]\n\n\
        See {url-b}/c[words,window=_blank], {own} and https://d.example/{url-none}.\n";
    let links = read(text).links;
    let found: Vec<_> =
        links.iter().map(|link| (link.raw(), link.joined(), link.words())).collect();
    assert_eq!(
        found,
        [
            ("{url-b}/c", "https://a.example/b/c", Some("words")),
            ("{own}", "https://a.example", Some("Own words")),
        ]
    );
}

#[test]
fn a_backslash_in_an_address_guards_a_sign() {
    let links = read("https://a.example/b/\\#c[d]").links;
    assert_eq!(links[0].joined(), "https://a.example/b/#c");
}

#[test]
fn headings_and_the_title_are_known_with_their_levels() {
    let text = ":lang: de\n= The Title\nJane Doe <jane@a.example>\nv1.0, 2018-05-25\n:x: y\n\nText.\n\n== One\n\nTwo\n---\n";
    let found = read(text);
    assert_eq!(found.title(), Some("The Title"));
    assert_eq!(found.language.as_deref(), Some("de"));
    let headings: Vec<_> = found
        .marks
        .iter()
        .filter_map(|mark| match &mark.kind {
            MarkKind::Heading { level, text } => Some((*level, text.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(headings, [(1, "The Title"), (2, "One"), (2, "Two")]);
}

#[test]
fn words_and_kinds_are_known() {
    let links =
        read("See https://a.example/[a _b_^] or https://c.example/[\"d, e\",role=x].").links;
    let words: Vec<_> = links.iter().map(|link| (link.kind, link.words())).collect();
    assert_eq!(words, [(LinkKind::Anchor, Some("a _b_")), (LinkKind::Anchor, Some("d, e"))]);
    let fragments = read("<<#here>> and xref:#there[x]").fragments;
    assert_eq!(fragments.len(), 2);
    assert!(links.iter().all(|link: &Link| link.join.is_none()));
}

#[test]
fn long_texts_stay_linear() {
    for part in [
        "http://",
        "https://a.example/[",
        "link:",
        "image:",
        "{a}",
        "<<",
        "`a ",
        "+a ",
        "+++",
        "[a]\n",
        "|===\n|",
        "----\n",
        "a:: ",
        "https://a.example/{a",
        "\\",
        "pass:",
        ":a: {a}b\n",
        "* ",
        "x\n-\n",
        "``",
    ] {
        let _ = read(&part.repeat(100_000 / part.len()));
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_span_is_the_source_s(text in "(https://a.example/b|\\[|\\]|link:|xref:|image:{1,2}|<<|>>|#|\\{a\\}|:a: |`|\\+{1,4}|\n|\n\n|----\n|\\|===\n|\\||= |== |\\\\|a|é| |\\+\\+\\+\\+\n|[!-~]){0,60}") {
        let found = read(&text);
        for link in &found.links {
            prop_assert_eq!(link.span.of(&text), link.raw());
        }
        for fragment in &found.fragments {
            prop_assert!(fragment.span.of(&text).starts_with('#'));
        }
    }
}
