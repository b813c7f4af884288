//! Anchors: the places inside a text that links can name. What is an identifier in any of the markups
//! and what any generator makes of a heading counts: a name that is missing from this is missing.

use std::borrow::Cow;
use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use crate::address::fragment;
use crate::model::{Anchors, Document, Extract, MarkKind, Media};
use crate::text::slug;

/// Longer identifiers are none, in bytes.
const LONGEST: usize = 256;

/// Names beyond this count are not gathered, and then nothing is called missing.
const MOST: usize = 1 << 16;

/// Headings beyond this count are not looked through for the nearest.
const MOST_NAMED: usize = 512;

/// So many of a page's own links to places in it have to lead to one, and so many in a hundred of
/// them, for a page to show that its places are all in its source.
const HELD: usize = 3;
const HELD_OF_HUNDRED: usize = 80;

/// The places inside a document.
#[must_use]
pub(crate) fn of(document: &Document, extract: &Extract) -> Anchors {
    gathered(document, extract, attributes(&document.text))
}

/// The same for who asks only for those that the document's own links name: where a page's
/// identifiers hold them all, it needs no names of headings.
#[must_use]
pub(crate) fn of_own_links(document: &Document, extract: &Extract) -> Anchors {
    let text = document.text.as_str();
    let names = attributes(text);
    if document.media == Media::Html {
        let mut anchors = Anchors::of_hashes(names.clone());
        let places = own_places(text, extract);
        if places.iter().all(|name| anchors.may_hold(name)) {
            anchors.closed =
                !document.partial && names.len() < MOST && shows_its_places(&places, &anchors);
            return anchors;
        }
    }
    gathered(document, extract, names)
}

/// The places of these names, and those that headings and signs give.
fn gathered(document: &Document, extract: &Extract, mut names: Vec<u32>) -> Anchors {
    let text = document.text.as_str();
    let headings = extract.marks.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Heading { text: words, .. } => Some((words.as_str(), mark.span.of(text))),
        _ => None,
    });
    let headings: Vec<(&str, &str)> = headings.take(MOST).collect();
    for (words, source) in &headings {
        names.extend(hashes(of_heading(words, source)));
    }
    names.extend(hashes(repeated(headings.iter().map(|(words, _)| *words))));
    let is_page = document.media == Media::Html;
    if !is_page {
        names.extend(explicit(text));
        let lines = headings_by_line(text);
        names.extend(hashes(repeated(lines.iter().copied())));
        names.extend(lines.iter().flat_map(|words| hashes(of_heading(words, words))));
    }
    let has_headings = !headings.is_empty();
    let is_whole = !document.partial && names.len() < MOST;
    let mut anchors = Anchors::of_hashes(names);
    anchors.closed = is_whole
        && if is_page {
            shows_its_places(&own_places(text, extract), &anchors)
        } else {
            has_headings && !includes(text) && is_of_its_own(document.media, text)
        };
    if !is_page {
        anchors.transliterated = headings.iter().any(|(words, _)| is_foreign(words));
        anchors.names =
            headings.iter().take(MOST_NAMED).map(|(words, _)| slug::of_github(words)).collect();
    }
    anchors
}

/// Whether words have letters that some generators spell in Latin ones.
fn is_foreign(words: &str) -> bool {
    words.chars().any(|c| !c.is_ascii() && c.is_alphabetic())
}

fn hashes(names: Vec<String>) -> impl Iterator<Item = u32> {
    names.into_iter().map(|name| slug::hash(&name))
}

/// Every name that a generator may give a heading, of its words and of how it is written.
fn of_heading(words: &str, source: &str) -> Vec<String> {
    let words = words.split("{#").next().unwrap_or_default();
    let words = words.split("{:").next().unwrap_or_default();
    let mut names = slug::spellings(words);
    names.push(words.to_owned());
    if source.contains("![") || source.contains('<') {
        let shown = without_pictures(source);
        names.extend(slug::spellings(&shown));
        names.push(shown);
    }
    names
}

/// A heading's source without its pictures, whose words are no part of the name, and without tags.
fn without_pictures(source: &str) -> String {
    let mut shown = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find(['!', '<']) {
        let (before, after) = rest.split_at(at);
        shown.push_str(before);
        let length = if after.starts_with("![") {
            after.find(')').map(|end| end + 1)
        } else if after.starts_with('<') {
            after.find('>').map(|end| end + 1)
        } else {
            None
        };
        rest = after.get(length.unwrap_or(1)..).unwrap_or_default();
    }
    shown + rest
}

/// The numbered names of headings that stand more than once: `usage-1`, `usage_2`.
fn repeated<'w>(headings: impl Iterator<Item = &'w str>) -> Vec<String> {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    let mut names = Vec::new();
    for words in headings {
        let count = counts.entry(slug::hash(words)).or_default();
        *count += 1;
        // Some begin to count at one, some at two.
        if *count > 1 {
            names.extend([*count - 1, *count].map(|number| format!("{words}-{number}")));
        }
    }
    names
}

/// The hashes of the values of all attributes `id` and `name`, also of components and of what scripts write.
fn attributes(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut names = Vec::new();
    for at in memchr::memchr_iter(b'=', bytes) {
        let last = at.checked_sub(1).and_then(|last| bytes.get(last));
        if !matches!(last, Some(b'd' | b'D' | b'e' | b'E')) {
            continue;
        }
        let is = |name: &str| {
            let before = at.checked_sub(name.len()).and_then(|from| bytes.get(from..at));
            before.is_some_and(|before| before.eq_ignore_ascii_case(name.as_bytes()))
        };
        if !is("id") && !is("name") {
            continue;
        }
        let written = text.get(at + 1..).unwrap_or_default();
        let value = written.trim_start_matches(['\\', '"', '\'', '{', '`', ' ']);
        let ends = |c: char| matches!(c, '"' | '\'' | '`' | '>' | '\\' | '}' | '\n');
        push(&mut names, value, |c| ends(c) || c == ' ');
        // Between quotation marks a name may hold spaces.
        let near = value.get(..value.floor_char_boundary(LONGEST)).unwrap_or_default();
        if near.split(ends).next().is_some_and(|name| name.contains(' ')) {
            push(&mut names, value, ends);
        }
        // A name may begin with the other quotation mark: `id="'begin'-1"`.
        if written.starts_with("\"'") || written.starts_with("'\"") {
            let (quote, name) = written.split_at(1);
            push(&mut names, name, |c| quote.starts_with(c));
        }
        if names.len() >= MOST {
            break;
        }
    }
    names
}

/// Takes the identifier that a text begins with.
fn push(names: &mut Vec<u32>, text: &str, ends: impl Fn(char) -> bool) {
    let head = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default();
    let name = head.split(ends).next().unwrap_or_default();
    if name.is_empty() {
        return;
    }
    let name = html_escape::decode_html_entities(name);
    let plain = fragment::without_prefix(&name);
    if plain.len() < name.len() {
        names.push(slug::hash(plain));
    }
    // A fragment is compared as it is written, too (HTML, "indicated part of the document").
    if let Cow::Owned(decoded) = percent_decode_str(&name).decode_utf8_lossy() {
        names.push(slug::hash(&decoded));
    }
    names.push(slug::hash(&name));
}

/// Identifiers that lightweight markups have a sign for: `{#id}`, `{: #id .class}`, `(label)=`,
/// `.. _label:`, `[[id]]`, `[#id]`, `anchor:id[]`.
fn explicit(text: &str) -> Vec<u32> {
    let mut names = Vec::new();
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b'#', bytes) {
        let before = bytes.get(at.saturating_sub(4)..at).unwrap_or_default();
        let opens = [&b"{"[..], b"[", b"{:", b"{: ", b"/* ", b" "];
        if opens.iter().any(|sign| before.ends_with(sign)) {
            let rest = text.get(at + 1..).unwrap_or_default();
            push(&mut names, rest, |c| {
                c.is_whitespace() || matches!(c, '}' | ']' | ',' | '*' | '.')
            });
        }
        if names.len() >= MOST {
            return names;
        }
    }
    for (sign, end) in
        [("[[", ']'), (".. _", ':'), ("anchor:", '['), ("\n(", ')'), ("\\label{", '}')]
    {
        for (at, _) in text.match_indices(sign).take(MOST) {
            let rest = text.get(at + sign.len()..).unwrap_or_default();
            push(&mut names, rest.trim_start_matches('`'), |c| {
                c == end || matches!(c, '\n' | ',' | '`')
            });
        }
    }
    names
}

/// Whatever looks like a heading in any of the lightweight markups, wherever it stands: what one
/// reader takes for code or for a paragraph is a heading to another.
fn headings_by_line(text: &str) -> Vec<&str> {
    let mut headings = Vec::new();
    let mut last = "";
    for line in text.lines() {
        let inside = line
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+'));
        let sign = inside.chars().next().filter(|sign| matches!(sign, '#' | '='));
        let words = sign.map(|sign| inside.trim_matches(sign).trim());
        match words {
            Some(words) if !words.is_empty() => headings.push(words),
            _ if is_underline(line) && !last.trim().is_empty() => headings.push(last.trim()),
            _ => {}
        }
        last = line;
    }
    headings
}

fn is_underline(line: &str) -> bool {
    let line = line.trim_end();
    let sign = line.bytes().next().filter(u8::is_ascii_punctuation);
    line.len() >= 3 && sign.is_some_and(|sign| line.bytes().all(|byte| byte == sign))
}

/// Whether some of the text stands in other files, or is made by a template or a component: then
/// what can be named is not all here.
fn includes(text: &str) -> bool {
    const SIGNS: [&str; 20] = [
        "{%",
        "{{",
        "--8<--",
        "{!",
        "<%",
        ":::",
        "@include",
        "@import",
        "<!--#include",
        "<!-- include",
        "<!-- #include",
        "[!INCLUDE",
        "[!include",
        "!INCLUDE",
        "!!!include",
        "```{include}",
        "```{auto",
        "include::",
        ".. include::",
        ".. auto",
    ];
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        let opens = SIGNS.iter().any(|sign| line.starts_with(sign));
        if fence.is_none() && (opens || is_component(line)) {
            return true;
        }
        let mark = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark));
        fence = match (fence, mark) {
            (None, mark) => mark,
            (Some(open), Some(mark)) if open == mark => None,
            (open, _) => open,
        };
    }
    false
}

/// Whether all places of a text are named in it. A chapter of `AsciiDoc` is mostly read as a part of
/// others, and directives of reStructuredText name what they describe.
fn is_of_its_own(media: Media, text: &str) -> bool {
    match media {
        Media::AsciiDoc => false,
        Media::Rst => !super::rst::describes(text),
        _ => true,
    }
}

/// Whether a line is a component of its own, which may hold any text, or brings another file in.
fn is_component(line: &str) -> bool {
    let is_element = line
        .strip_prefix('<')
        .is_some_and(|name| name.starts_with(|c: char| c.is_ascii_uppercase()));
    let closes = line.trim_end().ends_with("/>");
    let is_import = line.starts_with("import ")
        && (line.contains(".md\"") || line.contains(".md'") || line.contains(".mdx"));
    is_element && closes || is_import
}

/// The places that a page's own links name.
fn own_places(text: &str, extract: &Extract) -> Vec<String> {
    let mut places: Vec<String> = extract
        .fragments
        .iter()
        .filter_map(|fragment| {
            let name = html_escape::decode_html_entities(fragment.span.of(text).strip_prefix('#')?);
            Some(fragment::place(&name)?.into_owned())
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Whether enough of those places are in the page: then a script makes none.
fn shows_its_places(places: &[String], anchors: &Anchors) -> bool {
    let held = places.iter().filter(|name| anchors.may_hold(name)).count();
    held >= HELD && held * 100 >= places.len() * HELD_OF_HUNDRED
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(media: Media, text: &str) -> Anchors {
        let document = Document::new("a", media, text);
        of(&document, &crate::extract::extract(&document))
    }

    #[test]
    fn each_markup_has_its_names() {
        let text = "# What's *new*?\n\nTwo\n===\n\n## Usage\n\n## Usage\n\n## Long {#short}\n\n\
            ### ![logo](a.png) Pictured\n\n## [Linked](https://a.example/)\n\n<h2>Raw</h2>\n\
            <a name=\"old\"></a><div id='user-content-hosted'></div>\n\n(myst)=\n\n{: #kram .x}\n\
            > ## Quoted\n\n<details>\n## Inside\n</details>\n";
        let anchors = anchors(Media::Markdown, text);
        for name in [
            "whats-new",
            "two",
            "usage",
            "usage-1",
            "usage_1",
            "short",
            "long",
            "pictured",
            "logo-pictured",
            "linked",
            "raw",
            "old",
            "hosted",
            "myst",
            "kram",
            "quoted",
            "inside",
        ] {
            assert!(anchors.may_hold(name), "{name}");
        }
        for name in ["usage-9", "news", "installation", "a", "x.png"] {
            assert!(!anchors.may_hold(name), "{name}");
        }
        assert!(anchors.closed && !anchors.transliterated);
        assert_eq!(anchors.names.first().map(String::as_str), Some("whats-new"));
    }

    #[test]
    fn names_are_as_they_are_written_and_as_they_are_meant() {
        let text = "<h4 id=\"'begin'-1\"><a name=\"state%20callback\"><p id='\"x\"'><i id=\"a b\">";
        let anchors = anchors(Media::Html, text);
        for name in ["'begin'-1", "state callback", "state%20callback", "\"x\"", "a b"] {
            assert!(anchors.may_hold(name), "{name}");
        }
        for name in ["'begin'-2", "state"] {
            assert!(!anchors.may_hold(name), "{name}");
        }
    }

    #[test]
    fn a_text_that_is_not_all_here_is_open() {
        for rest in [
            "{% include a.md %}",
            "--8<-- \"a.md\"",
            "<Partial />",
            "import Part from './_part.mdx';",
            "::: module.name",
        ] {
            assert!(!anchors(Media::Markdown, &format!("# A\n\n{rest}\n")).closed, "{rest}");
            let shown = format!("# A\n\n```\n{rest}\n```\n");
            assert!(anchors(Media::Markdown, &shown).closed, "{rest}");
        }
        assert!(!anchors(Media::Markdown, "[a](#b)\n").closed);
    }

    #[test]
    fn a_page_shows_by_its_own_links_that_its_places_are_in_its_source() {
        let page = |ids: &str| {
            format!("<a href='#one'>1</a><a href='#two'>2</a><a href=#three>3</a>{ids}")
        };
        let whole = anchors(
            Media::Html,
            &page("<h2 id=one></h2><A NAME=\"two\"></A><p id='three'><a name=\"FIVE six\">"),
        );
        assert!(whole.closed && whole.may_hold("Two") && !whole.may_hold("four"));
        assert!(whole.may_hold("FIVE six") && whole.may_hold("FIVE"));
        assert!(!anchors(Media::Html, &page("<h2 id=one>")).closed);
        assert!(!anchors(Media::Html, "<h2 id=one>").closed);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(#|=|id=|name=|\\{#|\\[\\[|!\\[|<|>|\\)|\n|```|é|\\PC{0,4}){0,40}") {
            for media in [Media::Markdown, Media::Html, Media::Text] {
                let _ = anchors(media, &text);
            }
        }
    }
}
