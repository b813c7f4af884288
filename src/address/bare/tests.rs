//! Where bare URLs begin and end, checked against public conformance suites and by example.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    expected: BTreeSet<String>,
}

/// The cases of a suite of which the sound URLs with a scheme are not those expected.
fn deviations(suite: &str) -> (usize, Vec<String>) {
    let rows: Vec<Row> =
        suite.lines().map(|line| serde_json::from_str(line).expect("a row")).collect();
    let wrong = rows.iter().filter(|row| {
        let found: BTreeSet<String> = find(&row.text)
            .filter(|bare| bare.kind == LinkKind::Bare && bare.malformed().is_none())
            .map(|bare| bare.address(&row.text).to_owned())
            .collect();
        found != row.expected
    });
    (rows.len(), wrong.map(|row| row.id.clone()).collect())
}

/// The two suites agree but for user information: UTS #58 has none, linkify-it any. Here
/// `name@` and `name:password@` belong to the URL, since a password in it is worth a finding,
/// but `john.smith@`, a mail address with a scheme put before it, makes it no URL.
#[test]
fn brackets_around_an_address_are_none_of_it() {
    let text = "See (https://example.org/a_(b)), or Kremlin.ru.";
    let found: Vec<&str> = find(text).map(|bare| bare.span.of(text)).collect();
    assert_eq!(found, ["https://example.org/a_(b)", "Kremlin.ru"]);
}

#[test]
fn uts_58_holds_without_exception() {
    let suite = include_str!("../../../fixtures/conformance/uts58-scheme.cases.jsonl");
    assert_eq!(deviations(suite), (344, Vec::new()));
}

#[test]
fn linkify_it_holds_without_exception() {
    let suite = include_str!("../../../fixtures/conformance/linkifyit-scheme.cases.jsonl");
    assert_eq!(deviations(suite), (155, Vec::new()));
}

/// The text with every URL between ‹ ›.
#[track_caller]
fn assert_links(expected: &str) {
    let text = expected.replace(['‹', '›'], "");
    let mut shown = String::new();
    let mut at = 0;
    for bare in find(&text) {
        shown += &text[at..bare.span.start];
        shown += &format!("‹{}›", bare.span.of(&text));
        at = bare.span.end;
    }
    assert_eq!(shown + &text[at..], expected);
}

#[test]
fn urls_end_where_a_reader_says() {
    for text in [
        "see (‹http://a.example/b›.)",
        "‹http://a.example/b_(c)›, and “‹http://a.example/b›”.",
        "<‹http://a.example/b›> and \\url{‹http://a.example/b›}",
        "‹http://a.example/b›,‹http://c.example/d›",
        "‹http://a.example/b›‹http://c.example/d›",
        "‹http://[2001:db8::1]:80/a›",
        "请看‹http://a.example/b›。然后",
        "‹http://example.com›的网站",
        "**‹https://a.example/b›**, `‹https://a.example/c›`",
        "‹https://web.archive.org/web/2018/http://a.example/b›",
        "LINK‹http://a.example/b›",
        "See ‹http://a.example/b›—it is new—and ‹http://a.example/c›―too",
        "‹file:///home/me/a.txt›",
    ] {
        assert_links(text);
    }
}

#[test]
fn urls_end_before_quotes_and_the_marks_of_other_markups() {
    for text in [
        "\"‹https://example.com/a›\",\"‹https://example.com/b›\"",
        "{\"url\":\"‹https://example.com/a›\",\"b\":1}",
        "f(\"‹https://www.example.com/some-article›\",",
        "'‹https://example.com/a›','‹https://example.com/b›'",
        "‘‹https://example.com/a›’s",
        "‹https://example.com/page›'s author, ‹https://example.com/page›’s author",
        "‹https://example.com/o'reilly› and ‹https://example.com/'a'›",
        "‹https://example.com/a›（英文）",
        "_‹https://example.com/a›_ and __‹https://example.com/a_b›__, ~~‹https://example.com/a›~~",
        "name_https://example.com/a",
        "‹https://six.example.com/a›[example website] and ‹https://six.example.com/a›[Here].",
        "‹https://example.com/?q=%22a%22›[Search:\nis:pr]",
        "‹https://example.com/a?b[]=1&c[d]=2›, ‹https://example.com/a[1].jpg›",
        "{{cite web|url=‹https://one.example.org/a›|title=T}}",
        "|url=‹https://one.example.org/a› |archive-url=‹https://two.example.org/b›}}",
        "| url = ‹https://one.example.org/a›| archive-url = x",
        "<‹https://a.example/b›|label>, [‹https://a.example/b›|label]",
        "‹https://fonts.example.com/css?family=A|B:400›",
        "[url]‹https://a.example/b›[/url], [url=‹https://a.example/b›]c[/url]",
        "``‹https://a.example/b›`` and `git clone ‹https://a.example/b.git›`",
    ] {
        assert_links(text);
    }
}

#[test]
fn text_without_spaces_is_told_from_the_url_before_it() {
    for text in [
        "请看‹https://a.example/b12›了解更多信息",
        "访问：‹https://a.example/b?id=7›查看详情。",
        "请访问‹https://a.example/›了解更多。再看‹https://a.example/c›一下",
        "詳細は‹https://a.example/b›をご覧ください。",
        "詳しくは ‹https://a.example/b.html›まで。",
        "ดูที่‹https://a.example/b›ครับ",
        "자세한 내용은 ‹https://a.example/b›에서 확인하고 ‹https://a.example/c›를 보세요.",
        "请看‹www.example.cn/b›了解更多",
        // The address itself is in that script.
        "请看 ‹https://zh.example/wiki/C语言› 和‹https://zh.example/wiki/维基›。",
        "‹https://ja.example/wiki/JR東日本›",
        "见‹https://a.example/?q=维基&p=2›，「‹https://zh.example/wiki/C语言›」",
        "‹https://ko.example/wiki/C언어› 문서",
    ] {
        assert_links(text);
    }
}

#[test]
fn hosts_without_a_scheme_are_told_from_what_looks_like_them() {
    for text in [
        "‹Kremlin.ru›",
        "on ‹www.example.org/a›, ‹example.co.uk›; ‹sub.example.com/a?b=1›.",
        "see ‹президент.рф›",
        "short as ‹bit.ly/3xYz›, ‹t.co/aBc›, ‹x.com/name› and ‹t.me/name›; bit.ly, x.com and a.me",
        "report.final and README.md, main.rs, v1.2.py, foo.tar.gz, 3.14, e.g. this",
        "mail john@example.com or john.smith@example.com now",
        "It was over.It began again. So it was said.The end",
        "call os.path(x), list.map(f), fs.read/write, com.example.App and $x.de",
        "src/example.com/a.b",
    ] {
        assert_links(text);
    }
}

#[test]
fn defanged_urls_tell_the_real_address() {
    for (text, address) in [
        ("hxxp://evil.example/a.php?b=1", "http://evil.example/a.php?b=1"),
        ("hxxps://www[.]evil[.]com/a", "https://www.evil.com/a"),
        ("https://evil[dot]com", "https://evil.com"),
        ("http[:]//evil.com/x", "http://evil.com/x"),
        ("go to evil[.]com.", "evil.com"),
        ("files at cdn.evil[.]com/a.exe", "cdn.evil.com/a.exe"),
    ] {
        let found: Vec<Bare> = find(text).collect();
        let [found] = found.as_slice() else { panic!("{text}: {found:?}") };
        assert_eq!(found.kind, LinkKind::Defanged, "{text}");
        assert_eq!(found.address(text), address, "{text}");
    }
    assert_links("the pattern a(.)b and x[.]y match anything");
}

#[test]
fn what_means_to_be_a_url_is_found_with_what_is_wrong() {
    for (text, raw, why) in [
        (
            "at http:/example.org/a.",
            "http:/example.org/a",
            "its scheme is not followed by two slashes",
        ),
        (
            "at http:///example.org",
            "http:///example.org",
            "its scheme is not followed by two slashes",
        ),
        (
            "at http:\\\\example.org",
            "http:\\\\example.org",
            "it has backslashes where slashes belong",
        ),
        ("at http//example.org/a", "http//example.org/a", "the colon after its scheme is missing"),
        (
            "at https;//example.org/a",
            "https;//example.org/a",
            "the colon after its scheme is missing",
        ),
        ("at htp://example.org/a", "htp://example.org/a", "its scheme is misspelt"),
        ("at jttps://example.org/a", "jttps://example.org/a", "its scheme is misspelt"),
        (
            "at http://http://example.org/a",
            "http://http://example.org/a",
            "its scheme stands twice",
        ),
        (
            "at http://example.org:99999/a",
            "http://example.org:99999/a",
            "its port is no number up to 65535",
        ),
        (
            "at http://-example.org/a",
            "http://-example.org/a",
            "a label of its host begins or ends with a hyphen",
        ),
        ("at http://a..example.org/", "http://a..example.org/", "its host has an empty label"),
    ] {
        let found: Vec<Bare> = find(text).collect();
        let [found] = found.as_slice() else { panic!("{text}: {found:?}") };
        assert_eq!((found.span.of(text), found.malformed()), (raw, Some(why)));
    }
    for text in
        ["http://", "the http: scheme", "jdbc://a.example/b", "mailto:a@b.example", "a http:/path"]
    {
        assert_eq!(find(text).count(), 0, "{text}");
    }
}

proptest! {
    #[test]
    fn marks_are_found_in_pieces_as_one_by_one(text in "[a \n]{0,70}[.:]?[a. \n:]{0,70}") {
        let bytes = text.as_bytes();
        let is_mark = |&at: &usize| match bytes[at] {
            b':' => true,
            b'.' => bytes.get(at + 1).is_some_and(|&next| next > b' '),
            _ => false,
        };
        prop_assert_eq!(next_mark(bytes), (0..bytes.len()).find(is_mark));
    }

    #[test]
    fn finds_are_in_order_and_inside_the_text(text in "(https?|hxxp|www|[:/.()\\[\\]#?& ]|[a-z]{1,3}|é|例|\n){0,60}") {
        let mut end = 0;
        for bare in find(&text) {
            prop_assert!(bare.span.start >= end && !bare.span.is_empty());
            prop_assert!(bare.reach >= bare.span.end || bare.kind == LinkKind::Defanged);
            prop_assert!(text.get(bare.span.start..bare.span.end).is_some());
            end = bare.span.end;
        }
    }
}
