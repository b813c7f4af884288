//! What the pass finds in whole pages, and that nothing makes it fail.

use proptest::prelude::*;

use crate::extract::extract;
use crate::model::{Document, Extract, LinkKind, Mark, MarkKind, Media, Region, Role};

fn read(html: &str) -> Extract {
    extract(&Document::new("page.html", Media::Html, html))
}

/// A paragraph long enough to be an article's.
fn prose() -> String {
    "The committee met again and spoke at length about what had been agreed before. ".repeat(3)
}

#[test]
fn metadata_stands_in_the_head() {
    let found =
        read("<head><meta property=article:published_time content='2018-05-25&#x54;10:00'>");
    assert_eq!(found.marks[0].region, Region::Head);
    let MarkKind::Meta { name, content } = &found.marks[0].kind else { panic!("no meta") };
    assert_eq!((name.as_str(), content.as_str()), ("article:published_time", "2018-05-25T10:00"));
}

#[test]
fn marks_carry_the_words_that_a_reader_sees() {
    let found = read(
        "<h1>A &amp; B</h1><p class=byline>By X, <b>May</b> 3,\n 2018</p>\
         <time datetime=2018-05-03 class=Posted>3 May</time>\
         <span itemprop='datePublished dateCreated' content=2018-05-03>x</span>",
    );
    let kinds: Vec<_> = found.marks.iter().map(|mark| format!("{:?}", mark.kind)).collect();
    let kinds = kinds.join("\n");
    for expected in [
        r#"Heading { level: 1, text: "A & B" }"#,
        r#"Dated { hint: "byline", text: "By X, May 3, 2018" }"#,
        r#"Text { text: "By X, May 3, 2018" }"#,
        r#"Time { datetime: Some("2018-05-03"), text: "3 May", hint: "posted" }"#,
        r#"Property { name: "datepublished", value: "2018-05-03" }"#,
    ] {
        assert!(kinds.contains(expected), "{expected} is not in\n{kinds}");
    }
}

#[test]
fn what_is_shown_without_scripts_or_plugins_holds_links() {
    let found = read(
        "<body><p>x</p><noscript><a href='https://a.example/1'>One</a><b>x</b>\
         <img src='https://a.example/2.png'></noscript><object data='https://a.example/3.svg'>\
         <embed src='https://a.example/4.swf'></object><iframe src='https://a.example/5'></iframe>\
         <script>'<noscript><a href=https://a.example/6></noscript>'</script>",
    );
    let links: Vec<_> =
        found.links.iter().map(|link| (link.raw(), link.text.as_deref(), link.kind)).collect();
    assert_eq!(
        links,
        [
            ("https://a.example/1", Some("One"), LinkKind::Anchor),
            ("https://a.example/2.png", None, LinkKind::Embed),
            ("https://a.example/3.svg", None, LinkKind::Embed),
            ("https://a.example/4.swf", None, LinkKind::Embed),
            ("https://a.example/5", None, LinkKind::Embed),
        ]
    );
}

#[test]
fn a_stated_base_goes_before_the_pages_address() {
    for media in [Media::Html, Media::Markdown] {
        let text = "<a href=\"b\">x</a>";
        let mut document = Document::new("a", media, text);
        document.url = "https://page.example/".parse().ok();
        document.base = "https://base.example/x/".parse().ok();
        let links = extract(&document).links;
        let url = links[0].url().map(ToString::to_string);
        assert_eq!(url.as_deref(), Some("https://base.example/x/b"), "{media}");
    }
}

#[test]
fn an_attribute_named_for_a_date_tells_one() {
    let found = read("<h1>A</h1><div class=arrow data-date='18. M&auml;rz 2020'></div>");
    let told = |mark: &Mark| matches!(&mark.kind, MarkKind::Dated { hint, text } if hint == "arrow" && text == "18. März 2020");
    assert!(found.marks.iter().any(told), "{:?}", found.marks);
    assert_eq!(read("<div class=arrow data-dates='18. 3. 2020'></div>").marks, []);
    assert_eq!(read("<table><td class=fc-cell data-date='2020-03-18'></td></table>").marks, []);
}

#[test]
fn the_headline_is_the_heading_most_like_what_the_page_is_called() {
    let title = |html: &str| read(html).title().map(str::to_owned);
    let page = "<meta name=dc.title content='Press Releases of the Society and of the Town'>\
                <meta property=og:title content='Election: A New President for the Society'>\
                <h1>A New President for the Society</h1><h2>Press Releases</h2>";
    assert_eq!(title(page).as_deref(), Some("A New President for the Society"));
    // The site's name stands in a heading too, and in every title.
    let page = "<meta property=og:title content='Fronts Harden After the Lecture | Town News'>\
                <meta name=twitter:title content='Town News'>\
                <h1>Town News</h1><h2>Fronts Harden After the Lecture</h2>";
    assert_eq!(title(page).as_deref(), Some("Fronts Harden After the Lecture"));
}

#[test]
fn what_no_reader_sees_is_no_text() {
    let found = read(
        "<script>var a = '2018 <p>';</script><style>/* 2018 */</style><!-- 2018 <p> --><template>2018</template>",
    );
    assert_eq!(found.marks, []);
}

#[test]
fn parts_of_the_page_are_told_apart() {
    let prose = prose();
    let html = format!(
        "<body class=has-sidebar><nav><a href=/n>n</a></nav><header><h1>Title of it</h1></header>\
         <div class=layout><div class=post><p>{prose}</p><p>{prose} <a href=/b>b</a></p></div>\
         <div class=relatedposts><a href=/r>r</a></div><ol class=comment-list><li>{prose}<a href=/c>c</a></ol>\
         <aside><p>{prose}<a href=/s>s</a></aside></div><footer><a href=/f>f</a></footer>"
    );
    let found = read(&html);
    let regions: Vec<_> = found.links.iter().map(|link| (link.raw(), link.region)).collect();
    let expected = [
        ("/n", Region::Navigation),
        ("/b", Region::Body),
        ("/r", Region::Related),
        ("/c", Region::Comment),
        ("/s", Region::Sidebar),
        ("/f", Region::Footer),
    ];
    assert_eq!(regions, expected);
}

/// The roles of the links of an article's text, the page being at `site.example`.
fn roles_in_article(inside: &str) -> Vec<(String, Role, Region)> {
    let prose = prose();
    let html = format!("<h1>Title of it</h1><div><p>{prose}</p>{inside}<p>{prose}</p></div>");
    let mut document = Document::new("page.html", Media::Html, html);
    document.url = "https://site.example/2018/05/25/title-of-it".parse().ok();
    let links = extract(&document).links.into_iter();
    links.map(|link| (link.raw().to_owned(), link.role, link.region)).collect()
}

#[test]
fn the_shape_around_a_link_tells_its_role() {
    let long = "words of a sentence that goes on and on";
    for (inside, role, region) in [
        (format!("<p>{long} <a href=/2025/x>x</a> {long}</p>"), Role::Body, Region::Body),
        (
            format!("<p>{long}: <a href=https://web.archive.org/web/20180525000000/http://a.example/>x</a></p>"),
            Role::Archive,
            Region::Body,
        ),
        ("<p>Related article: <a href=/2025/x>Any words</a></p>".to_owned(), Role::Related, Region::Body),
        (
            "<p><a href=/2025/one-more-headline>One more headline</a></p>".to_owned(),
            Role::Related,
            Region::Body,
        ),
        ("<p><a href=https://other.example/>Their report</a></p>".to_owned(), Role::Body, Region::Body),
        (
            "<ul><li><a href=/1>One of the headlines</a><li><a href=/2>Two of the headlines</a>\
             <li><a href=/3>Three of the headlines</a></ul>"
                .to_owned(),
            Role::Related,
            Region::Related,
        ),
        (
            "<ul><li><a href=https://a.example/>One source</a><li><a href=https://b.example/>Two</a></ul>"
                .to_owned(),
            Role::Body,
            Region::Body,
        ),
        (
            "<div><h3><a href=/1>One card</a></h3><p>Text</p></div><div><h3><a href=/2>Two</a></h3></div>"
                .to_owned(),
            Role::Related,
            Region::Related,
        ),
        (format!("<p>{long} <a href=/p.jpg>x</a></p>"), Role::Media, Region::Body),
        (
            format!("<p>{long} <a href=\"https://facebook.com/sharer.php?u=x\">x</a></p>"),
            Role::Share,
            Region::Share,
        ),
        (format!("<p>{long} http://bare.example/x.</p>"), Role::Body, Region::Body),
    ] {
        let found = roles_in_article(&inside);
        let (url, ..) = found.first().expect("a link");
        assert_eq!(found[0], (url.clone(), role, region), "{inside}");
    }
}

#[test]
fn every_kind_of_link_is_found() {
    let html = "<base href=http://b.example/d/><link rel=amphtml href=/amp><link rel=stylesheet href=x.css>\
        <meta property=og:url content=http://b.example/own><meta http-equiv=refresh content=\"0; URL='/next'\">\
        <a href='p?a=1&amp;b=2' data-versionurl=http://v.example/1><img src=i.png srcset='j.png 1x, k.png 2x' alt='The picture'></a>\
        <area href=/area alt='Part of it'><iframe src=//f.example/></iframe><video poster=q.png src=v.mp4></video>\
        <blockquote cite=http://c.example/></blockquote><a href=#top>t</a><a href=mailto:a@b.example>m</a><a href=JavaScript:x>j</a>";
    let found: Vec<_> = read(html)
        .links
        .iter()
        .map(|link| {
            format!("{} {} {}", link.role, link.raw(), link.url().map_or("", url::Url::as_str))
        })
        .collect();
    let expected = [
        "canonical /amp http://b.example/amp",
        "canonical http://b.example/own http://b.example/own",
        "body /next http://b.example/next",
        "body p?a=1&amp;b=2 http://b.example/d/p?a=1&b=2",
        "archive http://v.example/1 http://v.example/1",
        "media i.png http://b.example/d/i.png",
        "media j.png http://b.example/d/j.png",
        "media k.png http://b.example/d/k.png",
        "body /area http://b.example/area",
        "media //f.example/ http://f.example/",
        "media q.png http://b.example/d/q.png",
        "media v.mp4 http://b.example/d/v.mp4",
        "reference http://c.example/ http://c.example/",
    ];
    assert_eq!(found, expected);
    let picture = read(html).links.into_iter().find(|link| link.raw().starts_with("p?"));
    assert_eq!(picture.and_then(|link| link.text).as_deref(), Some("The picture"));
    let area = read(html).links.into_iter().find(|link| link.raw() == "/area");
    assert_eq!(area.and_then(|link| link.text).as_deref(), Some("Part of it"));
}

#[test]
fn a_refresh_is_read_as_browsers_do() {
    for (content, target) in [
        ("5; URL=/a", Some("/a")),
        (" 0;url = '/a' ", Some("/a")),
        ("0.5, /a", Some("/a")),
        ("0 https://b.example/url", Some("https://b.example/url")),
        ("1;/curl=a", Some("/curl=a")),
        ("300", None),
        ("5;", None),
        ("url=/a", None),
    ] {
        let html = format!("<meta http-equiv=refresh content=\"{content}\">");
        let found = read(&html).links;
        assert_eq!(found.first().map(crate::model::Link::raw), target, "{content}");
    }
}

#[test]
fn a_host_in_the_text_is_a_credit_but_an_address_is_a_link() {
    for (text, role) in [
        ("As Kremlin.ru has it", Role::Credit),
        ("See www.example.org/2018/05/25/a for more", Role::Body),
        ("Source: example.org/a", Role::Reference),
    ] {
        let found = read(&format!("<p>{text}</p>")).links;
        assert_eq!(found.first().map(|link| link.role), Some(role), "{text}");
    }
}

#[test]
fn a_capture_in_a_footnote_is_a_capture() {
    let prose = prose();
    let html = format!(
        "<h1>T</h1><p>{prose}</p><ol class=references><li>A, B. <a \
         href=https://web.archive.org/web/20180525000000/http://a.example/>C</a>, <a \
         href=https://bit.ly/a>D</a>, <a href=http://d.example/>E</a></ol>"
    );
    let links = read(&html).links;
    let found: Vec<_> = links.iter().map(|link| (link.role, link.region)).collect();
    let expected = [Role::Archive, Role::Wrapper, Role::Reference];
    assert_eq!(found, expected.map(|role| (role, Region::Reference)));
}

#[test]
fn the_heading_of_a_section_tells_what_its_links_are_for() {
    let link = "<p>Smith, J. (2018). A title. <a href=http://a.example/>Online</a>.</p>";
    for (inside, role) in [
        (format!("<h2>7. References</h2>{link}"), Role::Reference),
        (format!("<h2>Literatur</h2><h3>Bücher</h3><div>{link}</div>"), Role::Reference),
        // An element for the heading alone is a part of its section.
        (format!("<div><h2>References</h2>[<b>edit</b>]</div>{link}"), Role::Reference),
        (format!("<h2>References</h2><b><p>One.</b></p>{link}"), Role::Reference),
        (format!("<h2>See also</h2>{link}"), Role::Related),
        (format!("<h2>References</h2>{link}").replace("<a ", "Original url: <a "), Role::Reference),
        // Other headings, and the end of what holds the section, end it.
        (format!("<h2>References</h2><p>None.</p><h2>Conclusion</h2>{link}"), Role::Body),
        (format!("<div><h2>References</h2><p>None.</p></div>{link}"), Role::Body),
        (format!("<h2>References to it are rare</h2>{link}"), Role::Body),
    ] {
        let found = roles_in_article(&inside);
        assert_eq!(found.first().map(|(_, found, _)| *found), Some(role), "{inside}");
    }
}

#[test]
fn a_robust_link_states_when_its_version_was_captured() {
    let wayback = "https://web.archive.org/web/20180525120000/http://p.example/";
    for (version, date, expected) in [
        ("https://perma.cc/T8U2-994F", "2018-05-25", Some("Perma.cc http://p.example/ 2018-05-25")),
        (
            "https://v.example/1",
            "2018-05-25T12:00:00Z",
            Some("v.example http://p.example/ 2018-05-25T12:00:00Z"),
        ),
        // The address itself is the better witness.
        (wayback, "2019-01-01", Some("Wayback Machine http://p.example/ 2018-05-25T12:00:00Z")),
        ("https://v.example/1", "yesterday", Some("v.example http://p.example/ ")),
    ] {
        let html = format!(
            "<p>See <a href=http://p.example/ data-versionurl='{version}' \
             data-versiondate='{date}'>the page</a>."
        );
        let links = read(&html).links;
        let of = |raw| links.iter().find(|link| link.raw() == raw).expect("a link");
        assert_eq!(of("http://p.example/").capture, None, "{html}");
        let capture = of(version).capture.as_ref().map(|capture| {
            let at = capture.captured.map(|at| at.to_string()).unwrap_or_default();
            format!("{} {} {at}", capture.archive, capture.target.as_deref().unwrap_or_default())
        });
        assert_eq!(capture.as_deref(), expected, "{html}");
    }
}

#[test]
fn a_robust_link_to_a_capture_states_what_was_captured() {
    let wayback = "https://web.archive.org/web/20180525120000/http://p.example/a";
    for (href, attributes, role, expected) in [
        (
            "https://v.example/1",
            "data-originalurl=http://p.example/a data-versiondate=2018-05-25",
            Role::Archive,
            Some("v.example http://p.example/a 2018-05-25"),
        ),
        (
            "https://perma.cc/T8U2-994F",
            "data-originalurl='http://p.example/?a&amp;b' data-versionurl=https://perma.cc/T8U2-994F",
            Role::Archive,
            Some("Perma.cc http://p.example/?a&b "),
        ),
        // The address itself is the better witness.
        (
            wayback,
            "data-originalurl=http://q.example/ data-versiondate=2019-01-01",
            Role::Archive,
            Some("Wayback Machine http://p.example/a 2018-05-25T12:00:00Z"),
        ),
        ("http://p.example/a", "data-originalurl=http://p.example/a", Role::Body, None),
        (
            "http://p.example/b",
            "data-originalurl=http://p.example/a data-versionurl=https://v.example/1",
            Role::Body,
            None,
        ),
        ("https://v.example/1", "data-versiondate=2018-05-25", Role::Body, None),
    ] {
        let html = format!("<p>See what is said of <a href={href} {attributes}>the page</a>.");
        let links = read(&html).links;
        let link = links.iter().find(|link| link.kind == LinkKind::Anchor).expect("a link");
        let capture = link.capture.as_ref().map(|capture| {
            let at = capture.captured.map(|at| at.to_string()).unwrap_or_default();
            format!("{} {} {at}", capture.archive, capture.target.as_deref().unwrap_or_default())
        });
        assert_eq!((link.role, capture.as_deref()), (role, expected), "{html}");
    }
}

#[test]
fn hostile_nesting_stays_linear() {
    for html in [
        "<div>".repeat(100_000),
        "<div class=related>".repeat(20_000) + &"</span></div>".repeat(20_000),
        format!("<a {}>", "x=y ".repeat(100_000)),
        "<a href=x><b>".repeat(10_000),
        "<!--".repeat(100_000),
        "<script>".repeat(100_000),
        "<p><a href=x>y</a> 1".repeat(10_000),
        "<".repeat(200_000),
        "</".repeat(100_000),
        "<table><tr><td>".repeat(10_000),
        "<span class=date>1".repeat(10_000),
    ] {
        let _ = read(&html);
    }
}

#[test]
fn headings_that_are_never_closed_cost_little() {
    let found = read(&"<h2><div>words of 2018 ".repeat(50_000));
    let headings = found.marks.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Heading { text, .. } => Some(text.len()),
        _ => None,
    });
    let titles = found.titles.iter().map(|title| title.text.len());
    assert!(headings.chain(titles).sum::<usize>() <= 1024 * 1024);
}

fn check_spans(html: &str) -> Result<(), TestCaseError> {
    let found = read(html);
    for link in &found.links {
        prop_assert_eq!(link.span.of(html), link.raw());
    }
    for mark in &found.marks {
        prop_assert!(html.get(mark.span.start..mark.span.end).is_some());
    }
    Ok(())
}

/// Pieces of pages, well and badly formed, in any order.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<a href=\"http://a.example/b?c=d&amp;e\">",
        "</a>",
        "<p>",
        "</p>",
        "<div class='related x'>",
        "</div>",
        "<b>",
        "</b>",
        "text 2018 ",
        "é",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<script type=application/ld+json>",
        "{\"url\": \"http:\\/\\/a.example\"}",
        "<time datetime=\"2018\">",
        "</time>",
        "<img srcset='a 1x, b 2x' src=c>",
        "<meta name=date content='2018'>",
        "<table>",
        "<td>",
        "</table>",
        "<title>",
        "</title>",
        "<h1>",
        "</h1>",
        "<",
        ">",
        "\"",
        "'",
        "=",
        "&amp;",
        "&",
        "<li>",
        "</ul>",
        "<base href=http://b.example/>",
        "<svg>",
        "</svg>",
        "<br>",
        "<A HREF='",
        "<article>",
        "</article>",
        "\u{3000}",
        " ",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn spans_name_the_source_in_any_soup(html in soup()) {
        check_spans(&html)?;
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check_spans(&String::from_utf8_lossy(&bytes))?;
    }
}

#[test]
fn what_a_line_end_of_the_source_broke_within_signs_is_rejoined() {
    for (words, expected, joined) in [
        (
            "[this](https://www.n.example/a/s\nrc/format.md) is",
            "https://www.n.example/a/src/format.md",
            true,
        ),
        (
            "(https://www.n.example/a/\n  b-story.html).",
            "https://www.n.example/a/b-story.html",
            true,
        ),
        ("(https://www.n.example/a/ b-story.html)", "https://www.n.example/a/", false),
        ("(https://www.n.example/a\nand more of it)", "https://www.n.example/a", false),
        ("(https://www.n.example/a-\nstory.html)", "https://www.n.example/a-", false),
        ("https://www.n.example/a/\nb-story.html", "https://www.n.example/a/", false),
    ] {
        let page = format!("<h1>A headline</h1><p>See {words}</p>");
        let extract = crate::extract::extract(&Document::new("page", Media::Html, page.as_str()));
        let [link] = extract.links.as_slice() else { panic!("{words}: {:?}", extract.links) };
        assert_eq!((link.joined(), link.join.is_some()), (expected, joined), "{words}");
        assert_eq!(link.span.of(&page), link.raw(), "{words}");
    }
}
