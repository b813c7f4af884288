//! The tokenizer beside `lol_html`, over random and hostile input, and what it must keep to itself.

use std::cell::RefCell;

use lol_html::{HtmlRewriter, Settings, doc_comments, doc_text, element};
use proptest::prelude::*;

use super::*;

/// A start tag: its bytes, its name, its attributes' names and values.
type Start = (Span, String, Vec<(String, String)>);

/// All attributes of a tag, those that are given twice as well.
#[derive(Default)]
struct All(Vec<(String, String)>);

impl<'t> Sink<'t> for All {
    fn clear(&mut self) {
        self.0.clear();
    }

    fn take(&mut self, attribute: Attribute<'t>) {
        let name = attribute.name.of(attribute.text).to_ascii_lowercase();
        assert_eq!(attribute.packed, packed(name.as_bytes()));
        self.0.push((name, attribute.value().raw.to_owned()));
    }
}

/// The start tags of a text and all that is text; tokens must follow each other.
fn ours(text: &str) -> (Vec<Start>, String) {
    let (mut starts, mut words, mut at) = (Vec::new(), String::new(), 0);
    let mut scanner = Scanner::new(text);
    let mut attributes = All::default();
    while let Some(token) = scanner.next(&mut attributes) {
        let span = match token {
            Token::Text(span) | Token::Raw(span) => span,
            Token::Start(tag) | Token::End(tag) => tag.span,
        };
        assert!(span.start >= at && span.end > span.start && span.end <= text.len());
        at = span.end;
        match token {
            Token::Text(span) | Token::Raw(span) => words.push_str(span.of(text)),
            Token::Start(tag) => {
                starts.push((tag.span, tag.name.to_ascii_lowercase(), attributes.0.clone()));
            }
            Token::End(_) => {}
        }
    }
    (starts, words)
}

/// The same as `lol_html` has it.
fn theirs(text: &str) -> (Vec<Start>, String) {
    let starts = RefCell::new(Vec::new());
    let words = RefCell::new(String::new());
    let tags = element!("*", |element| {
        let attributes = element.attributes().iter();
        let attributes = attributes.map(|attribute| (attribute.name(), attribute.value()));
        let bytes = element.source_location().bytes();
        let span = Span::new(bytes.start, bytes.end);
        starts.borrow_mut().push((span, element.tag_name(), attributes.collect()));
        Ok(())
    });
    let all_text = doc_text!(|chunk| {
        words.borrow_mut().push_str(chunk.as_str());
        Ok(())
    });
    // With a handler for comments every state of the tokenizer is gone through.
    let comments = doc_comments!(|_| Ok(()));
    let settings = Settings::new()
        .with_strict(false)
        .append_document_content_handler(all_text)
        .append_document_content_handler(comments)
        .append_element_content_handler(tags);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    let read = rewriter.write(text.as_bytes()).and_then(|()| rewriter.end());
    assert!(read.is_ok(), "lol_html reads any text");
    (starts.into_inner(), words.into_inner())
}

/// Pieces of markup, well and badly formed. Left out is what `lol_html` reads otherwise than the
/// standard has it: an equals sign right before a tag's end, `svg` and `math` that close themselves.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<a href=\"x y\" b='c\"d' e=f/g h>",
        "<A\tHREF = x\nclass=y/>",
        "<b =x =y>",
        "<p/class='x'/>",
        "</p>",
        "</A x='>'>",
        "<!--",
        "-->",
        "--!>",
        "<!-->",
        "<!--->",
        "<!",
        "<?x",
        "</>",
        "</ x>",
        "<!DOCTYPE html \"a>b\">",
        "<![CDATA[",
        "]]>",
        "<script>",
        "<SCRIPT type=x>",
        "</script>",
        "</Script x>",
        "</scriptx>",
        "<!--<script>",
        "</script",
        "<style>",
        "</style>",
        "<title>",
        "</title>",
        "<textarea>",
        "</textarea>",
        "<noscript>",
        "</noscript>",
        "<iframe>",
        "</iframe/>",
        "<xmp>",
        "</xmp>",
        "<svg>",
        "</svg>",
        "<math>",
        "</math>",
        "<mi>",
        "</mi>",
        "<desc>",
        "</desc>",
        "<foreignObject>",
        "</foreignObject>",
        "<annotation-xml encoding='text/html'>",
        "<annotation-xml>",
        "</annotation-xml>",
        "<font color=x>",
        "<font>",
        "<g/>",
        "<title/>",
        "<br>",
        "</br>",
        "<",
        ">",
        "/",
        "-",
        "--",
        "!",
        " ",
        "\n",
        "a",
        "é",
        "\"",
        "'",
        "x=y",
        "<a",
        "</a",
        "<a b",
        "<a b='",
        "&amp;",
        "<a-very-long-element-name x>",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let ((starts, words), (their_starts, their_words)) = (ours(text), theirs(text));
    prop_assert_eq!(starts, their_starts, "{}", text);
    prop_assert_eq!(words, their_words, "{}", text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn tags_attributes_and_text_are_those_of_lol_html(text in soup()) {
        check(&text)?;
    }

    #[test]
    fn any_small_signs_are_read_as_lol_html_reads_them(text in "[<>/!?a-c \"'x-]{0,40}") {
        check(&text)?;
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = ours(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn the_standard_decides_where_lol_html_deviates() {
    let names = |text| ours(text).0.into_iter().map(|start| start.1).collect::<Vec<_>>();
    assert_eq!(names("<svg/><title><b></title>"), ["svg", "title"]);
    assert_eq!(names("<script x=><b></script>"), ["script"]);
    assert_eq!(names("<svg><title><b></title></svg><title><i>"), ["svg", "title", "b", "title"]);
}

#[test]
fn what_is_not_ended_reaches_to_the_end() {
    for (text, count) in [
        ("<b><a href=\"<i>", 1),
        ("<b><!--<i>", 1),
        ("<b><script><i>", 2),
        ("<b><plaintext></plaintext><i>", 2),
        ("<b><svg><![CDATA[<i>", 2),
        ("<b><i", 1),
        ("<b></i", 1),
    ] {
        assert_eq!(ours(text).0.len(), count, "{text}");
    }
}
