//! What is found in whole texts, shown with its spans, and that nothing makes it fail.

use proptest::prelude::*;

use crate::extract::{extract, marked};
use crate::model::{Document, Extract, Link, MarkKind, Media, Role, TitleKind};

fn read(text: &str) -> Extract {
    extract(&Document::new("a.md", Media::Markdown, text))
}

/// The text with every link's address marked.
fn marked(text: &str) -> String {
    marked::links(text, &read(text))
}

#[test]
fn a_backslash_is_part_of_a_name_and_alternative_text_holds_no_links() {
    let page = "https://a.example/b/";
    let mut document = Document::new(
        "a.md",
        Media::Markdown,
        "[x](foo\\bar) ![see https://b.example/c and [y](d)](e.png)",
    );
    document.url = Some(page.parse().expect("a URL"));
    let found = crate::extract::extract(&document);
    let urls: Vec<&str> =
        found.links.iter().filter_map(|link| Some(link.url()?.as_str())).collect();
    assert_eq!(urls, ["https://a.example/b/foo%5Cbar", "https://a.example/b/e.png"]);
}

#[test]
fn every_way_to_write_a_link_is_found_where_its_address_stands() {
    for expected in [
        "see [a](‹http://a.example/b_(c)›) and [b](<‹http://b.example/d e›> \"title\")",
        "[*a* `]( ` \\]](‹http://a.example› 'x')",
        "[a][b] and [b][] and [b]\n\n[b]: ‹http://b.example›\n  'Title'",
        "[a]\n\n[a]:\n  <‹http://a.example/>›>",
        "<‹http://a.example/?b=c&d›> and <mail@a.example>",
        "bare ‹http://a.example/b_c_d›, and ‹www.example.org›.",
        "![p](‹p.png›) [![q](‹q.png›)](‹http://q.example›)",
        "note[^1]\n\n[^1]: See ‹http://n.example›.",
        "`http://a.example` and\n\n    http://b.example\n",
        "> [a](\n> ‹http://a.example›)",
        "text <a href=\"‹http://h.example/?a=1&amp;b›\">*x*</a> and <img src=‹i.png›>",
        "<div>\n<a href='‹/x›'>x</a>\n</div>\n\n[b](‹c›)",
        "| a | b |\n|---|---|\n| [x](‹y›) | ‹http://z.example› |",
        "[a](#b) [c](mailto:d@e.example)",
    ] {
        // The right angle mark inside brackets is only the test's own.
        let expected = expected.replace("/>›>", "/›>");
        let text = expected.replace(['‹', '›'], "");
        assert_eq!(marked(&text), expected);
    }
}

#[test]
fn what_a_line_end_or_a_space_broke_is_rejoined() {
    for (text, joined) in [
        (
            "See https://news.example/2018/05/ 25/a-long-slug for more.",
            Some("https://news.example/2018/05/25/a-long-slug"),
        ),
        ("See https://news. example.org/a for more.", Some("https://news.example.org/a")),
        (
            "# Leaders agree to push for a solution in Syria\n\n\
             - <https://news.example/2018/05/ 25/a-long-slug>\n\
             - https://news.example/leaders-agree-to-push- for-a-solution-in-syria\n",
            Some("https://news.example/leaders-agree-to-push-for-a-solution-in-syria"),
        ),
        (
            "> See https://www.\n> news.example/a/b.html for more.",
            Some("https://www.news.example/a/b.html"),
        ),
        ("[it](https://news.example/2018/05/) 25/a-long-slug", None),
        ("<https://news.example/2018/05/> 25/a-long-slug", None),
        ("See https://news.example/2018/05/ in May.", None),
    ] {
        let found = read(text);
        let made: Vec<&str> =
            found.links.iter().filter(|link| link.join.is_some()).map(Link::joined).collect();
        assert_eq!(made, joined.into_iter().collect::<Vec<_>>(), "{text}");
        check_spans(text).expect("spans of the source");
    }
}

#[test]
fn words_before_a_link_and_headings_above_it_tell_its_role() {
    let text = "# T\n\nAs [it](http://a.example/) was.\n\nRelated article: [B](http://b.example/)\n\n\
        Original url: http://o.example/\n\n## References\n\n- [C](http://c.example/)\n";
    let roles: Vec<_> = read(text).links.iter().map(|link| link.role).collect();
    assert_eq!(roles, [Role::Body, Role::Related, Role::Original, Role::Reference]);
}

#[test]
fn anchor_text_is_what_the_reader_sees() {
    let found = read("[a *b*\n`c`](http://x.example) [![alt](i.png)](http://y.example)");
    let texts: Vec<_> = found.links.iter().map(|link| link.text.as_deref()).collect();
    assert_eq!(texts, [Some("a b c"), Some("alt"), Some("alt")]);
}

#[test]
fn front_matter_names_and_dates_the_article() {
    let text = "---\ntitle: \"A title\"\ndate: 2018-05-25\ncanonical_url: https://a.example/x\n---\n\n# Head\n\nMay 25, 2018 [r](y)\n";
    let found = read(text);
    assert_eq!(found.titles[0].kind, TitleKind::Headline);
    assert_eq!(found.titles[1].text, "A title");
    let date = found.marks.iter().find_map(|mark| match &mark.kind {
        MarkKind::Meta { name, content } if name == "date" => Some((content, mark.span)),
        _ => None,
    });
    let (content, span) = date.expect("a date");
    assert_eq!((content.as_str(), span.of(text)), ("2018-05-25", "2018-05-25"));
    assert_eq!(found.links[0].role, Role::Canonical);
    assert_eq!(found.links[1].url().map(url::Url::as_str), Some("https://a.example/y"));
    assert!(
        found
            .marks
            .iter()
            .any(|mark| mark.kind == MarkKind::Text { text: "May 25, 2018 r".to_owned() })
    );
    let toml = read("+++\ndate = 2018-05-25\n+++\n\ntext");
    assert!(matches!(&toml.marks[0].kind, MarkKind::Meta { name, .. } if name == "date"));
}

#[test]
fn hostile_nesting_stays_linear() {
    for text in [
        "[".repeat(20_000),
        "![".repeat(5_000) + &"](x)".repeat(5_000),
        "[a](".repeat(10_000),
        "> ".repeat(5_000),
        "<a href=x>".repeat(5_000),
        "[a]: x\n\n".to_owned() + &"[a]".repeat(5_000),
        "`".repeat(50_000),
        "*a ".repeat(10_000),
    ] {
        let _ = read(&text);
    }
}

/// Pieces of Markdown, in any order.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "[",
        "]",
        "(",
        ")",
        "](",
        "]:",
        "<",
        ">",
        "![",
        "`",
        "*",
        "_",
        "\\",
        "\n",
        "\n\n",
        " ",
        "> ",
        "- ",
        "# ",
        "    ",
        "http://a.example/b",
        "www.c.example",
        "text 2018",
        "é",
        "[^1]",
        "[^1]: ",
        "[a]: <x y>",
        "[a]",
        "&amp;",
        "|",
        "---\n",
        "date: 2018\n",
        "<a href=\"x\">",
        "</a>",
        "<!--",
        "-->",
        "\"t\"",
        "```",
        "~",
        "+++\n",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check_spans(text: &str) -> Result<(), TestCaseError> {
    let found = read(text);
    for link in &found.links {
        prop_assert_eq!(link.span.of(text), link.raw());
        prop_assert!(!link.raw().is_empty());
    }
    for mark in &found.marks {
        prop_assert!(text.get(mark.span.start..mark.span.end).is_some());
    }
    Ok(())
}

#[test]
fn an_attribute_that_runs_over_links_of_the_markdown_is_none() {
    let text = "<b>x</b>\n\n<a href=\"https://e.example/\n\n[x](http://f.example/a)\n\nb\">z</a>\n";
    check_spans(text).expect("spans that name the source");
    assert!(marked(text).contains("[x](‹http://f.example/a›)"));
}

proptest! {
    #[test]
    fn spans_name_the_source_in_any_soup(text in soup()) {
        check_spans(&text)?;
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check_spans(&String::from_utf8_lossy(&bytes))?;
    }
}
