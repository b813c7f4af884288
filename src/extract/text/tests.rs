//! Whole texts, read as a reader would.

use proptest::prelude::*;

use super::*;
use crate::model::{Confidence, LinkKind, Region, Role};

fn read(text: &str) -> Extract {
    crate::extract::extract(&Document::new("a.txt", Media::Text, text))
}

/// The text with every link between ‹ ›.
fn shown(text: &str) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for link in read(text).links {
        shown += &text[at..link.span.start];
        shown += &format!("‹{}›", link.raw());
        at = link.span.end;
    }
    shown + &text[at..]
}

#[track_caller]
fn assert_links(expected: &str) {
    assert_eq!(shown(&expected.replace(['‹', '›'], "")), expected);
}

#[test]
fn the_seed_article_is_read_as_a_reader_does() {
    let read = read(include_str!("../../../fixtures/moscow-times-2018-05-25.txt"));
    assert_eq!(
        read.title(),
        Some("Putin and Macron Agree to Push for Political Solution in Syria")
    );
    let [credit, related, original] = read.links.as_slice() else {
        panic!("three links, not {:#?}", read.links)
    };
    assert_eq!((credit.raw(), credit.role), ("Kremlin.ru", Role::Credit));
    assert_eq!(credit.kind, LinkKind::Schemeless);
    assert_eq!(related.role, Role::Related);
    assert_eq!(
        related.words(),
        Some("Related article: Trump Factor Leaves Macron Scrambling Ahead of Russia Trip")
    );
    assert_eq!(related.join, None);
    assert_eq!(original.role, Role::Original);
    assert_eq!(original.words(), Some("Original url:"));
    assert!(original.joined().ends_with("-solution-in-syria-a61572"), "{}", original.joined());
    let join = original.join.as_ref().expect("a join");
    assert_eq!(join.confidence, Confidence::High);
    assert_eq!(join.reasons[0], "the joined slug repeats the article's own headline");
    assert!(join.alternatives[0].ends_with("-solution-i"), "{join:?}");
}

#[test]
fn what_a_line_end_broke_is_rejoined() {
    for text in [
        "See the manual, which is at ‹https://ctan.org/\npkg/hyphsubst›.\n[5] Partl, Hubert: German",
        "the official repository at ‹https://github.\ncom/robitex/barracuda›. Unzip it at the root",
        "See ‹http:\n//www.ctan.org› (visited on 10/01/2006) and more of the same, of course",
        "Project Gutenberg, 2008. ‹htt\n   p://www.gutenberg.org/ebooks/432›. The others",
        "found at (‹https://example.org/TUGboat/tb42-1/tb130knuth-tuneup21.\npdf›). Now",
        "It is at <‹https://www.example.org/software/\n  groff›>.",
        "> as is said at ‹https://example.org/some/long/path/\n> of-the-page.html› and\n> elsewhere",
        "at ‹https://example.org/search?q=%C3%\nA9t%C3%A9› and so on, in the same line of text",
        "It is ‹http://www.example.org/a/\nb/c-d/\ne-f/g.html›, which goes over three lines here",
        "See ‹http://www.\nexample.org/a/b/c/d.html› and the rest of it, which is a long line of text",
        "See ‹https://example.org/straße-und-\nöffentlicher-platz.html› und noch mehr, wie man sieht",
        "See ‹https://web.archive.org/web/20180525140309/\nwww.example.org/a.html› and the rest of it",
    ] {
        assert_links(text);
    }
}

#[test]
fn what_only_ends_with_its_line_is_left_alone() {
    for text in [
        "See ‹https://tug.org/texlive/›\nfor details of the distribution and how it is made.",
        "The home page is ‹https://example.org/a›.\nThe rest is elsewhere.",
        "‹https://ctan.org/pkg/logreq/›\n‹https://ctan.org/pkg/pdftexcmds/›\n",
        "‹https://example.org/a›\n\nNext paragraph begins here and goes on.",
        "at ‹https://example.org/file.pdf›\n[12] Another Author, another title, 2003.",
        "‹https://example.org/team/›\nmail@example.org",
        "链接：‹https://example.org/a›\n更多内容请看下文，谢谢。",
        "この記事の詳細については次のページを参照 ‹https://example.org/abc/def›\nまた、次のページもご覧ください。",
        "출처: ‹https://example.org/c›\n원문: ‹https://example.org/d›",
        "Detaljer finns på sidan ‹https://example.org/nyheter/abc›\nöppna den här länken.",
        "Smith, J. (2018). Link rot. Journal of Webs, 3(1). ‹https://doi.org/10.1000/xyz123›\n\
         Jones, K., & Lee, P. (2019, June 3). A story. ‹https://doi.org/10.1000/xyz124›\n\
         Doe J, Roe R. A title. Web J. 2018;3(1):1-10. ‹https://doi.org/10.1000/xyz125›\n\
         O’Neil-Ray, Ann: A title. In: The journal, 2018.",
        "Visit ‹https://example.org/shop›\n‹www.example.org› is another.",
        "Links:\n‹https://example.org/a›\n‹https://example.org/b›\n‹example.com/c›\n",
    ] {
        assert_links(text);
    }
}

#[test]
fn what_a_space_broke_is_rejoined() {
    for text in [
        "see ‹https://example.org/2018/ 05/25/some-slug› for more",
        "see ‹https://example.org/2018/05/ 25/some-slug›.",
        "at ‹https:// example.org/a› and elsewhere",
        "at ‹http: //www.example.org/a› and elsewhere",
        "at ‹https://www. example.org/a› and elsewhere",
        "at ‹https://www.example. org/a› and elsewhere",
        "at ‹https://example.org/search?q= macron&page=2› today",
        "at ‹https://example.org/putin-and- macron-agree-a61572› today",
        "at ‹https://example.org /2018/05/25/some-slug› today",
        "at ‹https://example.org/2018/ 05/25/putin-and- macron-agree› today",
        "Putin and Macron Agree to Push\n\nAt ‹https://example.org/putin-and-mac ron-agree-to-push›.",
    ] {
        assert_links(text);
    }
    let join = read("https://example.org/2018/ 05/25/some-slug").links.remove(0).join.expect("one");
    assert_eq!(join.confidence, Confidence::High);
    assert_eq!(join.reasons, ["the parts make a date in the path"]);
    assert_eq!(join.alternatives, ["https://example.org/2018/"]);
}

#[test]
fn a_word_after_a_space_is_no_part_of_the_url() {
    for text in [
        "see ‹https://example.org/› and/or ‹https://example.net/› both",
        "see ‹https://example.org/2018/› 12 times",
        "see ‹https://example.org/2018/› 05/25",
        "see ‹https://example.org/› 05/25/2018",
        "see ‹https://example.org/a/› 24/7 and he/she",
        "see ‹https://example.org/a› state-of-the-art tools",
        "see ‹https://example.org/a/› state-of-the-art tools",
        "see ‹https://example.org/a-› and more",
        "see ‹https://example.org/a›. For more, see below.",
        "see ‹https://example.org›. it is a host",
        "see ‹https://example.org› /r/news and others",
        "see ‹https://example.org/a› /etc/passwd",
        "see ‹https://example.org/docs/› readme.md and index.html",
        "see ‹https://example.org/a›? If not, ask.",
        "Putin and Macron Agree to Push\n\nAt ‹https://example.org/a› Putin-Macron talks went on.",
    ] {
        assert_links(text);
    }
}

#[test]
fn introducing_words_label_and_sort_links() {
    let read = read(
        "Title of the piece\n\nLesen Sie auch: Der Bürgermeister tritt zurück\n\
         https://example.org/x1\n\nSource: example.org\n\nPhoto: https://example.org/p\n\
         [3] Someone: A title.\n    https://example.org/3\n\n\
         Original url:\n\nhttps://example.org/title\n",
    );
    let roles: Vec<Role> = read.links.iter().map(|link| link.role).collect();
    assert_eq!(roles, [Role::Related, Role::Credit, Role::Body, Role::Reference, Role::Original]);
    assert_eq!(read.links[0].words(), Some("Lesen Sie auch: Der Bürgermeister tritt zurück"));
    assert_eq!(read.links[3].region, Region::Reference);
}

#[test]
fn a_footnote_s_sign_makes_a_reference() {
    let text = "The text¹ goes on† and on.\n\n¹ See Smith, https://example.org/one, for\n\
                more of it, and https://example.org/two.\n† https://example.org/three\n\n\
                And https://example.org/four in the text.\n";
    let roles: Vec<Role> = read(text).links.iter().map(|link| link.role).collect();
    assert_eq!(roles, [Role::Reference, Role::Reference, Role::Reference, Role::Body]);
}

#[test]
fn a_bibliography_s_heading_makes_references() {
    let entry = "Smith, J. (2018). A title. https://a.example/b";
    for (text, role) in [
        (format!("It was so.\n\nReferences\n\n{entry}"), Role::Reference),
        (format!("It was so.\n\n8. LITERATUR\n{entry}"), Role::Reference),
        (format!("Sources\n\nDoe, A. Another one, 2017\n\n{entry}"), Role::Reference),
        (format!("Sources\n\nDoe, A. Another one.\n\nAppendix A\n\nSee {entry}"), Role::Body),
        (format!("It speaks of\nReferences\n\n{entry}"), Role::Body),
        (format!("Source:\n\nIt was so, they said.\n\nSee {entry}"), Role::Body),
    ] {
        let link = read(&text).links.pop().expect("a link");
        assert_eq!(link.role, role, "{text}");
    }
}

#[test]
fn a_quotation_in_a_label_stays_whole() {
    for (text, label) in [
        (
            "Lesen Sie auch: „Warum er geht“\nhttps://example.org/a",
            "Lesen Sie auch: „Warum er geht“",
        ),
        ("See also: \"Why he goes\"\nhttps://example.org/a", "See also: \"Why he goes\""),
        ("See also: Why he goes (\nhttps://example.org/a)", "See also: Why he goes"),
        ("Source: “https://example.org/a”", "Source:"),
    ] {
        assert_eq!(read(text).links[0].words(), Some(label), "{text}");
    }
}

/// What stands in the next line is another thing: every address ends where its line does, and is
/// asked for as it stands.
#[test]
fn what_the_next_line_begins_with_is_a_thing_of_its_own() {
    for text in [
        "See ‹https://www.ourpaper.example›\nmailto:desk@ourpaper.example\n",
        "Call ‹https://a.example/contact›\ntel:+49-30-123456\n",
        "See ‹https://a.example/b›\ndoi:10.1000/182\n",
        "At ‹https://a.example/b›\ngit://b.example/c.git\n",
        "At ‹https://a.example/b/›\n‹file:///usr/share/doc›\n",
        "Sources:\n‹www.first.com›\n‹second.com›\n‹third.org›\n",
        "‹http://intranet.local›\nintranet.local/some/path\n",
        "‹https://doi.org/10.1000/182›\n10.1000/183\n10.1000/184\n",
        "‹https://a.example/b?x=1›\n‹https://a.example/c›\n",
        "‹https://a.example/b?q=›\n‹https://a.example/c?q=›\n",
        "‹https://web.archive.org/web/2018/https://a.example/›\n\
         ‹https://web.archive.org/web/2018/https://b.example/›\n\
         ‹https://web.archive.org/web/2018/https://c.example/›\n",
        "* ‹https://web.archive.org/web/2018/›\n* ‹https://web.archive.org/web/2019/›\n",
        "> ‹https://web.archive.org/web/2018/›\n\n> ‹https://web.archive.org/web/2019/›\n",
        "‹https://gist.example/a#line1121›\n#line561\n",
        "See ‹https://a.example/b›\n@name said so\n",
        "See ‹https://a.example/b›\n#tag\n",
        "‹https://a.example/b›\n&copy; 2018 The Paper\n",
        "It is ‹https://a.example/b/›\nand/or this\n",
        "See ‹https://a.example/b/›\n-30-\n",
        "* ‹https://a.example/b›\n* item\n",
        "f(\"‹https://www.example.com/some-article›\",\n    agent=x)\n",
        "<a href=\"‹http://www.example.com/story›\"\n title=\"x\">\n",
        "url=\"‹http://www.example.com/m.mp4›\"\n length=\"1\"\n",
        "uri = ‹https://a.example/daily.bundle›\ncreationToken = 1644442601\n",
        "  svn checkout ‹http://svn.example.org/trunk›\n  svn update\n",
        "* Mercurial : ‹http://www.selenic.com/Understanding›\n* git : ‹http://a.example/b›\n",
        "| ‹https://a.example/b/›\n| cell | other |\n",
        "$ url --path ‹https://a.example/user/repo›\n/user/repo\n",
        "served over the http://\nprotocol.\n",
        "``‹http://a.example/mirrors›``\nwhich is a page\n",
    ] {
        assert_links(text);
        let plain = text.replace(['‹', '›'], "");
        for link in read(&plain).links {
            assert_eq!(link.join, None, "{text}");
        }
    }
}

/// Where nothing makes a join certain, the first part stays the address that is asked for.
#[test]
fn a_doubtful_join_stays_an_alternative() {
    for (text, asked, whole) in [
        (
            "The list that we all had been looking for is at https://a.example/pages/of/the\n\
             list.html and has all of it, as everybody had been told at once before.\n\
             Nobody had expected that so many of them would come all of a sudden.\n",
            "https://a.example/pages/of/the",
            "https://a.example/pages/of/thelist.html",
        ),
        (
            "(http://a.example/mirrors.html\ninstead)\n",
            "http://a.example/mirrors.html",
            "http://a.example/mirrors.htmlinstead",
        ),
    ] {
        let link = read(text).links.remove(0);
        assert_eq!(link.url().map(Url::as_str), Some(asked));
        assert!(link.is_doubtful());
        assert_eq!(link.joined(), whole);
        assert_eq!(link.join.map(|join| join.alternatives), Some(vec![whole.to_owned()]));
    }
}

#[test]
fn what_makes_a_join_certain() {
    for text in [
        // A sign that stands open.
        "See <‹https://a.example/b/\n  some-page›>.",
        "See (‹https://a.example/b/\nsome-page.html›).",
        "> See <‹https://a.example/b/\n> c/\n> some-page›>.",
        // An indentation.
        ".. _suite: ‹https://a.example/b/\n    free/results/bm-2025-and-so-on-and-so-on-and-on.svg›\n",
        // A numbered reference.
        "[1] ‹https://archives.example.org/dev/message/\n5f3681b5b28dabeb5339d44e9585d29f›\n\n",
        // A break inside a host, a query, a digest, a word.
        "at ‹https://www.\nexample.org/a›, and so on",
        "at ‹https://a.example/?start=17cb\ndfd0&end=8fd6&absolute=false› and so on",
        "Ref: ‹https://a.example/commit/66e68ca47f7fd00dff2cb7c45ba6725d4009\n9585#r94›\n",
        "at ‹https://a.example/2022-10-03-jobs-running-on-\nmacos-latest-are-now/› and so on",
    ] {
        assert_links(text);
        let link = read(&text.replace(['‹', '›'], "")).links.remove(0);
        let join = link.join.as_ref().expect(text);
        assert_eq!(join.confidence, Confidence::High, "{text}");
        assert!(!link.is_doubtful(), "{text}");
    }
}

#[test]
fn captures_and_wrappers_are_taken_apart() {
    let read = read(
        "At https://web.archive.org/web/20180525140309/https://example.org/a and \
         https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fb in the text\n\n\
         Archived at https://archive.ph/AbCd1\nSource: https://bit.ly/abc\n",
    );
    assert_eq!((read.links[2].role, read.links[2].region), (Role::Archive, Region::Reference));
    assert_eq!((read.links[3].role, read.links[3].region), (Role::Wrapper, Region::Reference));
    assert_eq!(read.links[0].role, Role::Archive);
    let capture = read.links[0].capture.as_ref().expect("a capture");
    assert_eq!(capture.target.as_deref(), Some("https://example.org/a"));
    assert_eq!(read.links[1].role, Role::Wrapper);
    assert_eq!(read.links[1].inner.as_deref(), Some("https://example.org/b"));
}

#[test]
fn nothing_comes_of_nothing() {
    for text in ["", "\n\n", "\u{feff}", ":", ".", "http", "http:", "http://", "://", "a\u{0}b"] {
        assert!(read(text).links.is_empty(), "{text:?}");
    }
}

/// Pieces that URLs, and the trouble with them, are made of.
fn soup() -> impl Strategy<Value = String> {
    let pieces = proptest::sample::select(vec![
        "http",
        "https",
        "://",
        ":",
        "/",
        "//",
        ".",
        "www.",
        "example",
        ".org",
        ".com",
        "-",
        "_",
        "?q=",
        "&",
        "#",
        "%C3",
        "%",
        "\n",
        "\n  ",
        "\r\n",
        "\u{c}",
        " ",
        "(",
        ")",
        "[",
        "]",
        "[.]",
        "<",
        ">",
        "\"",
        "'",
        "hxxp",
        "é",
        "例え",
        ".рф",
        "…",
        "\u{ad}\n",
        "@",
        "pdf",
        "html",
        "1",
        "23",
        "Word",
        "word",
        "the ",
        "Related article: ",
        "Original url:",
        "Source: ",
        "syria",
        "in-",
        "> ",
        ",",
        "。",
        "🍄",
    ]);
    proptest::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn raw_is_the_slice_at_the_span_and_joined_has_no_breaks(text in soup()) {
        let mut end = 0;
        for link in read(&text).links {
            prop_assert_eq!(link.span.of(&text), link.raw());
            prop_assert!(!link.raw().is_empty() && link.span.start >= end);
            let broken = link.joined().contains(|c: char| c.is_ascii_whitespace());
            prop_assert!(!broken);
            if link.kind != LinkKind::Defanged {
                let kept = |c: &char| !c.is_whitespace() && !">#*;%|/\u{ad}\u{2010}".contains(*c);
                let raw: String = link.raw().chars().filter(kept).collect();
                let joined: String = link.joined().chars().filter(kept).collect();
                prop_assert_eq!(raw, joined);
            }
            if let Some(label) = &link.label {
                let words: Vec<&str> = label.span.of(&text).split_whitespace().collect();
                prop_assert_eq!(&words.join(" "), &label.text);
            }
            end = link.span.end;
        }
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,200}") {
        for link in read(&text).links {
            prop_assert_eq!(link.span.of(&text), link.raw());
        }
    }
}

/// Each takes milliseconds if every byte is looked at a bounded number of times, and minutes if
/// not.
#[test]
fn hostile_texts_stay_linear() {
    for piece in [
        "http://a.example/(",
        "(",
        "http",
        "http://",
        "a.",
        "a[.]",
        "x:",
        "http://a.example/\n",
        "www.",
        "http:\n",
        "xhttp://",
        "http://a.example/'",
        "a@b.",
        "Related: ",
        "Related: a b\n",
        "1.1",
    ] {
        let text = piece.repeat(40_000 / piece.len());
        let _ = read(&text).links.len();
    }
}

proptest! {
    #[test]
    fn the_start_of_a_line_is_found_from_the_one_before(
        lines in proptest::collection::vec(("[ aé]{0,5}", 1_usize..600), 0..9),
        asked in proptest::collection::vec(any::<proptest::sample::Index>(), 1..9),
    ) {
        let text: String =
            lines.iter().map(|(line, times)| format!("{}\n", line.repeat(*times))).collect();
            let mut asked: Vec<usize> = asked
                .into_iter()
                .map(|place| text.floor_char_boundary(place.index(text.len() + 1)))
                .collect();
        asked.sort_unstable();
        let mut known = introductions::LineStart::default();
        for at in asked {
            prop_assert_eq!(known.of(&text, at), introductions::line_start(&text, at));
        }
    }
}

#[test]
fn a_hyphen_at_a_break_may_be_the_typesetters() {
    for (words, expected) in [
        ("A workshop on security.", Confidence::Medium),
        ("A gathering about safety.", Confidence::High),
    ] {
        let text = format!(
            "{words}\n\n   [1]  Doe, J., \"Talks\", http://www.example.org/iab-work-\n        shop/talks/a.ppt\n"
        );
        let found = read(&text);
        let link = found.links.first().expect("a link");
        let join = link.join.as_ref().expect("a join");
        assert_eq!(join.confidence, expected, "{words}");
        assert!(join.alternatives.iter().any(|other| other.contains("workshop/")), "{words}");
    }
}

#[test]
fn a_named_target_goes_on_in_indented_lines() {
    for text in [
        "   __ ‹http://docs.example.org/dev/rst/problems.html\n      #section-structure-via-indentation›\n\nText.\n",
        ".. [#name] Words of a note.\n\n.. _Severity:\n   ‹http://www.example.org:8000/73/841pro.html\n   #error_cond_severity›\n\n.. _other: ‹http://o.example.org/›\n",
    ] {
        let links = read(&text.replace(['‹', '›'], "")).links;
        assert_eq!(
            links[0].join.as_ref().map(|join| join.confidence),
            Some(Confidence::High),
            "{text}"
        );
        assert_links(text);
    }
    // Without a name before it, a tag is a tag.
    assert_links("See ‹http://docs.example.org/a.html›\n   #section\n");
}
