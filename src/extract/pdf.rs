//! PDF: the links that the file states, at the words that they cover, and those that only stand in
//! its text. Where both are there, the stated one is what a reader follows.

use super::html::leads_somewhere;
use super::html::words::cut;
use super::{Extractor, Scope, labels, text};
use crate::address::inside::look_inside;
use crate::model::{
    Confidence, Document, Extract, Join, Link, LinkKind, Media, PageLink, Role, Span,
};

/// The extractor for this medium.
pub(super) const EXTRACTOR: Extractor = Extractor { media: Media::Pdf, extract };

/// Longer anchor texts are cut.
const MAX_TEXT: usize = 1000;

fn extract(document: &Document, scope: Scope) -> Extract {
    let mut found = (text::EXTRACTOR.extract)(document, scope);
    let stated = document.pages.iter().flat_map(|pages| &pages.links);
    let mut printed = std::mem::take(&mut found.links).into_iter().peekable();
    for stated in stated.filter(|stated| leads_somewhere(&stated.address)) {
        while let Some(link) = printed.next_if(|link| link.span.end <= stated.span.start) {
            found.links.push(link);
        }
        let mut same = None;
        while let Some(link) = printed.next_if(|link| overlap(link.span, stated.span)) {
            same = same.or_else(|| reconciled(link, stated, document));
        }
        found.links.push(same.unwrap_or_else(|| anchor(stated, document)));
    }
    found.links.extend(printed);
    found.links.sort_by_key(|link| link.span);
    found
}

const fn overlap(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// A printed link with the address that the file states for it, if it is the same address.
fn reconciled(mut link: Link, stated: &PageLink, document: &Document) -> Option<Link> {
    let said = Link::new(LinkKind::Anchor, stated.span, "", &stated.address, document.base());
    let whole = link.joined().to_owned();
    if is_same(&whole, &said) {
        let raw = link.raw().to_owned();
        link.readdress(&raw, &stated.address, said.into_url());
        (link.join, link.malformed) = (None, None);
        look_inside(&mut link, document.url.as_ref());
        return Some(link);
    }
    // The link ends within what is printed: it was made of the first line alone.
    let is_cut = stated.span.end < link.span.end
        && whole.starts_with(&stated.address)
        && stated.address.len() > "https://".len();
    if !is_cut {
        return None;
    }
    let raw = link.raw().to_owned();
    let mut cut = Link::new(LinkKind::Bare, link.span, &raw, &whole, None);
    cut.readdress(&raw, &whole, said.into_url());
    (cut.role, cut.region, cut.label) = (link.role, link.region, link.label);
    cut.join = Some(Box::new(Join {
        confidence: Confidence::Medium,
        reasons: vec![
            "the file links the first part alone, and the printed address goes on".into(),
        ],
        alternatives: vec![whole],
    }));
    Some(cut)
}

/// Whether a printed address is the one that is stated, in another spelling.
fn is_same(printed: &str, stated: &Link) -> bool {
    if printed == stated.joined() {
        return true;
    }
    let printed = Link::new(LinkKind::Bare, Span::default(), "", printed, None);
    let bare = |link: &Link| {
        let url = link.url().map_or_else(|| link.joined().to_owned(), ToString::to_string);
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        rest.strip_suffix('/').unwrap_or(rest).to_owned()
    };
    bare(&printed) == bare(stated)
}

/// A link over words or over a picture.
fn anchor(stated: &PageLink, document: &Document) -> Link {
    let raw = stated.span.of(&document.text);
    let base = document.base();
    let mut link = Link::new(LinkKind::Anchor, stated.span, raw, &stated.address, base);
    // An address that is broken over lines is shown in one piece.
    let is_address = raw.starts_with("http") || raw.starts_with("www.");
    let words = raw.split_whitespace().collect::<Vec<_>>().join(if is_address { "" } else { " " });
    link.text = Some(cut(&words, MAX_TEXT)).filter(|words| !words.is_empty()).map(Into::into);
    link.role = role(&document.text, stated.span.start);
    look_inside(&mut link, document.url.as_ref());
    link
}

/// Introducing words reach no further back, in bytes.
const MAX_LABEL: usize = 160;

/// What a link is for, by the words before it in its line.
fn role(text: &str, at: usize) -> Role {
    let near = text.get(text.ceil_char_boundary(at.saturating_sub(MAX_LABEL))..at);
    let line = near.unwrap_or_default().rsplit('\n').next().unwrap_or_default().trim_end();
    let said = labels::introduction_before(line).map(|introduction| introduction.role);
    let is_set_off = line.ends_with([':', '：']);
    said.filter(|role| *role == Role::Related || is_set_off).unwrap_or(Role::Body)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::Pages;

    /// The links of a text of which the words between `[` and `]` are linked to an address: how each
    /// is written, its words, where it leads, and whether it is doubtful.
    fn found(marked: &str, address: &str) -> Vec<(LinkKind, String, String, bool)> {
        let text = marked.replace(['[', ']'], "");
        let start = marked.find('[').expect("an area begins");
        let end = marked.find(']').expect("it ends") - 1;
        let links = vec![PageLink { span: Span::new(start, end), address: address.to_owned() }];
        let mut document = Document::new("a.pdf", Media::Pdf, text);
        document.pages = Some(Arc::new(Pages { links, ..Pages::default() }));
        let links = extract(&document, Scope::Article).links;
        for link in &links {
            assert_eq!(link.raw(), link.span.of(&document.text), "{marked}");
        }
        let told = |link: &Link| {
            let text = link.text.as_deref().unwrap_or_default().to_owned();
            let url = link.url().map(ToString::to_string).unwrap_or_default();
            (link.kind, text, url, link.is_doubtful())
        };
        links.iter().map(told).collect()
    }

    #[test]
    fn what_the_file_states_settles_what_is_printed() {
        use LinkKind::{Anchor, Bare};
        let whole = "https://a.example/2018/05/25/one-two";
        for (marked, address, kind, words, url, is_doubtful) in [
            ("See [more] of it", whole, Anchor, "more", whole, false),
            ("See [https://a.example/2018/05/25/one-two] .", whole, Bare, "", whole, false),
            ("See [https://a.example/2018/05/25/one-\ntwo] .", whole, Bare, "", whole, false),
            (
                "See [a.example/2018/05/25/one-two] .",
                whole,
                Anchor,
                "a.example/2018/05/25/one-two",
                whole,
                false,
            ),
            // What is printed and what is linked are not the same.
            ("See [https://b.example/x] .", whole, Anchor, "https://b.example/x", whole, false),
            (
                "See [https://b.example/x-\ny] .",
                whole,
                Anchor,
                "https://b.example/x-y",
                whole,
                false,
            ),
            // The program that made the file linked the first line alone.
            (
                "See [https://a.example/2018/05/25/one-]\ntwo-three-a61572 .",
                "https://a.example/2018/05/25/one-",
                Bare,
                "",
                "https://a.example/2018/05/25/one-",
                true,
            ),
        ] {
            let found = found(marked, address);
            let [(found_kind, found_words, found_url, doubt)] = &found[..] else {
                panic!("{marked}: {found:?}");
            };
            let schemeless = *found_kind == LinkKind::Schemeless && kind == Anchor;
            assert!(
                schemeless || (*found_kind == kind && found_words == words),
                "{marked}: {found:?}"
            );
            assert_eq!((found_url.as_str(), *doubt), (url, is_doubtful), "{marked}");
        }
    }

    /// Where the links of a text lead, and what is doubtful, of which what stands between `{` and `}`
    /// is set off.
    fn set_off(marked: &str) -> Vec<(String, bool)> {
        let mut document = Document::new("a.pdf", Media::Pdf, marked.replace(['{', '}'], ""));
        let begins = marked.match_indices('{').enumerate().map(|(before, (at, _))| at - 2 * before);
        let ends =
            marked.match_indices('}').enumerate().map(|(before, (at, _))| at - 2 * before - 1);
        let set_off = begins.zip(ends).map(|(start, end)| Span::new(start, end)).collect();
        document.pages = Some(Arc::new(Pages { set_off, ..Pages::default() }));
        let links = extract(&document, Scope::Article).links;
        links.iter().map(|link| (link.joined().to_owned(), link.is_doubtful())).collect()
    }

    #[test]
    fn an_address_ends_where_it_is_no_longer_set_off() {
        for (marked, expected) in [
            ("See {https://a.example/2018/\nbridge} opens.", "https://a.example/2018/bridge"),
            ("See {https://a.example/2018/}\nbridge/opens-today.html", "https://a.example/2018/"),
            ("See ({https://a.example/one-\ntwo-\nthree}).", "https://a.example/one-two-three"),
            ("See {(https://a.example/one-\ntwo)}.", "https://a.example/one-two"),
            ("See {https://a.example/one}の中", "https://a.example/one"),
            ("See {https://a.example/2018/\none}の中", "https://a.example/2018/one"),
            // The edge of the page cut the first line.
            ("See {https://a.example/2018/one…\ntwo/three.html} x", "https://a.example/2018/one…"),
        ] {
            let found = set_off(marked);
            let cut = expected.strip_suffix('…').unwrap_or(expected);
            assert_eq!(found, [(cut.to_owned(), false)], "{marked}");
        }
    }

    #[test]
    fn links_that_lead_nowhere_and_pictures() {
        assert_eq!(found("write to [me] now", "mailto:me@a.example"), []);
        let picture = found("A picture[]", "https://a.example/b");
        assert_eq!(picture[0].2, "https://a.example/b");
    }
}
